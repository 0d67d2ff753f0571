//! `birthday`: the member's birthday, or its month.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Reason;
use crate::rule::Facts;

/// `{"birthday": "month"}` holds in the month of the member's birthday, `{"birthday": "day"}` on the day itself.
///
/// 29 February is kept on 28 February in other years. The year of birth need not be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BirthdayCondition {
    /// On the day itself.
    Day,
    /// In its month.
    Month,
}

impl BirthdayCondition {
    pub(super) fn refusal(self, facts: &Facts<'_>) -> Option<Reason> {
        let Some(birthday) = facts.member.birthday else { return Some(Reason::UnknownBirthday) };
        let holds = match self {
            BirthdayCondition::Day => birthday.is_on(facts.today),
            BirthdayCondition::Month => birthday.is_in_month(facts.today),
        };
        (!holds).then_some(Reason::NotBirthday)
    }
}
