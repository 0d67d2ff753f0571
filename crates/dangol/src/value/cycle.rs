//! Years and other spans that come round, on the calendar or from a day of the member's own.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Unexpected};
use serde::{Serialize, Serializer};

use super::{CalendarUnit, Day, LeapDay};

/// A span that comes round: `"calendar_month"`, `"calendar_quarter"`, `"calendar_half_year"`, `"calendar_year"`, a year that
/// begins with another month as `"year_from_march"`, `"membership_year"` from the day of joining, or `"tier_year"` from
/// the day on which the tier was entered.
///
/// Years from a day of the member's own are counted from that very day: one that begins on 29 February begins on it
/// again in each leap year (Capillary).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cycle {
    /// A part of the calendar.
    Calendar(CalendarUnit),
    /// The twelve months from the first day of that month, from 2 to 12.
    YearFrom(u8),
    /// A year from the day of joining.
    MembershipYear,
    /// A year from the day on which the tier was entered.
    TierYear,
}

/// The text is not a span that comes round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected `calendar_month`, `calendar_year`, `year_from_march`, `membership_year` or the like")]
pub struct CycleError;

/// The months that another year can begin with.
const MONTHS: [(u8, &str); 11] = [
    (2, "february"),
    (3, "march"),
    (4, "april"),
    (5, "may"),
    (6, "june"),
    (7, "july"),
    (8, "august"),
    (9, "september"),
    (10, "october"),
    (11, "november"),
    (12, "december"),
];

impl Cycle {
    /// The first day of the span in which the day lies; nothing before the member's own day, or where that is not known.
    pub(crate) fn first_day(self, day: Day, own: Option<Day>, leap_day: LeapDay) -> Option<Day> {
        match self {
            Cycle::Calendar(unit) => day.start_of(unit),
            Cycle::YearFrom(month) => {
                let in_year = |year| Day::first_of(year, u32::from(month));
                in_year(day.year())
                    .filter(|first| *first <= day)
                    .or_else(|| in_year(day.year().checked_sub(1)?))
            }
            Cycle::MembershipYear | Cycle::TierYear => {
                let own = own.filter(|own| *own <= day)?;
                let in_year = |year| Day::kept(year, own.month(), own.day(), leap_day);
                in_year(day.year())
                    .filter(|first| *first <= day)
                    .or_else(|| in_year(day.year().checked_sub(1)?))
            }
        }
    }

    /// The first day of the next span.
    pub(crate) fn next(self, day: Day, own: Option<Day>, leap_day: LeapDay) -> Option<Day> {
        let in_year = |year: i32| match self {
            Cycle::Calendar(_) => None,
            Cycle::YearFrom(month) => Day::first_of(year, u32::from(month)),
            Cycle::MembershipYear | Cycle::TierYear => {
                own.and_then(|own| Day::kept(year, own.month(), own.day(), leap_day))
            }
        };
        match self {
            Cycle::Calendar(unit) => day.end_of(unit)?.next(),
            _ => {
                let next = in_year(day.year()).filter(|first| day < *first);
                let next = next.or_else(|| in_year(day.year().checked_add(1)?))?;
                // The first span begins with the day itself, and the second one a year later.
                match own.filter(|own| !matches!(self, Cycle::YearFrom(_)) && next <= *own) {
                    Some(own) => in_year(own.year().checked_add(1)?),
                    None => Some(next),
                }
            }
        }
    }

    /// How many months it has.
    pub(crate) fn months(self) -> u32 {
        match self {
            Cycle::Calendar(CalendarUnit::Month) => 1,
            Cycle::Calendar(CalendarUnit::Quarter) => 3,
            Cycle::Calendar(CalendarUnit::HalfYear) => 6,
            Cycle::Calendar(CalendarUnit::Year)
            | Cycle::YearFrom(_)
            | Cycle::MembershipYear
            | Cycle::TierYear => 12,
        }
    }
}

impl FromStr for Cycle {
    type Err = CycleError;
    fn from_str(text: &str) -> Result<Cycle, CycleError> {
        Ok(match text {
            "calendar_month" => Cycle::Calendar(CalendarUnit::Month),
            "calendar_quarter" => Cycle::Calendar(CalendarUnit::Quarter),
            "calendar_half_year" => Cycle::Calendar(CalendarUnit::HalfYear),
            "calendar_year" => Cycle::Calendar(CalendarUnit::Year),
            "membership_year" => Cycle::MembershipYear,
            "tier_year" => Cycle::TierYear,
            other => {
                let month = other.strip_prefix("year_from_").ok_or(CycleError)?;
                let known = MONTHS.iter().find(|(_, name)| *name == month).ok_or(CycleError)?;
                Cycle::YearFrom(known.0)
            }
        })
    }
}

