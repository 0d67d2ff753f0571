//! How far back a ladder looks, and when.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Unexpected};
use serde::{Serialize, Serializer};

use crate::value::{CYCLES, Cycle, Day, LeapDay, Period};

/// What a ladder looks at: `"12 months"` until today, a span that comes round as `"calendar_year"` or `"membership_year"`, or
/// `"lifetime"`.
///
/// With `"12 months"` today's order counts, and one of 12 months ago to the day no longer does. A membership year of a
/// member whose day of joining is not known is all of the membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TierWindow {
    /// The last so many days, months or years.
    Rolling(Period),
    /// The running span of those that come round.
    Cycle(Cycle),
    /// All of the membership.
    Lifetime,
}

/// When a ladder is reviewed: `"always"`, on each day on which something can have changed, or on the first day of each span
/// that comes round, as `"calendar_month"` or `"tier_year"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Review {
    /// On each day on which something leaves the window.
    Always,
    /// On the first day of each of those spans; what is looked at ends the day before.
    Cycle(Cycle),
}

/// The days of a member from which spans of his own are counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnDays {
    pub(crate) joined_on: Option<Day>,
    /// The day on which the tier was entered.
    pub(crate) since: Option<Day>,
    /// When 29 February is kept in other years.
    pub(crate) leap_day: LeapDay,
}

impl OwnDays {
    /// The first day of the span in which that day lies.
    pub(crate) fn first_day(self, cycle: Cycle, day: Day) -> Option<Day> {
        cycle.first_day(day, self.own(cycle), self.leap_day)
    }

    /// The first day of the next span.
    pub(crate) fn next(self, cycle: Cycle, day: Day) -> Option<Day> {
        cycle.next(day, self.own(cycle), self.leap_day)
    }

    fn own(self, cycle: Cycle) -> Option<Day> {
        if cycle == Cycle::TierYear { self.since } else { self.joined_on }
    }
}

impl TierWindow {
    /// The first day that counts where the window ends on `last`; nothing where every day does.
    pub(crate) fn first_day(self, last: Day, own: OwnDays) -> Option<Day> {
        match self {
            TierWindow::Rolling(period) => period.before(last)?.next(),
            TierWindow::Cycle(cycle) => own.first_day(cycle, last),
            TierWindow::Lifetime => None,
        }
    }

    /// The last day of the window in which that day lies; nothing where it moves, or has no end.
    pub(crate) fn last_day(self, day: Day, own: OwnDays) -> Option<Day> {
        match self {
            TierWindow::Cycle(cycle) => own.next(cycle, day)?.yesterday(),
            TierWindow::Rolling(_) | TierWindow::Lifetime => None,
        }
    }

    /// The first day on which what was done on that day no longer counts.
    pub(crate) fn leaves_on(self, day: Day, own: OwnDays) -> Option<Day> {
        match self {
            TierWindow::Rolling(period) => {
                let mut leaves = period.after(day)?;
                // A clamped month end can be up to three days early.
                while self.first_day(leaves, own)? <= day {
                    leaves = leaves.next()?;
                }
                Some(leaves)
            }
            TierWindow::Cycle(cycle) => own.next(cycle, day),
            TierWindow::Lifetime => None,
        }
    }

    /// The most days that it can have.
    pub(super) fn most_days(self) -> Option<u64> {
        match self {
            TierWindow::Rolling(period) => Some(period.most_days()),
            TierWindow::Cycle(cycle) => Some(u64::from(cycle.months()).saturating_mul(31).min(366)),
            TierWindow::Lifetime => None,
        }
    }
}

impl Review {
    /// Whether a window of that kind is over before the next review looks at it.
    pub(super) fn misses(self, window: TierWindow) -> bool {
        let Review::Cycle(review) = self else { return false };
        match window {
            TierWindow::Rolling(period) => period.most_days() < u64::from(review.months()).saturating_mul(28),
            TierWindow::Cycle(window) => window.months() < review.months(),
            TierWindow::Lifetime => false,
        }
    }
}

impl FromStr for TierWindow {
    type Err = ();
    fn from_str(text: &str) -> Result<TierWindow, ()> {
        if text == "lifetime" {
            return Ok(TierWindow::Lifetime);
        }
        if let Ok(period) = text.parse() {
            return Ok(TierWindow::Rolling(period));
        }
        text.parse().map(TierWindow::Cycle).map_err(|_| ())
    }
}

impl FromStr for Review {
    type Err = ();
    fn from_str(text: &str) -> Result<Review, ()> {
        if text == "always" { Ok(Review::Always) } else { text.parse().map(Review::Cycle).map_err(|_| ()) }
    }
}

impl fmt::Display for TierWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TierWindow::Rolling(period) => period.fmt(f),
            TierWindow::Cycle(cycle) => cycle.fmt(f),
            TierWindow::Lifetime => f.write_str("lifetime"),
        }
    }
}

impl fmt::Display for Review {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Review::Always => f.write_str("always"),
            Review::Cycle(cycle) => cycle.fmt(f),
        }
    }
}

impl Serialize for TierWindow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Review {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TierWindow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<TierWindow, D::Error> {
        let expected = "a period such as \"12 months\", a span such as \"calendar_year\" or \"membership_year\", or \"lifetime\"";
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(|()| de::Error::invalid_value(Unexpected::Str(&text), &expected))
    }
}

impl<'de> Deserialize<'de> for Review {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Review, D::Error> {
        let expected = "\"always\", or a span such as \"calendar_month\" or \"tier_year\"";
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(|()| de::Error::invalid_value(Unexpected::Str(&text), &expected))
    }
}

impl JsonSchema for TierWindow {
    fn schema_name() -> Cow<'static, str> {
        "TierWindow".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "What a ladder looks at: \"12 months\", \"calendar_year\", \"membership_year\", \"lifetime\".",
            "type": "string",
            "pattern": format!("^([1-9][0-9]{{0,3}} (days?|months?|years?)|lifetime|{CYCLES})$"),
        })
    }
}

impl JsonSchema for Review {
    fn schema_name() -> Cow<'static, str> {
        "Review".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "When a ladder is reviewed: \"always\", \"calendar_month\", \"tier_year\".",
            "type": "string",
            "pattern": format!("^(always|{CYCLES})$"),
        })
    }
}
