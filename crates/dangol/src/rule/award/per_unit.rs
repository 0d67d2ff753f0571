//! `per_unit`: so many points for each unit bought.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::value::{Fraction, Overflow, Points};

/// `{"per_unit": "1"}` grants a point, or a stamp, for each whole unit of the rule's lines that was not free.
///
/// Weighed goods have no units. A unit is free where it costs nothing, or offers took off all of its price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct PerUnitAward(pub Points);

impl PerUnitAward {
    pub(super) fn check(&mut self, check: &mut Check, digits: u8) {
        check.positive_points(&mut self.0, digits);
    }

    pub(super) fn exact(self, units: u64) -> Result<Fraction, Overflow> {
        let units = i64::try_from(units).map_err(|_| Overflow)?;
        let points = self.0.units().checked_mul(units).ok_or(Overflow)?;
        Fraction::new(i128::from(points), 1)
    }
}
