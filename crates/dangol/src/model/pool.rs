//! A household: a member whose lots others use.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Overdue;
use crate::value::Id;

/// The pool that a quote took points from and earned points for.
///
/// A pool is a member of its own, with an id, a version and events, whose lots of `shared` wallets the members of a
/// household use in the place of their own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// The pool's id.
    pub member: Id,
    /// The version of the pool that was quoted.
    pub member_version: u64,
    /// The wallets that were the pool's.
    pub wallets: Vec<Id>,
    /// What the passing of time changes for the pool before the order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overdue: Vec<Overdue>,
}
