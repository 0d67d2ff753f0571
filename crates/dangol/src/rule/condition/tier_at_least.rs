//! `tier_at_least`: the member stands high enough.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::{Check, TierPlace};
use crate::model::Reason;
use crate::rule::Facts;
use crate::value::Id;

/// `{"tier_at_least": "gold"}` holds where the member has that tier of the ladder or a higher one.
///
/// The tier before the order counts: the order that lifts a member still earns at the old rate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct TierAtLeast(pub Id);

impl TierAtLeast {
    pub(super) fn check(&self, check: &mut Check) {
        check.tier(&self.0);
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let required = facts.tiers.iter().find(|tier| tier.id == self.0);
        let rank = required.and_then(|place| facts.rank(place.ladder));
        if required.is_some_and(|place| rank >= Some(place.rank)) {
            return None;
        }
        let stands = |place: &&TierPlace| {
            Some(place.ladder) == required.map(|it| it.ladder) && Some(place.rank) == rank
        };
        let actual = facts.tiers.iter().find(stands).map(|place| place.id.clone());
        Some(Reason::TierTooLow { required: self.0.clone(), actual })
    }
}
