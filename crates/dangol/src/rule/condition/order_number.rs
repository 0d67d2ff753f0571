//! `order_number`: the member's first, tenth, or later order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::model::Reason;
use crate::rule::Facts;

/// `{"order_number": {"from": 10}}` holds from the member's tenth order on; `{"from": 1, "until": 1}` is the first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderNumber {
    /// The first order that counts, from 1.
    pub from: u64,
    /// The last order that counts; every later one where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<u64>,
}

impl OrderNumber {
    pub(super) fn check(&self, check: &mut Check) {
        if self.from == 0 {
            check.at("from", |check| check.problem(Code::OutOfRange, "must be at least 1, found `0`"));
        }
        if self.until.is_some_and(|until| until < self.from) {
            check.at("until", |check| {
                check.problem(
                    Code::Contradiction,
                    "is below `from`: no order lies between; raise it, or lower that",
                )
            });
        }
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let actual = facts.member.orders.saturating_add(1);
        let holds = actual >= self.from && self.until.is_none_or(|until| actual <= until);
        (!holds).then_some(Reason::WrongOrderNumber { from: self.from, until: self.until, actual })
    }
}
