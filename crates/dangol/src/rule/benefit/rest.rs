//! What is left of a basket while offers take from it.

use crate::value::Overflow;

/// What is left of every line of the basket, goods first, then deliveries.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rest {
    /// In minor units of the currency.
    pub(crate) money: Vec<i64>,
    /// How many units are free: they are no longer among those that an offer counts. Empty where none is.
    pub(crate) free: Vec<u64>,
    /// Where a lane uses units up: how many are gone until it ends, and what is left of their price.
    pub(crate) spoken: Vec<(u64, i64)>,
    /// Where a lane adds percentages: those so far, with 4 digits.
    pub(crate) added: Vec<i64>,
}

/// What an offer takes off one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// The number of the line.
    pub(crate) line: usize,
    /// In minor units of the currency, at most what is left.
    pub(crate) amount: i64,
    /// How many units it touches, where it chooses units or the lane uses them up.
    pub(crate) units: u64,
    /// What the touched units, or the line, were worth before.
    pub(crate) of: i64,
}

impl Part {
    /// Notes its units as free, where it takes all that they were worth; whether it does. `free` has room for so many lines,
    /// or is empty where no unit is free.
    pub(super) fn note_free(&self, free: &mut Vec<u64>, lines: usize) -> bool {
        if self.amount != self.of {
            return false;
        }
        if free.is_empty() && self.units > 0 {
            free.resize(lines, 0);
        }
        if let Some(free) = free.get_mut(self.line) {
            *free = free.saturating_add(self.units);
        }
        true
    }
}

impl Rest {
    /// Nothing was taken yet.
    pub(crate) fn new(money: Vec<i64>) -> Rest {
        Rest { money, ..Rest::default() }
    }

    /// Becomes a copy of another, in the room that it has.
    pub(crate) fn become_copy(&mut self, other: &Rest) {
        self.money.clone_from(&other.money);
        self.free.clone_from(&other.free);
        self.spoken.clone_from(&other.spoken);
        self.added.clone_from(&other.added);
    }

    /// Takes what an offer takes.
    pub(crate) fn take(&mut self, parts: &[Part], consumes: bool) -> Result<(), Overflow> {
        if consumes && self.spoken.is_empty() {
            self.spoken.resize(self.money.len(), (0, 0));
        }
        let lines = self.money.len();
        for part in parts {
            let Some(money) = self.money.get_mut(part.line) else { continue };
            *money = money.checked_sub(part.amount).ok_or(Overflow)?;
            if part.units == 0 && !consumes {
                continue;
            }
            if !part.note_free(&mut self.free, lines)
                && let Some((units, price)) = self.spoken.get_mut(part.line)
            {
                *units = units.saturating_add(part.units);
                *price = price.saturating_add(part.of.saturating_sub(part.amount));
            }
        }
        Ok(())
    }

    /// Notes that a percentage was given on these lines.
    pub(crate) fn add_percent(&mut self, lines: impl Iterator<Item = usize>, percent: i64) {
        if self.added.is_empty() {
            self.added.resize(self.money.len(), 0);
        }
        for line in lines {
            if let Some(added) = self.added.get_mut(line) {
                *added = added.saturating_add(percent);
            }
        }
    }

    /// The lane has ended: what it noted for itself is forgotten.
    pub(crate) fn end_lane(&mut self) {
        self.spoken.clear();
        self.added.clear();
    }
}
