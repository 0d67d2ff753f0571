//! `earliest_of`: whichever of several is the shortest.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Expiry, check_nested};
use crate::check::Check;
use crate::value::Day;

/// `{"earliest_of": [...]}`: points can be used as long as all of several say.
///
/// `[{"after": "1 year"}, {"on": "2026-12-31"}]` is a year, and at most to the end of 2026.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct EarliestOf(pub Vec<Expiry>);

impl EarliestOf {
    pub(super) fn check(&self, check: &mut Check) {
        check_nested(&self.0, check);
    }

    pub(super) fn last_day(&self, earned_on: Day) -> Option<Day> {
        self.0.iter().filter_map(|expiry| expiry.last_day(earned_on)).min()
    }
}
