//! `end_of_month`: the end of the month in which a period is over.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Day, Period};

/// `{"end_of_month": "12 months"}`: points can be used to the end of the month that lies that period after the day
/// of earning.
///
/// Earned at any time in January 2026 and good for 12 months means to the end of 31 January 2027.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct EndOfMonth(pub Period);

impl EndOfMonth {
    pub(super) fn last_day(self, earned_on: Day) -> Option<Day> {
        self.0.after(earned_on)?.end_of_month()
    }
}
