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
pub use program::{CatalogFile, DiscountPolicy, Program, ProgramFile};

pub use model::{
    Activity, Basket, Birthday, BirthdayError, Line, Member, Offered, Operation, Tally, TallyEntry, TallyKind,
};

pub use explain::{Explanation, Sentence};
pub use model::{
    Accrual, AccrualCap, Accumulated, Applied, Arithmetic, BandPart, CapOf, Carried, Cost, LineDiscount,
    Overdue, Quote, QuotedLine, Reason, Refused, Subject, Tender, TenderCap, TierPreview, UsedMultiplier,
};
pub use model::{Change, Event, Order, Placed, ProgramRef};

pub use apply::Outcome;
pub use ledger::{Account, BurnOrder, Draw, Lot};

pub use rule::{
    AccrualRule, Budget, Choose, Combine, ConditionsSee, Lane, Limit, Offer, OfferCost, PointsRounding,
    Selector, TenderRule, Tier, TierLadder, Wallet,
};
pub use rule::{After, EndOfMonth, Expiry};
pub use rule::{
    All, Any, BirthdayCondition, ChannelIn, Condition, Contains, Hours, Not, OrderNumber, SpendAtLeast,
    TierAtLeast, Weekdays,
};
pub use rule::{AmountOff, Benefit, CheapestFree, PercentOff};
pub use rule::{
    Award, Band, BandsAward, FixedAward, PerAmountAward, PerUnitAward, PercentAward, RoundUpAward,
};
pub use rule::{
    Counting, DiscountsCount, EarningBase, EarningLimit, ExpiryFrom, Multiplier, Occasion, PointsCount,
    Vesting,
};

pub use value::{
    Amount, Clock, Currency, Day, Id, Instant, Lang, Mode, Money, Percent, Period, Place, Points, Quantity,
    Rounding, Span, Split, Steps, Text, Weekday, Zone,
};
pub use value::{AmountError, IdError, LangError, Overflow, PeriodError, TimeError, ZoneError};

pub use error::{ApplyError, Code, InputError, Problem, ProgramError};
