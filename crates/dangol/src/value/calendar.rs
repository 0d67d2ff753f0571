//! Parts of the calendar, and days that not every year has.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Day;

/// A part of the calendar that begins on the first of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CalendarUnit {
    /// A month.
    Month,
    /// January to March, April to June, July to September, or October to December.
    Quarter,
    /// January to June, or July to December.
    HalfYear,
    /// January to December.
    Year,
}

/// When 29 February is kept in years that have none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum LeapDay {
    /// On 28 February, the last day of its month.
    #[default]
    #[serde(rename = "february_28")]
    February28,
    /// On 1 March, the day after 28 February.
    #[serde(rename = "march_1")]
    March1,
}

impl Day {
    /// The last day of the part of the calendar in which it lies.
    #[must_use]
    pub fn end_of(self, unit: CalendarUnit) -> Option<Day> {
        let month = self.month();
        let last_month = match (unit, month) {
            (CalendarUnit::Month, _) => month,
            (CalendarUnit::Quarter, 1..=3) => 3,
            (CalendarUnit::Quarter | CalendarUnit::HalfYear, 4..=6) | (CalendarUnit::HalfYear, 1..=3) => 6,
            (CalendarUnit::Quarter, 7..=9) => 9,
            _ => 12,
        };
        Day::first_of(self.year(), last_month)?.end_of_month()
    }

    /// The day before, or nothing at the start of the calendar.
    pub(crate) fn yesterday(self) -> Option<Day> {
        self.0.pred_opt().and_then(Day::of)
    }

    /// The first day of the part of the calendar in which it lies.
    pub(crate) fn start_of(self, unit: CalendarUnit) -> Option<Day> {
        let month = self.month();
        let first_month = match unit {
            CalendarUnit::Month => month,
            CalendarUnit::Quarter => match month {
                1..=3 => 1,
                4..=6 => 4,
                7..=9 => 7,
                _ => 10,
            },
            CalendarUnit::HalfYear if month > 6 => 7,
            CalendarUnit::HalfYear | CalendarUnit::Year => 1,
        };
        Day::first_of(self.year(), first_month)
    }

    /// The day of a year on which a month and day is kept; only 29 February can be on another one.
    #[must_use]
    pub(crate) fn kept(year: i32, month: u32, day: u32, leap_day: LeapDay) -> Option<Day> {
        let date = NaiveDate::from_ymd_opt(year, month, day).or_else(|| match leap_day {
            LeapDay::February28 => NaiveDate::from_ymd_opt(year, 2, 28),
            LeapDay::March1 => NaiveDate::from_ymd_opt(year, 3, 1),
        });
        date.and_then(Day::of)
    }

    /// The day that lies so many days before it.
    #[must_use]
    pub(crate) fn days_before(self, days: u8) -> Option<Day> {
        self.0.checked_sub_days(chrono::Days::new(u64::from(days))).and_then(Day::of)
    }

    /// How many days it lies after another one; negative where it lies before.
    #[must_use]
    pub(crate) fn days_since(self, other: Day) -> i64 {
        self.0.signed_duration_since(other.0).num_days()
    }

    pub(crate) fn first_of(year: i32, month: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, 1).and_then(Day::of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_ends_with_its_last_month() {
        let end = |day: &str, unit| day.parse::<Day>().unwrap().end_of(unit).unwrap().to_string();
        let ends = |month: u32| {
            let day = format!("2024-{month:02}-01");
            [CalendarUnit::Month, CalendarUnit::Quarter, CalendarUnit::HalfYear, CalendarUnit::Year]
                .map(|unit| end(&day, unit))
        };
        assert_eq!(ends(1), ["2024-01-31", "2024-03-31", "2024-06-30", "2024-12-31"]);
        assert_eq!(ends(2), ["2024-02-29", "2024-03-31", "2024-06-30", "2024-12-31"]);
        assert_eq!(ends(4), ["2024-04-30", "2024-06-30", "2024-06-30", "2024-12-31"]);
        assert_eq!(ends(6), ["2024-06-30", "2024-06-30", "2024-06-30", "2024-12-31"]);
        assert_eq!(ends(7), ["2024-07-31", "2024-09-30", "2024-12-31", "2024-12-31"]);
        assert_eq!(ends(10), ["2024-10-31", "2024-12-31", "2024-12-31", "2024-12-31"]);
        assert_eq!(end("9999-12-01", CalendarUnit::Year), "9999-12-31");
    }

    #[test]
    fn the_29th_of_february_is_kept_as_the_program_says() {
        let kept = |year, leap_day| Day::kept(year, 2, 29, leap_day).unwrap().to_string();
        assert_eq!(kept(2024, LeapDay::March1), "2024-02-29");
        assert_eq!(kept(2026, LeapDay::February28), "2026-02-28");
        assert_eq!(kept(2026, LeapDay::March1), "2026-03-01");
        assert_eq!(kept(2100, LeapDay::March1), "2100-03-01");
    }
}
