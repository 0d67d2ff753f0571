//! The nouns: member, basket, quote, order and event. Plain data that a host stores and hands back.
//!
//! They hold no rule and know no program; what they mean together is decided in `decide`.

mod accrual;
mod action;
mod activity;
mod arithmetic;
mod attribute;
mod back;
mod basket;
mod because;
mod before;
mod birthday;
mod change;
mod counted;
mod coupon;
mod coupon_action;
mod coupon_choice;
mod cut;
mod delivery;
mod event;
mod member;
mod merge;
mod moved;
mod near_offer;
mod order;
mod pool;
mod quote;
mod quoted_line;
mod reason;
mod refund;
mod report;
mod return_policy;
mod segments;
mod tally;
mod tax;
mod tender;
mod tier;
mod tier_action;
mod tier_report;

pub use accrual::{Accrual, AccrualCap, Accumulated, CapOf, Carried, UsedMultiplier};
pub use action::{
    Acted, Action, Capture, Claim, Enrol, Expire, Extend, Grant, Happening, HoldPoints, Refer, Refusal,
    Reinstate, Release, Revoke, Shortfall, Signal, Spend, Transfer,
};
pub use activity::{Activity, Earlier, LadderActivity, LadderEarlier, WaitingOrder};
pub use arithmetic::{Arithmetic, BandPart, Reduction, UnitBand};
pub use attribute::{Attribute, AttributeOf};
pub use back::{Back, BackAccrual, BackCounted, BackRestored, BackSums, BackTaken, BackTaxed};
pub(crate) use back::{portion, share};
pub use basket::{Basket, Line, Offered};
pub use because::{Because, Gift};
pub use before::{AskedRules, Before, KeptUp};
pub use birthday::{Birthday, BirthdayError};
pub use change::Change;
pub use counted::{Charge, CountedPart};
pub use coupon::{BearerCoupon, CouponEnd, CouponHold, CouponHolder, HeldCoupon, IssuedCoupon, PastCoupon};
pub use coupon_action::{GiveCoupon, HoldCoupon, IssueCoupon, ReleaseCoupon, RestoreCoupon, RevokeCoupon};
pub use coupon_choice::CouponChoice;
pub use cut::{Above, Counted, Cut, CutAt, Cutoff, Cutoffs, Nothing, Ties};
pub use delivery::Delivery;
pub use event::{Event, ProgramRef};
pub use member::{Member, Operation};
pub use merge::{ActionDone, Done, MergeOutcome, Merged, Overdrawn, RefundDone};
pub use near_offer::{Missing, NearOffer};
pub use order::{Order, Placed};
pub use pool::Pool;
pub use quote::{Applied, Cost, Overdue, Quote, Refused, Subject};
pub use quoted_line::{LineDiscount, LineWorth, QuotedDelivery, QuotedLine};
pub use reason::Reason;
pub use refund::{
    Exchange, GoodsBack, Refund, ReleasedOffer, RestoredPoints, Return, Returned, ReturnedLine, TakenBack,
    TakenCoupon,
};
pub use report::{
    Affordable, Balance, CouponBalance, Expiring, Liability, Movement, Notice, Owed, Statement, Waiting,
};
pub use return_policy::{
    LostGifts, RefundOrder, RestoredUntil, ReturnPolicy, ReturnedCoupons, ReturnedDiscounts, ReturnedPoints,
    TakenPoints, UsedPoints,
};
pub use segments::{SegmentBands, SegmentRule, Segments};
pub use tally::{Tally, TallyEntry, TallyKind};
pub use tax::{TaxRate, TaxSum};
pub use tender::{IssuerShare, Tender, TenderCap};
pub use tier::{LadderCount, Standing, TierCause, TierFloor, TierMeasure, TierPreview, TierRise};
pub use tier_action::{CorrectActivity, EndTier, SetTier, TryTier};
pub use tier_report::{TierGoal, TierReview, TierStanding};
