//! A member as the library sees one: opaque, without a name or a phone number.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Activity, Attribute, Birthday, Earlier, Event, HeldCoupon, PastCoupon, Standing, Tally, WaitingOrder,
};
use crate::ledger::Account;
use crate::value::{Day, Id, Instant};

/// Everything about a member that a rule can look at: the fold of the member's events.
///
/// Only `id` is required: `{"id": "m1"}` is a member who has done nothing yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The host's name for the member: opaque, never a name or a phone number.
    pub id: Id,
    /// How many events were applied; a host stores with compare-and-set on it.
    #[serde(default)]
    pub version: u64,
    /// When the latest event took effect: nothing can happen before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Instant>,
    /// The day on which the member joined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined_on: Option<Day>,
    /// The birthday, with or without the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birthday: Option<Birthday>,
    /// Who brought the member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referred_by: Option<Id>,
    /// Where the member stands on each ladder, by the ladder's id; on one that is not there at its beginning.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tiers: BTreeMap<Id, Standing>,
    /// What the host says about the member in words of its own, for conditions: at most 100. No event changes it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<Id, Attribute>,
    /// The segments that the host counts the member among, for conditions: at most 100. No event changes them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<Id>,
    /// How many orders were placed.
    #[serde(default)]
    pub orders: u64,
    /// The civil day of the latest order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_order_on: Option<Day>,
    /// What was done on each day that a rule can still look at, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activity: Vec<Activity>,
    /// What was done before these days, in all.
    #[serde(default, skip_serializing_if = "Earlier::is_nothing")]
    pub earlier: Earlier,
    /// The orders that do not count on a ladder before their signal, oldest first, and the latest whose signal has come.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waiting_orders: Vec<WaitingOrder>,
    /// How often each offer was used that has a limit or a budget, or needs a coupon.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub uses: BTreeMap<Id, u64>,
    /// The lots of each wallet.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub wallets: BTreeMap<Id, Account>,
    /// What rules and wallets with limits, and rules that add up over a span, granted in the running spans, and how often
    /// offers with limits were used in them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tallies: Vec<Tally>,
    /// The coupons that the member holds, in the order in which they came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coupons: Vec<HeldCoupon>,
    /// The latest coupons that went, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub past_coupons: Vec<PastCoupon>,
    /// How many coupons of each offer were issued to the member.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub issued: BTreeMap<Id, u64>,
    /// Whether it is nobody who is known: a guest earns nothing, uses no points and no offer with a limit per member, and
    /// orders of a guest make no events.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub guest: bool,
    /// The latest operations, oldest first, so that none is done twice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
}

/// An operation that was applied, and the version that its last event made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// The id that the caller gave it.
    pub id: Id,
    /// The member's version after its latest event.
    pub version: u64,
    /// How many events it had.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub steps: u32,
    /// What was asked, as its events say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Id>,
}

fn is_zero(steps: &u32) -> bool {
    *steps == 0
}

impl Operation {
    /// Whether an event belongs to this very booking, and not to another one under the same name.
    pub(crate) fn goes_on_with(&self, event: &Event) -> bool {
        let base = event.version.checked_sub(u64::from(event.step));
        if self.steps == 0 {
            // Where the booking began is not known: what follows it directly goes on with it.
            return event.step > 1 && event.version == self.version.saturating_add(1);
        }
        base.is_some() && base == self.version.checked_sub(u64::from(self.steps))
    }
}

impl Member {
    /// How many operations a member remembers; older ones are told apart by `version`.
    pub const MAX_OPERATIONS: usize = 64;

    /// The most coupons that a member may hold; no more are issued then.
    pub const MAX_COUPONS: usize = 1_000;
    /// How many coupons that went a member remembers.
    pub const MAX_PAST_COUPONS: usize = 64;
    /// How many orders that wait for a signal a member remembers; the oldest no longer count then.
    pub const MAX_WAITING_ORDERS: usize = 1_000;
    /// How many orders whose signal has come a member remembers.
    pub const MAX_COUNTED_ORDERS: usize = 64;
    /// The most segments that a member may be in.
    pub const MAX_SEGMENTS: usize = 100;

    /// A member who has done nothing yet.
    #[must_use]
    pub fn new(id: Id) -> Member {
        Member {
            id,
            version: 0,
            at: None,
            joined_on: None,
            birthday: None,
            referred_by: None,
            tiers: BTreeMap::new(),
            attributes: BTreeMap::new(),
            segments: Vec::new(),
            orders: 0,
            last_order_on: None,
            activity: Vec::new(),
            earlier: Earlier::default(),
            waiting_orders: Vec::new(),
            uses: BTreeMap::new(),
            wallets: BTreeMap::new(),
            tallies: Vec::new(),
            coupons: Vec::new(),
            past_coupons: Vec::new(),
            issued: BTreeMap::new(),
            guest: false,
            operations: Vec::new(),
        }
    }

    /// The tier that the member holds on that ladder (`status` where the program gives it no name), as it was last written;
    /// nothing where the member has not moved on it yet.
    #[must_use]
    pub fn tier(&self, ladder: &str) -> Option<&Id> {
        let standing = self.tiers.iter().find(|(id, _)| **id == *ladder).map(|(_, standing)| standing);
        standing.and_then(|standing| standing.tier.as_ref())
    }

    /// What the member did on that day, where that is kept day by day.
    pub(crate) fn active_on(&self, on: Day) -> Option<&Activity> {
        self.activity.iter().find(|activity| activity.on == on)
    }

    /// Whether a lot of that name has points in the wallet.
    pub(crate) fn has_lot(&self, wallet: &Id, lot: &Id) -> bool {
        let account = self.wallets.get(wallet);
        account.is_some_and(|account| account.lots().iter().any(|known| known.id == *lot))
    }

    /// The lots of a wallet, where the member has ever had any.
    #[must_use]
    pub fn account(&self, wallet: &str) -> Option<&Account> {
        self.wallets.iter().find(|(id, _)| **id == *wallet).map(|(_, account)| account)
    }
}
