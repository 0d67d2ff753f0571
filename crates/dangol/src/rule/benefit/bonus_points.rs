//! `bonus_points` and `multiply_points`: an offer that makes points instead of taking something off.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::rule::{Award, Multiplier};
use crate::value::{Amount, Id};

/// `{"bonus_points": {"award": {"fixed": "500"}}}` grants 500 points with the order, beside what the program's rules
/// grant: a coupon for points, or points as the reward of a promotion.
///
/// The award counts what a rule of the program would count, on the offer's lines, after all offers and points. Where no
/// points come of it, the offer did not take effect. It takes nothing off, so it stands in lanes that choose `all` or
/// `first` only. Its lots are named after the offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BonusPoints {
    /// The wallet; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<Id>,
    /// How many points.
    pub award: Award,
}

/// `{"multiply_points": {"factor": "2"}}` doubles the points that the program's rules grant on the offer's lines, as a
/// multiplier of the program does, in orders in which the offer takes effect.
///
/// Where it multiplies nothing, the offer did not take effect. It stands in lanes that choose `all` or `first` only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MultiplyPoints {
    /// The wallet; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<Id>,
    /// The factor, more than 0 and at most 100, with up to 3 digits after the point.
    pub factor: Amount,
}

impl BonusPoints {
    pub(super) fn check(&mut self, check: &mut Check) {
        let digits = check.wallet(self.wallet.as_ref());
        check.at("award", |check| self.award.check(check, digits));
    }
}

impl MultiplyPoints {
    pub(super) fn check(&self, check: &mut Check) {
        check.wallet(self.wallet.as_ref());
        check.at("factor", |check| {
            let in_range = |factor| factor > Amount::ZERO && factor <= Amount::from(100);
            check.range(self.factor, in_range, "more than 0 and at most 100");
            check.rate_digits(self.factor, Multiplier::FACTOR_DIGITS);
        });
    }
}
