//! `spend`: what the basket is worth.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::model::Reason;
use crate::rule::Facts;
use crate::value::Money;

/// `{"spend": {"at_least": "30000"}}` holds where the basket is worth that much or more, and with `at_most` no more than
/// that.
///
/// The basket's worth is the sum of its lines before any offer; for offers of a lane with
/// `conditions_see: left` it is what earlier lanes left of that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpendCondition {
    /// The least that it must be worth, more than nothing; one of the two bounds must be given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Money>,
    /// The most that it may be worth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Money>,
}

impl SpendCondition {
    pub(super) fn check(&mut self, check: &mut Check) {
        if self.at_least.is_none() && self.at_most.is_none() {
            check.problem(Code::MissingField, "give `at_least`, `at_most`, or both");
        }
        if let Some(money) = &mut self.at_least {
            check.at("at_least", |check| check.positive_money(money));
        }
        if let Some(money) = &mut self.at_most {
            let least = self.at_least;
            check.at("at_most", |check| {
                check.money(money);
                if least.is_some_and(|least| *money < least) {
                    check.problem(Code::Contradiction, "is below `at_least`");
                }
            });
        }
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let actual = facts.spend;
        if let Some(required) = self.at_least.filter(|required| actual < *required) {
            return Some(Reason::SpendTooLow { required, actual });
        }
        let most = self.at_most.filter(|most| actual > *most);
        most.map(|at_most| Reason::SpendTooHigh { at_most, actual })
    }
}
