//! What can be done with a member's points and coupons outside of an order.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Accrual, Birthday, CorrectActivity, EndTier, Event, GiveCoupon, HoldCoupon, IssueCoupon, Member, Reason,
    Refused, ReleaseCoupon, RestoreCoupon, RevokeCoupon, SetTier, TryTier,
};
use crate::value::{Amount, Day, Id, Instant, Money, Points};

/// What is to be done: one word and what it needs, as in `{"hold": {"points": "1000"}}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is documented at its own type")]
pub enum Action {
    Grant(Grant),
    Spend(Spend),
    Revoke(Revoke),
    Hold(HoldPoints),
    Capture(Capture),
    Release(Release),
    Transfer(Transfer),
    Claim(Claim),
    Signal(Signal),
    Extend(Extend),
    Reinstate(Reinstate),
    Expire(Expire),
    Enrol(Enrol),
    Refer(Refer),
    Event(Happening),
    IssueCoupon(IssueCoupon),
    RevokeCoupon(RevokeCoupon),
    RestoreCoupon(RestoreCoupon),
    HoldCoupon(HoldCoupon),
    ReleaseCoupon(ReleaseCoupon),
    GiveCoupon(GiveCoupon),
    SetTier(SetTier),
    EndTier(EndTier),
    TryTier(TryTier),
    CorrectActivity(CorrectActivity),
}

/// Points by hand: an opening balance, an apology, a top-up. Lots are named `operation/grant`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The wallet; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<Id>,
    /// How many: more than nothing, with the wallet's digits.
    pub points: Points,
    /// Why, in the host's words.
    pub reason: String,
    /// The last day on which they can be used, not before today; as the wallet says where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Day>,
    /// The first day on which they can be used; at once where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usable_from: Option<Day>,
    /// The signal that must come before they can be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awaits: Option<Id>,
    /// Whose points they are; as the wallet says where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Id>,
}

/// What happens where more points are to be taken than can be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shortfall {
    /// Nothing is done, and the answer says so.
    #[default]
    Refuse,
    /// What is there is taken.
    Reduce,
    /// What is not there becomes a deficit, which later points make up for first.
    Deficit,
}

/// Points that pay for something outside of an order. The wallet's terms hold: minimum, step, maximum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spend {
    /// The wallet; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<Id>,
    /// How many.
    pub points: Points,
    /// What for, in the host's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What happens where they are not there.
    #[serde(default)]
    pub shortfall: Shortfall,
}

/// Points are taken back: those of an operation, first what is still pending, or any.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Revoke {
    /// The wallet; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<Id>,
    /// How many; everything that is left of the operation's points where left out, which then must be named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// The operation that granted them: its lots come first, then any others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Id>,
    /// Why, in the host's words.
    pub reason: String,
    /// What happens where they are not there.
    #[serde(default)]
    pub shortfall: Shortfall,
}

/// Points are set aside for a payment under way; the hold is named as the operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldPoints {
    /// The wallet; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<Id>,
    /// How many.
    pub points: Points,
    /// When the hold ends by itself, later than now; never where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

/// The payment came: held points are spent, the rest of the hold is free again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Capture {
    /// The hold.
    pub hold: Id,
    /// How many; all of them where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
}

/// The payment did not come: held points are free again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// The hold.
    pub hold: Id,
}

/// Points are given to another member; the events of both are made at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// The member who gets them.
    pub to: Box<Member>,
    /// The wallet; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<Id>,
    /// How many.
    pub points: Points,
}

/// Points are exchanged for a reward of the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The reward.
    pub reward: Id,
    /// How many of it; 1 where left out.
    #[serde(default = "one")]
    pub times: u32,
}

fn one() -> u32 {
    1
}

/// Something that points wait for has come: the goods were delivered, the order was confirmed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signal {
    /// The signal.
    pub signal: Id,
    /// The operation whose points wait for it; those of all where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Id>,
}

/// Points can be used longer, by hand; a lot that lives longer already stays as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extend {
    /// The wallet; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<Id>,
    /// The lots; all where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lots: Option<Vec<Id>>,
    /// The new last day, not before today.
    pub to: Day,
}

/// Expired points are brought back, as the wallet's `reinstatement` says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reinstate {
    /// The wallet; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<Id>,
    /// The lots; all that can be brought back where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lots: Option<Vec<Id>>,
}

/// Lots end today, by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expire {
    /// The wallet; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<Id>,
    /// The lots.
    pub lots: Vec<Id>,
}

/// The member joins; the rules on `enrolment` apply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Enrol {
    /// The birthday, where the member tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birthday: Option<Birthday>,
}

/// The member has brought a friend; the rules on `referrer` apply to the member, those on `referred` to the friend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refer {
    /// The friend, whom nobody has brought yet.
    pub friend: Box<Member>,
}

/// Something happened that rules grant points for: a review, a check-in, a survey, points that were bought.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Happening {
    /// What, as rules name it.
    pub name: Id,
    /// The amount of money that awards on amounts count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// The units that awards per unit count; 1 where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<u64>,
    /// How many points of each budget were given already.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub budgets: BTreeMap<Id, Amount>,
}

/// What an action did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Acted {
    /// The operation.
    pub operation: Id,
    /// The events, to be stored and applied, all or none; of both members where two take part.
    pub events: Vec<Event>,
    /// Whether the very same operation was done before: then there is nothing to store.
    pub repeated: bool,
    /// Why nothing was done, where the rules say no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refusal>,
    /// What rules granted for the occasion.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accruals: Vec<Accrual>,
    /// The rules for the occasion that granted nothing, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_earned: Vec<Refused>,
}

/// A no: what was asked for, and why it cannot be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// The field of the request that cannot be met.
    pub path: String,
    /// Why.
    pub reason: Reason,
}
