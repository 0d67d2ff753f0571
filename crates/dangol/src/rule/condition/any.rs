//! `any`: at least one of several conditions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Condition, check_nested};
use crate::check::Check;
use crate::model::Reason;
use crate::rule::Facts;

/// `{"any": [...]}` holds where at least one condition of the list holds; otherwise the reasons of all are given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Any(pub Vec<Condition>);

impl Any {
    pub(super) fn check(&mut self, check: &mut Check) {
        check_nested(&mut self.0, check);
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let mut reasons = Vec::new();
        for condition in &self.0 {
            reasons.push(condition.refusal(facts)?);
        }
        Some(Reason::NoneHolds { reasons })
    }
}
