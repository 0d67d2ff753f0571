//! What an offer finds: the lines and units that it may touch, and what earlier offers left of them.

use super::floor::floor;
use super::{Desk, Part, Prices, Rest};
use crate::rule::{Facts, LineFacts, Stock, Terms, UnitChoice};
use crate::value::{Money, Overflow, Rounding, SplitWeights, product};

/// A line, or some units of it, as an offer finds them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Portion {
    pub(crate) line: usize,
    /// What the offer computes with, in minor units.
    pub(crate) basis: i64,
    /// What it may take at most.
    pub(crate) room: i64,
    /// How many units that are; nothing for weighed goods and deliveries.
    pub(crate) units: Option<i64>,
    /// Whether these units were chosen out of more.
    pub(super) chosen: bool,
}

/// The lines that an offer may touch, what is left of them, and how the program rounds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given<'a> {
    pub(crate) facts: &'a Facts<'a>,
    /// The numbers of the lines that match and may be discounted, ascending.
    pub(crate) lines: &'a [usize],
    pub(crate) rest: &'a Rest,
    /// The prices that the lane's offers compute with, where that is not what is left.
    pub(crate) base: Option<&'a Prices>,
    /// Lines that an earlier offer closed.
    pub(crate) closed: &'a [usize],
    pub(crate) terms: Terms,
    /// Whether percentages of the lane are added.
    pub(crate) adds: bool,
    /// Whether units are used up.
    pub(crate) consumes: bool,
}

