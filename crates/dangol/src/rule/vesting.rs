//! When points can be used for the first time.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::value::{Day, Id, Period};

/// When points can be used for the first time: `{"after": "7 days"}` that long after the day of earning,
/// `{"signal": "delivered"}` when the host sends that signal, and with both, that long after the signal.
///
/// Cafe24 gives points so many days after delivery, so that goods can be returned before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vesting {
    /// So long after the day of earning, or after the day of the signal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Period>,
    /// The signal that is waited for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal: Option<Id>,
}

/// From which day the time of points runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExpiryFrom {
    /// From the day of earning.
    #[default]
    Earning,
    /// From the first day on which they can be used; points that wait for a signal do not expire before it.
    Vesting,
}

impl ExpiryFrom {
    pub(super) fn is_default(&self) -> bool {
        *self == ExpiryFrom::default()
    }
}

impl Vesting {
    pub(super) fn check(&self, check: &mut Check) {
        if self.after.is_none() && self.signal.is_none() {
            check.problem(Code::Empty, "give `after`, `signal` or both; leave the field out for at once");
        }
    }

    /// The first day for points that begin to vest on that day: when they are earned, or when their signal comes.
    pub(crate) fn first_day(&self, start: Day) -> Option<Day> {
        self.after.and_then(|period| period.after(start))
    }
}
