//! What can be done with tiers outside of an order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Day, Id, Money};

/// A tier is set by hand: the member has no lower one until that day. What the member reaches meanwhile counts as ever, and
/// at the end stands what he has reached.
///
/// To take it away, `end_tier`. Another one on the same ladder takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetTier {
    /// The tier.
    pub tier: Id,
    /// The last day, not before today; until it is taken away where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Why, in the host's words: 1 to 200 characters.
    pub reason: String,
}

/// What was set by hand on a ladder, or is on trial, ends now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndTier {
    /// The ladder; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ladder: Option<Id>,
    /// Why, in the host's words: 1 to 200 characters.
    pub reason: String,
}

/// A trial of a tier begins, as the tier's `trial` says: the member has it at once, and keeps it who reaches enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TryTier {
    /// The tier.
    pub tier: Id,
}

/// What counts for tiers is put right by hand: an order of another till is added, or goods that came back are taken out of
/// the day on which they were bought.
///
/// What is taken out counts as if it had not been: a rise that it had decided is undone, and a ladder that is reviewed
/// always is reviewed at once; others find it at their next review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectActivity {
    /// The day, not after today.
    pub on: Day,
    /// How much more was spent on it; less with a minus.
    #[serde(default)]
    pub spend: Money,
    /// How many more orders there were; fewer with a minus.
    #[serde(default)]
    pub orders: i32,
    /// The ladder that it is about, where that counts orders in its own way; all others where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ladder: Option<Id>,
    /// Why, in the host's words: 1 to 200 characters.
    pub reason: String,
}
