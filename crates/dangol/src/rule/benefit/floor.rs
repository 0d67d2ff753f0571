//! The least that offers leave of a line.

use crate::rule::LineFacts;
use crate::value::{Mode, Rounding, product};

/// What must be left of so many units of a line, in minor units.
pub(super) fn floor(line: &LineFacts, units: Option<i64>) -> i64 {
    match (units, line.units) {
        (Some(rest), Some(all)) if rest < all => {
            Rounding::to_unit(Mode::Up).ratio(product(line.floor, rest), all.into(), 0).unwrap_or(line.floor)
        }
        _ => line.floor,
    }
}