impl fmt::Display for Cycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cycle::Calendar(CalendarUnit::Month) => f.write_str("calendar_month"),
            Cycle::Calendar(CalendarUnit::Quarter) => f.write_str("calendar_quarter"),
            Cycle::Calendar(CalendarUnit::HalfYear) => f.write_str("calendar_half_year"),
            Cycle::Calendar(CalendarUnit::Year) => f.write_str("calendar_year"),
            Cycle::MembershipYear => f.write_str("membership_year"),
            Cycle::TierYear => f.write_str("tier_year"),
            Cycle::YearFrom(month) => {
                let name = MONTHS.iter().find(|(number, _)| number == month).map_or("", |(_, name)| name);
                write!(f, "year_from_{name}")
            }
        }
    }
}

impl Serialize for Cycle {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cycle {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Cycle, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        let expected = "\"calendar_month\", \"calendar_year\", \"year_from_march\", \"membership_year\", \"tier_year\" or the like";
        text.parse().map_err(|CycleError| de::Error::invalid_value(Unexpected::Str(&text), &expected))
    }
}

/// The pattern of every span that comes round.
pub(crate) const CYCLES: &str = "calendar_(month|quarter|half_year|year)|membership_year|tier_year|year_from_\
     (february|march|april|may|june|july|august|september|october|november|december)";

impl JsonSchema for Cycle {
    fn schema_name() -> Cow<'static, str> {
        "Cycle".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A span that comes round: \"calendar_month\", \"calendar_quarter\", \"calendar_half_year\", \
                \"calendar_year\", \"year_from_march\", \"membership_year\" or \"tier_year\".",
            "type": "string",
            "pattern": format!("^({CYCLES})$"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// The first day of the span, and of the next one.
    fn around(cycle: &str, on: &str, own: Option<&str>) -> String {
        let (cycle, own): (Cycle, _) = (cycle.parse().unwrap(), own.map(day));
        let told = |day: Option<Day>| day.map_or_else(|| "none".to_owned(), |day| day.to_string());
        let leap_day = LeapDay::February28;
        format!(
            "{} {}",
            told(cycle.first_day(day(on), own, leap_day)),
            told(cycle.next(day(on), own, leap_day))
        )
    }

    #[test]
    fn the_calendar_comes_round_on_the_first_of_a_month() {
        assert_eq!(around("calendar_month", "2024-02-29", None), "2024-02-01 2024-03-01");
        assert_eq!(around("calendar_quarter", "2026-05-31", None), "2026-04-01 2026-07-01");
        assert_eq!(around("calendar_half_year", "2026-12-31", None), "2026-07-01 2027-01-01");
        assert_eq!(around("calendar_year", "2026-01-01", None), "2026-01-01 2027-01-01");
        assert_eq!(around("year_from_march", "2024-02-29", None), "2023-03-01 2024-03-01");
        assert_eq!(around("year_from_march", "2023-11-10", None), "2023-03-01 2024-03-01");
    }

    #[test]
    fn years_of_ones_own_are_counted_from_the_first_day() {
        let joined = Some("2024-02-29");
        assert_eq!(around("membership_year", "2024-02-29", joined), "2024-02-29 2025-02-28");
        assert_eq!(around("membership_year", "2025-02-27", joined), "2024-02-29 2025-02-28");
        assert_eq!(around("membership_year", "2028-02-28", joined), "2027-02-28 2028-02-29");
        assert_eq!(around("tier_year", "2028-02-29", joined), "2028-02-29 2029-02-28");
        assert_eq!(around("membership_year", "2024-02-28", joined), "none 2025-02-28");
        assert_eq!(around("membership_year", "2024-02-28", None), "none none");
    }

    #[test]
    fn what_is_read_is_written_again() {
        for text in ["calendar_half_year", "year_from_december", "membership_year", "tier_year"] {
            assert_eq!(text.parse::<Cycle>().unwrap().to_string(), text);
        }
        for text in ["", "month", "year_from_january", "year_from_", "calendar_week"] {
            assert!(text.parse::<Cycle>().is_err(), "{text}");
        }
    }
}
