//! `by_earn_date`: a policy that changed, for points earned from a day on.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Expiry;
use crate::check::Check;
use crate::error::Code;
use crate::value::Day;

/// `{"by_earn_date": [{"expiry": {...}}, {"from": "2026-01-01", "expiry": {...}}]}`: how long points can be used
/// depends on the day of earning, so that a new policy leaves older points as they are (KFTC 2024).
///
/// Of the entries that have begun on that day the latest counts, wherever it stands in the list. Points from before the
/// first entry never end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct ByEarnDate(pub Vec<EarnedFrom>);

/// How long points can be used that were earned from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EarnedFrom {
    /// The first day of earning for which it counts; from the beginning where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// How long points can be used.
    pub expiry: Expiry,
}

impl ByEarnDate {
    pub(super) fn check(&self, check: &mut Check) {
        check.not_empty(&self.0);
        let mut seen = BTreeSet::new();
        for (index, entry) in self.0.iter().enumerate() {
            check.entry(index, |check| {
                if !seen.insert(entry.from) {
                    match entry.from {
                        Some(from) => check.at("from", |check| {
                            check.problem(Code::Contradiction, format!("another entry begins on {from} too"));
                        }),
                        None => {
                            check.problem(Code::Contradiction, "another entry has no `from` either");
                        }
                    }
                }
                check.deeper(|check| check.at("expiry", |check| entry.expiry.check(check)));
            });
        }
    }

    pub(super) fn last_day(&self, earned_on: Day) -> Option<Day> {
        let begun = self.0.iter().filter(|entry| entry.from.is_none_or(|from| from <= earned_on));
        begun.max_by_key(|entry| entry.from)?.expiry.last_day(earned_on)
    }
}
