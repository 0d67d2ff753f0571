//! Instants, civil days, weekdays and times of day.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, SecondsFormat, Timelike, Utc};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Unexpected};
use serde::{Serialize, Serializer};

/// Implements text in and out for a type of time: `FromStr`, `Display`, serde and JSON Schema.
macro_rules! written_as_text {
    ($name:ident, $wire:literal, $expected:literal, $description:literal, $pattern:literal) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_newtype_struct($wire, &self.to_string())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                let text = Cow::<str>::deserialize(deserializer)?;
                text.parse().map_err(|TimeError| de::Error::invalid_value(Unexpected::Str(&text), &$expected))
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "description": $description, "type": "string", "pattern": $pattern })
            }
        }
    };
}

/// The text is not of the expected form, or names no day or time that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a day or time of the expected form")]
pub struct TimeError;

/// The years that days can have, in every language: Python's dates end with 9999.
const FIRST_YEAR: i32 = 1;
const LAST_YEAR: i32 = 9999;

/// A point in time to the microsecond, from year 2 to year 9998. Read with any offset (`2026-01-31T23:30:00+09:00`), written in UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub DateTime<Utc>);

impl FromStr for Instant {
    type Err = TimeError;
    fn from_str(text: &str) -> Result<Instant, TimeError> {
        let at = DateTime::parse_from_rfc3339(text).map_err(|_| TimeError)?.to_utc();
        // Finer than a microsecond, and leap seconds, are beyond what every language can hold.
        let nanoseconds = at.nanosecond();
        let cut = nanoseconds.checked_rem(1_000).and_then(|rest| nanoseconds.checked_sub(rest));
        let at = cut.filter(|_| nanoseconds < 1_000_000_000).and_then(|cut| at.with_nanosecond(cut));
        // Whatever the zone, its civil day must be one that can be written.
        let in_range = |at: &DateTime<Utc>| FIRST_YEAR < at.year() && at.year() < LAST_YEAR;
        at.filter(in_range).map(Instant).ok_or(TimeError)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

written_as_text!(
    Instant,
    "dangol::Instant",
    "an instant with an offset such as \"2026-01-31T23:30:00+09:00\"",
    "A point in time with an offset such as \"2026-01-31T23:30:00+09:00\"; written in UTC.",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$"
);

/// A civil day such as `2026-01-31`, from year 1 to year 9999; where a rule ends on a day, that day still counts to its end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub NaiveDate);

impl Day {
    /// The day of that date, where its year is one from 1 to 9999.
    pub(super) fn of(date: NaiveDate) -> Option<Day> {
        (FIRST_YEAR..=LAST_YEAR).contains(&date.year()).then_some(Day(date))
    }

    /// The day after, or nothing at the end of the calendar.
    #[must_use]
    pub fn next(self) -> Option<Day> {
        self.0.succ_opt().and_then(Day::of)
    }

    /// So many days before, or the first day of the calendar.
    pub(crate) fn back(self, days: u32) -> Day {
        let before = self.0.checked_sub_days(chrono::Days::new(days.into())).and_then(Day::of);
        before.or_else(|| NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1).map(Day)).unwrap_or(self)
    }

    /// Its year.
    #[must_use]
    pub(crate) fn year(self) -> i32 {
        self.0.year()
    }

    /// Its month, from 1 to 12.
    #[must_use]
    pub(crate) fn month(self) -> u32 {
        self.0.month()
    }

    /// Its day in the month, from 1 to 31.
    #[must_use]
    pub(crate) fn day(self) -> u32 {
        self.0.day()
    }

    /// The last day of its month.
    #[must_use]
    pub fn end_of_month(self) -> Option<Day> {
        let first = self.0.with_day(1)?;
        first.checked_add_months(chrono::Months::new(1))?.pred_opt().map(Day)
    }

    /// Which day of the week it is.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        match self.0.weekday() {
            chrono::Weekday::Mon => Weekday::Mon,
            chrono::Weekday::Tue => Weekday::Tue,
            chrono::Weekday::Wed => Weekday::Wed,
            chrono::Weekday::Thu => Weekday::Thu,
            chrono::Weekday::Fri => Weekday::Fri,
            chrono::Weekday::Sat => Weekday::Sat,
            chrono::Weekday::Sun => Weekday::Sun,
        }
    }
}

