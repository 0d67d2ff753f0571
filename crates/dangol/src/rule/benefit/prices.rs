//! The prices that the offers of a lane compute with, where those are not what is left.

use super::{Given, Part, Portion};

/// A price for every line of the basket, goods first, then deliveries.
#[derive(Clone, Debug)]
pub(crate) struct Prices {
    /// In minor units of the currency.
    pub(crate) money: Vec<i64>,
    /// How many free units of the line are not in its price. Empty where none is.
    pub(crate) free: Vec<u64>,
}

impl Prices {
    /// The price of a line, in minor units.
    pub(crate) fn of(&self, line: usize) -> i64 {
        self.money.get(line).copied().unwrap_or(0)
    }

    /// How many of the units of a line its price is for.
    pub(crate) fn units(&self, line: usize, units: i64) -> i64 {
        units.saturating_sub_unsigned(self.free.get(line).copied().unwrap_or(0))
    }

    /// Takes off what an offer took, with the units that it made free.
    pub(crate) fn lower(&mut self, parts: &[Part]) {
        let lines = self.money.len();
        for part in parts {
            let Some(money) = self.money.get_mut(part.line) else { continue };
            *money = money.saturating_sub(part.amount);
            part.note_free(&mut self.free, lines);
        }
    }
}

impl Given<'_> {
    /// How many units the worth of a portion is for: of a whole line also those that are free, where it has a price from
    /// before.
    pub(super) fn units_in(&self, portion: &Portion) -> Option<i64> {
        let units = portion.units.filter(|units| *units > 0)?;
        Some(if portion.chosen { units } else { self.priced(portion.line, units) })
    }

    /// What the units of a portion are worth that are not free.
    pub(super) fn worth(&self, portion: &Portion) -> i64 {
        let units = portion.units.zip(self.units_in(portion));
        let own = units.and_then(|(own, all)| self.share(portion.basis, own, all).ok());
        own.unwrap_or(portion.basis)
    }
}
