//! `percent`: a share of what was paid.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::Arithmetic;
use crate::value::{Fraction, Money, Overflow, Percent, product, ten_to};

/// `{"percent": "5"}` grants 5 points for every 100 of money that counts: 240 points for 4,800 won.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct PercentAward(pub Percent);

impl PercentAward {
    pub(super) fn check(self, check: &mut Check) {
        check.percent(self.0, 1_000);
    }

    pub(super) fn exact(self, amount: Money, digits: u8) -> Result<Fraction, Overflow> {
        let numerator =
            product(amount.units(), self.0.units()).checked_mul(ten_to(digits)?).ok_or(Overflow)?;
        let denominator = self.0.scale()?.checked_mul(ten_to(amount.0.digits())?).ok_or(Overflow)?;
        Fraction::new(numerator, denominator)
    }

    pub(super) fn arithmetic(self, of: Money) -> Arithmetic {
        Arithmetic::Percent { percent: self.0, of }
    }
}
