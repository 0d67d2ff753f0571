//! How discounts are rounded and spread.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::value::{DiscountPlace, Money, Rounding, Split};

/// How discounts are rounded and spread over lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiscountPolicy {
    /// Which way, and to a multiple of what; down to the smallest unit where left out.
    #[serde(default)]
    pub rounding: Rounding,
    /// What a percentage is rounded for: each line by itself where left out.
    #[serde(default)]
    pub at: DiscountPlace,
    /// How an amount is spread over lines.
    #[serde(default)]
    pub split: Split,
}

/// How discounts are rounded and spread, in the digits of the program's money.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    pub(crate) rounding: Rounding,
    pub(crate) place: DiscountPlace,
    pub(crate) split: Split,
    /// The digits of money.
    pub(crate) digits: u8,
}

impl DiscountPolicy {
    /// The policy for money with so many digits.
    pub(crate) fn terms(self, digits: u8) -> Terms {
        Terms { rounding: self.rounding, place: self.at, split: self.split, digits }
    }

    /// Money is rounded to multiples of money.
    pub(crate) fn check(self, check: &mut Check) {
        let unit = self.rounding.unit;
        if !unit.is_zero() {
            check.at("rounding", |check| check.at("unit", |check| check.positive_money(&mut Money(unit))));
        }
    }
}
