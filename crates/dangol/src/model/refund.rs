//! Goods that come back: what is asked, and what is refunded for it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BackSums, Charge, Event, HeldCoupon, Placed, Refusal, TaxSum};
use crate::ledger::{Draw, Lot};
use crate::value::{Amount, Id, Instant, Money, Points, Quantity};

/// What comes back of an order: one word and what it needs, as in `{"goods": {"lines": {"1": 1}}}` or `"cancel"`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Returned {
    /// `{"goods": {"lines": {"1": 2}, "shipping": true}}`: some goods, with or without what was charged beside them.
    Goods(GoodsBack),
    /// Everything that is not back yet, with all charges: the order is not carried out.
    Cancel,
    /// As if the order had never been placed, whatever the program's `returns` keep: it was booked by mistake.
    Void,
    /// The latest return is taken back: the order stands as before it, at its own prices.
    Reopen,
}

/// Which goods come back, and which charges are refunded with them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoodsBack {
    /// How much of which lines, by their ids: more than nothing, at most what is not back yet, and whole units where the
    /// line has whole units.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lines: BTreeMap<Id, Quantity>,
    /// Whether what delivery costs is refunded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shipping: bool,
    /// Whether what else is charged is refunded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fees: bool,
}

impl GoodsBack {
    /// Whether a charge is refunded with the goods.
    pub(crate) fn has(&self, charge: Charge) -> bool {
        match charge {
            Charge::Shipping => self.shipping,
            Charge::Fees => self.fees,
        }
    }
}

/// What a return did: what to give back, what happens to points and coupons, and where every amount comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refund {
    /// The events, to be stored and applied, all or none; also of other members who take part.
    pub events: Vec<Event>,
    /// What is given back and why, to be noted in the order ([`Order::record`](crate::Order::record)). Nothing where it was
    /// refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Box<Return>>,
    /// Whether the very same return was made before: then there is nothing to store or to pay.
    pub repeated: bool,
    /// Why nothing was done, where the rules say no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refusal>,
    /// The sums of the order after it.
    #[serde(default)]
    pub sums: BackSums,
}

/// Goods that come back for others: both halves, and what is to be paid in the end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    /// The return, to be noted in the old order; its events are among those of `placed`.
    pub refund: Refund,
    /// The new order, and the events of both halves. Nothing where the return was refused or made before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placed: Option<Box<Placed>>,
    /// What the customer pays; with a minus what is given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Money>,
}

/// One return of an order, as the order keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Return {
    /// The operation that the host named.
    pub operation: Id,
    /// The first 64 bits of the SHA-256 of what was asked, in hexadecimal digits.
    pub content: Id,
    /// When it was made.
    pub at: Instant,
    /// What was asked.
    pub asked: Returned,
    /// What came back, line by line, in the order of the order's lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<ReturnedLine>,
    /// What the goods are worth that came back: the sum of the lines, or what the order costs less without them.
    pub value: Money,
    /// What of it lost discounts cost, where the program's `returns` quote anew.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub lost_discounts: Money,
    /// The part of the value that points had paid.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub paid_with_points: Money,
    /// What is refunded of delivery.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub shipping: Money,
    /// What is refunded of other charges.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub fees: Money,
    /// What is refunded of taxes that came on top.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub tax_added: Money,
    /// The taxes in what comes back, by rate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taxes: Vec<TaxSum>,
    /// What the rounding of the amount due adds to the refund; it belongs to what comes back last.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub rounding: Money,
    /// What gifts cost that are kept without their offer.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub gifts_charged: Money,
    /// What points cost that were used already.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub points_charged: Money,
    /// What is settled with other returns of the order: with a minus what is taken off now, as it was refunded too much or
    /// could not be taken off before; otherwise what cannot be taken off now, and is left to later returns.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub settled: Money,
    /// What is given back in money; with a minus what the customer pays again, where a return is taken back.
    pub money: Money,
    /// The same by tender, where the basket told how money paid.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tenders: BTreeMap<Id, Money>,
    /// The points that come back, by what they had paid for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<RestoredPoints>,
    /// The points that are taken back, rule by rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken: Vec<TakenBack>,
    /// The offers that no longer count as used, with their coupons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<ReleasedOffer>,
    /// The coupons that the order had issued and that are taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issued: Vec<TakenCoupon>,
    /// What goes back into each budget, in points or money, for the host who counts them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub budgets: BTreeMap<Id, Amount>,
    /// What counts for tiers that is taken out of the member's activity; nothing for a guest.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub spend: Money,
    /// Whether nothing of the goods is left with the customer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
    /// Whether it was taken back since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undone: bool,
}

