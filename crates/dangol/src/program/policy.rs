//! The parts of a program file that say how money is rounded and spread.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{DiscountPlace, Rounding, Split};

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
