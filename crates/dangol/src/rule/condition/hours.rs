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
            check.problem(Code::Contradiction, "`from` and `until` are the same time of day");
        }
        if let Some(days) = &self.on {
            check.at("on", |check| check.not_empty(days));
        }
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let over_midnight = self.until < self.from;
        let before_midnight = facts.clock >= self.from && (over_midnight || facts.clock < self.until);
        let after_midnight = over_midnight && facts.clock < self.until;
        if !before_midnight && !after_midnight {
            return Some(Reason::WrongHour { from: self.from, until: self.until, actual: facts.clock });
        }
        let started_on = if before_midnight { facts.weekday } else { facts.weekday.previous() };
        let days = self.on.as_ref().filter(|days| !days.contains(&started_on))?;
        Some(Reason::WrongWeekday { required: days.clone(), actual: started_on })
    }
}
