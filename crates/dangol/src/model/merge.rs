//! What tills did without knowing of each other, put together.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Action, Event, Member, Order, Refusal, Returned};
use crate::error::Problem;
use crate::value::{Id, Instant, Points};

/// Something that a till did with a member while it could not ask anybody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    /// An order was sold: as it was placed, without returns.
    Order(Box<Order>),
    /// An action was done.
    Action(Box<ActionDone>),
    /// Goods came back.
    Refund(Box<RefundDone>),
}

/// An action that a till did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionDone {
    /// The action, with one member only: no gift to others, no referral.
    pub action: Action,
    /// When it was done.
    pub now: Instant,
    /// The operation that the till named.
    pub operation: Id,
}

/// A return that a till took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefundDone {
    /// The order as it stands without what is merged; of one that is merged itself as it was placed.
    pub order: Order,
    /// What came back.
    pub returned: Returned,
    /// When it came back.
    pub now: Instant,
    /// The operation that the till named.
    pub operation: Id,
}

/// What tills did, as one life of the member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Merged {
    /// The member after all of it.
    pub member: Member,
    /// The events that lead there from the member that was handed in.
    pub events: Vec<Event>,
    /// The orders that goods came back of, as they stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<Order>,
    /// What became of each operation, in the order in which they count.
    pub outcomes: Vec<MergeOutcome>,
}

/// What became of one operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeOutcome {
    /// The operation: an order's id, or what the till named.
    pub operation: Id,
    /// When it counts: not before what came earlier.
    pub at: Instant,
    /// Whether the member had it already, or it was handed in twice: it counts once.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub repeated: bool,
    /// Points that were spent twice, by wallet: they are a deficit now, which later points make up for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overdrawn: Vec<Overdrawn>,
    /// Coupons that were used twice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coupons_used_twice: Vec<Id>,
    /// Why nothing was done, where the rules say no now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refusal>,
    /// Why it cannot count at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Problem>,
}

/// Points that were not there any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Overdrawn {
    /// The wallet.
    pub wallet: Id,
    /// How many were missing.
    pub missing: Points,
}
