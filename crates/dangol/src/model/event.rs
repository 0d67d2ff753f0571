//! What happened to a member: past tense, self-contained, nothing to look up.
#![expect(
    clippy::disallowed_types,
    reason = "what serde derives for `flatten` mentions floats; no field takes one"
)]

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Change;
use crate::value::{Id, Instant};

/// Which program decided: its id, its version, and the hash of its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgramRef {
    /// The program's id.
    pub id: Id,
    /// The version that its author gave it.
    pub version: Id,
    /// The first 128 bits of the SHA-256 of its content, in hexadecimal digits.
    pub hash: Id,
}

/// One event: what changed, for whom, by which operation, at what time, and under which program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Whose event it is.
    pub member: Id,
    /// The version of the member that it makes: one more than before.
    pub version: u64,
    /// The operation that caused it: an order's id, or what the host named.
    pub operation: Id,
    /// Its number among the events of the operation, from 1.
    pub step: u32,
    /// When it took effect: not before the member's latest event.
    pub at: Instant,
    /// The program that decided it.
    pub program: ProgramRef,
    /// The first 64 bits of the SHA-256 of what was asked, in hexadecimal digits: the same operation twice is told
    /// from two operations of one name by it. What time does has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Id>,
    /// What changed.
    #[serde(flatten)]
    pub change: Change,
}
