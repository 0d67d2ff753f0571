//! `end_of`: the end of the month, quarter, half-year or year in which a period is over.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{CalendarUnit, Day, Period};

/// `{"end_of": {"unit": "month", "after": "12 months"}}`: points can be used to the end of the month, quarter,
/// half-year or year that lies that period after the day of earning.
///
/// Earned at any time in January 2026 and good for 12 months means to the end of 31 January 2027; with
/// `"unit": "year"` to the end of 31 December 2027.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndOf {
    /// The part of the calendar at whose end they end.
    pub unit: CalendarUnit,
    /// The period before that; none where left out, so that they end with the unit in which they were earned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Period>,
}

impl EndOf {
    pub(super) fn last_day(self, earned_on: Day) -> Option<Day> {
        let over = self.after.map_or(Some(earned_on), |period| period.after(earned_on))?;
        over.end_of(self.unit)
    }
}