impl Return {
    /// Whether goods came back by it, and it was not taken back.
    pub(crate) fn stands(&self) -> bool {
        !self.undone && self.asked != Returned::Reopen
    }

    /// Whether a charge is refunded by it.
    pub(crate) fn gives(&self, charge: Charge) -> bool {
        self.asked.goods().is_none_or(|goods| goods.has(charge))
    }
}

impl Returned {
    /// The goods, where only some come back.
    fn goods(&self) -> Option<&GoodsBack> {
        match self {
            Returned::Goods(goods) => Some(goods),
            Returned::Cancel | Returned::Void | Returned::Reopen => None,
        }
    }
}

/// What came back of one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnedLine {
    /// The line.
    pub id: Id,
    /// How much came back.
    pub quantity: Quantity,
    /// How much of the line has come back by now, this return included.
    pub returned: Quantity,
    /// How much was bought.
    pub of: Quantity,
    /// What it cost before offers.
    pub gross: Money,
    /// What it is worth: the line's amount by units, less what was given back for the line before.
    pub value: Money,
    /// The part of that which points had paid.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub paid_with_points: Money,
}

/// Points that come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RestoredPoints {
    /// The wallet.
    pub wallet: Id,
    /// The offer that they were exchanged for; nothing where they paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Id>,
    /// How many.
    pub points: Points,
    /// What they had paid.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub value: Money,
    /// To which lots, without those that end with the return.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<Draw>,
    /// How many of them had ended meanwhile, and end with the return.
    #[serde(default, skip_serializing_if = "Points::is_nothing")]
    pub ended: Points,
}

/// Points that are taken back of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakenBack {
    /// The rule.
    pub rule: Id,
    /// The wallet.
    pub wallet: Id,
    /// How many the order had earned.
    pub granted: Points,
    /// How many of them the customer keeps by right.
    pub kept: Points,
    /// How many are to be taken now.
    pub points: Points,
    /// How many of these had expired unused, or had gone with a tier that was not reached: they are gone already.
    #[serde(default, skip_serializing_if = "Points::is_nothing")]
    pub expired: Points,
    /// How many of these were missing and became a deficit.
    #[serde(default, skip_serializing_if = "Points::is_nothing")]
    pub deficit: Points,
    /// How many of these were missing and are forgiven.
    #[serde(default, skip_serializing_if = "Points::is_nothing")]
    pub forgiven: Points,
    /// How many of these were missing and are taken off the refund.
    #[serde(default, skip_serializing_if = "Points::is_nothing")]
    pub charged: Points,
    /// From which lots, with what was taken of each and the dates that it had.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<Lot>,
    /// The tier that was not reached, where something else than the order had granted them for it: a signal, a review,
    /// another order. What is left of them is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<Id>,
}

/// An offer that no longer counts as used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleasedOffer {
    /// The offer.
    pub offer: Id,
    /// The code that was shown for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The coupon that can be used again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coupon: Option<Box<HeldCoupon>>,
    /// The member who holds it, where that is not the customer; nobody does where it is a printed code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<Id>,
    /// Whether the coupon's last day went by meanwhile, so that it does not come back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ended: bool,
}

/// A coupon that an order had issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakenCoupon {
    /// The coupon.
    pub coupon: Id,
    /// The offer that it is for.
    pub offer: Id,
    /// Whether it was taken back; otherwise it was used or had gone before.
    pub taken: bool,
    /// The coupon, where something else than the order had issued it, for reaching a tier that was not reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Box<HeldCoupon>>,
}
