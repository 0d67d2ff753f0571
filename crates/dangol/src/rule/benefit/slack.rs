//! How far what an offer takes after others can lie above what it takes alone.

use super::{Desk, Given};
use crate::value::{Amount, DiscountPlace};

impl Given<'_> {
    /// All the room that there is, where any line has less room than it is worth: the turn may come of units with more.
    pub(super) fn scarce_room(&self, desk: &mut Desk) -> Option<i64> {
        self.portions(None, desk);
        let scarce = desk.portions.iter().any(|portion| portion.room < portion.basis);
        scarce.then(|| desk.portions.iter().fold(0_i64, |sum, portion| sum.saturating_add(portion.room)))
    }

    /// Whether what is rounded hangs on other offers or lines, so that a share of less can round to more.
    pub(super) fn rounds_apart(&self) -> bool {
        self.adds || matches!(self.terms.place, DiscountPlace::Unit | DiscountPlace::Running)
    }

    /// What rounding can give more: a price that does not divide evenly, and a step or two of each share.
    pub(super) fn slack(&self, desk: &mut Desk) -> i64 {
        let step = self.terms.rounding.unit.rescaled(self.terms.digits).map_or(1, Amount::units).max(1);
        let lines = i64::try_from(self.lines.len()).unwrap_or(i64::MAX);
        let units = match self.terms.place {
            DiscountPlace::Unit => i64::try_from(self.unit_count(desk)).unwrap_or(i64::MAX),
            _ => 0,
        };
        lines.saturating_add(units).saturating_mul(step).saturating_mul(2).saturating_add(lines)
    }
}