impl Given<'_> {
    pub(crate) fn line(&self, line: usize) -> Option<&LineFacts> {
        self.facts.line(line)
    }

    /// What is left of the line, in minor units, without units that are used up.
    fn left(&self, line: usize) -> i64 {
        let left = self.rest.money.get(line).copied().unwrap_or(0);
        if self.rest.spoken.is_empty() {
            return left;
        }
        left.saturating_sub(self.rest.spoken.get(line).map_or(0, |(_, price)| *price))
    }

    /// How many whole units of the line are neither free nor used up; nothing for weighed goods and deliveries.
    fn units(&self, line: usize, facts: &LineFacts) -> Option<i64> {
        let free = self.rest.free.get(line).copied().unwrap_or(0);
        let units = facts.units?.saturating_sub_unsigned(free);
        if self.rest.spoken.is_empty() {
            return Some(units);
        }
        let spoken = self.rest.spoken.get(line).map_or(0, |(units, _)| *units);
        Some(units.saturating_sub_unsigned(spoken))
    }

    /// The percentages that the lane gave on this line so far, with 4 digits.
    pub(super) fn added(&self, line: usize) -> i64 {
        self.rest.added.get(line).copied().unwrap_or(0)
    }

    pub(crate) fn money(&self, minor: i64) -> Result<Money, Overflow> {
        Money::of_units(minor, self.terms.digits)
    }

    /// A line as a whole, where something is left of it.
    #[inline]
    pub(super) fn whole(&self, line: usize) -> Option<Portion> {
        let left = self.left(line);
        let basis = self.base.map_or(left, |base| base.of(line));
        if basis <= 0 || (!self.closed.is_empty() && self.closed.contains(&line)) {
            return None;
        }
        let facts = self.line(line)?;
        let units = self.units(line, facts);
        let floor = if facts.floor > 0 { floor(facts, units) } else { 0 };
        Some(Portion {
            line,
            basis,
            room: left.min(basis).saturating_sub(floor).max(0),
            units,
            chosen: false,
        })
    }

    /// What the offer touches: its lines, or the chosen units of them.
    pub(crate) fn portions(&self, choice: Option<UnitChoice>, desk: &mut Desk) {
        desk.portions.clear();
        let Some(choice) = choice else {
            desk.portions.extend(self.lines.iter().filter_map(|line| self.whole(*line)));
            return;
        };
        self.stock(self.lines, desk);
        let Desk { portions, stock, .. } = desk;
        choice.pick(stock, |stock, units| portions.extend(self.some(stock, units)));
        // What is done does not depend on the order in which units were chosen, but on the lines' own.
        portions.sort_unstable_by_key(|portion| portion.line);
    }

    /// The lines as wholes where nothing is special about any of them: number, what the offer computes with, room.
    pub(super) fn plain(&self) -> Option<impl Iterator<Item = (usize, i64, i64)>> {
        if self.facts.floors || self.consumes || !self.closed.is_empty() || !self.rest.spoken.is_empty() {
            return None;
        }
        let money = self.rest.money.as_slice();
        let base = self.base.map_or(money, |base| base.money.as_slice());
        let line = |line: &usize| {
            let (left, basis) = (*money.get(*line)?, *base.get(*line)?);
            (basis > 0).then_some((*line, basis, left.min(basis).max(0)))
        };
        Some(self.lines.iter().filter_map(line))
    }

    /// The lines as wholes, for a benefit that does not ask how many units they have.
    pub(super) fn wholes(&self, desk: &mut Desk) {
        let Some(lines) = self.plain() else { return self.portions(None, desk) };
        desk.portions.clear();
        desk.portions.reserve(self.lines.len());
        for (line, basis, room) in lines {
            desk.portions.push(Portion { line, basis, room, units: None, chosen: false });
        }
    }

    /// The lines that have units and something left.
    pub(crate) fn stock(&self, lines: &[usize], desk: &mut Desk) {
        desk.stock.clear();
        let stock = lines.iter().filter_map(|line| {
            let Portion { line, basis, units, .. } = self.whole(*line)?;
            let units = units.filter(|units| *units > 0)?;
            let basis = self.share(basis, units, self.priced(line, units)).unwrap_or(basis);
            Some(Stock { line, basis, units })
        });
        desk.stock.extend(stock);
    }

    /// How many units the price of a line is for that has so many left: a price that nobody lowers is for free ones, too.
    pub(super) fn priced(&self, line: usize, units: i64) -> i64 {
        let all = self.base.and_then(|base| Some(base.units(line, self.line(line)?.units?)));
        all.map_or(units, |all| all.max(units))
    }

    /// So many of the units of a line.
    pub(crate) fn some(&self, stock: Stock, units: i64) -> Option<Portion> {
        let whole = self.whole(stock.line).filter(|_| units > 0)?;
        let part = |amount: i64, all: i64| self.share(amount, units, all).unwrap_or(amount);
        let basis = part(whole.basis, self.priced(stock.line, stock.units));
        let room = part(whole.room, stock.units).min(whole.room);
        Some(Portion { line: stock.line, basis, room, units: Some(units), chosen: true })
    }

    /// What so many of the units of a line are worth, rounded the program's way to the smallest unit of money.
    pub(super) fn share(&self, amount: i64, taken: i64, units: i64) -> Result<i64, Overflow> {
        if taken == units {
            return Ok(amount);
        }
        Rounding::to_unit(self.terms.rounding.mode).ratio(
            product(amount, taken),
            i128::from(units),
            self.terms.digits,
        )
    }

    /// Takes so much off a portion, as far as there is room; returns what it takes.
    pub(crate) fn put(&self, portion: &Portion, amount: i64, parts: &mut Vec<Part>) -> i64 {
        let amount = amount.clamp(0, portion.room);
        let counted = portion.chosen || self.consumes;
        if amount > 0 || self.consumes {
            let units = portion.units.filter(|_| counted).map_or(0, i64::unsigned_abs);
            parts.push(Part { line: portion.line, amount, units, of: portion.basis });
        }
        amount
    }

    /// Spreads an amount over the portions as the program says, and returns what found room.
    pub(crate) fn spread(&self, amount: i64, desk: &mut Desk) -> i64 {
        let Desk { portions, parts, weights, room, shares, .. } = desk;
        weights.clear();
        weights.extend(portions.iter().map(|portion| self.weight(portion)));
        // Mostly the room is what is left, which is the weight as well.
        if portions.iter().zip(weights.iter()).all(|(portion, weight)| portion.room == *weight) {
            self.terms.split.parts(amount, weights, weights, shares);
        } else {
            room.clear();
            room.extend(portions.iter().map(|portion| portion.room));
            self.terms.split.parts(amount, weights, room, shares);
        }
        let mut sum = 0_i64;
        for (portion, share) in portions.iter().zip(shares.iter()) {
            sum = sum.saturating_add(self.put(portion, *share, parts));
        }
        sum
    }

    /// What a portion's share is in proportion to.
    fn weight(&self, portion: &Portion) -> i64 {
        let thousandths = || {
            let quantity = self.line(portion.line).and_then(|line| line.quantity.0.rescaled(3));
            let whole = portion.units.map(|units| units.saturating_mul(1_000));
            whole.or(quantity.map(crate::value::Amount::units)).unwrap_or(1_000).max(1)
        };
        match self.terms.split.weights {
            SplitWeights::Left => portion.basis,
            SplitWeights::Price => {
                portion.basis.saturating_mul(1_000).checked_div(thousandths()).unwrap_or(portion.basis)
            }
            SplitWeights::Units => thousandths(),
            SplitWeights::Even => 1,
        }
    }

    /// Cuts the parts down to a sum, in proportion to what they are.
    pub(crate) fn cut(&self, most: i64, desk: &mut Desk) -> i64 {
        let Desk { parts, weights, shares, .. } = desk;
        weights.clear();
        weights.extend(parts.iter().map(|part| part.amount));
        self.terms.split.parts(most, weights, weights, shares);
        for (part, share) in parts.iter_mut().zip(shares.iter()) {
            part.amount = *share;
        }
        parts.retain(|part| part.amount > 0 || self.consumes);
        most
    }

    /// The sum of what the offer computes with.
    pub(crate) fn total(&self, desk: &Desk) -> Result<i64, Overflow> {
        desk.portions.iter().try_fold(0_i64, |sum, portion| sum.checked_add(portion.basis).ok_or(Overflow))
    }

    /// How many units there are to choose from.
    pub(super) fn unit_count(&self, desk: &mut Desk) -> u64 {
        self.stock(self.lines, desk);
        desk.stock.iter().fold(0_u64, |sum, stock| sum.saturating_add(stock.units.unsigned_abs()))
    }
}
