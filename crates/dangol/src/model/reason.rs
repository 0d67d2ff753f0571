//! Why a rule says no, with the numbers that decided it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Attribute, AttributeOf, CapOf};
use crate::value::{Amount, Clock, Day, Id, Money, Period, Points, Quantity, Span, Weekday};

/// Why an offer, an accrual, a code or points did not apply.
///
/// A refusal is an answer, not an error. Where several reasons hold, the first of this order is given: a guest;
/// of a code or coupon, that it is mistyped, unknown, for an offer that is gone, there twice, somebody else's, taken back,
/// used, set aside, not yet valid, expired; the window; how often it was used; the condition; discounts and points used;
/// the lines; tenders; the points that it costs; the budget of an offer, and too few units; no effect; the rule's own
/// limits; a better offer; limits of the wallet; the budget of a rule. With
/// points as tender: more than the balance; fewer than the minimum; more than the maximum; between two steps; then the
/// lowest balance, the lifetime, the basket, the lines, the minimum again for what could be used, and no effect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", rename_all = "snake_case", deny_unknown_fields)]
pub enum Reason {
    /// It is only for members, and the customer is a guest.
    Guest,
    /// No offer of the program has this code, and no condition mentions it.
    UnknownCode,
    /// The code is mistyped: its check sign does not fit to the others.
    MistypedCode,
    /// The member holds no coupon of that name.
    UnknownCoupon,
    /// Another coupon of the same offer counts already: an offer applies once to a basket.
    RepeatedCoupon,
    /// The coupon is somebody else's, and cannot be given away.
    OthersCoupon,
    /// The coupon was taken back.
    RevokedCoupon,
    /// The coupon was used.
    UsedCoupon,
    /// The coupon is set aside for another payment.
    CouponOnHold,
    /// The program no longer has the offer that the coupon is for.
    OfferGone {
        /// The offer.
        offer: Id,
    },
    /// As many coupons of the offer as allowed were issued.
    IssuedUp {
        /// How many may be issued: to the member, or in all.
        limit: u64,
        /// How many were issued.
        issued: u64,
    },
    /// The host did not say how many coupons of the offer were issued in all.
    IssuedUnknown {
        /// The offer.
        offer: Id,
    },
    /// The code was shown, but its offer was shown by another code already.
    RepeatedCode,
    /// It starts later.
    NotYet {
        /// Its first day.
        from: Day,
    },
    /// It has ended.
    Ended {
        /// Its last day.
        until: Day,
    },
    /// The member has used it as often as allowed.
    UsedUp {
        /// The span of the limit; all of the membership where nothing stands here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        per: Option<Span>,
        /// How often it may be used.
        limit: u64,
        /// How often it was used.
        used: u64,
    },
    /// All members together have used it as often as allowed.
    SoldOut {
        /// How often it may be used.
        limit: u64,
        /// How often it was used, as the host counts.
        used: u64,
    },
    /// The host did not say how often all members together have used it.
    UsesUnknown,
    /// The basket is worth less than required.
    SpendTooLow {
        /// What is required.
        required: Money,
        /// What the basket is worth.
        actual: Money,
    },
    /// The basket is worth more than is allowed.
    SpendTooHigh {
        /// The most that it may be worth.
        at_most: Money,
        /// What the basket is worth.
        actual: Money,
    },
    /// The member's tier is below the required one.
    TierTooLow {
        /// The lowest tier that is enough.
        required: Id,
        /// The member's tier, where there is one.
        actual: Option<Id>,
    },
    /// It applies on other days of the week.
    WrongWeekday {
        /// The days on which it applies.
        required: Vec<Weekday>,
        /// Today.
        actual: Weekday,
    },
    /// It applies at other hours.
    WrongHour {
        /// From this time of day.
        from: Clock,
        /// Until, and no longer at, this time of day.
        until: Clock,
        /// The time of day now.
        actual: Clock,
    },
    /// The basket holds too little of what must be in it.
    NotContained {
        /// How many units are required.
        required: u64,
        /// How many there are.
        actual: u64,
    },
    /// The basket holds too much of what may be in it.
    TooManyContained {
        /// How many units are allowed.
        at_most: u64,
        /// How many there are.
        actual: u64,
    },
    /// The order is the wrong one in the member's row of orders.
    WrongOrderNumber {
        /// The first order that counts.
        from: u64,
        /// The last order that counts, where there is one.
        until: Option<u64>,
        /// Which order this is.
        actual: u64,
    },
    /// It is not the member's birthday, its month, or one of the days around it.
    NotBirthday,
    /// The member's birthday is not known.
    UnknownBirthday,
    /// It is not the anniversary of joining, its month, or one of the days around it.
    NotAnniversary,
    /// The member joined too recently.
    TenureTooShort {
        /// How long ago the member must have joined.
        required: Period,
        /// The day on which the member joined.
        joined_on: Day,
    },
    /// The day on which the member joined is not known.
    UnknownJoining,
    /// The member can use too few points, or too many.
    WrongBalance {
        /// The wallet.
        wallet: Id,
        /// The fewest points that are enough, where there is such a bound.
        at_least: Option<Points>,
        /// The most points that are allowed, where there is such a bound.
        at_most: Option<Points>,
        /// What can be used before the order.
        actual: Points,
    },
    /// A code was not shown. Which one is not said: it may be a secret.
    CodeNotShown,
    /// The sale takes place elsewhere.
    WrongChannel {
        /// Where it applies.
        required: Vec<Id>,
        /// Where the sale takes place, where that is said.
        actual: Option<Id>,
    },
    /// Money pays in other ways, or it is not said how.
    WrongTender {
        /// The tenders that are allowed.
        required: Vec<Id>,
        /// How money pays; nothing where the basket does not say.
        actual: Vec<Id>,
    },
    /// The host counts the member among other people.
    WrongSegment {
        /// The segments of which one is enough.
        required: Vec<Id>,
        /// The member's segments.
        actual: Vec<Id>,
    },
    /// What the host says is something else, or it says nothing.
    WrongAttribute {
        /// Whose attribute it is.
        of: AttributeOf,
        /// Its name.
        name: Id,
        /// The values of which one is enough; nothing where it has bounds.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        required: Vec<Attribute>,
        /// The least that it must be, where there is such a bound.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_least: Option<Amount>,
        /// The most that it may be, where there is such a bound.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_most: Option<Amount>,
        /// What it is; of lines, up to ten different values. Nothing where it is not said.
        actual: Vec<Attribute>,
    },
    /// The year of the member's birth is not known.
    UnknownBirthYear,
    /// The member is too young or too old.
    WrongAge {
        /// The youngest, where there is such a bound.
        from: Option<u32>,
        /// The oldest, where there is such a bound.
        to: Option<u32>,
        /// The member's age in full years.
        actual: u32,
    },
    /// It applies on another day of the month.
    WrongNthWeekday {
        /// Which one, counted from the month's end where negative.
        nth: i8,
        /// The day of the week.
        day: Weekday,
        /// Today.
        actual: Day,
    },
    /// The sale takes place in another shop.
    WrongStore {
        /// The shops in which it applies.
        required: Vec<Id>,
        /// The shop, where that is said.
        actual: Option<Id>,
    },
    /// It is not said where on the earth the sale takes place.
    UnknownLocation,
    /// The place is too far away.
    TooFar {
        /// How far it may be, in kilometres.
        within_km: Amount,
        /// How far it is, in kilometres, to the metre.
        actual_km: Amount,
    },
    /// The goods are delivered in other ways, or it is not said how.
    WrongDelivery {
        /// The methods that are allowed.
        required: Vec<Id>,
        /// How they are delivered; nothing where the basket does not say.
        actual: Vec<Id>,
    },
    /// The member has not ordered anything yet.
    NeverOrdered,
    /// The day of the member's latest order is not known.
    UnknownLastOrder,
    /// The member ordered too recently.
    NotDormant {
        /// How long ago the latest order must lie.
        required: Period,
        /// The day of the latest order.
        last_order_on: Day,
    },
    /// The member ordered too rarely, or too often, in the window.
    WrongOrdersIn {
        /// How far back orders count.
        window: Period,
        /// The fewest orders that are enough, where there is such a bound.
        at_least: Option<u64>,
        /// The most orders that are allowed, where there is such a bound.
        at_most: Option<u64>,
        /// How many there are, without the one at hand.
        actual: u64,
    },
    /// The member spent too little, or too much, in the window.
    WrongSpendIn {
        /// How far back orders count.
        window: Period,
        /// The least that is enough, where there is such a bound.
        at_least: Option<Money>,
        /// The most that is allowed, where there is such a bound.
        at_most: Option<Money>,
        /// What was spent, without the order at hand.
        actual: Money,
    },
    /// Too few points are about to end.
    TooFewExpiring {
        /// The wallet.
        wallet: Id,
        /// How soon points must end.
        within: Period,
        /// How many must end by then.
        required: Points,
        /// How many end by then.
        actual: Points,
    },
    /// None of several conditions holds.
    NoneHolds {
        /// Why each of them does not.
        reasons: Vec<Reason>,
    },
    /// A condition holds that must not.
    MustNotHold {
        /// The condition's word.
        condition: String,
    },
    /// The order, or each of its lines that count, is discounted, and only what is not discounted earns.
    DiscountedOrder,
    /// Points pay a part of the order, and only what money pays wholly earns.
    PointsUsed,
    /// No line of the basket is one of those that it applies to.
    NoMatchingLine,
    /// No tender that it counts pays a part of the order, or nothing is said about tenders.
    NoTender {
        /// The tenders that it counts.
        required: Vec<Id>,
    },
    /// There are too few units among the matching lines.
    TooFewUnits {
        /// How many units are required.
        required: u64,
        /// How many there are.
        actual: u64,
    },
    /// None of the articles that it gives is in stock.
    OutOfStock {
        /// The articles.
        skus: Vec<Id>,
    },
    /// It costs more points than the member can use.
    NotEnoughPoints {
        /// The wallet.
        wallet: Id,
        /// What it costs.
        required: Points,
        /// What can be used.
        actual: Points,
    },
    /// It would change nothing: there is nothing left to discount, or the points round to none.
    NoEffect,
    /// Another offer of the same lane, another rule of the same group, or another multiplier, is worth more.
    BetterChoice {
        /// What was chosen instead.
        chosen: Vec<Id>,
        /// How much more that takes off than this one would have taken off alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Money>,
    },
    /// Another offer took effect that it may not stand beside: one of its group, one that excludes it, or one that stops
    /// what comes after it.
    Excluded {
        /// Which.
        by: Id,
    },
    /// The limit was reached before: nothing is left of it.
    LimitReached {
        /// Whose limit it is.
        of: CapOf,
        /// The span of the limit; a budget has none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        per: Option<Span>,
        /// How many points it allows.
        limit: Points,
        /// How many were granted before.
        used: Points,
    },
    /// It was granted as often as allowed in the span.
    TimesReached {
        /// The span of the limit.
        per: Span,
        /// How often it may be granted.
        limit: u64,
        /// How often it was granted.
        used: u64,
    },
    /// The host did not say how much of the budget is used.
    BudgetUnknown {
        /// The budget.
        budget: Id,
    },
    /// Nothing is left of the budget of money.
    BudgetUsedUp {
        /// The budget.
        budget: Id,
        /// How much it allows.
        limit: Money,
        /// How much was given before, earlier offers of the order included.
        used: Money,
    },
    /// Less is left of the budget than would be taken off, and the budget is not for parts.
    BudgetTooSmall {
        /// The budget.
        budget: Id,
        /// What would be taken off.
        required: Money,
        /// What is left.
        left: Money,
    },
    /// Fewer points are offered than may be used at once, or fewer could be used.
    BelowMinimum {
        /// The fewest points that may be used.
        required: Points,
        /// What was offered, or else what balance, steps, maximum and basket allow.
        actual: Points,
        /// How many points the member can use, where the number is not what was offered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        usable: Option<Points>,
    },
    /// More points are offered than may be used at once.
    AboveMaximum {
        /// The most points that may be used.
        maximum: Points,
        /// What was offered.
        actual: Points,
    },
    /// The balance is too low to use points at all, or for what was offered.
    BalanceTooLow {
        /// The lowest balance from which points can be used.
        required: Points,
        /// What can be used.
        actual: Points,
    },
    /// The member was granted too few points so far to use any.
    LifetimeTooLow {
        /// The points that must have been granted.
        required: Points,
        /// The points that were ever granted.
        actual: Points,
    },
    /// The points offered are not a multiple of the step.
    OffStep {
        /// The step.
        step: Points,
        /// What was offered.
        actual: Points,
    },
    /// There is nothing left of what was named.
    NothingLeft,
    /// Gifts must come back whose offer would not apply to the goods that are kept.
    GiftsKept {
        /// How much of which lines.
        gifts: BTreeMap<Id, Quantity>,
    },
    /// More was asked for than can be had at once.
    TooMany {
        /// The most that can be had.
        limit: u64,
        /// What was asked for.
        actual: u64,
    },
    /// Points of this wallet, or this coupon, cannot be given to others.
    NotTransferable,
    /// Expired points of this wallet cannot be brought back.
    NotReinstatable,
    /// The member has joined already.
    AlreadyEnrolled {
        /// When.
        on: Day,
    },
    /// Somebody brought the friend already.
    AlreadyReferred {
        /// Who.
        by: Id,
    },
    /// The program has no such wallet, or points of it do not pay.
    NotRedeemable,
    /// The member has that tier already, or a higher one.
    TierHeld {
        /// The tier.
        tier: Id,
    },
}
