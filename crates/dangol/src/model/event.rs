//! What happened to a member: past tense, self-contained, nothing to look up.
#![expect(
    clippy::disallowed_types,
    reason = "what serde derives for `flatten` mentions floats; no field takes one"
)]

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::TallyEntry;
use crate::ledger::Draw;
use crate::value::{Day, Id, Instant, Money, Points};

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
    /// When it took effect.
    pub at: Instant,
    /// The program that decided it.
    pub program: ProgramRef,
    /// What changed.
    #[serde(flatten)]
    pub change: Change,
}

/// What an event changes. Every consequence is written out, so that no rule is needed to apply it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// An order was placed: it counts, and its spend goes into the day's activity.
    OrderPlaced {
        /// The order.
        order: Id,
        /// The civil day of the order.
        on: Day,
        /// What was paid for goods, after discounts and points.
        spend: Money,
        /// Activity before this day can no longer matter and is folded away.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        forget_before: Option<Day>,
    },
    /// An offer took effect.
    OfferUsed {
        /// The order.
        order: Id,
        /// The offer.
        offer: Id,
        /// The code that was shown for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<String>,
    },
    /// Points were granted: a new lot.
    PointsEarned {
        /// The wallet.
        wallet: Id,
        /// The new lot.
        lot: Id,
        /// The rule that granted them.
        rule: Id,
        /// How many.
        points: Points,
        /// The last day on which they can be used.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_on: Option<Day>,
        /// The tallies that the points are added to.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tallies: Vec<TallyEntry>,
    },
    /// A rule counted money without granting points: it is carried on to the next time.
    AmountCarried {
        /// The tally that the money is added to.
        tally: TallyEntry,
    },
    /// Points were spent.
    PointsSpent {
        /// The wallet.
        wallet: Id,
        /// How many in all.
        points: Points,
        /// From which lots.
        lots: Vec<Draw>,
        /// The offer that they were exchanged for; nothing where they paid for the order.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        offer: Option<Id>,
    },
    /// What was left of a lot expired.
    PointsExpired {
        /// The wallet.
        wallet: Id,
        /// The lot.
        lot: Id,
        /// What was left of it.
        points: Points,
        /// The last day on which they could have been used.
        expired_on: Day,
    },
    /// The member rose or fell to another tier.
    TierChanged {
        /// The tier before; nothing where the member held none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Id>,
        /// The tier from now on.
        to: Id,
        /// The spend in the ladder's window that decided it.
        spend: Money,
    },
}
