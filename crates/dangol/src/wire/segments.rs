//! Requests about many members at once, and about what one of them is among them: cutoffs and segments.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Failure, Request};
use crate::model::{Counted, Cut, Cutoffs, Member, SegmentBands, Segments};
use crate::program::Program;
use crate::value::{Amount, Instant};

/// `segments`: how long ago, how often and how much a member ordered, and the segments that the member is in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentsRequest {
    /// The member.
    pub member: Member,
    /// The instant: not before the member's latest event.
    pub at: Instant,
    /// What members are told apart by.
    pub bands: SegmentBands,
}

impl Request for SegmentsRequest {
    type Reply = Segments;
    fn run(self, program: &Program) -> Result<Segments, Failure> {
        Ok(program.segments(&self.member, self.at, &self.bands)?)
    }
}

/// `cutoff`: a population is cut, such as where its best tenth begins. The program does not matter: the values may be
/// money, orders, days or points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CutoffRequest {
    /// What each of them has: nothing or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Amount>,
    /// The same for those who are counted already, beside the values or in their place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counted: Vec<Counted>,
    /// Where it is cut.
    pub cut: Cut,
}

impl Request for CutoffRequest {
    type Reply = Cutoffs;
    fn run(self, _: &Program) -> Result<Cutoffs, Failure> {
        Ok(self.cut.of(&self.values, &self.counted)?)
    }
}
