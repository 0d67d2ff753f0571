//! The answer to a basket: what it costs, what it earns, and why.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Accrual, Arithmetic, Basket, CapOf, Carried, Change, Charge, CouponHolder, HeldCoupon, IssuedCoupon,
    Member, NearOffer, Pool, ProgramRef, QuotedDelivery, QuotedLine, Reason, ReturnPolicy, TallyEntry,
    TaxSum, Tender, TierPreview,
};
use crate::ledger::{Draw, Lot};
use crate::value::{Currency, Day, Id, Instant, Label, Money, Points};

/// What a basket costs and earns, line by line, with the reason of every rule that applied and of every one that did not.
///
/// What the cart shows and what the order books are the same quote: [`Quote::place`] only names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The program that decided.
    pub program: ProgramRef,
    /// The member.
    pub member: Id,
    /// The member's version that was quoted.
    pub member_version: u64,
    /// Whether it is nobody who is known: booking makes no events then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub guest: bool,
    /// The instant that was quoted.
    pub at: Instant,
    /// The civil day of that instant in the program's zone.
    pub on: Day,
    /// The currency of every amount of money.
    pub currency: Currency,
    /// The lines, in the order of the basket; then what offers add, in the order in which they took effect.
    pub lines: Vec<QuotedLine>,
    /// The sum of the lines before anything, in the form that the program's `tax` says.
    pub gross: Money,
    /// What all offers take off the goods.
    pub discount: Money,
    /// What is left of that: gross less discount.
    pub net: Money,
    /// What points pay.
    pub paid_with_points: Money,
    /// What delivery costs after offers.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub shipping: Money,
    /// What offers take off delivery.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub shipping_discount: Money,
    /// What is charged for delivery, each way of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deliveries: Vec<QuotedDelivery>,
    /// What else is charged.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub fees: Money,
    /// What comes to each tax rate after all discounts, lowest rate first; none where no line has `taxes`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taxes: Vec<TaxSum>,
    /// The taxes that no amount contains: they come on top of what is due, and points do not pay them.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub tax_added: Money,
    /// What rounding adds to what is due in all (the program's `due_rounding`); negative where it takes off.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub rounding: Money,
    /// What is left to pay: net, less what points pay, with delivery, fees, added tax and rounding.
    pub due: Money,
    /// The offers that took effect, in the order in which they did.
    pub applied: Vec<Applied>,
    /// What points of each wallet pay, or could pay.
    pub tenders: Vec<Tender>,
    /// The rules that grant points.
    pub accruals: Vec<Accrual>,
    /// What rules counted without granting points, to be carried on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carried: Vec<Carried>,
    /// The coupons that the order issues.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issued: Vec<IssuedCoupon>,
    /// The points that the order earns, by wallet, also those that cannot be used yet.
    pub earned: BTreeMap<Id, Points>,
    /// What can be used of each wallet after the order.
    pub balances: BTreeMap<Id, Points>,
    /// What did not apply, and why.
    pub refused: Vec<Refused>,
    /// The offers that come closest to applying, the closest first: at most [`Quote::MAX_NEAR`].
    #[serde(default)]
    pub near: Vec<NearOffer>,
    /// Where the member stands on each ladder; a guest stands on none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<TierPreview>,
    /// Whether the combination of offers is proved to be the best one; otherwise it is the best one found.
    pub optimal: bool,
    /// Where that is not proved: the most that any combination could take off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount_bound: Option<Money>,
    /// What the passing of time changes before the order: expiry and tier reviews that were not written yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overdue: Vec<Overdue>,
    /// Activity before this day no longer matters to any rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forget_before: Option<Day>,
    /// How many of the earned points make up for a deficit, by wallet.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub absorbed: BTreeMap<Id, Points>,
    /// The household whose points were used, where the member has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<Pool>,
    /// The points that can be used longer because of this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extended: Vec<Change>,
    /// What happens when goods come back, as the program said.
    #[serde(default, skip_serializing_if = "ReturnPolicy::is_default")]
    pub returns: ReturnPolicy,
    /// What a return needs in order to come back to the state before the order.
    #[serde(default, skip_serializing_if = "Before::is_nothing")]
    pub before: Before,
    /// How money pays: the amount of each tender, as the basket said it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub paid_by: BTreeMap<Id, Money>,
    /// What a return asks the rules again with, where the program's `returns` say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<Box<AskedRules>>,
}

/// What a return needs in order to come back to the state before an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Before {
    /// The day of the member's latest order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_order_on: Option<Day>,
    /// The lots that points are taken from, by wallet, with what is taken of each and the dates that they have.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lots: BTreeMap<Id, Vec<Lot>>,
    /// What one point pays, by wallet, where points that were used already are taken off refunds.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub worth: BTreeMap<Id, Money>,
}

impl Before {
    pub(crate) fn is_nothing(&self) -> bool {
        *self == Before::default()
    }
}

/// What an order was quoted with, so that the goods that are kept can be quoted once more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedRules {
    /// The program file, as JSON: its hash must be the one that the quote names.
    pub program: String,
    /// The member before the order, with the accounts of the household where there is one.
    pub member: Member,
    /// The basket.
    pub basket: Basket,
}

impl Quote {
    /// The most offers that a quote tells to have come close.
    pub const MAX_NEAR: usize = 3;

    /// What is charged beside the goods.
    pub(crate) fn charge(&self, charge: Charge) -> Money {
        match charge {
            Charge::Shipping => self.shipping,
            Charge::Fees => self.fees,
        }
    }
}

/// An offer that took effect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Applied {
    /// The offer.
    pub offer: Id,
    /// Its lane.
    pub lane: Id,
    /// The code that was shown for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The coupon that is used for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coupon: Option<Box<HeldCoupon>>,
    /// The other member who holds the coupon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<CouponHolder>,
    /// What it takes off in all.
    pub discount: Money,
    /// How that was computed.
    pub how: Arithmetic,
    /// How many units it reduces, where it chooses units, or gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<u64>,
    /// What rounding took from what it would be exactly, before any cap; less than nothing where it gave more. Only of
    /// percentages, and only where it is not nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost_to_rounding: Option<Money>,
    /// What it would have taken off without the cap that cut it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capped: Option<Money>,
    /// Which cap that was: its own, or its budget's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capped_by: Option<CapOf>,
    /// The points that it costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// Whether its use is counted against a limit or a budget.
    #[serde(default)]
    pub counted: bool,
    /// The tallies of the member that its use is added to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tallies: Vec<TallyEntry>,
    /// The budget that it is given out of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Id>,
}

/// The points that an offer costs, and the lots that they come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// The wallet.
    pub wallet: Id,
    /// How many points.
    pub points: Points,
    /// From which lots.
    pub lots: Vec<Draw>,
}

/// Something that did not apply, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// What it is.
    pub what: Subject,
    /// Which one: the id of an offer, coupon, rule or wallet, or the code that was shown.
    pub id: Label,
    /// Why.
    pub reason: Reason,
}

/// What can be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A code that was shown.
    Code,
    /// An offer.
    Offer,
    /// A coupon that the member holds.
    Coupon,
    /// Points as tender.
    Wallet,
    /// A rule that grants points.
    Accrual,
    /// A multiplier of points.
    Multiplier,
}

/// A change that the passing of time made before the order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Overdue {
    /// When it took effect.
    pub at: Instant,
    /// What changed.
    pub change: Change,
}
