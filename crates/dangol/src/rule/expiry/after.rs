//! `after`: a period from the day of earning.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Day, Period};

/// `{"after": "1 year"}`: points can be used to the end of the day that lies that period after the day of earning.
///
/// The day of earning is not counted (Korean Civil Act, article 157): earned on 31 January 2026 and good for a year
/// means to the end of 31 January 2027.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct After(pub Period);

impl After {
    pub(super) fn last_day(self, earned_on: Day) -> Option<Day> {
        self.0.after(earned_on)
    }
}
