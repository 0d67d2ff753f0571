//! Where a member stands on a ladder of tiers, and how that changes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::CountedPart;
use crate::value::{Day, Id, Money, Period, Points};

/// Where a member stands on one ladder.
///
/// For a member who comes from elsewhere `{"tier": "gold"}` is enough; with `since` reviews on the tier's own anniversary have
/// their day, and with `until` the tier is kept so long.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// The tier that the member has; none where the ladder has none for everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Id>,
    /// The day on which it was entered, where that is known; of a tier set by hand, the one beneath.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    /// The last day on which it is kept whatever happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// The day on which the grace ends: the tier falls then, unless enough is reached on the day before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub falls_on: Option<Day>,
    /// The tier that was set by hand, or is on trial: the member has no lower one as long as it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<TierFloor>,
    /// The rises that led here, oldest first, so that goods that come back can undo them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rises: Vec<TierRise>,
}

impl Standing {
    /// The day on which each of the rises was entered, where that is known.
    pub(crate) fn entered(&self) -> impl Iterator<Item = Option<Day>> {
        self.rises.iter().skip(1).map(|rise| rise.since).chain([self.since])
    }

    /// The tier that the member has by what he did, whatever was set by hand.
    pub(crate) fn earned(&self) -> Option<&Id> {
        self.floor.as_ref().map_or(self.tier.as_ref(), |floor| floor.earned.as_ref())
    }
}

/// A tier below which a member does not stand for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierFloor {
    /// The tier.
    pub tier: Id,
    /// The first day.
    pub since: Day,
    /// The last day; until the host takes it away where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Whether it is on trial: at its end the member keeps it who has reached what the tier's `trial` asks.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub trial: bool,
    /// The tier that the member would have without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earned: Option<Id>,
}

/// A rise, and what was there before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierRise {
    /// The tier before; none where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Id>,
    /// Since when the member had had that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    /// The last day on which that would have been kept whatever happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// The day on which its grace would have ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub falls_on: Option<Day>,
    /// The last day that was looked at, where that was before the day of the rise, as at reviews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_at: Option<Day>,
    /// What lifted the member.
    pub by: Vec<TierMeasure>,
}

/// One measure of a member, held against what a tier asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum TierMeasure {
    /// What was spent.
    Spend {
        /// What is asked.
        required: Money,
        /// What there is.
        actual: Money,
        /// How much is missing.
        missing: Money,
        /// The first day that counts; all do where left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Day>,
    },
    /// Points that rules granted.
    Points {
        /// The wallet.
        wallet: Id,
        /// What is asked.
        required: Points,
        /// What there is.
        actual: Points,
        /// How many are missing.
        missing: Points,
        /// The first day that counts; all do where left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Day>,
    },
    /// Orders.
    Orders {
        /// What is asked.
        required: u64,
        /// What there is.
        actual: u64,
        /// How many are missing.
        missing: u64,
        /// The first day that counts; all do where left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Day>,
    },
    /// Days with an order.
    Visits {
        /// What is asked.
        required: u64,
        /// What there is.
        actual: u64,
        /// How many are missing.
        missing: u64,
        /// The first day that counts; all do where left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Day>,
    },
    /// Something that the host reports.
    Events {
        /// What.
        event: Id,
        /// What is asked.
        required: u64,
        /// What there is.
        actual: u64,
        /// How many are missing.
        missing: u64,
        /// The first day that counts; all do where left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Day>,
    },
    /// The time since the member joined.
    Tenure {
        /// What is asked.
        required: Period,
        /// The day on which it is reached; nothing where the day of joining is not known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reached_on: Option<Day>,
        /// Whether it is reached.
        reached: bool,
    },
}

impl TierMeasure {
    /// Whether it is what is asked.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        match self {
            TierMeasure::Spend { missing, .. } => missing.is_zero(),
            TierMeasure::Points { missing, .. } => missing.is_zero(),
            TierMeasure::Orders { missing, .. }
            | TierMeasure::Visits { missing, .. }
            | TierMeasure::Events { missing, .. } => *missing == 0,
            TierMeasure::Tenure { reached, .. } => *reached,
        }
    }
}

/// Why a standing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TierCause {
    /// A threshold was reached.
    Rose,
    /// What keeps the tier was no longer reached.
    Fell,
    /// What keeps the tier was reached again: it holds for another time.
    Renewed,
    /// What keeps the tier is no longer reached: it falls when the grace ends.
    Warned,
    /// The host set it by hand.
    Set,
    /// What the host had set by hand ended, or was taken away.
    Ended,
    /// A trial began.
    Tried,
    /// A trial was passed.
    Passed,
    /// The program no longer has the tier that was held.
    Edited,
    /// What had lifted the member was taken back.
    Undone,
}

/// Where the member stands on a ladder, before and after an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierPreview {
    /// The ladder.
    pub ladder: Id,
    /// The tier that decided this quote; none where the member has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<Id>,
    /// The tier after the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Id>,
    /// The spend in the ladder's window, with this order.
    pub spend: Money,
    /// The next tier up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Id>,
    /// What is missing to reach it, on the shortest way: every measure of it must still be reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<TierMeasure>,
    /// What the host lets the member do, by the tier before the order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub perks: Vec<Id>,
    /// What this order counts as spend on this ladder, where the ladder counts in its own way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<Box<LadderCount>>,
    /// What each line counts of that; what money paid for each where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<Vec<CountedPart>>,
    /// Where the member stands after the order, where that is not where he stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Box<Standing>>,
    /// What lifts the member, where the order does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<TierMeasure>,
}

/// What an order counts on a ladder that counts in its own way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LadderCount {
    /// The ladder.
    pub ladder: Id,
    /// What it counts as spend.
    pub spend: Money,
    /// The signal that must come first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awaits: Option<Id>,
}
