//! What there is to take something off: lines and delivery, what is left of them, and which units are free.

use serde_json::Value;

use super::number::Q;

/// A line of the basket, or its delivery, in the smallest units of money.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) sku: String,
    pub(crate) gross: i64,
    /// Nothing for weighed goods and delivery.
    pub(crate) units: Option<i64>,
    pub(crate) thousandths: i64,
    pub(crate) floor: i64,
    pub(crate) discountable: bool,
    pub(crate) delivery: bool,
}

/// What the offers so far left.
#[derive(Clone, Debug)]
pub(crate) struct Left {
    pub(crate) money: Vec<i64>,
    pub(crate) free: Vec<i64>,
    /// The prices that the lane computes with, where those are not what is left, and the free units not in them.
    pub(crate) base: Option<(Vec<i64>, Vec<i64>)>,
    /// The percentages that the lane added so far.
    pub(crate) added: Vec<Q>,
    pub(crate) closed: Vec<usize>,
}

/// A line, or some of its units, as an offer finds it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Portion {
    pub(crate) line: usize,
    pub(crate) basis: i64,
    pub(crate) room: i64,
    pub(crate) units: Option<i64>,
    pub(crate) chosen: bool,
}

/// The lines of one offer in one lane.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a> {
    pub(crate) lines: &'a [Line],
    pub(crate) left: &'a Left,
    pub(crate) own: &'a [usize],
    /// How discounts are rounded and spread.
    pub(crate) policy: &'a Value,
    pub(crate) unit: i64,
    pub(crate) adds: bool,
}

impl View<'_> {
    fn mode(&self) -> &str {
        self.policy["rounding"]["mode"].as_str().unwrap_or("down")
    }

    /// Rounded the program's way to a multiple of its unit.
    pub(crate) fn rounded(&self, amount: Q) -> i64 {
        amount.rounded(self.mode(), Q::whole(self.unit)).to_whole()
    }

    /// So many of so many equal units of an amount.
    fn share(&self, amount: i64, some: i64, all: i64) -> i64 {
        Q::whole(amount).times(Q::whole(some)).over(Q::whole(all)).rounded(self.mode(), Q::ONE).to_whole()
    }

    fn units(&self, line: usize) -> Option<i64> {
        self.lines[line].units.map(|units| units - self.left.free[line])
    }

    /// What must be left: for units that are not free any more, their part of it.
    fn floor(&self, line: usize) -> i64 {
        match (self.units(line), self.lines[line].units) {
            (Some(rest), Some(all)) if rest < all => {
                let part = Q::whole(self.lines[line].floor).times(Q::whole(rest)).over(Q::whole(all));
                part.rounded("up", Q::ONE).to_whole()
            }
            _ => self.lines[line].floor,
        }
    }

    fn whole(&self, line: usize) -> Option<Portion> {
        let left = self.left.money[line];
        let basis = self.left.base.as_ref().map_or(left, |(money, _)| money[line]);
        let room = (left.min(basis) - self.floor(line)).max(0);
        let there = basis > 0 && !self.left.closed.contains(&line);
        there.then(|| Portion { line, basis, room, units: self.units(line), chosen: false })
    }

    /// All lines as they are.
    pub(crate) fn all(&self) -> Vec<Portion> {
        self.own.iter().filter_map(|line| self.whole(*line)).collect()
    }

    /// For how many units the price of a line is.
    fn priced(&self, line: usize, units: i64) -> i64 {
        let base = self.left.base.as_ref().and_then(|(_, free)| Some(self.lines[line].units? - free[line]));
        base.map_or(units, |all| all.max(units))
    }

    /// Every unit with its price, in this order; ties by line.
    pub(crate) fn each_unit(&self, choose: &str) -> Vec<(usize, Q)> {
        let mut units = Vec::new();
        for portion in self.all() {
            let Some(count) = portion.units.filter(|units| *units > 0) else { continue };
            let basis = self.share(portion.basis, count, self.priced(portion.line, count));
            let price = Q::whole(basis).over(Q::whole(count));
            units.extend((0..count).map(|_| (portion.line, price)));
        }
        match choose {
            "cheapest" => units.sort_by_key(|(line, price)| (*price, *line)),
            "dearest" => units.sort_by_key(|(line, price)| (std::cmp::Reverse(*price), *line)),
            _ => {}
        }
        units
    }

    /// These units, by line.
    pub(crate) fn some(&self, units: &[(usize, Q)]) -> Vec<Portion> {
        let mut portions = Vec::new();
        for line in self.own {
            let count = i64::try_from(units.iter().filter(|(own, _)| own == line).count()).unwrap();
            let Some(whole) = self.whole(*line).filter(|_| count > 0) else { continue };
            let all = whole.units.unwrap();
            let priced = self.priced(*line, all);
            let basis = self.share(whole.basis, count, priced);
            let room = self.share(whole.room, count, all).min(whole.room);
            portions.push(Portion { line: *line, basis, room, units: Some(count), chosen: true });
        }
        portions
    }

    /// The units that a choice of units touches.
    pub(crate) fn chosen(&self, choice: &Value) -> Vec<Portion> {
        let units = self.each_unit(choice["choose"].as_str().unwrap_or("cheapest"));
        let number = |field: &str| choice[field].as_u64().map(|number| usize::try_from(number).unwrap());
        let touch = |units: &[(usize, Q)]| -> Vec<(usize, Q)> {
            let rest = &units[number("skip").unwrap_or(0).min(units.len())..];
            let size = number("of_every").unwrap_or(1);
            let count = rest.len() / size * number("take").unwrap_or(size);
            rest[..count.min(number("at_most").unwrap_or(usize::MAX))].to_vec()
        };
        if choice["per"] != "line" {
            return self.some(&touch(&units));
        }
        let of = |line: &usize| -> Vec<(usize, Q)> {
            units.iter().copied().filter(|(own, _)| own == line).collect()
        };
        self.some(&self.own.iter().flat_map(|line| touch(&of(line))).collect::<Vec<_>>())
    }

    /// How many units the worth of a portion is for, the free ones in an original price included.
    pub(crate) fn units_in(&self, portion: &Portion) -> Option<i64> {
        let units = portion.units.filter(|units| *units > 0)?;
        Some(if portion.chosen { units } else { self.priced(portion.line, units) })
    }

    /// What those units are worth that are not free.
    pub(crate) fn worth(&self, portion: &Portion) -> i64 {
        self.units_in(portion)
            .map_or(portion.basis, |all| self.share(portion.basis, portion.units.unwrap(), all))
    }
}
