//! Expiry: how long points can be used.

mod after;
mod by_earn_date;
mod earliest_of;
mod end_of;
mod latest_of;
mod on;

pub use after::After;
pub use by_earn_date::{ByEarnDate, EarnedFrom};
pub use earliest_of::EarliestOf;
pub use end_of::EndOf;
pub use latest_of::LatestOf;
pub use on::OnDay;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::value::Day;

/// How long points can be used: one word and what it needs, as in `{"after": "1 year"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is documented at its own type")]
pub enum Expiry {
    After(After),
    EndOf(EndOf),
    On(OnDay),
    LatestOf(LatestOf),
    EarliestOf(EarliestOf),
    ByEarnDate(ByEarnDate),
}

impl Expiry {
    /// The word that stands for it in a program file.
    fn word(&self) -> &'static str {
        match self {
            Expiry::After(_) => "after",
            Expiry::EndOf(_) => "end_of",
            Expiry::On(_) => "on",
            Expiry::LatestOf(_) => "latest_of",
            Expiry::EarliestOf(_) => "earliest_of",
            Expiry::ByEarnDate(_) => "by_earn_date",
        }
    }

    pub(crate) fn check(&self, check: &mut Check) {
        check.at(self.word(), |check| match self {
            Expiry::After(_) | Expiry::EndOf(_) | Expiry::On(_) => {}
            Expiry::LatestOf(kind) => kind.check(check),
            Expiry::EarliestOf(kind) => kind.check(check),
            Expiry::ByEarnDate(kind) => kind.check(check),
        });
    }

    /// The last day on which points earned on that day can be used; nothing where they never end, or beyond the
    /// calendar's end.
    pub(crate) fn last_day(&self, earned_on: Day) -> Option<Day> {
        match self {
            Expiry::After(kind) => kind.last_day(earned_on),
            Expiry::EndOf(kind) => kind.last_day(earned_on),
            Expiry::On(kind) => Some(kind.last_day()),
            Expiry::LatestOf(kind) => kind.last_day(earned_on),
            Expiry::EarliestOf(kind) => kind.last_day(earned_on),
            Expiry::ByEarnDate(kind) => kind.last_day(earned_on),
        }
    }
}

/// Checks the entries of a list, one level deeper.
fn check_nested(expiries: &[Expiry], check: &mut Check) {
    check.not_empty(expiries);
    check.deeper(|check| {
        for (index, expiry) in expiries.iter().enumerate() {
            check.entry(index, |check| expiry.check(check));
        }
    });
}
