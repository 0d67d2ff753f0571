//! What a member's points come to: balances, statements, notices, what a shop owes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Change, HeldCoupon, Reason};
use crate::value::{Day, Id, Instant, Money, Points};

/// The points of one wallet as of an instant: balance = usable + pending + held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Balance {
    /// The wallet.
    pub wallet: Id,
    /// Everything that is there.
    pub balance: Points,
    /// What can be used now.
    pub usable: Points,
    /// What waits for a day or a signal.
    pub pending: Points,
    /// What holds keep.
    pub held: Points,
    /// What was taken without being there; later points make up for it first.
    pub deficit: Points,
    /// What the usable points are worth as tender, rounded down; nothing where they do not pay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worth: Option<Money>,
    /// When the points end, soonest first; together they are the balance.
    pub expiring: Vec<Expiring>,
    /// What the pending points wait for, soonest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<Waiting>,
    /// How many of each reward that can be had on that day the usable points reach for, where they reach for any; its
    /// conditions are looked at when it is claimed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rewards: Vec<Affordable>,
}

/// Points that end on the same day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expiring {
    /// Their last day; they do not end where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// The end of a grace after that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_until: Option<Day>,
    /// How many.
    pub points: Points,
}

/// Points that wait for the same thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiting {
    /// The first day on which they can be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usable_from: Option<Day>,
    /// The signal that must come first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awaits: Option<Id>,
    /// How many.
    pub points: Points,
}

/// How many of a reward can be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Affordable {
    /// The reward.
    pub reward: Id,
    /// How many: at least one.
    pub times: u32,
}

/// A coupon that a member holds, and whether it can be used as of an instant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CouponBalance {
    /// The coupon.
    pub coupon: HeldCoupon,
    /// What people call it: the name of its offer, or the offer's id where the program has no name for it.
    pub name: String,
    /// The last day on which it can be used: its own, or that of its offer where that comes earlier; it never ends where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Whether a basket can use it now, as far as the coupon is concerned; the conditions of its offer hold besides.
    pub usable: bool,
    /// Why no basket can use it now, where none can: it is set aside, its day has not come, or its offer is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Reason>,
}

/// What moved in one wallet: opening + all deltas = closing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The wallet.
    pub wallet: Id,
    /// What was there before, less the deficit.
    pub opening: Points,
    /// Everything that happened to it, oldest first.
    pub movements: Vec<Movement>,
    /// What is there after, less the deficit.
    pub closing: Points,
}

/// One movement of points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Movement {
    /// When it took effect.
    pub at: Instant,
    /// The operation that caused it.
    pub operation: Id,
    /// By how much the balance rose, or fell where it is negative; holds and new dates change nothing.
    pub delta: Points,
    /// The balance after it.
    pub balance: Points,
    /// What happened, with the lots that it names.
    pub change: Change,
}

/// Points whose end a member is to be told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// The day on which it is due.
    pub due_on: Day,
    /// The wallet.
    pub wallet: Id,
    /// How long before the end it is due, as the program says it: `60 days`.
    pub lead: crate::value::Period,
    /// The last day of the points.
    pub expires_on: Day,
    /// How many points end then, as far as is known now.
    pub points: Points,
}

/// What a shop owes its members in points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Liability {
    /// By wallet, issuer and month of expiry.
    pub entries: Vec<Owed>,
    /// By wallet; the entries of a wallet sum to it exactly.
    pub totals: Vec<Owed>,
}

/// Points that are owed, and what they are worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Owed {
    /// The wallet.
    pub wallet: Id,
    /// Whose points they are, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Id>,
    /// The month in which they end, such as `2026-12`; they do not end where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<String>,
    /// How many.
    pub points: Points,
    /// What they are worth at the rate that was asked for; nothing where they do not pay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
}
