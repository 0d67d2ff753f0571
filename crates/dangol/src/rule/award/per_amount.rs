//! `per_amount`: so many points for each amount of money.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::Arithmetic;
use crate::value::{Amount, Fraction, Money, Overflow, Points, Steps, product, ten_to};

/// `{"per_amount": {"points": "10", "amount": "1000"}}` grants 10 points for each whole 1,000 of money that counts:
/// 10 points for 1,999 won.
///
/// With `"steps": "started"` a step that was begun counts too (20 points for 1,999 won), with `"proportional"` the rest
/// counts in proportion (19 points).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PerAmountAward {
    /// The points of one step; a rate, so up to 4 digits after the point.
    pub points: Points,
    /// The money of one step.
    pub amount: Money,
    /// What counts of the last step; whole steps where left out.
    #[serde(default)]
    pub steps: Steps,
}

impl PerAmountAward {
    pub(super) fn check(&mut self, check: &mut Check) {
        check.at("points", |check| {
            check.range(self.points.0, |points| points > Amount::ZERO, "more than nothing");
            check.rate_digits(self.points.0, 4);
        });
        check.at("amount", |check| check.positive_money(&mut self.amount));
    }

    pub(super) fn exact(self, paid: Money, digits: u8) -> Result<Fraction, Overflow> {
        // Both amounts in units of the longer one, so that their quotient is the number of steps.
        let long = paid.0.digits().max(self.amount.0.digits());
        let units = |money: Money| money.0.rescaled(long).map(Amount::units).ok_or(Overflow);
        let (mut paid, mut step) = (units(paid)?, units(self.amount)?);
        if self.steps != Steps::Proportional {
            let whole = paid.checked_div(step).ok_or(Overflow)?;
            let begun = self.steps == Steps::Started && paid.checked_rem(step) != Some(0);
            (paid, step) = (whole.saturating_add(i64::from(begun)), 1);
        }
        let numerator = product(paid, self.points.units()).checked_mul(ten_to(digits)?).ok_or(Overflow)?;
        let denominator = ten_to(self.points.0.digits())?.checked_mul(i128::from(step)).ok_or(Overflow)?;
        Fraction::new(numerator, denominator)
    }

    pub(super) fn arithmetic(self, of: Money) -> Arithmetic {
        let PerAmountAward { points, amount, steps } = self;
        Arithmetic::PerAmount { points, amount, steps, of }
    }
}
