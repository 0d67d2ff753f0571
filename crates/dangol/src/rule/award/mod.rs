//! Awards: how many points a rule grants.

mod fixed;
mod per_amount;
mod per_unit;
mod percent;

pub use fixed::FixedAward;
pub use per_amount::PerAmountAward;
pub use per_unit::PerUnitAward;
pub use percent::PercentAward;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PointsRounding;
use crate::check::Check;
use crate::model::Arithmetic;
use crate::value::{Money, Overflow, Place, Points, Rounding};

/// How many points a rule grants: one word and what it needs, as in `{"percent": "5"}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is documented at its own type")]
pub enum Award {
    Percent(PercentAward),
    PerAmount(PerAmountAward),
    PerUnit(PerUnitAward),
    Fixed(FixedAward),
}

/// What a rule grants points on: the amounts of its lines that count, and how many whole units they have.
#[derive(Debug)]
pub(crate) struct Base<'a> {
    pub(crate) amounts: &'a [Money],
    pub(crate) units: u64,
}

/// How the points of a wallet are rounded, and how many digits they have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Granting {
    pub(crate) rounding: PointsRounding,
    pub(crate) digits: u8,
}

impl Award {
    pub(crate) fn check(&mut self, check: &mut Check, digits: u8) {
        match self {
            Award::Percent(kind) => check.at("percent", |check| kind.check(check)),
            Award::PerAmount(kind) => check.at("per_amount", |check| kind.check(check)),
            Award::PerUnit(kind) => check.at("per_unit", |check| kind.check(check, digits)),
            Award::Fixed(kind) => check.at("fixed", |check| kind.check(check, digits)),
        }
    }

    /// The points and the arithmetic behind them.
    pub(crate) fn grant(
        &self,
        base: &Base<'_>,
        granting: Granting,
    ) -> Result<(Points, Arithmetic), Overflow> {
        match self {
            Award::Percent(kind) => kind.grant(base, granting),
            Award::PerAmount(kind) => kind.grant(base, granting),
            Award::PerUnit(kind) => kind.grant(base),
            Award::Fixed(kind) => Ok(kind.grant()),
        }
    }
}

impl Base<'_> {
    fn total(&self) -> Result<Money, Overflow> {
        Money::sum(self.amounts.iter().copied())
    }
}

impl Granting {
    /// The points of each amount by the function, rounded line by line or once over their sum, as the wallet says.
    fn over(
        self,
        base: &Base<'_>,
        points: impl Fn(Money, Rounding) -> Result<Points, Overflow>,
    ) -> Result<Points, Overflow> {
        let rounding = self.rounding.rounding();
        match self.rounding.at {
            Place::Rule => points(base.total()?, rounding),
            Place::Line => {
                base.amounts.iter().try_fold(Points::ZERO, |sum, amount| sum.plus(points(*amount, rounding)?))
            }
        }
    }
}
