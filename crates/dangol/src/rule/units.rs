//! Which units of the matching lines an offer touches: the cheapest, every second one, at most three.

use std::cmp::Ordering;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::value::product;

/// `{"of_every": 2, "take": 1}` touches the cheaper of every two matching units: with `percent_off: "100"` it is 1+1.
///
/// Units are taken in an order (`choose`), the cheapest first where nothing is said; they are compared by what is left of
/// their price, ties go to the earlier line id. `skip` passes over the first of them, `of_every` counts complete groups of
/// those that follow and touches `take` units for each, `at_most` is the end of it. Weighed goods have no units and are
/// left alone, and so are units that an earlier offer made free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitChoice {
    /// Which units come first.
    #[serde(default)]
    pub choose: Choice,
    /// Whether units are counted over the order, or on each line by itself.
    #[serde(default)]
    pub per: CountPer,
    /// So many units come before the first one that is touched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip: Option<u32>,
    /// So many units make one group; each unit is one where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_every: Option<u32>,
    /// How many units are touched for each complete group; all of them where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub take: Option<u32>,
    /// The most units that are touched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
}

/// Which units come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The cheapest.
    #[default]
    Cheapest,
    /// The dearest.
    Dearest,
    /// Those of the line with the earliest id.
    First,
}

/// Over what units are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CountPer {
    /// All matching lines together.
    #[default]
    Order,
    /// Each line by itself.
    Line,
}

/// A line with its units, as an offer finds them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stock {
    pub(crate) line: usize,
    /// What an offer computes with, in minor units.
    pub(crate) basis: i64,
    /// More than nothing.
    pub(crate) units: i64,
}

impl UnitChoice {
    pub(super) fn check(self, check: &mut Check) {
        let mut at_least_one = |field: &str, number: Option<u32>| {
            if number == Some(0) {
                check.at(field, |check| check.problem(Code::OutOfRange, "must be at least 1, found `0`"));
            }
        };
        at_least_one("skip", self.skip);
        at_least_one("of_every", self.of_every);
        at_least_one("take", self.take);
        at_least_one("at_most", self.at_most);
        match (self.of_every, self.take) {
            (None, Some(_)) => check.at("take", |check| {
                check.problem(Code::Contradiction, "needs `of_every`: units taken for each group")
            }),
            (Some(size), Some(take)) if 0 < size && size < take => {
                check.at("take", |check| {
                    check.problem(
                        Code::Contradiction,
                        "is more than `of_every`: a group has no more units; lower it, or make groups larger",
                    )
                });
            }
            _ => {}
        }
    }

    /// How many units the smallest number is of which any is touched.
    pub(crate) fn least(self) -> u64 {
        u64::from(self.skip.unwrap_or(0)).saturating_add(u64::from(self.of_every.unwrap_or(1)))
    }

    /// How many of so many units are touched.
    pub(crate) fn touched(self, units: u64) -> u64 {
        let counted = units.saturating_sub(u64::from(self.skip.unwrap_or(0)));
        let size = u64::from(self.of_every.unwrap_or(1));
        let take = self.take.map_or(size, u64::from);
        let touched = counted.checked_div(size).unwrap_or(0).saturating_mul(take).min(counted);
        self.at_most.map_or(touched, |most| touched.min(u64::from(most)))
    }

    /// As many of so many units, but the dearest: the most that it can come to after other offers.
    pub(crate) fn dearest(self, units: u64) -> UnitChoice {
        if self.per == CountPer::Line {
            return self;
        }
        let at_most = Some(u32::try_from(self.touched(units)).unwrap_or(u32::MAX));
        UnitChoice { choose: Choice::Dearest, per: self.per, skip: None, of_every: None, take: None, at_most }
    }

    /// For each line that is touched, how many of its units are.
    pub(crate) fn pick(self, stock: &mut [Stock], mut picked: impl FnMut(Stock, i64)) {
        let skip = u64::from(self.skip.unwrap_or(0));
        if self.per == CountPer::Line {
            for line in stock {
                let touched = i64::try_from(self.touched(line.units.unsigned_abs())).unwrap_or(i64::MAX);
                picked(*line, touched);
            }
            return;
        }
        let units = stock.iter().fold(0_u64, |sum, line| sum.saturating_add(line.units.unsigned_abs()));
        sort(stock, self.choose);
        let (mut skip, mut left) = (skip, self.touched(units));
        for line in stock {
            let passed = skip.min(line.units.unsigned_abs());
            skip = skip.saturating_sub(passed);
            let touched = line.units.unsigned_abs().saturating_sub(passed).min(left);
            left = left.saturating_sub(touched);
            picked(*line, i64::try_from(touched).unwrap_or(i64::MAX));
        }
    }
}

/// Whether a unit of a line is cheaper than one of another.
pub(crate) fn by_price(a: &Stock, b: &Stock) -> Ordering {
    // a / m against b / n is a * n against b * m.
    product(a.basis, b.units).cmp(&product(b.basis, a.units))
}

/// Sorts lines by the price of a unit, ties by line.
pub(crate) fn sort(stock: &mut [Stock], choose: Choice) {
    match choose {
        Choice::Cheapest => stock.sort_by(|a, b| by_price(a, b).then(a.line.cmp(&b.line))),
        Choice::Dearest => stock.sort_by(|a, b| by_price(b, a).then(a.line.cmp(&b.line))),
        Choice::First => stock.sort_by_key(|one| one.line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picked(choice: UnitChoice, stock: &[(i64, i64)]) -> Vec<(usize, i64)> {
        let stock = stock.iter().enumerate();
        let mut stock: Vec<Stock> =
            stock.map(|(line, (basis, units))| Stock { line, basis: *basis, units: *units }).collect();
        let mut found = Vec::new();
        choice.pick(&mut stock, |stock, units| found.push((stock.line, units)));
        found.retain(|(_, units)| *units > 0);
        found
    }

    fn choice(text: &str) -> UnitChoice {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn units_are_counted_over_the_order_or_on_each_line() {
        let stock = [(3000, 3), (1000, 2), (500, 1)];
        assert_eq!(picked(choice(r#"{"of_every": 2, "take": 1}"#), &stock), [(1, 2), (2, 1)]);
        assert_eq!(picked(choice(r#"{"of_every": 2, "take": 1, "per": "line"}"#), &stock), [(0, 1), (1, 1)]);
        assert_eq!(picked(choice(r#"{"choose": "dearest", "at_most": 4}"#), &stock), [(0, 3), (1, 1)]);
        assert_eq!(picked(choice(r#"{"choose": "first", "skip": 1}"#), &stock), [(0, 2), (1, 2), (2, 1)]);
        assert_eq!(picked(choice(r#"{"skip": 2, "at_most": 1}"#), &stock), [(2, 1)]);
        assert_eq!(picked(choice(r#"{"of_every": 4}"#), &stock), [(1, 2), (2, 1), (0, 1)]);
    }
}
