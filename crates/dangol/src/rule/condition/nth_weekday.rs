//! `nth_weekday`: the second Saturday of the month, the last Friday.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::model::Reason;
use crate::rule::Facts;
use crate::value::{Day, Weekday};

/// `{"nth_weekday": {"nth": 2, "day": "sat"}}` holds on the second Saturday of each month in the program's zone, and with
/// `-1` on the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NthWeekday {
    /// Which one, from 1 to 5 from the month's start, from -1 to -5 from its end; not every month has a fifth.
    pub nth: i8,
    /// The day of the week.
    pub day: Weekday,
}

impl NthWeekday {
    pub(super) fn check(self, check: &mut Check) {
        if self.nth == 0 || !(-5..=5).contains(&self.nth) {
            let message = format!("must be from 1 to 5 or from -1 to -5, found `{}`", self.nth);
            check.at("nth", |check| check.problem(Code::OutOfRange, message));
        }
    }

    pub(super) fn refusal(self, facts: &Facts<'_>) -> Option<Reason> {
        let holds = self.holds_on(facts.today, facts.weekday);
        (!holds).then_some(Reason::WrongNthWeekday { nth: self.nth, day: self.day, actual: facts.today })
    }

    /// Whether it holds on that day, which is that day of the week.
    pub(in crate::rule) fn holds_on(self, day: Day, weekday: Weekday) -> bool {
        // How many such days lie before it in the month, or after it.
        let days = match self.nth {
            1.. => day.day().saturating_sub(1),
            _ => day.end_of_month().map_or(0, |last| last.day().saturating_sub(day.day())),
        };
        let place = days.checked_div(7).unwrap_or(0).saturating_add(1);
        weekday == self.day && place == u32::from(self.nth.unsigned_abs())
    }
}
