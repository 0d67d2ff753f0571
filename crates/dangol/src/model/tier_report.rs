//! Where a member stands on a ladder, and what is missing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Standing, TierMeasure};
use crate::value::{Day, Id};

/// Where a member stands on one ladder as of an instant, and what leads up and down from there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierStanding {
    /// The ladder.
    pub ladder: Id,
    /// The tier; nothing where the member has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Id>,
    /// What the host lets the member do: the perks of this tier and of those below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub perks: Vec<Id>,
    /// Since when, until when, and what else is known of it.
    pub standing: Standing,
    /// The next tier up, and what leads there; nothing at the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<TierGoal>,
    /// What keeps the tier that the member has by himself; `missing` is what is missing so that it does not fall after `by`.
    /// Nothing where nobody falls from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep: Option<TierGoal>,
    /// The next review that finds something else, if nothing more is done; nothing where none does within two years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<TierReview>,
}

/// A tier, and what is asked for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierGoal {
    /// The tier.
    pub tier: Id,
    /// Whether enough is reached today.
    pub reached: bool,
    /// Every measure that is asked for, and what there is of it today.
    pub measures: Vec<TierMeasure>,
    /// What is missing on the shortest way: the one on which the smallest share of what is asked is missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<TierMeasure>,
    /// The last day on which what is done still counts towards it: the end of the window, or the day before the tier would
    /// fall; nothing where there is no such day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Day>,
}

/// What a review will find, if nothing more is done until then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierReview {
    /// The day.
    pub on: Day,
    /// The tier from then on; nothing where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Id>,
    /// Whether it rises, falls, is renewed, or what else.
    pub because: super::TierCause,
    /// The measures that decide it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<TierMeasure>,
}
