//! `per_amount`: so many points for each amount of money.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Base, Granting};
use crate::check::Check;
use crate::model::Arithmetic;
use crate::value::{Amount, Money, Overflow, Points, Rounding, product, ten_to};

/// `{"per_amount": {"points": "10", "amount": "1000"}}` grants 10 points for each whole 1,000 of money that counts:
/// 10 points for 1,999 won.
///
/// With `"whole_steps": false` the rest counts in proportion: 19 points for 1,999 won.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PerAmountAward {
    /// The points of one step; a rate, so up to 4 digits after the point.
    pub points: Points,
    /// The money of one step.
    pub amount: Money,
    /// Whether only whole steps count.
    #[serde(default = "yes")]
    pub whole_steps: bool,
}

fn yes() -> bool {
    true
}

impl PerAmountAward {
    pub(super) fn check(&mut self, check: &mut Check) {
        check.at("points", |check| {
            check.range(self.points.0, |points| points > Amount::ZERO, "more than nothing");
            check.rate_digits(self.points.0, 4);
        });
        check.at("amount", |check| check.positive_money(&mut self.amount));
    }

    pub(super) fn grant(self, base: &Base<'_>, granting: Granting) -> Result<(Points, Arithmetic), Overflow> {
        let points =
            granting.over(base, |amount, rounding| self.points_of(amount, rounding, granting.digits))?;
        let PerAmountAward { points: step, amount, whole_steps } = self;
        Ok((points, Arithmetic::PerAmount { points: step, amount, whole_steps, of: base.total()? }))
    }

    fn points_of(self, paid: Money, rounding: Rounding, digits: u8) -> Result<Points, Overflow> {
        // Both amounts in units of the longer one, so that their quotient is the number of steps.
        let long = paid.0.digits().max(self.amount.0.digits());
        let units = |money: Money| money.0.rescaled(long).map(Amount::units).ok_or(Overflow);
        let (mut paid, mut step) = (units(paid)?, units(self.amount)?);
        if self.whole_steps {
            (paid, step) = (paid.checked_div(step).ok_or(Overflow)?, 1);
        }
        let numerator = product(paid, self.points.units()).checked_mul(ten_to(digits)?).ok_or(Overflow)?;
        let denominator = ten_to(self.points.0.digits())?.checked_mul(i128::from(step)).ok_or(Overflow)?;
        Points::of_units(rounding.ratio(numerator, denominator, digits)?, digits)
    }
}
