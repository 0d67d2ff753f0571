//! How points that are computed from money are rounded.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Amount, Mode, Overflow, Percent, Place, Points, Rounding, product, ten_to};

/// How points that are computed from money are rounded: which way, to a multiple of what, and where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointsRounding {
    /// Which neighbour is taken; down where left out.
    #[serde(default)]
    pub mode: Mode,
    /// The result is a multiple of this (절사 단위); the wallet's smallest unit where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Points>,
    /// Each line by itself, or each rule once.
    #[serde(default)]
    pub at: Place,
}

impl PointsRounding {
    pub(crate) fn is_default(&self) -> bool {
        *self == PointsRounding::default()
    }

    /// That many percent of the points, rounded once.
    pub(crate) fn share(self, points: Points, rate: Percent, digits: u8) -> Result<Points, Overflow> {
        let numerator = product(points.units(), rate.units()).checked_mul(ten_to(digits)?).ok_or(Overflow)?;
        let denominator = rate.scale()?.checked_mul(ten_to(points.0.digits())?).ok_or(Overflow)?;
        Points::of_units(self.rounding().ratio(numerator, denominator, digits)?, digits)
    }

    pub(crate) fn rounding(self) -> Rounding {
        Rounding { mode: self.mode, unit: self.unit.map_or(Amount::ZERO, |unit| unit.0) }
    }
}
