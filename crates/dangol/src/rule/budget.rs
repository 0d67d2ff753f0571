//! Budgets: the most that rules give to all members together.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::value::{Amount, Id, Money, Points, Text};

/// The most that the rules which name it give to all members together: points of accruals,
/// `{"id": "launch", "points": "1000000"}`, or money of offers, `{"id": "spring", "amount": "5000000"}`.
///
/// The host counts what is given and passes it with each basket or event (`budgets`); the part up to the budget is
/// given. Two orders at the same time can both find the rest unused: only the host's count is shared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// Its name in the program, unique among budgets.
    pub id: Id,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// The most points, for accruals; a budget has either these or an amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// The most money that is taken off, for offers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// What happens where less is left than a rule would give.
    #[serde(default, skip_serializing_if = "WhenShort::is_default")]
    pub when_short: WhenShort,
}

/// What happens where less is left of a budget than a rule would give.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhenShort {
    /// What is left is given.
    #[default]
    Trim,
    /// Nothing is given.
    Refuse,
}

impl WhenShort {
    fn is_default(&self) -> bool {
        *self == WhenShort::default()
    }
}

impl Budget {
    pub(crate) fn check(&mut self, check: &mut Check) {
        match (self.points, &mut self.amount) {
            (Some(points), None) => check.at("points", |check| {
                check.range(points.0, |points| points > Amount::ZERO, "more than nothing");
                check.rate_digits(points.0, super::Wallet::MAX_DIGITS);
            }),
            (None, Some(amount)) => check.at("amount", |check| check.positive_money(amount)),
            (None, None) => {
                check.problem(Code::MissingField, "give `points` for accruals, or `amount` for offers")
            }
            (Some(_), Some(_)) => check.at("amount", |check| {
                check.problem(Code::Contradiction, "a budget has `points` or an `amount`: make two of it")
            }),
        }
    }
}
