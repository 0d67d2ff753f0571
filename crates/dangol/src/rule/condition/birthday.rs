//! `birthday`: the member's birthday, its month, or the days around it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::Reason;
use crate::rule::{Facts, YearlyDay};

/// `{"birthday": "month"}` holds in the month of the member's birthday, `{"birthday": "day"}` on the day itself, and
/// `{"birthday": {"before": 14, "after": 14}}` from 14 days before it to 14 days after it.
///
/// In years without a 29 February, that day is kept as the program's `leap_day` says; its month is February all the
/// same. The year of birth need not be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct BirthdayCondition(pub YearlyDay);

impl BirthdayCondition {
    pub(super) fn check(self, check: &mut Check) {
        self.0.check(check);
    }

    pub(super) fn refusal(self, facts: &Facts<'_>) -> Option<Reason> {
        let Some(birthday) = facts.member.birthday else { return Some(Reason::UnknownBirthday) };
        let of = (birthday.month(), birthday.day());
        let holds = self.0.holds(of, i32::MIN, facts.today, facts.leap_day);
        (!holds).then_some(Reason::NotBirthday)
    }
}
