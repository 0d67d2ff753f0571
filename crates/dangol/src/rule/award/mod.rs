//! Awards: how many points a rule grants.

mod bands;
mod fixed;
mod per_amount;
mod per_unit;
mod percent;
mod round_up;

pub use bands::{Band, BandsAward};
pub use fixed::FixedAward;
pub use per_amount::PerAmountAward;
pub use per_unit::PerUnitAward;
pub use percent::PercentAward;
pub use round_up::RoundUpAward;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::Arithmetic;
use crate::value::{Fraction, Money, Overflow, Points};

/// How many points a rule grants: one word and what it needs, as in `{"percent": "5"}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is documented at its own type")]
pub enum Award {
    Percent(PercentAward),
    PerAmount(PerAmountAward),
    Bands(BandsAward),
    PerUnit(PerUnitAward),
    Fixed(FixedAward),
    RoundUp(RoundUpAward),
}

/// What a rule grants points on: the money and the whole units that count, and the balance of its wallet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Base {
    pub(crate) money: Money,
    pub(crate) units: u64,
    /// What can be used of the wallet; only `round_up` looks at it.
    pub(crate) balance: Points,
}

impl Award {
    pub(crate) fn check(&mut self, check: &mut Check, digits: u8) {
        match self {
            Award::Percent(kind) => check.at("percent", |check| kind.check(check)),
            Award::PerAmount(kind) => check.at("per_amount", |check| kind.check(check)),
            Award::Bands(kind) => check.at("bands", |check| kind.check(check)),
            Award::PerUnit(kind) => check.at("per_unit", |check| kind.check(check, digits)),
            Award::Fixed(kind) => check.at("fixed", |check| kind.check(check, digits)),
            Award::RoundUp(kind) => check.at("round_up", |check| kind.check(check, digits)),
        }
    }

    /// The exact points of a base, in the smallest units of a wallet with so many digits.
    pub(crate) fn exact(&self, base: &Base, digits: u8) -> Result<Fraction, Overflow> {
        match self {
            Award::Percent(kind) => kind.exact(base.money, digits),
            Award::PerAmount(kind) => kind.exact(base.money, digits),
            Award::Bands(kind) => kind.exact(base.money, digits),
            Award::PerUnit(kind) => kind.exact(base.units),
            Award::Fixed(kind) => Fraction::new(i128::from(kind.0.units()), 1),
            Award::RoundUp(kind) => kind.exact(base.balance, digits),
        }
    }

    /// The award behind an arithmetic, where more goods make more points; of bands those that were reached.
    pub(crate) fn of(how: &Arithmetic) -> Option<Award> {
        Some(match how {
            Arithmetic::Percent { percent, .. } => Award::Percent(PercentAward(*percent)),
            Arithmetic::PerAmount { points, amount, steps, .. } => {
                Award::PerAmount(PerAmountAward { points: *points, amount: *amount, steps: *steps })
            }
            Arithmetic::Bands { parts, .. } => Award::Bands(BandsAward::of(parts)?),
            Arithmetic::PerUnit { points, .. } => Award::PerUnit(PerUnitAward(*points)),
            _ => return None,
        })
    }

    /// The arithmetic behind the points of a base.
    pub(crate) fn arithmetic(&self, base: &Base) -> Result<Arithmetic, Overflow> {
        Ok(match self {
            Award::Percent(kind) => kind.arithmetic(base.money),
            Award::PerAmount(kind) => kind.arithmetic(base.money),
            Award::Bands(kind) => kind.arithmetic(base.money)?,
            Award::PerUnit(kind) => Arithmetic::PerUnit { points: kind.0, units: base.units },
            Award::Fixed(_) => Arithmetic::Fixed,
            Award::RoundUp(kind) => Arithmetic::RoundUp { multiple: kind.0, balance: base.balance },
        })
    }

    /// Whether its points are computed from money, and so rounded.
    pub(crate) fn counts_money(&self) -> bool {
        matches!(self, Award::Percent(_) | Award::PerAmount(_) | Award::Bands(_))
    }

    /// Whether more goods make more points, so that these can be multiplied.
    pub(crate) fn grows(&self) -> bool {
        self.counts_money() || matches!(self, Award::PerUnit(_))
    }

    /// Whether it can be worked out line by line: bands are about the sum.
    pub(crate) fn goes_by_line(&self) -> bool {
        self.grows() && !matches!(self, Award::Bands(_))
    }
}
