//! Spans of the calendar: days, months and years.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::{Days, Months};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Unexpected};
use serde::{Serialize, Serializer};

use super::Day;

/// A number of days, months or years: `"30 days"`, `"12 months"`, `"1 year"`.
///
/// Adding months clamps to the month's end: 31 January and one month is 28 or 29 February.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    // INVARIANT: 1 to 9999.
    count: u32,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Unit {
    Day,
    Month,
    Year,
}

/// The text is not a number from 1 to 9999 and a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a period such as `30 days`, `12 months` or `1 year`")]
pub struct PeriodError;

impl Period {
    /// How long before their end members are told of points: 60, 30 and 3 days (KFTC 2024).
    pub(crate) const NOTICES: [Period; 3] = [Period::days(60), Period::days(30), Period::days(3)];

    /// How far ahead reviews are foreseen: two years.
    pub(crate) const HORIZON: Period = Period { count: 2, unit: Unit::Year };

    const fn days(count: u32) -> Period {
        Period { count, unit: Unit::Day }
    }

    /// Its number, and its unit: `day`, `month` or `year`.
    pub(crate) fn parts(self) -> (u32, &'static str) {
        let unit = match self.unit {
            Unit::Day => "day",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        (self.count, unit)
    }

    /// The most days that it can have.
    pub(crate) fn most_days(self) -> u64 {
        let count = u64::from(self.count);
        match self.unit {
            Unit::Day => count,
            Unit::Month => {
                count.saturating_mul(31).min(count.saturating_mul(366).div_ceil(12).saturating_add(3))
            }
            Unit::Year => count.saturating_mul(366),
        }
    }

    /// Whether it is as long as another one at least, as far as that can be told without a day to start from.
    pub(crate) fn is_at_least(self, other: Period) -> bool {
        match (self.unit, other.unit) {
            (Unit::Day, Unit::Day) => other.count <= self.count,
            (Unit::Day, _) => other.most_days() <= u64::from(self.count),
            (_, Unit::Day) => u64::from(other.count) <= u64::from(self.months()).saturating_mul(28),
            _ => other.months() <= self.months(),
        }
    }

    fn months(self) -> u32 {
        match self.unit {
            Unit::Day => 0,
            Unit::Month => self.count,
            Unit::Year => self.count.saturating_mul(12),
        }
    }

    /// The day that lies this period after `day`, or nothing beyond the calendar's end.
    #[must_use]
    pub fn after(self, day: Day) -> Option<Day> {
        match self.unit {
            Unit::Day => day.0.checked_add_days(Days::new(u64::from(self.count))),
            Unit::Month => day.0.checked_add_months(Months::new(self.count)),
            Unit::Year => day.0.checked_add_months(Months::new(self.count.saturating_mul(12))),
        }
        .and_then(Day::of)
    }

    /// The day that lies this period before `day`, or nothing before the calendar's start.
    #[must_use]
    pub fn before(self, day: Day) -> Option<Day> {
        match self.unit {
            Unit::Day => day.0.checked_sub_days(Days::new(u64::from(self.count))),
            Unit::Month => day.0.checked_sub_months(Months::new(self.count)),
            Unit::Year => day.0.checked_sub_months(Months::new(self.count.saturating_mul(12))),
        }
        .and_then(Day::of)
    }
}

impl FromStr for Period {
    type Err = PeriodError;
    fn from_str(text: &str) -> Result<Period, PeriodError> {
        let (count, unit) = text.split_once(' ').ok_or(PeriodError)?;
        let all_digits =
            !count.is_empty() && count.len() <= 4 && count.bytes().all(|byte| byte.is_ascii_digit());
        let count: u32 = if all_digits { count.parse().map_err(|_| PeriodError)? } else { 0 };
        let unit = match unit {
            "day" | "days" => Unit::Day,
            "month" | "months" => Unit::Month,
            "year" | "years" => Unit::Year,
            _ => return Err(PeriodError),
        };
        if count == 0 { Err(PeriodError) } else { Ok(Period { count, unit }) }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = self.parts();
        write!(f, "{count} {unit}{}", if count == 1 { "" } else { "s" })
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Period, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(|PeriodError| {
            de::Error::invalid_value(
                Unexpected::Str(&text),
                &"a period such as \"30 days\", \"12 months\" or \"1 year\"",
            )
        })
    }
}

impl JsonSchema for Period {
    fn schema_name() -> Cow<'static, str> {
        "Period".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A period such as \"30 days\", \"12 months\" or \"1 year\".",
            "type": "string",
            "pattern": "^[1-9][0-9]{0,3} (days?|months?|years?)$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(period: &str, day: &str) -> String {
        let (period, day): (Period, Day) = (period.parse().unwrap(), day.parse().unwrap());
        period.after(day).unwrap().to_string()
    }

    #[test]
    fn months_clamp_to_the_months_end() {
        assert_eq!(after("1 month", "2026-01-31"), "2026-02-28");
        assert_eq!(after("1 year", "2024-02-29"), "2025-02-28");
        assert_eq!(after("30 days", "2026-01-31"), "2026-03-02");
    }

    #[test]
    fn only_the_documented_form_is_read() {
        for text in ["", "1", "0 days", "-1 day", "1.5 years", "10000 days", "1  day", "one day", "2 weeks"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
        assert_eq!("12 months".parse::<Period>().unwrap().to_string(), "12 months");
    }
}
