//! `dates`: certain days of the calendar.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::model::Reason;
use crate::rule::{Facts, check_window, window_refusal};
use crate::value::Day;

/// `{"dates": {"from": "2026-05-01", "until": "2026-05-05"}}` holds from the first day to the end of the last, in the
/// program's zone; for a rule that applies in several windows, put it into `any`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dates {
    /// The first day; one of the two must be given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// The last day, which still counts to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

impl Dates {
    pub(super) fn check(self, check: &mut Check) {
        if self.from.is_none() && self.until.is_none() {
            check.problem(Code::MissingField, "give `from`, `until`, or both");
        }
        check_window(self.from, self.until, check);
    }

    pub(super) fn refusal(self, facts: &Facts<'_>) -> Option<Reason> {
        window_refusal(self.from, self.until, facts.today)
    }
}
