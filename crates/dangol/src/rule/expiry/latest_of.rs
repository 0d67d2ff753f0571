//! `latest_of`: whichever of several is the longest.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Expiry, check_nested};
use crate::check::Check;
use crate::value::Day;

/// `{"latest_of": [...]}`: points can be used as long as any of several says; where one of them never ends, for ever.
///
/// `[{"after": "1 year"}, {"on": "2027-06-30"}]` is a year, and at least to the end of June 2027.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct LatestOf(pub Vec<Expiry>);

impl LatestOf {
    pub(super) fn check(&self, check: &mut Check) {
        check_nested(&self.0, check);
    }

    pub(super) fn last_day(&self, earned_on: Day) -> Option<Day> {
        let days: Option<Vec<Day>> = self.0.iter().map(|expiry| expiry.last_day(earned_on)).collect();
        days?.into_iter().max()
    }
}
