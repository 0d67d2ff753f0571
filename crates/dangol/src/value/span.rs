//! Spans of the calendar over which something adds up.

use chrono::{Datelike, Days};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Day;

/// Over what something adds up: one order, or a span of the calendar in the program's zone.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// One order, or one event.
    #[default]
    Order,
    /// The civil day.
    Day,
    /// The week, from Monday to Sunday.
    Week,
    /// The calendar month.
    Month,
    /// The calendar year.
    Year,
    /// All of the membership.
    Lifetime,
}

impl Span {
    /// The first day of the span that the day lies in; nothing for what is no part of the calendar.
    #[must_use]
    pub fn start(self, day: Day) -> Option<Day> {
        let date = day.0;
        match self {
            Span::Order | Span::Lifetime => None,
            Span::Day => Some(day),
            Span::Week => {
                let since_monday = u64::from(date.weekday().num_days_from_monday());
                date.checked_sub_days(Days::new(since_monday)).and_then(Day::of)
            }
            Span::Month => date.with_day(1).map(Day),
            Span::Year => date.with_ordinal(1).map(Day),
        }
    }

    /// Whether it is one order.
    pub(crate) fn is_order(&self) -> bool {
        *self == Span::Order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_starts_on_its_first_day() {
        let start = |span: Span, day: &str| span.start(day.parse().unwrap()).map(|day| day.to_string());
        let first = |text: &str| Some(text.to_owned());
        assert_eq!(start(Span::Day, "2026-03-04"), first("2026-03-04"));
        assert_eq!(start(Span::Week, "2026-03-01"), first("2026-02-23"));
        assert_eq!(start(Span::Week, "2026-03-02"), first("2026-03-02"));
        assert_eq!(start(Span::Month, "2024-02-29"), first("2024-02-01"));
        assert_eq!(start(Span::Year, "2024-12-31"), first("2024-01-01"));
        assert_eq!(start(Span::Lifetime, "2024-12-31"), None);
    }
}
