//! `cheapest_free`: the cheapest of several units are free.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Given, Part};
use crate::check::Check;
use crate::error::Code;
use crate::model::{Arithmetic, Reason};
use crate::value::{Overflow, Rounding, product};

/// `{"cheapest_free": {"in_every": 2}}` makes the cheaper of every two matching units free (1+1); without
/// `in_every` the cheapest unit of the order is free.
///
/// Units are compared by what is left of their price; ties go to the earlier line id. Weighed goods have no units and
/// are left alone, and so are units that an earlier offer made free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheapestFree {
    /// So many units make one group; the whole order is one group where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_every: Option<u32>,
    /// How many units of each group are free; 1 where left out.
    #[serde(default = "one")]
    pub free: u32,
    /// The most units that may be free in one order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
}

fn one() -> u32 {
    1
}

impl CheapestFree {
    pub(super) fn check(self, check: &mut Check) {
        let mut at_least_one = |field: &str, number: Option<u32>| {
            if number == Some(0) {
                check.at(field, |check| check.problem(Code::OutOfRange, "must be at least 1, found `0`"));
            }
        };
        at_least_one("in_every", self.in_every);
        at_least_one("free", Some(self.free));
        at_least_one("at_most", self.at_most);
        if self.in_every.is_some_and(|size| 0 < size && size < self.free) {
            check.at("free", |check| check.problem(Code::Contradiction, "is more than `in_every`"));
        }
    }

    /// How many of so many units are free.
    fn free_of(self, units: u64) -> u64 {
        let groups = self.in_every.map_or(Some(1), |size| units.checked_div(u64::from(size))).unwrap_or(0);
        let free = groups.saturating_mul(u64::from(self.free)).min(units);
        self.at_most.map_or(free, |most| free.min(u64::from(most)))
    }

    pub(super) fn refusal(self, given: &Given<'_>) -> Option<Reason> {
        let actual = units(given);
        let required = u64::from(self.in_every.unwrap_or(1));
        (self.free_of(actual) == 0).then_some(Reason::TooFewUnits { required, actual })
    }

    pub(super) fn arithmetic(self, given: &Given<'_>) -> Arithmetic {
        Arithmetic::FreeUnits { units: self.free_of(units(given)) }
    }

    pub(super) fn take(self, given: &Given<'_>, parts: &mut Vec<Part>) -> Result<i64, Overflow> {
        let mut sum = 0_i64;
        let mut free = self.free_of(units(given));
        for (line, left, units) in by_price(given) {
            let taken = free.min(units.unsigned_abs());
            let amount = share(left, taken, units, given)?;
            if amount > 0 {
                parts.push(Part { line, amount, free: taken });
                sum = sum.checked_add(amount).ok_or(Overflow)?;
            }
            free = free.saturating_sub(taken);
            if free == 0 {
                break;
            }
        }
        Ok(sum)
    }

    /// As many units as now, but the dearest ones, and what rounding can add on each line.
    pub(super) fn bound(self, given: &Given<'_>) -> i64 {
        let mut free = self.free_of(units(given));
        let mut sum = 0_i64;
        for (_, left, units) in by_price(given).into_iter().rev() {
            let taken = free.min(units.unsigned_abs());
            let amount = share(left, taken, units, given).unwrap_or(left);
            sum = sum.saturating_add(amount).saturating_add(1);
            free = free.saturating_sub(taken);
        }
        sum
    }
}

/// What so many of the units of a line are worth, rounded the program's way to the smallest unit of money.
fn share(left: i64, taken: u64, units: i64, given: &Given<'_>) -> Result<i64, Overflow> {
    let taken = i64::try_from(taken).map_err(|_| Overflow)?;
    let rounding = Rounding::to_unit(given.rounding.mode);
    rounding.ratio(product(left, taken), i128::from(units), given.digits)
}

/// The lines that have units and something left, cheapest unit first: line, what is left of it, units.
fn by_price(given: &Given<'_>) -> Vec<(usize, i64, i64)> {
    let mut lines: Vec<(usize, i64, i64)> = counted(given).collect();
    // a / m against b / n is a * n against b * m.
    lines.sort_by(|(first, a, m), (second, b, n)| {
        product(*a, *n).cmp(&product(*b, *m)).then(first.cmp(second))
    });
    lines
}

/// The lines that have units and something left: line, what is left of it, units.
fn counted(given: &Given<'_>) -> impl Iterator<Item = (usize, i64, i64)> {
    given.lines.iter().filter_map(|line| {
        let (left, units) = (given.left(*line), given.units(*line)?);
        (left > 0 && units > 0).then_some((*line, left, units))
    })
}

fn units(given: &Given<'_>) -> u64 {
    counted(given).fold(0_u64, |sum, (_, _, units)| sum.saturating_add(units.unsigned_abs()))
}
