//! Coupons that somebody holds: what they are, and how they end.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Reason;
use crate::value::{Day, Id, Instant};

/// A coupon that was issued: with it an offer that has `coupon` terms applies once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeldCoupon {
    /// Its name: what issued it and the offer, as in `o1/welcome` (an order or operation) or `2026-05-17/birthday` (a day).
    pub id: Id,
    /// The offer that it is for.
    pub offer: Id,
    /// The code by which it can be shown, where it has one; the holder need not show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// When it was issued; what is given away keeps its age.
    pub issued_at: Instant,
    /// The first day on which it can be used; at once where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usable_from: Option<Day>,
    /// The last day on which it can be used, to its end; it never ends where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Day>,
    /// The payment under way that it is set aside for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<CouponHold>,
}

/// A coupon is set aside for a payment under way: only a basket that names the hold can use it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CouponHold {
    /// The hold: the operation that made it.
    pub id: Id,
    /// When it ends by itself; never where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

/// A coupon that is gone, and how it went: what a code is told apart by, and what can be given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PastCoupon {
    /// The coupon as it was.
    pub coupon: HeldCoupon,
    /// How it went.
    pub end: CouponEnd,
    /// The order that used it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Id>,
}

/// How a coupon ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CouponEnd {
    /// It was used in an order.
    Used,
    /// It was taken back.
    Revoked,
    /// Its last day went by.
    Expired,
    /// It was given to another member, or another member used it.
    Sent,
}

impl CouponEnd {
    /// Why a coupon that ended like this can no longer be used; nothing where its last day went by and it had none.
    #[must_use]
    pub fn reason(self, expires_on: Option<Day>) -> Option<Reason> {
        match self {
            CouponEnd::Used => Some(Reason::UsedCoupon),
            CouponEnd::Revoked => Some(Reason::RevokedCoupon),
            CouponEnd::Expired => expires_on.map(|until| Reason::Ended { until }),
            CouponEnd::Sent => Some(Reason::OthersCoupon),
        }
    }
}

/// A coupon whose code was shown, as the host has looked it up: one that nobody holds, or that somebody else holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BearerCoupon {
    /// The coupon, with its code.
    pub coupon: HeldCoupon,
    /// The member who holds it; nobody where left out, as with printed codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<Id>,
    /// The holder's version, for the event that takes it from the holder; needed where somebody else holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder_version: Option<u64>,
    /// How it ended, where it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<CouponEnd>,
}

/// Another member whose coupon an order uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CouponHolder {
    /// The holder.
    pub member: Id,
    /// The holder's version that was quoted.
    pub member_version: u64,
}

/// A coupon that an order issues: named `order/offer` when it is placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IssuedCoupon {
    /// The offer that it is for.
    pub offer: Id,
    /// The first day on which it can be used; at once where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usable_from: Option<Day>,
    /// The last day on which it can be used; it never ends where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Day>,
    /// The tier for whose reaching alone it is issued: it goes where goods come back and the tier was not reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<Id>,
}

impl IssuedCoupon {
    /// The coupon of that name, issued at that instant.
    pub(crate) fn held(&self, id: Id, issued_at: Instant, code: Option<String>) -> HeldCoupon {
        let IssuedCoupon { offer, usable_from, expires_on, .. } = self.clone();
        HeldCoupon { id, offer, code, issued_at, usable_from, expires_on, hold: None }
    }
}