impl FromStr for Day {
    type Err = TimeError;
    fn from_str(text: &str) -> Result<Day, TimeError> {
        if !has_shape(text, "0000-00-00") {
            return Err(TimeError);
        }
        let number =
            |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<u32>().ok());
        let parts = || Some((i32::try_from(number(0, 4)?).ok()?, number(5, 7)?, number(8, 10)?));
        let date = parts().and_then(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day));
        date.and_then(Day::of).ok_or(TimeError)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

written_as_text!(
    Day,
    "dangol::Day",
    "a day such as \"2026-01-31\"",
    "A civil day such as \"2026-01-31\".",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
);

/// Whether the text has digits where the shape has zeros, and the shape's own characters elsewhere.
fn has_shape(text: &str, shape: &str) -> bool {
    let fits = |(byte, shape): (u8, u8)| if shape == b'0' { byte.is_ascii_digit() } else { byte == shape };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}

/// A time of day to the minute, from `00:00` to `24:00`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clock {
    // INVARIANT: at most 24 * 60.
    minute: u32,
}

impl Clock {
    /// The time of day of a civil time; seconds are cut off.
    #[must_use]
    pub fn of(time: NaiveTime) -> Clock {
        Clock { minute: time.hour().saturating_mul(60).saturating_add(time.minute()) }
    }
}

impl FromStr for Clock {
    type Err = TimeError;
    fn from_str(text: &str) -> Result<Clock, TimeError> {
        if text == "24:00" {
            return Ok(Clock { minute: 1440 });
        }
        if !has_shape(text, "00:00") {
            return Err(TimeError);
        }
        NaiveTime::parse_from_str(text, "%H:%M").map(Clock::of).map_err(|_| TimeError)
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute) = (self.minute.checked_div(60), self.minute.checked_rem(60));
        write!(f, "{:02}:{:02}", hour.unwrap_or(0), minute.unwrap_or(0))
    }
}

written_as_text!(
    Clock,
    "dangol::Clock",
    "a time of day from \"00:00\" to \"24:00\"",
    "A time of day to the minute, from \"00:00\" to \"24:00\".",
    "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"
);

/// A day of the week.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Weekday {
    /// Its three letters: `mon`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Weekday::Mon => "mon",
            Weekday::Tue => "tue",
            Weekday::Wed => "wed",
            Weekday::Thu => "thu",
            Weekday::Fri => "fri",
            Weekday::Sat => "sat",
            Weekday::Sun => "sun",
        }
    }

    /// The day before it.
    #[must_use]
    pub const fn previous(self) -> Weekday {
        match self {
            Weekday::Mon => Weekday::Sun,
            Weekday::Tue => Weekday::Mon,
            Weekday::Wed => Weekday::Tue,
            Weekday::Thu => Weekday::Wed,
            Weekday::Fri => Weekday::Thu,
            Weekday::Sat => Weekday::Fri,
            Weekday::Sun => Weekday::Sat,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_needs_an_offset_and_is_written_in_utc() {
        let at: Instant = "2026-01-31T23:30:00+09:00".parse().unwrap();
        assert_eq!(at.to_string(), "2026-01-31T14:30:00Z");
        assert!("2026-01-31T23:30:00".parse::<Instant>().is_err());
    }

    #[test]
    fn a_day_exists() {
        assert!("2024-02-29".parse::<Day>().is_ok());
        for text in ["2026-02-29", "2026-2-1", "2026-01-31 ", "31.01.2026"] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
        assert_eq!("2024-02-03".parse::<Day>().unwrap().end_of_month().unwrap().to_string(), "2024-02-29");
    }

    #[test]
    fn the_day_ends_at_24() {
        assert_eq!("24:00".parse::<Clock>().unwrap().to_string(), "24:00");
        assert!("24:01".parse::<Clock>().is_err());
        assert!("9:00".parse::<Clock>().is_err());
    }
}
