//! `cheapest_free`: the cheapest of several units are free.

use std::cmp::Ordering;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Given;
use crate::check::Check;
use crate::error::Code;
use crate::model::{Arithmetic, Reason};
use crate::value::{Mode, Overflow, Rounding, product};

/// `{"cheapest_free": {"in_every": 2}}` makes the cheaper of every two matching units free (1+1); without
/// `in_every` the cheapest unit of the order is free.
///
/// Units are compared by what is left of their price; ties go to the earlier line id. Weighed goods have no units and
/// are left alone.
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
        if self.in_every.is_some_and(|size| size < self.free) {
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

    pub(super) fn take(self, given: &Given<'_>, parts: &mut Vec<(usize, i64)>) -> Result<i64, Overflow> {
        let mut sum = 0_i64;
        for (line, left, units, free) in self.chosen(given) {
            let free = i64::try_from(free).map_err(|_| Overflow)?;
            let rounding = Rounding::to_unit(Mode::HalfUp);
            let part = rounding.ratio(product(left, free), i128::from(units), given.digits)?;
            if part > 0 {
                parts.push((line, part));
                sum = sum.checked_add(part).ok_or(Overflow)?;
            }
        }
        Ok(sum)
    }

    /// How many units of which lines are free.
    pub(crate) fn freed(self, given: &Given<'_>) -> impl Iterator<Item = (usize, u64)> {
        self.chosen(given).into_iter().map(|(line, _, _, free)| (line, free))
    }

    /// The lines with free units, cheapest first: line, what is left of it, its units, how many are free.
    fn chosen(self, given: &Given<'_>) -> Vec<(usize, i64, i64, u64)> {
        let mut free = self.free_of(units(given));
        let mut lines: Vec<(usize, i64, i64)> = counted(given).collect();
        // By price of one unit: a / m against b / n is a * n against b * m.
        lines.sort_by(|(first, a, m), (second, b, n)| match product(*a, *n).cmp(&product(*b, *m)) {
            Ordering::Equal => first.cmp(second),
            unequal => unequal,
        });
        let mut chosen = Vec::new();
        for (line, left, units) in lines {
            if free == 0 {
                break;
            }
            let taken = free.min(units.unsigned_abs());
            chosen.push((line, left, units, taken));
            free = free.saturating_sub(taken);
        }
        chosen
    }
}

/// The lines that have whole units and something left: line, what is left of it, units.
fn counted(given: &Given<'_>) -> impl Iterator<Item = (usize, i64, i64)> {
    given.lines.iter().filter_map(|line| {
        let units = given.facts.lines.get(*line)?.units?;
        let left = given.left(*line);
        (left > 0).then_some((*line, left, units))
    })
}

fn units(given: &Given<'_>) -> u64 {
    counted(given).fold(0_u64, |sum, (_, _, units)| sum.saturating_add(units.unsigned_abs()))
}
