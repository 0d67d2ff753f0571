//! The words of a program. Each kind of condition, award, benefit and expiry is one file: what it looks like in the
//! program file, what makes it wrong, and what it means.

mod accrual;
mod award;
mod benefit;
mod bounds;
mod budget;
mod condition;
mod coupon;
mod earning_base;
mod earning_limit;
mod expiry;
mod facts;
mod keeping;
mod lane;
mod matches;
mod multiplier;
mod never;
mod occasion;
mod offer;
mod offer_limit;
mod policy;
mod reward;
mod selector;
mod tax;
mod tender;
mod tier;
mod units;
mod vesting;
mod wallet;
mod window;
mod yearly;

pub use accrual::AccrualRule;
pub use award::{
    Award, Band, BandsAward, FixedAward, PerAmountAward, PerUnitAward, PercentAward, RoundUpAward,
};
pub use benefit::{
    AmountOff, AmountOffEach, Benefit, BonusPoints, Bought, BundlePart, BundlePrice, BuyGet, Each,
    FixedPrice, ForEvery, FreeGift, Got, MultiplyPoints, PercentOff, PricePer, Tiered, TieredBy, TieredStep,
};
pub use budget::{Budget, WhenShort};
pub use condition::{
    Age, All, Anniversary, Any, AttributeCondition, BalanceCondition, BirthdayCondition, ChannelIn,
    CodeShown, Condition, Contains, Dates, DeliveryIn, Dormant, Hours, Near, Not, NthWeekday, OrderNumber,
    OrdersIn, PointsExpiring, SegmentIn, SpendCondition, SpendDiscounts, SpendIn, StoreIn, TenderIn,
    TenureAtLeast, TierAtLeast, UnitsPer, Weekdays,
};
pub use coupon::{CouponLimit, CouponTerms, EveryTrigger, ExpiringTrigger, IssueTrigger, OrderTrigger};
pub use earning_base::{Counting, DiscountsCount, EarningBase, PointsCount};
pub use earning_limit::EarningLimit;
pub use expiry::{After, ByEarnDate, EarliestOf, EarnedFrom, EndOf, Expiry, LatestOf, OnDay};
pub use keeping::{ActiveBy, Decay, Extension, GiftExpiry, Reinstatement, TransferRule};
pub use lane::{Choose, ConditionsSee, Lane, OfferCombine, OrderKey, StartsFrom, UnitUse};
pub use multiplier::{Combine, Multiplier};
pub use occasion::Occasion;
pub use offer::{Excludes, Offer, OfferCost, OfferScope, Stops};
pub use offer_limit::Limit;
pub use policy::DiscountPolicy;
pub use reward::{Reward, RewardPoints};
pub use selector::{Except, PriceRange, Selector};
pub use tax::{PriceForm, TaxPlace, TaxPolicy};
pub use tender::{Automatic, Excess, TenderRule};
pub use tier::{
    Crossing, Downgrade, EventsThreshold, PointsThreshold, Review, SomeOf, Threshold, Tier, TierLadder,
    TierWindow, Trial, Upgrade, Within,
};
pub use units::{Choice, CountPer, UnitChoice};
pub use vesting::{ExpiryFrom, Vesting};
pub use wallet::Wallet;
pub use yearly::{DaysAround, YearlyDay};

pub(crate) use award::Base;
pub(crate) use benefit::{Beside, Desk, Given, Kept, Prices, Rest};
pub(crate) use facts::{Facts, LineFacts};
pub(crate) use matches::{Matches, place_of_bit};
pub(crate) use policy::Terms;
pub(crate) use tax::TaxSet;
pub(crate) use tier::OwnDays;
pub(crate) use units::Stock;
pub(crate) use window::refusal as window_refusal;

use window::check as check_window;
