//! The least that offers leave of a line.

use super::Given;
use crate::value::{Mode, Rounding, product};

impl Given<'_> {
    /// What must be left of the units of a line that are not used up.
    pub(super) fn floor(&self, line: usize) -> i64 {
        let Some(facts) = self.line(line).filter(|line| line.floor > 0) else { return 0 };
        match (self.units(line), facts.units) {
            (Some(rest), Some(all)) if rest < all => Rounding::to_unit(Mode::Up)
                .ratio(product(facts.floor, rest), all.into(), 0)
                .unwrap_or(facts.floor),
            _ => facts.floor,
        }
    }
}
