//! The words of a program. Each kind of condition, award, benefit and expiry is one file: what it looks like in the
//! program file, what makes it wrong, and what it means.

mod accrual;
mod award;
mod benefit;
mod condition;
mod expiry;
mod facts;
mod keeping;
mod lane;
mod occasion;
mod offer;
mod reward;
mod selector;
mod tender;
mod tier;
mod wallet;
mod window;

pub use accrual::AccrualRule;
pub use award::{Award, FixedAward, PerAmountAward, PerUnitAward, PercentAward};
pub use benefit::{AmountOff, Benefit, CheapestFree, PercentOff};
pub use condition::{
    All, Anniversary, Any, BalanceCondition, BirthdayCondition, ChannelIn, CodeShown, Condition, Contains,
    Hours, Not, OrderNumber, SpendAtLeast, TenderIn, TenureAtLeast, TierAtLeast, Weekdays,
};
pub use expiry::{After, ByEarnDate, EarliestOf, EarnedFrom, EndOf, Expiry, LatestOf, OnDay};
pub use keeping::{ActiveBy, Decay, Extension, GiftExpiry, Reinstatement, TransferRule};
pub use lane::{Choose, ConditionsSee, Lane};
pub use occasion::{DaysAround, Occasion};
pub use offer::{Limit, Offer, OfferCost};
pub use reward::{Reward, RewardPoints};
pub use selector::{Except, Selector};
pub use tender::{Automatic, Excess, TenderRule};
pub use tier::{Tier, TierLadder};
pub use wallet::{PointsRounding, Wallet};

pub(crate) use award::{Base, Granting};
pub(crate) use benefit::{Given, Part, Rest};
pub(crate) use facts::{Facts, LineFacts};
pub(crate) use window::refusal as window_refusal;
