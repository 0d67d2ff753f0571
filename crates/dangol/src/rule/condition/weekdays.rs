//! `weekdays`: certain days of the week.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::Reason;
use crate::rule::Facts;
use crate::value::Weekday;

/// `{"weekdays": ["sat", "sun"]}` holds on those days of the week in the program's zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Weekdays(pub Vec<Weekday>);

impl Weekdays {
    pub(super) fn check(&self, check: &mut Check) {
        check.not_empty(&self.0);
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let today = self.0.contains(&facts.weekday);
        (!today).then(|| Reason::WrongWeekday { required: self.0.clone(), actual: facts.weekday })
    }
}
