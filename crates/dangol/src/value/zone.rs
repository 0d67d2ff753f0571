//! The time zone that decides what "today" is.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, LocalResult, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Unexpected};
use serde::{Serialize, Serializer};

use super::{Day, Instant};

/// A time zone: `"UTC"`, a fixed offset such as `"+09:00"`, or an IANA name such as `"Asia/Seoul"`.
///
/// IANA names need the feature `tz`; without it they are refused, never guessed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Utc,
    Offset(FixedOffset),
    #[cfg(feature = "tz")]
    Iana(chrono_tz::Tz),
}

/// The text is no zone that is known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected `UTC`, an offset such as `+09:00`, or an IANA zone such as `Asia/Seoul`")]
pub struct ZoneError;

impl Default for Zone {
    fn default() -> Zone {
        Zone(Kind::Utc)
    }
}

impl Zone {
    /// The IANA names that are known here: none without the feature `tz`.
    pub(crate) fn iana_names() -> impl Iterator<Item = &'static str> {
        #[cfg(feature = "tz")]
        let names = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
        #[cfg(not(feature = "tz"))]
        let names = std::iter::empty();
        names
    }

    /// The civil time there at that instant.
    #[must_use]
    pub fn civil(self, at: Instant) -> NaiveDateTime {
        match self.0 {
            Kind::Utc => at.0.naive_utc(),
            Kind::Offset(offset) => at.0.with_timezone(&offset).naive_local(),
            #[cfg(feature = "tz")]
            Kind::Iana(zone) => at.0.with_timezone(&zone).naive_local(),
        }
    }

    /// The civil day there at that instant.
    #[must_use]
    pub fn day(self, at: Instant) -> Day {
        Day(self.civil(at).date())
    }

    /// The first instant of a civil day there; where the clocks skip midnight, the first instant after the gap.
    #[must_use]
    pub fn start_of(self, day: Day) -> Instant {
        let midnight = day.0.and_time(NaiveTime::MIN);
        match self.0 {
            Kind::Utc => Instant(midnight.and_utc()),
            Kind::Offset(offset) => earliest(offset, midnight),
            #[cfg(feature = "tz")]
            Kind::Iana(zone) => earliest(zone, midnight),
        }
    }
}

/// The first instant at or after a civil time; a gap is walked in quarters of an hour, as wide as gaps are.
fn earliest<T: TimeZone>(zone: T, civil: NaiveDateTime) -> Instant {
    let at = |civil: &NaiveDateTime| -> Option<DateTime<Utc>> {
        match zone.from_local_datetime(civil) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
            LocalResult::None => None,
        }
    };
    let mut candidate = civil;
    // Whole civil days were skipped when islands moved across the date line: 48 hours are enough.
    for _ in 0..192 {
        if let Some(at) = at(&candidate) {
            return Instant(at);
        }
        let Some(later) = candidate.checked_add_signed(TimeDelta::minutes(15)) else { break };
        candidate = later;
    }
    Instant(civil.and_utc())
}

impl FromStr for Zone {
    type Err = ZoneError;
    fn from_str(text: &str) -> Result<Zone, ZoneError> {
        if text == "UTC" {
            return Ok(Zone(Kind::Utc));
        }
        if text.starts_with(['+', '-']) {
            let shaped = text.len() == 6 && text.is_ascii() && text.as_bytes().get(3) == Some(&b':');
            let offset = if shaped { text.parse().map_err(|_| ZoneError)? } else { return Err(ZoneError) };
            return Ok(Zone(Kind::Offset(offset)));
        }
        #[cfg(feature = "tz")]
        {
            text.parse().map(|zone| Zone(Kind::Iana(zone))).map_err(|_| ZoneError)
        }
        #[cfg(not(feature = "tz"))]
        Err(ZoneError)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Utc => f.write_str("UTC"),
            Kind::Offset(offset) => write!(f, "{offset}"),
            #[cfg(feature = "tz")]
            Kind::Iana(zone) => f.write_str(zone.name()),
        }
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Zone, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(|ZoneError| {
            let expected = "\"UTC\", an offset such as \"+09:00\", or an IANA zone such as \"Asia/Seoul\"";
            de::Error::invalid_value(Unexpected::Str(&text), &expected)
        })
    }
}

impl JsonSchema for Zone {
    fn schema_name() -> Cow<'static, str> {
        "Zone".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A time zone: \"UTC\", an offset such as \"+09:00\", or an IANA name such as \"Asia/Seoul\".",
            "type": "string"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_is_the_zones_day() {
        let at: Instant = "2026-01-31T15:30:00Z".parse().unwrap();
        let day = |zone: &str| zone.parse::<Zone>().unwrap().day(at).to_string();
        assert_eq!(day("UTC"), "2026-01-31");
        assert_eq!(day("+09:00"), "2026-02-01");
        #[cfg(feature = "tz")]
        assert_eq!(day("Asia/Seoul"), "2026-02-01");
    }

    #[cfg(feature = "tz")]
    #[test]
    fn a_day_without_midnight_starts_after_the_gap() {
        // Cuba's clocks went from 00:00 to 01:00 on that day.
        let zone: Zone = "America/Havana".parse().unwrap();
        let start = zone.start_of("2024-03-10".parse().unwrap());
        assert_eq!(start.to_string(), "2024-03-10T05:00:00Z");
    }

    #[test]
    fn an_unknown_zone_is_refused() {
        for text in ["", "Seoul", "Asia/Soul", "+9", "+25:00", "GMT+9 "] {
            assert!(text.parse::<Zone>().is_err(), "{text}");
        }
    }
}
