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

impl DiscountPolicy {
    /// Money is rounded to multiples of money.
    pub(crate) fn check(self, check: &mut Check) {
        let unit = self.rounding.unit;
        if !unit.is_zero() {
            check.at("rounding", |check| check.at("unit", |check| check.positive_money(&mut Money(unit))));
        }
    }
}
