//! `anniversary`: the day on which the member joined comes back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::Reason;
use crate::rule::{Facts, YearlyDay};

/// `{"anniversary": "day"}` holds where the day on which the member joined comes back, `{"anniversary": "month"}` in
/// its month, and `{"anniversary": {"before": 7, "after": 7}}` from 7 days before it to 7 days after it.
///
/// The first anniversary is one year after joining: the day of joining itself is none. In years without a 29 February,
/// that day is kept as the program's `leap_day` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Anniversary(pub YearlyDay);

impl Anniversary {
    pub(super) fn check(self, check: &mut Check) {
        self.0.check(check);
    }

    pub(super) fn refusal(self, facts: &Facts<'_>) -> Option<Reason> {
        let Some(joined_on) = facts.member.joined_on else { return Some(Reason::UnknownJoining) };
        let of = (joined_on.month(), joined_on.day());
        let holds = self.0.holds(of, joined_on.year().saturating_add(1), facts.today, facts.leap_day);
        (!holds).then_some(Reason::NotAnniversary)
    }
}
