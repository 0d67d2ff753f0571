//! `orders_in`: how often the member ordered lately.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::Reason;
use crate::rule::{Facts, bounds};
use crate::value::Period;

/// `{"orders_in": {"window": "3 months", "at_least": 5}}` holds where the member placed that many orders or more in the
/// window that ends today, and with `at_most` no more than that.
///
/// The order at hand does not count. With a window of `"3 months"` an order of 3 months ago to the day no longer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrdersIn {
    /// How far back orders count.
    pub window: Period,
    /// The fewest orders, 1 or more; one of the two bounds must be given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u64>,
    /// The most orders, which may be none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u64>,
}

impl OrdersIn {
    pub(super) fn check(self, check: &mut Check) {
        check.window(self.window);
        bounds::counts(self.at_least, self.at_most, check);
    }

    pub(super) fn refusal(self, facts: &Facts<'_>) -> Option<Reason> {
        let OrdersIn { window, at_least, at_most } = self;
        let orders = facts.activity(window).map(|day| day.orders);
        let actual = orders.fold(0_u64, u64::saturating_add);
        let holds = bounds::hold(at_least, at_most, &actual);
        (!holds).then_some(Reason::WrongOrdersIn { window, at_least, at_most, actual })
    }
}
