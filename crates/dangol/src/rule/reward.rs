//! Rewards: what points can be exchanged for outside of an order.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Condition, Expiry, OfferCost, window};
use crate::check::Check;
use crate::error::Code;
use crate::value::{Amount, Day, Id, Points, Text};

/// An entry of the catalogue: so many points for a service, a thing that the shop hands out, or points of another wallet.
///
/// What is taken off an order is an offer with a `cost`. Only whole rewards can be had: 5 stamps do not buy half a
/// drink.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reward {
    /// Its name in the program, unique among rewards, without `/`.
    pub id: Id,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// What one costs.
    pub cost: OfferCost,
    /// What one costs members of a tier and of higher ones, where that is less: `{"gold": "900"}`; the least of all that hold.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tier_prices: BTreeMap<Id, Points>,
    /// The points that one gives; where left out the host hands out what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gives: Option<RewardPoints>,
    /// When it can be had; always where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// The most that can be had at once; as many as the points reach for where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// Its first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Its last day, which still counts to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

/// Points of another wallet: 10 stamps are 3,000 points, or a coupon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RewardPoints {
    /// The wallet.
    pub wallet: Id,
    /// How many points for one reward.
    pub points: Points,
    /// How long they can be used; as the wallet says where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry: Option<Expiry>,
}

impl Reward {
    pub(crate) fn check(&mut self, check: &mut Check) {
        if self.id.as_str().contains('/') {
            check.at("id", |check| {
                check.problem(Code::InvalidValue, "must not contain `/`: lots are named `operation/reward`")
            });
        }
        check.at("cost", |check| self.cost.check(check));
        let paying = self.cost.wallet.as_ref();
        // Where there is no such wallet, its own place says so.
        let digits = check.declared.digits(paying).unwrap_or(Amount::MAX_DIGITS);
        let cost = self.cost.points;
        check.at("tier_prices", |check| {
            for (tier, points) in &mut self.tier_prices {
                check.at(tier.as_str(), |check| {
                    check.tier(tier);
                    check.positive_points(points, digits);
                    if *points >= cost {
                        let message =
                            format!("is no less than what everybody pays, {cost}: lower it, or leave it out");
                        check.problem(Code::Contradiction, message);
                    }
                });
            }
        });
        if let Some(gives) = &mut self.gives {
            check.at("gives", |check| gives.check(check));
        }
        if let Some(when) = &mut self.when {
            check.at("when", |check| when.check(check));
        }
        if self.at_most == Some(0) {
            check.at("at_most", |check| check.problem(Code::OutOfRange, "must be at least 1, found `0`"));
        }
        window::check(self.from, self.until, check);
    }
}

impl RewardPoints {
    fn check(&mut self, check: &mut Check) {
        let digits = check.wallet(Some(&self.wallet));
        check.at("points", |check| check.positive_points(&mut self.points, digits));
    }
}
