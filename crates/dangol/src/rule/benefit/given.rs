//! What an offer finds: the lines that it may touch, and what earlier offers left of them.

use crate::rule::Facts;
use crate::value::{DiscountPlace, Money, Overflow, Rounding, Split};

/// What is left of every line of the basket.
#[derive(Clone, Debug)]
pub(crate) struct Rest {
    /// In minor units of the currency.
    pub(crate) money: Vec<i64>,
    /// How many units were free so far: they are no longer among those that an offer may make free.
    pub(crate) free: Vec<u64>,
}

/// What an offer takes off one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// The number of the line.
    pub(crate) line: usize,
    /// In minor units of the currency: more than nothing, at most what is left.
    pub(crate) amount: i64,
    /// How many units it makes free.
    pub(crate) free: u64,
}

/// The lines that an offer may touch, what is left of them, and how the program rounds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given<'a> {
    pub(crate) facts: &'a Facts<'a>,
    /// The numbers of the lines that match and may be discounted, ascending.
    pub(crate) lines: &'a [usize],
    pub(crate) rest: &'a Rest,
    pub(crate) rounding: Rounding,
    pub(crate) place: DiscountPlace,
    pub(crate) split: Split,
    /// The digits of the currency.
    pub(crate) digits: u8,
}

impl Rest {
    /// Nothing was taken yet.
    pub(crate) fn new(money: Vec<i64>) -> Rest {
        Rest { free: vec![0; money.len()], money }
    }

    /// Takes what an offer takes.
    pub(crate) fn take(&mut self, parts: &[Part]) -> Result<(), Overflow> {
        for part in parts {
            if let (Some(money), Some(free)) = (self.money.get_mut(part.line), self.free.get_mut(part.line)) {
                *money = money.checked_sub(part.amount).ok_or(Overflow)?;
                *free = free.saturating_add(part.free);
            }
        }
        Ok(())
    }
}

impl Given<'_> {
    /// What is left of the line, in minor units.
    pub(super) fn left(&self, line: usize) -> i64 {
        self.rest.money.get(line).copied().unwrap_or(0)
    }

    /// How many whole units of the line are not free yet; nothing for weighed goods.
    pub(super) fn units(&self, line: usize) -> Option<i64> {
        let units = self.facts.lines.get(line)?.units?;
        let free = self.rest.free.get(line).copied().unwrap_or(0);
        Some(units.saturating_sub_unsigned(free))
    }

    /// The sum of what is left of its lines, in minor units.
    pub(super) fn total(&self) -> Result<i64, Overflow> {
        self.lines.iter().try_fold(0_i64, |sum, line| sum.checked_add(self.left(*line)).ok_or(Overflow))
    }

    pub(super) fn money(&self, minor: i64) -> Result<Money, Overflow> {
        Money::of_units(minor, self.digits)
    }

    /// Spreads a discount over the lines by what is left of them, and returns it.
    pub(super) fn spread(&self, discount: i64, parts: &mut Vec<Part>) -> i64 {
        let weights: Vec<i64> = self.lines.iter().map(|line| self.left(*line)).collect();
        let mut shares = Vec::with_capacity(weights.len());
        self.split.parts(discount, &weights, &weights, &mut shares);
        let shares = self.lines.iter().zip(shares).filter(|(_, amount)| *amount > 0);
        parts.extend(shares.map(|(line, amount)| Part { line: *line, amount, free: 0 }));
        discount
    }
}
