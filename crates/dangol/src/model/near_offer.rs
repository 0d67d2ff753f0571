//! What came close: offers that would apply if only a little more were there.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Id, Money, Points};

/// An offer that one missing amount keeps from applying, and everything else does not.
///
/// Only promotions, offers whose codes were shown and coupons that the member holds are told, and only where conditions
/// look at the basket before offers: what must be left after other offers cannot be promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NearOffer {
    /// The offer.
    pub offer: Id,
    /// What is missing.
    pub missing: Missing,
    /// What it would take off then, were there no other offer; nothing where that depends on what is added.
    #[serde(default)]
    pub worth: Option<Money>,
}

/// What is missing for an offer to apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum Missing {
    /// Goods of more worth in the basket.
    Spend {
        /// What is required.
        required: Money,
        /// How much is missing of that.
        missing: Money,
        /// Whether only certain goods count.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        certain: bool,
    },
    /// More units of what must be in the basket.
    Units {
        /// How many are required.
        required: u64,
        /// How many are missing.
        missing: u64,
    },
    /// More points that the member can use.
    Points {
        /// The wallet.
        wallet: Id,
        /// How many are required.
        required: Points,
        /// How many are missing.
        missing: Points,
    },
    /// More orders before this one.
    Orders {
        /// The number of the first order that counts, or how many orders must have been placed.
        required: u64,
        /// How many orders from this one that is; 1 is the next order.
        missing: u64,
    },
}
