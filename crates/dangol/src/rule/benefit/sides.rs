//! Units that are bought, and units that are got for them: no unit is both.

use std::cmp::Ordering;

use super::buy_get::BuyGet;
use super::{Desk, Given, Part};
use crate::rule::units::{by_price, sort};
use crate::rule::{Choice, Selector, Stock};
use crate::value::{Amount, Money, product};

/// What an offer can count as bought, and what can be got for it.
pub(super) struct Sides {
    /// The lines with units, in the order in which they are got.
    pub(super) lines: Vec<Side>,
    /// What there is to buy: units, or their worth in minor units.
    pub(super) total: i64,
    /// Whether the worth of what is bought counts, and not its units.
    by_amount: bool,
}

/// A line with units.
pub(super) struct Side {
    pub(super) stock: Stock,
    buys: bool,
    gets: bool,
    /// How many of its units are got.
    pub(super) got: i64,
}

impl Sides {
    pub(super) fn new(kind: &BuyGet, choose: Choice, given: &Given<'_>, desk: &mut Desk) -> Sides {
        let buys = matching(given, kind.buy.lines.as_ref());
        let gets = kind.get.lines.as_ref().map(|lines| matching(given, Some(lines)));
        let gets = gets.as_ref().unwrap_or(&buys);
        let has = |list: &[bool], line: usize| list.get(line).copied().unwrap_or(false);
        given.stock(given.lines, desk);
        sort(&mut desk.stock, choose);
        let side = |stock: &Stock| {
            let (buys, gets) = (has(&buys, stock.line), has(gets, stock.line));
            (buys || gets).then_some(Side { stock: *stock, buys, gets, got: 0 })
        };
        let mut sides = Sides {
            lines: desk.stock.iter().filter_map(side).collect(),
            total: 0,
            by_amount: kind.buy.amount.is_some(),
        };
        let worth = |side: &Side| if side.buys { sides.weight(side.stock, side.stock.units) } else { 0 };
        sides.total = sides.lines.iter().fold(0_i64, |sum, side| sum.saturating_add(worth(side)));
        if sides.by_amount {
            // What is weighed has no units, but it costs something.
            let weighed = given.lines.iter().filter(|line| has(&buys, **line));
            let weighed = weighed.filter_map(|line| given.whole(*line)).filter(|it| it.units.is_none());
            sides.total = weighed.fold(sides.total, |sum, portion| sum.saturating_add(portion.basis));
        }
        sides
    }

    /// What so many units of a line count for as bought.
    fn weight(&self, stock: Stock, units: i64) -> i64 {
        if self.by_amount { worth(stock, units) } else { units }
    }

    /// How many units can be got at all.
    pub(super) fn gettable(&self) -> i64 {
        let gets = self.lines.iter().filter(|side| side.gets);
        gets.fold(0_i64, |sum, side| sum.saturating_add(side.stock.units))
    }

    /// How many units there are in all.
    pub(super) fn units(&self) -> i64 {
        self.lines.iter().fold(0_i64, |sum, side| sum.saturating_add(side.stock.units))
    }

    /// How often so much can be bought at most, and so many units got for it.
    pub(super) fn most_times(&self, need: i64, units: i64) -> i64 {
        let times = self.total.checked_div(need).unwrap_or(0);
        let times = times.min(self.gettable().checked_div(units).unwrap_or(0));
        if self.by_amount {
            return times;
        }
        times.min(self.units().checked_div(need.saturating_add(units)).unwrap_or(0))
    }

    /// Whether more times never mean other units: where all units are bought and got alike, or none is.
    pub(super) fn alike(&self) -> bool {
        let both = self.lines.iter().any(|side| side.buys && side.gets);
        let only = self.lines.iter().any(|side| !side.buys && side.gets);
        !(both && (only || self.by_amount))
    }

    /// Gets up to so many units in order, as long as so much is left to buy; tells how many.
    ///
    /// Where dear units leave too little to buy for the others, the cheapest are got if that makes the number full.
    pub(super) fn pick(&mut self, units: i64, need: i64) -> i64 {
        let got = self.pick_in(0..self.lines.len(), units, need);
        if got == units || !self.by_amount {
            return got;
        }
        let mut order: Vec<usize> = (0..self.lines.len()).collect();
        let stock = |line: &usize| self.lines.get(*line).map(|side| side.stock);
        order.sort_by(|a, b| match (stock(a), stock(b)) {
            (Some(a), Some(b)) => by_price(&a, &b),
            _ => Ordering::Equal,
        });
        if self.pick_in(order.into_iter(), units, need) == units {
            return units;
        }
        self.pick_in(0..self.lines.len(), units, need)
    }

