//! One grant of points and what is left of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Day, Id, Instant, Points};

/// Points that were granted together, and what is left of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lot {
    /// Its name: the operation that granted it and the rule, as in `o1/base`.
    pub id: Id,
    /// When the points were earned.
    pub earned_at: Instant,
    /// The last day on which they can be used, or nothing where they do not expire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Day>,
    /// What is left: more than nothing.
    pub points: Points,
    /// Whose points they are; the shop's own where left out. What they pay is split by issuer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Id>,
}

impl Lot {
    /// Whether its points count on that day: its last day counts to its end.
    #[must_use]
    pub fn is_usable(&self, today: Day) -> bool {
        self.expires_on.is_none_or(|last| today <= last)
    }

    /// What lots are kept sorted by: soonest expiry, then oldest, then id; what never expires comes last.
    pub(super) fn key(&self) -> (bool, Option<Day>, Instant, &Id) {
        (self.expires_on.is_none(), self.expires_on, self.earned_at, &self.id)
    }
}

/// So many points taken from one lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// The lot.
    pub lot: Id,
    /// How much of it.
    pub points: Points,
}
