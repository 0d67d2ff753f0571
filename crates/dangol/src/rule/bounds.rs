//! Two bounds of which one at least is given.

use crate::check::Check;
use crate::error::Code;
use crate::value::Money;

/// Whether the number lies within the bounds, which both count.
pub(super) fn hold<T: PartialOrd>(at_least: Option<T>, at_most: Option<T>, actual: &T) -> bool {
    at_least.is_none_or(|least| least <= *actual) && at_most.is_none_or(|most| *actual <= most)
}

/// Notes a problem unless there are bounds, of money, that something can lie between.
pub(super) fn money(at_least: &mut Option<Money>, at_most: &mut Option<Money>, check: &mut Check) {
    if let Some(money) = at_least {
        check.at("at_least", |check| check.positive_money(money));
    }
    if let Some(money) = at_most {
        check.at("at_most", |check| check.money(money));
    }
    ordered(*at_least, *at_most, check);
}

/// Notes a problem unless there are bounds, of how often, that something can lie between.
pub(super) fn counts(at_least: Option<u64>, at_most: Option<u64>, check: &mut Check) {
    if at_least == Some(0) {
        check.at("at_least", |check| check.problem(Code::OutOfRange, "must be at least 1, found `0`"));
    }
    ordered(at_least, at_most, check);
}

/// Notes a problem unless one bound is given, and the upper one is not below the lower.
pub(super) fn ordered<T: PartialOrd>(at_least: Option<T>, at_most: Option<T>, check: &mut Check) {
    match (at_least, at_most) {
        (None, None) => check.problem(Code::MissingField, "give `at_least`, `at_most`, or both"),
        (Some(least), Some(most)) if most < least => {
            check.at("at_most", |check| {
                check.problem(
                    Code::Contradiction,
                    "is below `at_least`: nothing lies between; raise it, or lower that",
                )
            });
        }
        _ => {}
    }
}
