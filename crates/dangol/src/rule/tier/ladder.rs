//! A ladder of tiers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Review, Tier, TierWindow};
use crate::rule::{EarningBase, Expiry, Selector};
use crate::value::{Id, Period, Text};

/// A ladder of tiers that members climb by what they do: spend, orders, points earned, visits, tenure.
///
/// Where nothing else is said, a member rises at once when an order reaches a threshold (the order itself still earns at the
/// old rate), and falls when what was spent has left the window. What counts as spend is what was paid for goods, after
/// discounts and points. A program has one ladder, or a list of them: each is climbed by itself.
///
/// When the ladder is edited, a member keeps her tier until the next review, which goes by the new thresholds; whoever
/// reaches a tier that is new rises with the next order or review. Whose tier is gone stands where her activity of the
/// day puts her.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierLadder {
    /// Its name in the program and in members; `status` where left out.
    #[serde(default = "status", skip_serializing_if = "is_status")]
    pub id: Id,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// What is looked at.
    pub window: TierWindow,
    /// What of an order counts as spend, as in accruals; what was paid for goods, after discounts and points, where left
    /// out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<EarningBase>,
    /// The lines that count as spend; all where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Selector>,
    /// The signal after which an order counts, on its day, such as `delivered`; on the day of the order where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_after: Option<Id>,
    /// When a member rises who has reached a threshold.
    #[serde(default, skip_serializing_if = "is_default")]
    pub upgrade: Upgrade,
    /// At which rate the order earns that lifts a member at once.
    #[serde(default, skip_serializing_if = "is_default")]
    pub crossing: Crossing,
    /// When tiers are reviewed. Where left out: on the first day of each span that the window names, and `always` where the
    /// window moves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    /// How long a tier is kept whatever happens, in the words of expiry: `{"after": "12 months"}`, `{"end_of": {"unit":
    /// "year", "after": "1 year"}}` for the rest of this year and all of the next. It is counted from the day of the rise,
    /// and what a review finds or renews, from the last day that it looked at. Until the next review finds otherwise where left
    /// out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity: Option<Expiry>,
    /// Where a member falls to who no longer reaches what keeps the tier.
    #[serde(default, skip_serializing_if = "is_default")]
    pub downgrade: Downgrade,
    /// How long after that review the tier is kept all the same; it falls then, unless enough is reached on the day before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace: Option<Period>,
    /// The tiers, lowest first. Where the lowest has no `enter` it is everybody's; otherwise whoever has not reached it has
    /// none.
    pub tiers: Vec<Tier>,
}

/// When a member rises who has reached a threshold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Upgrade {
    /// At once, and at reviews.
    #[default]
    AtOnce,
    /// At reviews only (Korean shops: on the first of the month).
    AtReview,
}

/// At which rate the order earns that lifts a member at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Crossing {
    /// At the rate of the tier before (Capillary: lazy).
    #[default]
    OldRate,
    /// At the rate of the tier that it reaches (Capillary: eager).
    NewRate,
    /// Up to the threshold at the old rate, the rest at the new one (Capillary: dynamic). What is granted for the order as
    /// a whole, or by the unit, is granted at the old rate. For ladders that are climbed by spend.
    Split,
}

/// Where a member falls to who no longer reaches what keeps the tier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Downgrade {
    /// The highest tier below whose `enter` or `keep` still is reached.
    #[default]
    ToQualified,
    /// The next tier below, whatever is reached: a soft landing. The next step is the next review's; a ladder that is
    /// reviewed `always` looks again when its `validity` ends, or when something else leaves the window or is returned; it
    /// falls by one step a day at most.
    OneStep,
    /// Nowhere: tiers are never lost.
    Never,
}

pub(super) const STATUS: &str = "status";

fn status() -> Id {
    Id::literal(STATUS)
}

fn is_status(id: &Id) -> bool {
    id.as_str() == STATUS
}

fn is_default<T: Default + PartialEq>(choice: &T) -> bool {
    *choice == T::default()
}

impl TierLadder {
    /// When it is reviewed.
    pub(crate) fn reviewed(&self) -> Review {
        self.review.unwrap_or(match self.window {
            TierWindow::Cycle(cycle) => Review::Cycle(cycle),
            TierWindow::Rolling(_) | TierWindow::Lifetime => Review::Always,
        })
    }

    /// Whether it counts orders in its own way, and not as everything else does.
    pub(crate) fn counts_itself(&self) -> bool {
        self.base.is_some() || self.lines.is_some() || self.counts_after.is_some()
    }

    /// Every measure of its tiers and trials, with its window.
    pub(crate) fn each_measure<'a>(&'a self, visit: &mut impl FnMut(&'a super::Threshold, TierWindow)) {
        for tier in &self.tiers {
            for threshold in tier.enter.iter().chain(&tier.keep) {
                threshold.each(self.window, visit);
            }
            if let Some(trial) = &tier.trial {
                trial.reach.each(TierWindow::Rolling(trial.lasts), visit);
            }
        }
    }
}
