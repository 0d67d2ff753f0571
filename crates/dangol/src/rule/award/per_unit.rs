//! `per_unit`: so many points for each unit bought.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Base;
use crate::check::Check;
use crate::model::Arithmetic;
use crate::value::{Overflow, Points};

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

    pub(super) fn grant(self, base: &Base<'_>) -> Result<(Points, Arithmetic), Overflow> {
        let units = i64::try_from(base.units).map_err(|_| Overflow)?;
        let points = self.0.units().checked_mul(units).ok_or(Overflow)?;
        let how = Arithmetic::PerUnit { points: self.0, units: base.units };
        Ok((Points::of_units(points, self.0.0.digits())?, how))
    }
}
