//! Every public type can be sent, shared, cloned, compared and looked at.

use std::fmt::Debug;

use dangol::wire::{
    AdvanceRequest, ApplyRequest, Events, ExchangeRequest, Exchanged, ExplainRequest, Failure, MergeRequest,
    PlaceRequest, QuoteRequest, RefundRequest, Refunded,
};
use dangol::*;

fn usable<T: Send + Sync + Clone + Debug + PartialEq + 'static>() {}

macro_rules! usable {
    ($($type:ty),+ $(,)?) => {
        /// The names of the types that the list holds.
        const LISTED: &[&str] = &[$(stringify!($type)),+];

        #[test]
        fn public_types_can_be_sent_shared_cloned_compared_and_looked_at() {
            $(usable::<$type>();)+
        }
    };
}

usable! {
    Above, Account, Accrual, AccrualCap, AccrualRule, Accumulated, Acted, Action, ActionDone, ActiveBy,
    Activity, AdvanceRequest, Affordable, After, Age, All, Amount, AmountError, AmountOff, AmountOffEach,
    Anniversary, Any, Applied, ApplyError, ApplyRequest, Arithmetic, AskedRules, Attribute,
    AttributeCondition, AttributeOf, Automatic, Award, Back, BackAccrual, BackCounted, BackRestored, BackSums, BackTaken, BackTaxed,
    Balance, BalanceCondition, Band, BandPart, BandsAward, Basket, BearerCoupon, Because, Before, Benefit,
    Birthday, BirthdayCondition, BirthdayError, BonusPoints, Bought, Budget, BundlePart, BundlePrice,
    BurnOrder, BuyGet, ByEarnDate, CalendarUnit, CapOf, Capture, Carried, CatalogFile, Change, ChannelIn,
    Charge, Choice, Choose, Claim, Clock, Code, CodeShape, CodeShown, Combine, Condition, ConditionsSee,
    Contains, CorrectActivity, Cost, CountPer, Counted, CountedPart, Counting, CouponBalance, CouponChoice,
    CouponEnd, CouponHold, CouponHolder, CouponLimit, CouponTerms, Crossing, Currency, Cut, CutAt, Cutoff,
    Cutoffs, Cycle, CycleError, Dates, Day, DaysAround, Decay, Delivery, DeliveryIn, DiscountPlace,
    DiscountPolicy, DiscountsCount, Done, Dormant, Downgrade, Draw, Each, Earlier, EarliestOf, EarnedFrom,
    EarningBase, EarningLimit, EndOf, EndTier, Enrol, Event, Events, EventsThreshold, EveryTrigger, Except,
    Excess, Exchange, ExchangeRequest, Exchanged, Excludes, Expire, Expiring, ExpiringTrigger, Expiry,
    ExpiryFrom, ExplainRequest, Explanation, Extend, Extension, Failure, FixedAward, FixedPrice, ForEvery,
    FreeGift, Gauge, Gauged, Gift, GiftExpiry, GiveCoupon, GoodsBack, Got, Grant, Happening, HeldCoupon, Hold, HoldCoupon,
    HoldPoints, Hours, Id, IdError, InputError, Instant, IssueCoupon, IssueTrigger, IssuedCoupon, IssuerShare,
    KeptUp, Label, LadderActivity, LadderCount, LadderEarlier, Ladders, Lane, Lang, LangError, Lapsed, LatestOf,
    LeapDay, Liability, Limit, Line, LineDiscount, LineRounding, LineWorth, Location, LostGifts, Lot, LotDays, Member,
    MergeOutcome, MergeRequest, Merged, Missing, Mode, Money, Movement, Multiplier, MultiplyPoints, Near,
    NearOffer, Not, Nothing, Notice, NthWeekday, Occasion, Offer, OfferCombine, OfferCost, OfferScope,
    Offered, OnDay, Operation, Order, OrderKey, OrderNumber, OrderTrigger, OrdersIn, Outcome, Overdrawn,
    Overdue, Overflow, Owed, PastCoupon, PerAmountAward, PerUnitAward, Percent, PercentAward, PercentOff,
    Period, PeriodError, Place, PlaceRequest, Placed, Points, PointsCount, PointsExpiring, PointsRounding,
    PointsThreshold, Pool, PriceForm, PricePer, PricePlace, PriceRange, Problem, Program, ProgramError,
    ProgramFile, ProgramRef, Quantity, Quiet, QuietLadder, Quote, QuoteRequest, QuotedDelivery, QuotedLine, Reason, Reduction,
    Refer, Refund, RefundDone, RefundOrder, RefundRequest, Refunded, Refusal, Refused, Reinstate,
    Reinstatement, Release, ReleaseCoupon, ReleasedOffer, RestoreCoupon, RestoredPoints, RestoredUntil,
    Return, ReturnPolicy, Returned, ReturnedCoupons, ReturnedDiscounts, ReturnedLine, ReturnedPoints, Review,
    Revoke, RevokeCoupon, Reward, RewardPoints, RoundUpAward, Rounding, SegmentBands, SegmentIn, SegmentRule,
    Segments, Selector, Sentence, SetTier, Shortfall, Shown, Signal, SomeOf, Span, Spend, SpendCondition,
    SpendDiscounts, SpendIn, Split, SplitRest, SplitShares, SplitWeights, Standing, StartsFrom, Statement,
    Steps, Stops, StoreIn, Subject, TakenBack, TakenCoupon, TakenPoints, Tally, TallyEntry, TallyKind,
    TaxPlace, TaxPolicy, TaxRate, TaxSum, Tender, TenderCap, TenderIn, TenderRule, TenureAtLeast, Text,
    Threshold, Tier, TierAtLeast, TierCause, TierFloor, TierGoal, TierLadder, TierMeasure, TierPreview,
    TierReview, TierRise, TierStanding, TierWindow, Tiered, TieredBy, TieredStep, Ties, TimeError, Transfer,
    TransferRule, Trial, TryTier, UnitBand, UnitChoice, UnitUse, UnitsPer, Upgrade, UsedMultiplier,
    UsedPoints, Vesting, Waiting, WaitingOrder, Wallet, Weekday, Weekdays, WhenShort, Within, YearlyDay, Zone,
    ZoneError,
}

#[test]
fn the_list_names_every_public_type() {
    let surface = include_str!("../../crates/dangol/src/lib.rs");
    let (mut missing, mut seen) = (Vec::new(), 0);
    for statement in surface.split("pub use ").skip(1).filter_map(|rest| rest.split(';').next()) {
        let names = statement.split("::").last().unwrap_or_default();
        for name in names.split([',', '{', '}', '\n', ' ']).filter(|name| !name.is_empty()) {
            seen += 1;
            if !LISTED.contains(&name) {
                missing.push(name);
            }
        }
    }
    assert!(seen > 90, "lib.rs was not understood: {seen} names");
    assert!(missing.is_empty(), "add {} to the list", missing.join(", "));
}
