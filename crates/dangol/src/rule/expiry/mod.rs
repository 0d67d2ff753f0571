//! Expiry: how long points can be used.

mod after;
mod end_of_month;

pub use after::After;
pub use end_of_month::EndOfMonth;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::Day;

/// How long points can be used: one word and what it needs, as in `{"after": "1 year"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is documented at its own type")]
pub enum Expiry {
    After(After),
    EndOfMonth(EndOfMonth),
}

impl Expiry {
    /// The last day on which points earned on that day can be used; nothing beyond the calendar's end.
    pub(crate) fn last_day(self, earned_on: Day) -> Option<Day> {
        match self {
            Expiry::After(kind) => kind.last_day(earned_on),
            Expiry::EndOfMonth(kind) => kind.last_day(earned_on),
        }
    }
}
