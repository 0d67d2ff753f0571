//! What a program says about goods that come back. An order carries it, so that a program that changes later changes nothing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::Period;

/// What happens to money, points and coupons when goods come back.
///
/// Left out, each line is worth what was paid for it, points that were earned with it are taken back and those that paid
/// for it come back with their old last day, and coupons can be used again once the whole order is back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnPolicy {
    /// What goods are worth that come back, where offers had reduced the order; `keep` where left out.
    #[serde(default, skip_serializing_if = "ReturnedDiscounts::is_default")]
    pub discounts: ReturnedDiscounts,
    /// What becomes of gifts whose offer would not apply to the goods that are kept; `keep` where left out.
    #[serde(default, skip_serializing_if = "LostGifts::is_default")]
    pub gifts: LostGifts,
    /// In which order points and money come back, where both paid; `proportional` where left out.
    #[serde(default, skip_serializing_if = "RefundOrder::is_default")]
    pub refund: RefundOrder,
    /// Whether points that paid come back; `with_goods` where left out.
    #[serde(default, skip_serializing_if = "ReturnedPoints::is_default")]
    pub spent: ReturnedPoints,
    /// Until when points can be used that come back; `original`, their old last day, where left out.
    #[serde(default, skip_serializing_if = "RestoredUntil::is_default")]
    pub restored: RestoredUntil,
    /// How many of the points are taken back that the order earned; `beyond_kept` where left out.
    #[serde(default, skip_serializing_if = "TakenPoints::is_default")]
    pub earned: TakenPoints,
    /// What happens where points to be taken back were used already; `deficit` where left out.
    #[serde(default, skip_serializing_if = "UsedPoints::is_default")]
    pub used: UsedPoints,
    /// When offers and their coupons can be used again, and count against no limit; `whole_order` where left out.
    #[serde(default, skip_serializing_if = "ReturnedCoupons::is_default")]
    pub coupons: ReturnedCoupons,
}

/// What goods are worth that come back, where offers had reduced the order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReturnedDiscounts {
    /// What was paid for the line, in proportion to its units; the last unit takes the remainder.
    #[default]
    Keep,
    /// As with `keep`, but what an offer took off is first spread anew over all lines that it looked at, those that it
    /// only counted included, by what they cost before (Macy's, IBM Order Management).
    Spread,
    /// What the order costs less when only the goods that are kept are quoted, with the order's own program, member and
    /// day: thresholds that are no longer reached cost the discount. Never less than nothing.
    Requote,
}

/// What becomes of gifts whose offer would not apply to the goods that are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LostGifts {
    /// They are kept.
    #[default]
    Keep,
    /// What they would cost is taken off the refund, unless they come back, too.
    Charge,
    /// They must come back: otherwise nothing is refunded, and the answer says so.
    MustReturn,
}

/// In which order points and money come back, where both paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RefundOrder {
    /// Each line gives back what paid for it.
    #[default]
    Proportional,
    /// Points first, then money.
    PointsFirst,
    /// Money first, then points.
    MoneyFirst,
}

/// Whether points that paid come back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReturnedPoints {
    /// With the goods that they paid for (Ouidad).
    #[default]
    WithGoods,
    /// Once the whole order is back (RVCA).
    WholeOrder,
    /// Never (The Body Shop). An order that is voided gives them back all the same.
    Never,
}

/// Until when points can be used that come back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RestoredUntil {
    /// To the last day that they had; what has ended meanwhile ends at once.
    #[default]
    Original,
    /// `{"if_ended": "30 days"}`: to the last day that they had, and what has ended meanwhile for so long from the return.
    IfEnded(Period),
    /// `{"anew": "1 year"}`: for so long from the return, whatever they had (a new issue).
    Anew(Period),
}

/// How many of the points are taken back that an order earned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TakenPoints {
    /// What goes beyond the points that the goods that are kept would have earned at the order's own rates. Fixed points
    /// stay until nothing is kept of what they were granted for.
    #[default]
    BeyondKept,
    /// The points that the goods would have earned by themselves, at most those that were granted (Capillary).
    OfGoods,
    /// What goes beyond the points that the kept goods earn when they are quoted with the order's own program: fixed points
    /// go where their condition no longer holds.
    Requote,
    /// None, unless the order is voided.
    None,
}

/// What happens where points to be taken back were used already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UsedPoints {
    /// Others of the wallet are taken, and what is missing becomes a deficit, which later points make up for first.
    #[default]
    Deficit,
    /// Others of the wallet are taken, and what is missing is forgiven.
    Forgive,
    /// Others of the wallet are taken, and what is missing is taken off the refund at what it pays for; what that does not
    /// cover becomes a deficit.
    Charge,
}

/// When offers and their coupons can be used again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReturnedCoupons {
    /// Once the whole order is back.
    #[default]
    WholeOrder,
    /// As soon as any goods come back.
    Always,
    /// Never. An order that is voided gives them back all the same.
    Never,
}

impl ReturnPolicy {
    /// Whether it says nothing else than what holds where it is left out.
    pub(crate) fn is_default(&self) -> bool {
        *self == ReturnPolicy::default()
    }

    /// Whether a return asks the rules of the order's program again.
    pub(crate) fn asks_rules(&self) -> bool {
        self.discounts == ReturnedDiscounts::Requote
            || self.gifts != LostGifts::Keep
            || self.earned == TakenPoints::Requote
    }
}

/// Words that are left out where they say what holds anyway.
macro_rules! left_out_by_default {
    ($($name:ident),*) => {
        $(impl $name {
            fn is_default(&self) -> bool {
                *self == $name::default()
            }
        })*
    };
}

left_out_by_default!(
    ReturnedDiscounts,
    LostGifts,
    RefundOrder,
    ReturnedPoints,
    RestoredUntil,
    TakenPoints,
    UsedPoints,
    ReturnedCoupons
);
