//! `hours`: certain hours of the day.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::model::Reason;
use crate::rule::Facts;
use crate::value::{Clock, Weekday};

/// `{"hours": {"from": "17:00", "until": "19:00"}}` holds from the first time of day until just before the second,
/// in the program's zone.
///
/// A window that ends before it starts goes over midnight and belongs to the day on which it starts: on `["fri"]`
/// from `22:00` until `02:00` it also holds at one o'clock on Saturday.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The first time of day.
    pub from: Clock,
    /// The time of day at which it is over.
    pub until: Clock,
    /// The days of the week on which it starts; every day where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Vec<Weekday>>,
}

impl Hours {
    pub(super) fn check(&self, check: &mut Check) {
        if self.from == self.until {
            check.problem(
                Code::Contradiction,
                "`from` and `until` are the same time of day: the whole day is from 00:00 until 24:00",
            );
        }
        if let Some(days) = &self.on {
            check.at("on", |check| check.not_empty(days));
        }
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let Some(started_on) = self.started_on(facts.weekday, facts.clock) else {
            return Some(Reason::WrongHour { from: self.from, until: self.until, actual: facts.clock });
        };
        let days = self.on.as_ref().filter(|days| !days.contains(&started_on))?;
        Some(Reason::WrongWeekday { required: days.clone(), actual: started_on })
    }

    /// Whether it holds on that day of the week at that time.
    pub(in crate::rule) fn holds_at(&self, weekday: Weekday, clock: Clock) -> bool {
        let started_on = self.started_on(weekday, clock);
        started_on.is_some_and(|day| self.on.as_ref().is_none_or(|days| days.contains(&day)))
    }

    /// The day on which the window started that holds that day of the week at that time, where it does.
    fn started_on(&self, weekday: Weekday, clock: Clock) -> Option<Weekday> {
        let over_midnight = self.until < self.from;
        let before_midnight = clock >= self.from && (over_midnight || clock < self.until);
        let after_midnight = over_midnight && clock < self.until;
        before_midnight.then_some(weekday).or(after_midnight.then_some(weekday.previous()))
    }
}
