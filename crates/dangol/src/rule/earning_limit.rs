//! The most that is granted in a span.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::value::{Points, Span};

/// The most that a rule, or all rules of a wallet, grant in a span: `{"per": "month", "points": "5000"}`.
///
/// What does not fit is cut off: of 100 points with 450 of 500 granted before, 50 are granted. Limits hold for what the
/// rules of the program grant; what a clerk grants by hand does not count. An order counts the rules by their ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EarningLimit {
    /// The span.
    pub per: Span,
    /// The most points in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// How often the rule grants points in it, at least once; only for rules, and not for `order`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
}

/// Checks the limits of a rule, or of a wallet, which has none on how often.
pub(super) fn check(limits: &mut [EarningLimit], digits: u8, of_wallet: bool, check: &mut Check) {
    check.each(limits, |check, limit| limit.check(digits, of_wallet, check));
}

impl EarningLimit {
    fn check(&mut self, digits: u8, of_wallet: bool, check: &mut Check) {
        if self.points.is_none() && self.times.is_none() {
            check.problem(Code::MissingField, "give `points` or `times`");
        }
        if let Some(points) = &mut self.points {
            check.at("points", |check| check.positive_points(points, digits));
        }
        let Some(times) = self.times else { return };
        check.at("times", |check| {
            if times == 0 {
                check.problem(Code::OutOfRange, "must be at least 1, found `0`");
            } else if of_wallet {
                check.problem(Code::Contradiction, "a wallet limits points; rules limit how often");
            } else if self.per == Span::Order {
                check.problem(Code::Contradiction, "a rule grants points once in an order in any case");
            }
        });
    }
}