    fn pick_in(&mut self, order: impl Iterator<Item = usize>, units: i64, need: i64) -> i64 {
        let (mut left, mut spare) = (units, self.total.saturating_sub(need));
        let by_amount = self.by_amount;
        for side in &mut self.lines {
            side.got = 0;
        }
        for line in order {
            let Some(side) = self.lines.get_mut(line) else { continue };
            if !side.gets || left == 0 || spare < 0 {
                continue;
            }
            let can = match (side.buys, by_amount) {
                (false, _) => side.stock.units,
                (true, false) => side.stock.units.min(spare),
                (true, true) => affordable(side.stock, spare),
            };
            side.got = can.min(left);
            left = left.saturating_sub(side.got);
            if side.buys {
                let weight = if by_amount { worth(side.stock, side.got) } else { side.got };
                spare = spare.saturating_sub(weight);
            }
        }
        units.saturating_sub(left)
    }

    /// What is left to buy beside the units that are got.
    pub(super) fn beside(&self) -> i64 {
        let both = self.lines.iter().filter(|side| side.buys);
        both.fold(self.total, |left, side| left.saturating_sub(self.weight(side.stock, side.got)))
    }

    /// Uses up what is bought: first what cannot be got, then what would be got last.
    pub(super) fn use_up(&self, need: i64, parts: &mut Vec<Part>) {
        let bought = self.lines.iter().filter(|side| side.buys);
        let mut bought: Vec<&Side> = bought.collect();
        bought.reverse();
        bought.sort_by_key(|side| side.gets);
        let mut need = need;
        for side in bought {
            let free = side.stock.units.saturating_sub(side.got);
            let units = if self.by_amount { enough(side.stock, need).min(free) } else { need.min(free) };
            if units > 0 {
                parts.push(used(side.stock, side.got, units));
                need = need.saturating_sub(self.weight(side.stock, units));
            }
        }
    }
}

/// Uses up so many units of these lines, or as many as are worth so much, in their order.
pub(super) fn use_up(stock: &[Stock], need: i64, by_amount: bool, parts: &mut Vec<Part>) {
    let mut need = need;
    for stock in stock {
        let units = if by_amount { enough(*stock, need) } else { need }.min(stock.units);
        if units > 0 {
            parts.push(used(*stock, 0, units));
            need = need.saturating_sub(if by_amount { worth(*stock, units) } else { units });
        }
    }
}

/// Units that are counted without anything being taken off them, after others of their line.
fn used(stock: Stock, after: i64, units: i64) -> Part {
    let of = worth(stock, after.saturating_add(units)).saturating_sub(worth(stock, after));
    Part { line: stock.line, amount: 0, units: units.unsigned_abs(), of }
}

/// What so many units of a line are worth, in whole minor units.
fn worth(stock: Stock, units: i64) -> i64 {
    let worth = product(stock.basis, units).checked_div(i128::from(stock.units)).unwrap_or(0);
    i64::try_from(worth).unwrap_or(i64::MAX)
}

/// How many units of a line are worth at most so much.
fn affordable(stock: Stock, amount: i64) -> i64 {
    let units = product(amount, stock.units).checked_div(i128::from(stock.basis)).unwrap_or(0);
    i64::try_from(units).unwrap_or(i64::MAX).min(stock.units)
}

/// How many units of a line are worth at least so much.
fn enough(stock: Stock, amount: i64) -> i64 {
    if amount <= 0 {
        return 0;
    }
    let units = affordable(stock, amount);
    if worth(stock, units) < amount { units.saturating_add(1) } else { units }
}

/// For each line of goods whether the selector matches it; all do where there is none.
pub(super) fn matching(given: &Given<'_>, selector: Option<&Selector>) -> Vec<bool> {
    let mut lines = vec![selector.is_none(); given.facts.lines.len()];
    if selector.is_some() {
        for line in given.facts.matching(selector) {
            if let Some(matches) = lines.get_mut(line) {
                *matches = true;
            }
        }
    }
    lines
}

/// Money in minor units.
pub(super) fn minor(money: Money, given: &Given<'_>) -> i64 {
    money.0.rescaled(given.terms.digits).map_or(i64::MAX, Amount::units)
}
