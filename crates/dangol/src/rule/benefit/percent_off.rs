//! `percent_off`: a share of the price.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Given, Part};
use crate::check::Check;
use crate::model::Arithmetic;
use crate::value::{DiscountPlace, Overflow, Percent, product};

/// `{"percent_off": "10"}` takes 10 % off what is left of the matching lines.
///
/// The program's rounding says whether each line is rounded by itself or the sum once, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct PercentOff(pub Percent);

impl PercentOff {
    pub(super) fn check(self, check: &mut Check) {
        check.percent(self.0, 100);
    }

    pub(super) fn take(self, given: &Given<'_>, parts: &mut Vec<Part>) -> Result<i64, Overflow> {
        if given.place == DiscountPlace::Rule {
            let total = given.total()?;
            return Ok(given.spread(self.of(total, given)?, parts));
        }
        let mut sum = 0_i64;
        for line in given.lines {
            let discount = self.of(given.left(*line), given)?;
            if discount > 0 {
                parts.push(Part { line: *line, amount: discount, free: 0 });
                sum = sum.checked_add(discount).ok_or(Overflow)?;
            }
        }
        Ok(sum)
    }

    /// Rounding up to a unit must not take more than there is.
    fn of(self, left: i64, given: &Given<'_>) -> Result<i64, Overflow> {
        let discount = given.rounding.ratio(product(left, self.0.units()), self.0.scale()?, given.digits)?;
        Ok(discount.min(left))
    }

    pub(super) fn arithmetic(self, given: &Given<'_>) -> Result<Arithmetic, Overflow> {
        Ok(Arithmetic::Percent { percent: self.0, of: given.money(given.total()?)? })
    }
}
