//! `on`: a day of the calendar.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::Day;

/// `{"on": "2026-12-31"}`: points can be used to the end of that day, whenever they were earned.
///
/// After that day the rule grants none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct OnDay(pub Day);

impl OnDay {
    pub(in crate::rule) fn last_day(self) -> Day {
        self.0
    }
}
