//! Birthdays, with or without the year.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Unexpected};
use serde::{Serialize, Serializer};

use crate::value::{Day, LeapDay};

/// A birthday such as `"1990-05-17"`, or `"--05-17"` where the year is not known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Birthday {
    // INVARIANT: a day that exists, in year 2000 (a leap year) where the year is not known.
    date: NaiveDate,
    year_known: bool,
}

/// The text is not a birthday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a birthday such as `1990-05-17`, or `--05-17` without the year")]
pub struct BirthdayError;

impl Birthday {
    /// The year of birth, where it is known.
    #[must_use]
    pub fn year(self) -> Option<i32> {
        self.year_known.then(|| self.date.year())
    }

    /// The month, from 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.date.month()
    }

    /// The day in the month, from 1 to 31.
    #[must_use]
    pub fn day(self) -> u32 {
        self.date.day()
    }

    /// The day of that year on which it is kept, where the year is one from 1 to 9999.
    #[must_use]
    pub fn kept_in(self, year: i32, leap_day: LeapDay) -> Option<Day> {
        Day::kept(year, self.month(), self.day(), leap_day)
    }
}

impl FromStr for Birthday {
    type Err = BirthdayError;
    fn from_str(text: &str) -> Result<Birthday, BirthdayError> {
        let (full, year_known) = match text.strip_prefix("--") {
            Some(rest) => (format!("2000-{rest}"), false),
            None => (text.to_owned(), true),
        };
        let day: Day = full.parse().map_err(|_| BirthdayError)?;
        Ok(Birthday { date: day.0, year_known })
    }
}

impl fmt::Display for Birthday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.year_known {
            write!(f, "{}", self.date)
        } else {
            write!(f, "{}", self.date.format("--%m-%d"))
        }
    }
}

impl fmt::Debug for Birthday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Birthday {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Birthday {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Birthday, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(|BirthdayError| {
            de::Error::invalid_value(
                Unexpected::Str(&text),
                &"a birthday such as \"1990-05-17\", or \"--05-17\" without the year",
            )
        })
    }
}

impl JsonSchema for Birthday {
    fn schema_name() -> Cow<'static, str> {
        "Birthday".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A birthday such as \"1990-05-17\", or \"--05-17\" without the year.",
            "type": "string",
            "pattern": "^([0-9]{4}|-)-[0-9]{2}-[0-9]{2}$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_29th_of_february_is_kept_every_year() {
        let leapling: Birthday = "--02-29".parse().unwrap();
        let kept = |year, leap_day| leapling.kept_in(year, leap_day).unwrap().to_string();
        assert_eq!(kept(2024, LeapDay::February28), "2024-02-29");
        assert_eq!(kept(2026, LeapDay::February28), "2026-02-28");
        assert_eq!(kept(2026, LeapDay::March1), "2026-03-01");
        assert_eq!(leapling.to_string(), "--02-29");
        assert_eq!(leapling.year(), None);
    }
}
