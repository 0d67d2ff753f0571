//! `spend_at_least`: the basket is worth enough.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::Reason;
use crate::rule::Facts;
use crate::value::Money;

/// `{"spend_at_least": "30000"}` holds where the basket is worth that much or more.
///
/// The basket's worth is the sum of its lines before any offer; for offers of a lane with
/// `conditions_see: left` it is what earlier lanes left of that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct SpendAtLeast(pub Money);

impl SpendAtLeast {
    pub(super) fn check(&mut self, check: &mut Check) {
        check.positive_money(&mut self.0);
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let enough = facts.spend >= self.0;
        (!enough).then_some(Reason::SpendTooLow { required: self.0, actual: facts.spend })
    }
}
