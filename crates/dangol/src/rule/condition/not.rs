//! `not`: a condition that must not hold.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Condition;
use crate::check::Check;
use crate::model::Reason;
use crate::rule::Facts;

/// `{"not": {...}}` holds where the condition inside does not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Not(pub Box<Condition>);

impl Not {
    pub(super) fn check(&mut self, check: &mut Check) {
        check.deeper(|check| self.0.check(check));
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        match self.0.refusal(facts) {
            Some(_) => None,
            None => Some(Reason::MustNotHold { condition: self.0.word().into() }),
        }
    }
}
