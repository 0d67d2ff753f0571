//! `spend_in`: how much the member spent lately.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::Reason;
use crate::rule::{Facts, bounds};
use crate::value::{Money, Period};

/// `{"spend_in": {"window": "12 months", "at_least": "300000"}}` holds where the member paid that much or more for goods in
/// the window that ends today, and with `at_most` no more than that.
///
/// What counts is what counts for tiers: what was paid for goods, after discounts and points. The order at hand does not
/// count. With a window of `"12 months"` an order of 12 months ago to the day no longer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpendIn {
    /// How far back orders count.
    pub window: Period,
    /// The least, more than nothing; one of the two bounds must be given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Money>,
    /// The most, which may be nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Money>,
}

impl SpendIn {
    pub(super) fn check(&mut self, check: &mut Check) {
        check.window(self.window);
        bounds::money(&mut self.at_least, &mut self.at_most, check);
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let SpendIn { window, at_least, at_most } = *self;
        let spend = facts.activity(window).map(|day| day.spend);
        // Beyond 15 digits it is enough as it is.
        let actual = spend.fold(Money::ZERO, |sum, day| sum.plus(day).unwrap_or(sum));
        let holds = bounds::hold(at_least, at_most, &actual);
        (!holds).then_some(Reason::WrongSpendIn { window, at_least, at_most, actual })
    }
}
