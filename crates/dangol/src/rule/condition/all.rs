//! `all`: every one of several conditions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Condition, check_nested};
use crate::check::Check;
use crate::model::Reason;
use crate::rule::Facts;

/// `{"all": [...]}` holds where every condition of the list holds; the first that does not is the reason given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct All(pub Vec<Condition>);

impl All {
    pub(super) fn check(&mut self, check: &mut Check) {
        check_nested(&mut self.0, check);
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        self.0.iter().find_map(|condition| condition.refusal(facts))
    }
}
