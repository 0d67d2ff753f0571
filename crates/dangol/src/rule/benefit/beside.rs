//! What an offer does beside taking something off.

use crate::value::Id;

/// What an offer does beside taking something off.
#[derive(Clone, Debug)]
pub(crate) enum Beside {
    /// Adds so many units of an article, worth so much in minor units.
    Gift { sku: Id, units: u64, value: i64 },
    /// Makes points.
    Points,
}
