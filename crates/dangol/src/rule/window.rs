//! First and last days of rules.

use crate::check::Check;
use crate::error::Code;
use crate::model::Reason;
use crate::value::Day;

/// Notes a problem where a rule ends before it starts.
pub(super) fn check(from: Option<Day>, until: Option<Day>, check: &mut Check) {
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        check.at("until", |check| {
            check.problem(
                Code::Contradiction,
                format!("ends on {until}, before it starts on {from}: move one of them"),
            )
        });
    }
}

/// Why a rule with these first and last days does not hold today; both days count.
pub(crate) fn refusal(from: Option<Day>, until: Option<Day>, today: Day) -> Option<Reason> {
    if let Some(from) = from.filter(|from| today < *from) {
        return Some(Reason::NotYet { from });
    }
    until.filter(|until| today > *until).map(|until| Reason::Ended { until })
}
