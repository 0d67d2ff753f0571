//! The ladder of tiers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::value::{Id, Money, Period, Text};

/// A ladder of tiers that members climb by what they spend in a rolling window.
///
/// A member rises at once when an order reaches a threshold (the order itself still earns at the old rate), and falls
/// when spend has left the window. What counts is what was paid for goods, after discounts and points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierLadder {
    /// How far back spend counts: with `"12 months"` today's order counts, and one of 12 months ago no longer does.
    pub window: Period,
    /// The tiers, lowest first; the first is everybody's and has no threshold.
    pub tiers: Vec<Tier>,
}

/// One tier of the ladder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Its name in the program.
    pub id: Id,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// The spend in the window from which on a member has the tier; the lowest has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spend_at_least: Option<Money>,
}

impl TierLadder {
    /// The tier that so much spend in the window qualifies for: its place on the ladder.
    pub(crate) fn qualified(&self, spend: Money) -> usize {
        let reached = |tier: &Tier| tier.spend_at_least.is_none_or(|threshold| threshold <= spend);
        self.tiers.iter().rposition(reached).unwrap_or(0)
    }

    pub(crate) fn check(&mut self, check: &mut Check) {
        check.at("tiers", |check| {
            check.not_empty(&self.tiers);
            let mut below = Money::ZERO;
            for (index, tier) in self.tiers.iter_mut().enumerate() {
                check.entry(index, |check| tier.check(index == 0, &mut below, check));
            }
        });
    }
}

impl Tier {
    fn check(&mut self, first: bool, below: &mut Money, check: &mut Check) {
        match (first, &mut self.spend_at_least) {
            (true, None) => {}
            (true, Some(_)) => check.at("spend_at_least", |check| {
                check.problem(Code::Contradiction, "the lowest tier is everybody's and has no threshold");
            }),
            (false, None) => {
                check.problem(Code::MissingField, "every tier but the lowest needs `spend_at_least`")
            }
            (false, Some(threshold)) => check.at("spend_at_least", |check| {
                check.positive_money(threshold);
                if *threshold <= *below && *below > Money::ZERO {
                    let message = format!("tiers stand lowest first: {threshold} is not above {below}");
                    check.problem(Code::OutOfOrder, message);
                }
                *below = *threshold;
            }),
        }
    }
}
