//! `balance`: the points that the member can use.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::model::Reason;
use crate::rule::Facts;
use crate::value::{Id, Points};

/// `{"balance": {"wallet": "stamps", "at_least": "10"}}` holds where the member can use that many points of the wallet
/// or more, and with `at_most` no more than that.
///
/// What counts is what could be used before the order, whatever it spends or earns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BalanceCondition {
    /// The wallet; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<Id>,
    /// The fewest points, more than nothing; one of the two bounds must be given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Points>,
    /// The most points, which may be none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Points>,
}

impl BalanceCondition {
    pub(super) fn check(&mut self, check: &mut Check) {
        let digits = check.wallet(self.wallet.as_ref());
        if self.at_least.is_none() && self.at_most.is_none() {
            check.problem(Code::MissingField, "give `at_least`, `at_most`, or both");
        }
        if let Some(points) = &mut self.at_least {
            check.at("at_least", |check| check.positive_points(points, digits));
        }
        if let Some(points) = &mut self.at_most {
            let least = self.at_least;
            check.at("at_most", |check| {
                check.points(points, digits);
                if least.is_some_and(|least| *points < least) {
                    check.problem(
                        Code::Contradiction,
                        "is below `at_least`: nothing lies between; raise it, or lower that",
                    );
                }
            });
        }
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let (wallet, actual) = facts.balance(self.wallet.as_ref())?;
        let (at_least, at_most) = (self.at_least, self.at_most);
        let holds = at_least.is_none_or(|least| least <= actual) && at_most.is_none_or(|most| actual <= most);
        (!holds).then(|| Reason::WrongBalance { wallet: wallet.clone(), at_least, at_most, actual })
    }
}
