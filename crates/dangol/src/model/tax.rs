//! Taxes: at which rates a line is taxed, and what an order comes to at each rate.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Money, Overflow, Percent};

/// A tax on a line: `{"rate": "10"}` is contained in its amount, `{"rate": "10", "included": false}` comes on top.
///
/// Several taxes of a line are all reckoned on its amount without any of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaxRate {
    /// The rate in percent, from 0 to 1,000, with up to 4 digits after the point.
    pub rate: Percent,
    /// Whether the line's amount contains it; it does where left out.
    #[serde(default = "yes")]
    pub included: bool,
}

fn yes() -> bool {
    true
}

/// What an order comes to at one tax rate, after all discounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaxSum {
    /// The rate in percent.
    pub rate: Percent,
    /// What is taxed at this rate, without any tax.
    pub base: Money,
    /// The tax, whether amounts contain it or it comes on top.
    pub tax: Money,
    /// The part of the tax that comes on top.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub added: Money,
    /// The amounts that carry the rate, as lines and deliveries say them.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub of: Money,
}

impl TaxSum {
    /// What it is more than another sum of the same rate.
    pub(crate) fn minus(&self, less: &TaxSum) -> Result<TaxSum, Overflow> {
        Ok(TaxSum {
            rate: self.rate,
            base: self.base.minus(less.base)?,
            tax: self.tax.minus(less.tax)?,
            added: self.added.minus(less.added)?,
            of: self.of.minus(less.of)?,
        })
    }

    /// Of a rate at which nothing is taxed.
    pub(crate) fn nothing(rate: Percent) -> TaxSum {
        TaxSum { rate, base: Money::ZERO, tax: Money::ZERO, added: Money::ZERO, of: Money::ZERO }
    }
}
