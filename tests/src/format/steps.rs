//! What can happen in a step of a vector: a call for each verb that vectors know.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{ProgramSource, Text};

/// A basket is quoted, and booked where `place` names an order.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteStep {
    /// The basket.
    pub quote: QuoteOf,
    /// The instant.
    pub now: String,
    /// The order's id; nothing is booked where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The till that does it without knowing of others, from the member as it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub till: Option<String>,
}

/// What is quoted.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteOf {
    /// A basket as the wire takes it; it may be wrong, which is then what the step is about.
    pub basket: Value,
}

/// Time passes until an instant.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvanceStep {
    /// Always `{}`.
    pub advance: Nothing,
    /// The instant.
    pub now: String,
}

/// Something is done with points outside of an order.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActStep {
    /// An action as the wire takes it; it may be wrong, which is then what the step is about.
    pub act: Value,
    /// The instant.
    pub now: String,
    /// The operation's id.
    pub operation: String,
    /// The till that does it without knowing of others, from the member as it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub till: Option<String>,
}

/// Goods of an order come back.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefundStep {
    /// The order, and what comes back of it.
    pub refund: RefundOf,
    /// The instant.
    pub now: String,
    /// The operation's id.
    pub operation: String,
    /// The till that does it without knowing of others, from the member as it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub till: Option<String>,
}

/// Which goods of which order come back.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefundOf {
    /// The name of an order that an earlier step has booked, or a whole order, which may be wrong.
    pub order: Value,
    /// What comes back as the wire takes it; it may be wrong, which is then what the step is about.
    pub returned: Value,
    /// `en` where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// The program that works the return out, where that is a later one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<ProgramSource>,
}

/// Goods of an order come back for others.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExchangeStep {
    /// The order, what comes back of it, and what is bought.
    pub exchange: ExchangeOf,
    /// The instant.
    pub now: String,
    /// The new order's id.
    pub operation: String,
}

/// Which goods of which order come back for which others.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExchangeOf {
    /// The name of an order that an earlier step has booked, or a whole order, which may be wrong.
    pub order: Value,
    /// What comes back as the wire takes it; it may be wrong, which is then what the step is about.
    pub returned: Value,
    /// A basket as the wire takes it; it may be wrong, which is then what the step is about.
    pub basket: Value,
    /// `en` where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// What tills did is put together, on the member as the steps without a till have left it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeStep {
    /// The tills.
    pub merge: MergeOf,
}

/// Whose doings are put together.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeOf {
    /// The tills, in the order in which they are heard; one may be heard twice.
    pub tills: Vec<String>,
}

/// The points of every wallet are told.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BalanceStep {
    /// Always `{}`.
    pub balance: Nothing,
    /// The instant.
    pub now: String,
}

/// The notices are told that are due in some days.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticesStep {
    /// The days.
    pub notices: NoticesOf,
}

/// The days in which notices may be due.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticesOf {
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
}

/// What the steps so far have moved is told, and what time does until `now` where that is given.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementStep {
    /// Always `{}`.
    pub statement: Nothing,
    /// The instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
}

/// What the member's orders say is told.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentsStep {
    /// The bands as the wire takes them; they may be wrong, which is then what the step is about.
    pub segments: Value,
    /// The instant.
    pub now: String,
}

/// Where the member stands on each ladder is told.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TiersStep {
    /// The language of the sentences, or `{}`.
    pub tiers: TiersOf,
    /// The instant.
    pub now: String,
}

/// In which language sentences are told.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TiersOf {
    /// `en` where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// A population is cut.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CutoffStep {
    /// The whole request as the wire takes it; it may be wrong, which is then what the step is about.
    pub cutoff: Map<String, Value>,
}

/// An object without fields.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// A request as text.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawStep {
    /// The verb and the request.
    pub raw: RawRequest,
}

/// A verb of the wire and the text of its request.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawRequest {
    /// The verb.
    pub verb: String,
    /// The request.
    pub text: Text,
}
