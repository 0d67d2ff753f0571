//! `near`: the sale takes place close to a place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::model::Reason;
use crate::rule::Facts;
use crate::value::{Amount, Location};

/// `{"near": {"latitude": "37.4979", "longitude": "127.0276", "within_km": "1.5"}}` holds where `basket.location` is at
/// most that far away.
///
/// The distance runs along a great circle of a sphere with the earth's mean radius (6,371,008.8 m), in whole metres, half
/// a metre rounded up; exactly so far is still near.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Near {
    /// Degrees north, from -90 to 90.
    pub latitude: Amount,
    /// Degrees east, from -180 to 180.
    pub longitude: Amount,
    /// How far at most, in kilometres with up to 3 digits after the point: more than nothing, up to 20,016.
    pub within_km: Amount,
}

impl Near {
    /// The longest distance on the earth, in kilometres.
    pub const MAX_KM: i32 = 20_016;

    pub(super) fn check(self, check: &mut Check) {
        let place = Location { latitude: self.latitude, longitude: self.longitude };
        for (field, most, degrees) in place.wrong() {
            let message = format!("must be from -{most} to {most}, found `{degrees}`");
            check.at(field, |check| check.problem(Code::OutOfRange, message));
        }
        let far = |km| km > Amount::ZERO && km <= Amount::from(Near::MAX_KM);
        check.at("within_km", |check| {
            check.range(self.within_km, far, &format!("more than 0 and at most {}", Near::MAX_KM));
            check.rate_digits(self.within_km, 3);
        });
    }

    pub(super) fn refusal(self, facts: &Facts<'_>) -> Option<Reason> {
        let Some(location) = facts.basket.location else { return Some(Reason::UnknownLocation) };
        let place = Location { latitude: self.latitude, longitude: self.longitude };
        let actual_km = Amount::new(place.metres_to(location), 3).unwrap_or(Amount::from(Near::MAX_KM));
        let near = actual_km <= self.within_km;
        (!near).then_some(Reason::TooFar { within_km: self.within_km, actual_km })
    }
}
