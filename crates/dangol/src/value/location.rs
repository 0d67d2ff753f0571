//! Places on the earth, and how far they lie apart.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Amount;

/// A place on the earth in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// Degrees north, from -90 to 90, with up to 9 digits after the point.
    pub latitude: Amount,
    /// Degrees east, from -180 to 180, with up to 9 digits after the point.
    pub longitude: Amount,
}

/// The bits after the point of the numbers that are worked with.
const BITS: u32 = 60;
/// π / 180 / 10^9 with 95 bits after the point: from billionths of a degree to radians.
const RADIANS: i128 = 691_396_148_089_530_792;
/// A quarter of a circle in billionths of a degree.
const QUARTER: i64 = 90_000_000_000;
/// Half the way around the earth, in whole metres.
const FARTHEST: i64 = 20_015_114;
/// The earth's mean radius in tenths of a metre.
const RADIUS: i128 = 63_710_088;

impl Location {
    /// The fields beyond their range: the name, the largest number that it may be, and what it is.
    pub(crate) fn wrong(self) -> impl Iterator<Item = (&'static str, i32, Amount)> {
        let fields = [("latitude", 90, self.latitude), ("longitude", 180, self.longitude)];
        let beyond = |most: i32, degrees: Amount| {
            degrees > Amount::from(most) || degrees < Amount::from(most.saturating_neg())
        };
        fields.into_iter().filter(move |(_, most, degrees)| beyond(*most, *degrees))
    }

    /// The distance in whole metres, half a metre rounded up, along a great circle of a sphere with the earth's mean
    /// radius of 6,371,008.8 m. It differs from the way on the ground's true shape by 0.6 % at most.
    ///
    /// Worked out in whole numbers, so that it is the same on every machine.
    #[must_use]
    pub fn metres_to(self, other: Location) -> i64 {
        let latitude = |place: Location| billionths(place.latitude, QUARTER);
        let longitude = |place: Location| billionths(place.longitude, QUARTER.saturating_mul(2));
        let north = latitude(self).abs_diff(latitude(other));
        let east = longitude(self).abs_diff(longitude(other));
        let east = east.min(QUARTER.unsigned_abs().saturating_mul(4).saturating_sub(east));
        // Half the chord, squared: sin²(Δφ/2) + cos φ₁ cos φ₂ sin²(Δλ/2).
        let a = sine(radians(north) >> 1);
        let shrunk = cosine(latitude(self)).saturating_mul(cosine(latitude(other))).isqrt();
        let b = product(shrunk, sine(radians(east) >> 1));
        let half_chord = a.saturating_mul(a).saturating_add(b.saturating_mul(b)).isqrt();
        // How many half metres, each one metre after the other, lie within it.
        let (mut within, mut beyond) = (0_i64, FARTHEST);
        while within < beyond {
            let middle = within.midpoint(beyond);
            if sine(half_angle(middle)) <= half_chord {
                within = middle.saturating_add(1);
            } else {
                beyond = middle;
            }
        }
        within
    }
}

/// Degrees in billionths, never more than `most`.
fn billionths(degrees: Amount, most: i64) -> i64 {
    let exact = degrees.rescaled(9).map(Amount::units);
    exact
        .unwrap_or(if degrees.is_negative() { i64::MIN } else { i64::MAX })
        .clamp(most.saturating_neg(), most)
}

/// Billionths of a degree in radians.
fn radians(billionths: u64) -> i128 {
    i128::from(billionths).saturating_mul(RADIANS) >> 35
}

/// Half the angle under which so many metres and a half are seen from the earth's middle.
fn half_angle(metres: i64) -> i128 {
    let half_metres = i128::from(metres).saturating_mul(2).saturating_add(1);
    let scaled = half_metres.saturating_mul(10) << BITS;
    scaled.checked_div(RADIUS.saturating_mul(4)).unwrap_or(0)
}

/// The cosine of a latitude.
fn cosine(latitude: i64) -> i128 {
    sine(radians(QUARTER.unsigned_abs().saturating_sub(latitude.unsigned_abs())))
}

/// The sine of an angle from nothing to a quarter of a circle, to 17 digits: its series until nothing is added.
fn sine(angle: i128) -> i128 {
    let square = product(angle, angle);
    let (mut term, mut sum, mut added, mut number) = (angle, angle, false, 1_i128);
    while term > 0 {
        let divisor = number.saturating_add(1).saturating_mul(number.saturating_add(2));
        term = product(term, square).checked_div(divisor).unwrap_or(0);
        sum = if added { sum.saturating_add(term) } else { sum.saturating_sub(term) };
        (added, number) = (!added, number.saturating_add(2));
    }
    sum
}

/// The product of two numbers with so many bits after the point; both are nothing or more.
fn product(a: i128, b: i128) -> i128 {
    a.saturating_mul(b) >> BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metres(a: (&str, &str), b: (&str, &str)) -> i64 {
        let place =
            |(a, b): (&str, &str)| Location { latitude: a.parse().unwrap(), longitude: b.parse().unwrap() };
        assert_eq!(place(a).metres_to(place(b)), place(b).metres_to(place(a)));
        place(a).metres_to(place(b))
    }

    #[test]
    fn distances_are_those_of_the_sphere() {
        // One degree is 111,195.08 m; half the way around is 20,015,114.35 m.
        assert_eq!(metres(("0", "0"), ("0", "1")), 111_195);
        assert_eq!(metres(("0", "0"), ("1", "0")), 111_195);
        assert_eq!(metres(("90", "0"), ("-90", "0")), 20_015_114);
        assert_eq!(metres(("0", "0"), ("0", "180")), 20_015_114);
        assert_eq!(metres(("0", "-90"), ("0", "90")), 20_015_114);
        assert_eq!(metres(("90", "0"), ("90", "123.4")), 0);
        assert_eq!(metres(("37.5", "127"), ("37.5", "127")), 0);
        // Across the line where the day changes.
        assert_eq!(metres(("0", "179.5"), ("0", "-179.5")), 111_195);
        // Seoul City Hall to Busan City Hall.
        assert_eq!(metres(("37.5665", "126.9780"), ("35.1796", "129.0756")), 325_112);
    }

    #[test]
    fn small_distances_are_exact_to_the_metre() {
        // 0.000009° is 1.0008 m, 0.0000045° is 0.5004 m, 0.0000044° is 0.4893 m.
        assert_eq!(metres(("0", "0"), ("0", "0.000009")), 1);
        assert_eq!(metres(("0", "0"), ("0", "0.0000045")), 1);
        assert_eq!(metres(("0", "0"), ("0", "0.0000044")), 0);
        assert_eq!(metres(("60", "0"), ("60", "0.00002")), 1);
    }
}
