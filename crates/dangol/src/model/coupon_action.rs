//! What can be done with coupons outside of an order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Member;
use crate::value::{Day, Id, Instant};

/// Coupons are issued to the member by hand, as the offer's `coupon` terms say. The first is named `operation/offer`, the
/// next `operation/offer.2`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueCoupon {
    /// The offer.
    pub offer: Id,
    /// How many: from 1 to 100; 1 where left out.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub count: u32,
    /// The code of the one coupon; none where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How many of this offer were issued to all members before, as the host counts; needed where `limit.total` limits it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<u64>,
}

impl IssueCoupon {
    /// The most coupons that are issued at once.
    pub const MAX_COUNT: u32 = 100;
}

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_one(count: &u32) -> bool {
    *count == 1
}

/// A coupon is taken back, also one that is set aside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevokeCoupon {
    /// The coupon.
    pub coupon: Id,
    /// Why, in the host's words.
    pub reason: String,
}

/// A coupon that is gone comes back as it was: the order that used it was cancelled, or it was taken back by mistake.
///
/// A member remembers the latest 64 coupons that went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RestoreCoupon {
    /// The coupon.
    pub coupon: Id,
    /// A new last day, not before today: needed where its own has gone by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Day>,
}

/// A coupon is set aside for a payment under way; the hold is named as the operation, and a basket that names it uses the
/// coupon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldCoupon {
    /// The coupon.
    pub coupon: Id,
    /// When the hold ends by itself, later than now; never where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

/// The payment did not come: the coupon is free again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseCoupon {
    /// The coupon.
    pub coupon: Id,
}

/// A coupon is given to another member, where its offer's terms say `transferable`; the events of both are made at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveCoupon {
    /// The coupon.
    pub coupon: Id,
    /// The member who gets it, named anew: `operation/offer`.
    pub to: Box<Member>,
}
