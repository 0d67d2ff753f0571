//! The one condition that keeps a rule from applying.

use super::{All, Condition};
use crate::model::Reason;
use crate::rule::Facts;

impl Condition {
    /// The only condition of all those that must hold together that does not, and why; nothing where two do not.
    pub(crate) fn only_failing(&self, facts: &Facts<'_>) -> Option<(&Condition, Reason)> {
        let mut open = vec![self];
        let mut found = None;
        while let Some(next) = open.pop() {
            if let Condition::All(All(inner)) = next {
                open.extend(inner);
            } else if let Some(reason) = next.refusal(facts) {
                if found.is_some() {
                    return None;
                }
                found = Some((next, reason));
            }
        }
        found
    }
}
