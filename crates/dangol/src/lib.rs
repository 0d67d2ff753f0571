#![forbid(unsafe_code)]
#![doc = include_str!("../docs/guide.md")]

mod apply;
mod check;
mod decide;
mod document;
mod error;
mod explain;
mod ledger;
mod model;
mod program;
mod rule;
mod value;
pub mod wire;

/// Longer texts: why it is as it is, and every word of a program.
pub mod docs {
    #[doc = include_str!("../docs/design.md")]
    pub mod design {}
    #[doc = include_str!("../docs/reference.md")]
    pub mod reference {}
}

// In reading order: the program, what goes in, what comes out, what it is made of.
pub use program::{CatalogFile, Ladders, Program, ProgramFile};

pub use model::{
    Activity, Attribute, AttributeOf, Basket, BearerCoupon, Birthday, BirthdayError, CouponChoice, CouponEnd,
    CouponHold, Delivery, Earlier, HeldCoupon, LadderActivity, LadderEarlier, Line, Member, Offered,
    Operation, PastCoupon, Standing, Tally, TallyEntry, TallyKind, TierFloor, TierRise, WaitingOrder,
};

pub use explain::{Explanation, Sentence};
pub use model::{Above, Counted, Cut, CutAt, Cutoff, Cutoffs, Nothing, Ties};
pub use model::{
    Accrual, AccrualCap, Accumulated, Applied, Arithmetic, BandPart, CapOf, Carried, Cost, CouponHolder,
    IssuedCoupon, IssuerShare, LadderCount, LineDiscount, Missing, NearOffer, Overdue, Quote, QuotedDelivery,
    QuotedLine, Reason, Reduction, Refused, Subject, TaxRate, TaxSum, Tender, TenderCap, TierMeasure,
    TierPreview, UnitBand, UsedMultiplier,
};
pub use model::{
    Acted, Action, Capture, Claim, Enrol, Expire, Extend, Grant, Happening, HoldPoints, Refer, Refusal,
    Reinstate, Release, Revoke, Shortfall, Signal, Spend, Transfer,
};
pub use model::{ActionDone, Done, MergeOutcome, Merged, Overdrawn, RefundDone};
pub use model::{
    Affordable, Balance, CouponBalance, Expiring, Liability, Movement, Notice, Owed, Statement, Waiting,
};
pub use model::{
    AskedRules, Back, BackAccrual, BackCounted, BackRestored, BackSums, BackTaken, BackTaxed, Before, Charge,
    CountedPart, Exchange, GoodsBack, KeptUp, LineWorth, Refund, ReleasedOffer, RestoredPoints, Return,
    Returned, ReturnedLine, TakenBack, TakenCoupon,
};
pub use model::{Because, Change, Event, Gift, Order, Placed, Pool, ProgramRef, TierCause};
pub use model::{CorrectActivity, EndTier, SetTier, TierGoal, TierReview, TierStanding, TryTier};
pub use model::{GiveCoupon, HoldCoupon, IssueCoupon, ReleaseCoupon, RestoreCoupon, RevokeCoupon};
pub use model::{
    LostGifts, RefundOrder, RestoredUntil, ReturnPolicy, ReturnedCoupons, ReturnedDiscounts, ReturnedPoints,
    TakenPoints, UsedPoints,
};
pub use model::{SegmentBands, SegmentRule, Segments};

pub use apply::Outcome;
pub use decide::{Gauge, Gauged, Quiet, QuietLadder, Shown};
pub use ledger::{Account, BurnOrder, Draw, Hold, Lapsed, Lot, LotDays};

pub use rule::{
    AccrualRule, Budget, Choose, Combine, ConditionsSee, DiscountPolicy, Except, Excludes, Lane, Limit,
    Multiplier, Offer, OfferCombine, OfferCost, OfferScope, OrderKey, PriceRange, Selector, StartsFrom,
    Stops, UnitUse, Wallet, WhenShort,
};
pub use rule::{ActiveBy, Decay, Extension, GiftExpiry, Reinstatement, TransferRule};
pub use rule::{After, ByEarnDate, EarliestOf, EarnedFrom, EndOf, Expiry, LatestOf, OnDay};
pub use rule::{
    Age, All, Anniversary, Any, AttributeCondition, BalanceCondition, BirthdayCondition, ChannelIn,
    CodeShown, Condition, Contains, Dates, DaysAround, DeliveryIn, Dormant, Hours, Near, Not, NthWeekday,
    OrderNumber, OrdersIn, PointsExpiring, SegmentIn, SpendCondition, SpendDiscounts, SpendIn, StoreIn,
    TenderIn, TenureAtLeast, TierAtLeast, UnitsPer, Weekdays, YearlyDay,
};
pub use rule::{
    AmountOff, AmountOffEach, Benefit, BonusPoints, Bought, BundlePart, BundlePrice, BuyGet, Each,
    FixedPrice, ForEvery, FreeGift, Got, MultiplyPoints, PercentOff, PricePer, Tiered, TieredBy, TieredStep,
};
pub use rule::{Automatic, Excess, TenderRule};
pub use rule::{
    Award, Band, BandsAward, FixedAward, PerAmountAward, PerUnitAward, PercentAward, RoundUpAward,
};
pub use rule::{Choice, CountPer, UnitChoice};
pub use rule::{
    Counting, DiscountsCount, EarningBase, EarningLimit, ExpiryFrom, Occasion, PointsCount, Vesting,
};
pub use rule::{CouponLimit, CouponTerms, EveryTrigger, ExpiringTrigger, IssueTrigger, OrderTrigger};
pub use rule::{
    Crossing, Downgrade, EventsThreshold, PointsThreshold, Review, SomeOf, Threshold, Tier, TierLadder,
    TierWindow, Trial, Upgrade, Within,
};
pub use rule::{PriceForm, TaxPlace, TaxPolicy};
pub use rule::{Reward, RewardPoints};

pub use value::{
    Amount, CalendarUnit, Clock, CodeShape, Currency, Cycle, Day, DiscountPlace, Id, Instant, Label, Lang,
    LeapDay, LineRounding, Location, Mode, Money, Percent, Period, Place, Points, PointsRounding, PricePlace,
    Quantity, Rounding, Span, Split, SplitRest, SplitShares, SplitWeights, Steps, Text, Weekday, Zone,
};
pub use value::{AmountError, CycleError, IdError, LangError, Overflow, PeriodError, TimeError, ZoneError};

pub use error::{ApplyError, Code, InputError, Problem, ProgramError};
