//! Budgets: the most points that rules give to all members together.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::value::{Amount, Id, Points, Text};

/// The most points that the rules which name it give to all members together: `{"id": "launch", "points": "1000000"}`.
///
/// The host counts what is given and passes it with each basket or event (`budgets`); the part up to the budget is
/// granted. Two orders at the same time can both find the rest unused: only the host's count is shared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// Its name in the program, unique among budgets.
    pub id: Id,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// The most points.
    pub points: Points,
}

impl Budget {
    pub(crate) fn check(&self, check: &mut Check) {
        check.at("points", |check| {
            check.range(self.points.0, |points| points > Amount::ZERO, "more than nothing");
            check.rate_digits(self.points.0, super::Wallet::MAX_DIGITS);
        });
    }
}
