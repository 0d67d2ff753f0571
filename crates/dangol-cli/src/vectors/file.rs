//! The format of a vector file. Unknown fields are refused, so that a misspelt `then` cannot pass.
//!
//! Programs and requests are kept as the text that was written: what reaches the wire is what the file says.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

/// A file: what it is about, the program of its cases, and the cases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VectorFile {
    /// For editors.
    #[serde(rename = "$schema")]
    _schema: Option<IgnoredAny>,
    /// For people.
    #[serde(rename = "about")]
    _about: Option<String>,
    pub(super) program: Option<Box<RawValue>>,
    pub(super) cases: Vec<Case>,
}

/// A case: steps one after the other, or `then` about loading its program.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    pub(super) name: String,
    pub(super) program: Option<Box<RawValue>>,
    #[serde(default)]
    pub(super) given: Given,
    pub(super) steps: Option<Vec<Step>>,
    pub(super) then: Option<Value>,
}

/// What is there before the first step.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Given {
    pub(super) member: Option<Box<RawValue>>,
}

/// One call and what it must return.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    pub(super) when: When,
    pub(super) then: Value,
}

/// One call: exactly one of `quote`, `act`, `refund`, `exchange`, `merge`, `advance`, `balance`, `tiers`, `notices`, `statement`, `segments`, `cutoff` and
/// `raw`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct When {
    pub(super) quote: Option<QuoteWhen>,
    /// An action of the case's member, under the operation that stands beside it.
    pub(super) act: Option<Box<RawValue>>,
    /// A return, under the operation that stands beside it.
    pub(super) refund: Option<RefundOf>,
    /// Goods that come back for others.
    pub(super) exchange: Option<ExchangeOf>,
    /// What tills did is put together.
    pub(super) merge: Option<MergeOf>,
    pub(super) advance: Option<Nothing>,
    pub(super) balance: Option<Nothing>,
    /// Where the case's member stands on each ladder.
    pub(super) tiers: Option<TiersWhen>,
    pub(super) notices: Option<NoticesWhen>,
    /// What the events of all steps so far have moved.
    pub(super) statement: Option<Nothing>,
    /// The bands by which the case's member is told apart.
    pub(super) segments: Option<Box<RawValue>>,
    /// A whole request, which has nothing to do with the member.
    pub(super) cutoff: Option<Box<RawValue>>,
    pub(super) raw: Option<RawWhen>,
    /// The instant of every call but `notices`, `cutoff` and `raw`.
    pub(super) now: Option<Box<RawValue>>,
    /// The id under which the quote is placed.
    pub(super) place: Option<Box<RawValue>>,
    /// The till that does it without knowing of others, from the member as it was given.
    pub(super) till: Option<String>,
    /// The operation of an action or a return.
    pub(super) operation: Option<Box<RawValue>>,
}

/// A quote of the case's member.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuoteWhen {
    pub(super) basket: Option<Box<RawValue>>,
}

/// Goods of an order that come back.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RefundOf {
    /// The name of an order that an earlier step has booked, or a whole order.
    pub(super) order: Box<RawValue>,
    pub(super) returned: Option<Box<RawValue>>,
    pub(super) lang: Option<Box<RawValue>>,
    /// The program that works the return out, where that is a later one.
    pub(super) program: Option<Box<RawValue>>,
}

/// Goods of an order that come back for others.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExchangeOf {
    /// The name of an order that an earlier step has booked, or a whole order.
    pub(super) order: Box<RawValue>,
    pub(super) returned: Option<Box<RawValue>>,
    pub(super) basket: Option<Box<RawValue>>,
    pub(super) lang: Option<Box<RawValue>>,
}

/// What tills did is put together.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MergeOf {
    /// The tills, in the order in which they are heard.
    pub(super) tills: Vec<String>,
}

/// A call that needs no more than the case's member and an instant.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// The language in which the member is told where he stands.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TiersWhen {
    pub(super) lang: Option<Box<RawValue>>,
}

/// The days in which notices may be due.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoticesWhen {
    pub(super) from: Option<Box<RawValue>>,
    pub(super) until: Option<Box<RawValue>>,
}

/// A request as it is, for what cannot be written as JSON in JSON.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWhen {
    pub(super) verb: String,
    pub(super) text: Text,
}

/// A program as text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    pub(super) text: Text,
    #[serde(default)]
    pub(super) format: Format,
}

/// The formats of a program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Format {
    #[default]
    Json,
    Toml,
}

/// A text, whole or in pieces that are put together.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "expected a text, or a list of texts and {\"repeat\", \"times\"}")]
pub(super) enum Text {
    Whole(String),
    Pieces(Vec<Piece>),
}

/// A piece of a text.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "expected a text, or {\"repeat\", \"times\"}", deny_unknown_fields)]
pub(super) enum Piece {
    Plain(String),
    Repeated { repeat: String, times: usize },
}

impl Text {
    /// The text in one piece.
    pub(super) fn joined(&self) -> String {
        match self {
            Text::Whole(text) => text.clone(),
            Text::Pieces(pieces) => pieces.iter().map(Piece::text).collect(),
        }
    }
}

impl Piece {
    fn text(&self) -> String {
        match self {
            Piece::Plain(text) => text.clone(),
            Piece::Repeated { repeat, times } => repeat.repeat(*times),
        }
    }
}
