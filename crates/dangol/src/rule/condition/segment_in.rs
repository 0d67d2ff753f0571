//! `segment_in`: the host counts the member among certain people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::Reason;
use crate::rule::Facts;
use crate::value::Id;

/// `{"segment_in": ["student", "staff"]}` holds where the member is in one of these segments, as the host says in
/// `member.segments`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct SegmentIn(pub Vec<Id>);

impl SegmentIn {
    pub(super) fn check(&self, check: &mut Check) {
        check.not_empty(&self.0);
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let segments = &facts.member.segments;
        let holds = segments.iter().any(|segment| self.0.contains(segment));
        (!holds).then(|| Reason::WrongSegment { required: self.0.clone(), actual: segments.clone() })
    }
}
