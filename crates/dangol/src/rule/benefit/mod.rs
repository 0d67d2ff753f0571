//! Benefits: what an offer takes off.

mod amount_off;
mod cheapest_free;
mod percent_off;

pub use amount_off::AmountOff;
pub use cheapest_free::CheapestFree;
pub use percent_off::PercentOff;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Facts;
use crate::check::Check;
use crate::model::{Arithmetic, Reason};
use crate::value::{Money, Overflow, Place, Rounding, Split};

/// What an offer takes off: one word and what it needs, as in `{"percent_off": "10"}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is documented at its own type")]
pub enum Benefit {
    PercentOff(PercentOff),
    AmountOff(AmountOff),
    CheapestFree(CheapestFree),
}

/// The lines that an offer may touch, and what is left of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given<'a> {
    pub(crate) facts: &'a Facts<'a>,
    /// The numbers of the lines that match and may be discounted, ascending.
    pub(crate) lines: &'a [usize],
    /// What is left of every line of the basket, in minor units.
    pub(crate) left: &'a [i64],
    pub(crate) rounding: Rounding,
    pub(crate) place: Place,
    pub(crate) split: Split,
    /// The digits of the currency.
    pub(crate) digits: u8,
}

impl Given<'_> {
    pub(crate) fn left(&self, line: usize) -> i64 {
        self.left.get(line).copied().unwrap_or(0)
    }

    fn total(&self) -> Result<i64, Overflow> {
        self.lines.iter().try_fold(0_i64, |sum, line| sum.checked_add(self.left(*line)).ok_or(Overflow))
    }

    fn money(&self, minor: i64) -> Result<Money, Overflow> {
        Money::of_units(minor, self.digits)
    }

    /// Spreads a discount over the lines by what is left of them, and returns it.
    fn spread(&self, discount: i64, parts: &mut Vec<(usize, i64)>) -> i64 {
        let weights: Vec<i64> = self.lines.iter().map(|line| self.left(*line)).collect();
        let mut shares = Vec::with_capacity(weights.len());
        self.split.parts(discount, &weights, &mut shares);
        parts.extend(self.lines.iter().copied().zip(shares).filter(|(_, share)| *share > 0));
        discount
    }
}

impl Benefit {
    pub(crate) fn check(&mut self, check: &mut Check) {
        match self {
            Benefit::PercentOff(kind) => check.at("percent_off", |check| kind.check(check)),
            Benefit::AmountOff(kind) => check.at("amount_off", |check| kind.check(check)),
            Benefit::CheapestFree(kind) => check.at("cheapest_free", |check| kind.check(check)),
        }
    }

    /// What is missing for the benefit to have an effect at all.
    pub(crate) fn refusal(&self, given: &Given<'_>) -> Option<Reason> {
        match self {
            Benefit::CheapestFree(kind) => kind.refusal(given),
            Benefit::PercentOff(_) | Benefit::AmountOff(_) => None,
        }
    }

    /// What is taken off each line, never more than is left of it, and the sum, which is returned.
    pub(crate) fn take(&self, given: &Given<'_>, parts: &mut Vec<(usize, i64)>) -> Result<i64, Overflow> {
        parts.clear();
        match self {
            Benefit::PercentOff(kind) => kind.take(given, parts),
            Benefit::AmountOff(kind) => kind.take(given, parts),
            Benefit::CheapestFree(kind) => kind.take(given, parts),
        }
    }

    /// The arithmetic behind `take`.
    pub(crate) fn arithmetic(&self, given: &Given<'_>) -> Result<Arithmetic, Overflow> {
        match self {
            Benefit::PercentOff(kind) => kind.arithmetic(given),
            Benefit::AmountOff(kind) => kind.arithmetic(given),
            Benefit::CheapestFree(kind) => Ok(kind.arithmetic(given)),
        }
    }

    /// By how many minor units the discount on less may exceed the discount on more, through rounding.
    pub(crate) fn slack(&self) -> i64 {
        match self {
            Benefit::PercentOff(_) | Benefit::AmountOff(_) => 0,
            // Only the last line is taken in part, and rounded.
            Benefit::CheapestFree(_) => 1,
        }
    }
}
