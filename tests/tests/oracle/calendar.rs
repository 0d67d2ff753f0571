//! Days, minutes and periods, by counting.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta};
use serde_json::{Value, json};

/// A day of the calendar.
pub(crate) type Day = NaiveDate;

/// Minutes since the beginning of 2026 in UTC.
pub(crate) type Minute = i64;

/// So many days, or so many months.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Term {
    Days(u64),
    Months(u32),
}

impl Term {
    pub(crate) fn after(self, day: Day) -> Day {
        match self {
            Term::Days(days) => day + Days::new(days),
            // A month that is too short ends the period on its last day.
            Term::Months(months) => day + Months::new(months),
        }
    }

    pub(crate) fn json(self) -> Value {
        match self {
            Term::Days(days) => json!(format!("{days} days")),
            Term::Months(months) => json!(format!("{months} months")),
        }
    }
}

/// How long points can be used.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ends {
    After(Term),
    EndOfMonth(Option<Term>),
    On(Day),
    Latest(Term, Day),
    Earliest(Term, Day),
}

impl Ends {
    pub(crate) fn last(self, start: Day) -> Day {
        match self {
            Ends::After(term) => term.after(start),
            Ends::EndOfMonth(term) => {
                let mut day = term.map_or(start, |term| term.after(start));
                while (day + Days::new(1)).month() == day.month() {
                    day = day + Days::new(1);
                }
                day
            }
            Ends::On(day) => day,
            Ends::Latest(term, day) => term.after(start).max(day),
            Ends::Earliest(term, day) => term.after(start).min(day),
        }
    }

    pub(crate) fn json(self) -> Value {
        let after = |term: Term| json!({ "after": term.json() });
        let on = |day: Day| json!({ "on": day.to_string() });
        match self {
            Ends::After(term) => after(term),
            Ends::EndOfMonth(None) => json!({ "end_of": { "unit": "month" } }),
            Ends::EndOfMonth(Some(term)) => json!({ "end_of": { "unit": "month", "after": term.json() } }),
            Ends::On(day) => on(day),
            Ends::Latest(term, day) => json!({ "latest_of": [after(term), on(day)] }),
            Ends::Earliest(term, day) => json!({ "earliest_of": [on(day), after(term)] }),
        }
    }
}

/// A zone that is so many minutes ahead of UTC all year.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Zone {
    pub(crate) name: &'static str,
    pub(crate) ahead: i64,
}

/// The beginning of 2026.
pub(crate) fn origin() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap()
}

impl Zone {
    /// The civil day at that minute.
    pub(crate) fn day(self, at: Minute) -> Day {
        (origin() + TimeDelta::minutes(at + self.ahead)).date()
    }

    /// The minute at which a day begins.
    pub(crate) fn start(self, day: Day) -> Minute {
        (day.and_hms_opt(0, 0, 0).unwrap() - origin()).num_minutes() - self.ahead
    }
}

/// The minute as an instant with an offset.
pub(crate) fn written(at: Minute) -> String {
    format!("{}Z", (origin() + TimeDelta::minutes(at)).format("%Y-%m-%dT%H:%M:%S"))
}
