//! `age`: how old the member is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::model::Reason;
use crate::rule::Facts;

/// `{"age": {"from": 30, "to": 39}}` holds where the member is of that age, in full years, in the program's zone; both
/// bounds count.
///
/// Somebody is a year older from the birthday on; 29 February is kept in other years as the program's `leap_day` says.
/// The birthday must be known with its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Age {
    /// The youngest, from 0 to 150; one of the two bounds must be given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<u32>,
    /// The oldest, from 0 to 150.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u32>,
}

impl Age {
    /// The most years that anybody is old.
    pub const MAX_YEARS: u32 = 150;

    pub(super) fn check(self, check: &mut Check) {
        for (field, years) in [("from", self.from), ("to", self.to)] {
            if let Some(years) = years.filter(|years| *years > Age::MAX_YEARS) {
                let message = format!("must be from 0 to {}, found `{years}`", Age::MAX_YEARS);
                check.at(field, |check| check.problem(Code::OutOfRange, message));
            }
        }
        match (self.from, self.to) {
            (None, None) => check.problem(Code::MissingField, "give `from`, `to`, or both"),
            (Some(from), Some(to)) if to < from => {
                check.at("to", |check| {
                    check.problem(
                        Code::Contradiction,
                        "is below `from`: nobody is of such an age; raise it, or lower that",
                    )
                });
            }
            _ => {}
        }
    }

    pub(super) fn refusal(self, facts: &Facts<'_>) -> Option<Reason> {
        let Some(birthday) = facts.member.birthday else { return Some(Reason::UnknownBirthday) };
        let Some(born) = birthday.year() else { return Some(Reason::UnknownBirthYear) };
        let year = facts.today.year();
        let later = birthday.kept_in(year, facts.leap_day).is_some_and(|day| facts.today < day);
        let actual = year.saturating_sub(born).saturating_sub(i32::from(later)).max(0).unsigned_abs();
        let holds = self.from.is_none_or(|from| from <= actual) && self.to.is_none_or(|to| actual <= to);
        (!holds).then_some(Reason::WrongAge { from: self.from, to: self.to, actual })
    }
}
