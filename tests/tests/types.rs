//! Every public type can be sent, shared, cloned, compared and looked at.

use std::fmt::Debug;

use dangol::wire::{
    AdvanceRequest, ApplyRequest, Events, ExplainRequest, Failure, PlaceRequest, QuoteRequest,
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

usable![
    Account,
    AccrualCap,
    AccrualRule,
    Accrual,
    Accumulated,
    Activity,
    After,
    All,
    AmountError,
    Amount,
    AmountOff,
    Any,
    Applied,
    ApplyError,
    Arithmetic,
    Award,
    Band,
    BandPart,
    BandsAward,
    Basket,
    Benefit,
    BirthdayCondition,
    BirthdayError,
    Birthday,
    Budget,
    BurnOrder,
    CapOf,
    Carried,
    CatalogFile,
    Change,
    ChannelIn,
    CheapestFree,
    Choose,
    Clock,
    Code,
    Combine,
    Condition,
    ConditionsSee,
    Contains,
    Cost,
    Counting,
    Currency,
    Day,
    DiscountPolicy,
    DiscountsCount,
    Draw,
    EarningBase,
    EarningLimit,
    EndOfMonth,
    Event,
    Expiry,
    ExpiryFrom,
    Explanation,
    FixedAward,
    Hours,
    IdError,
    Id,
    InputError,
    Instant,
    LangError,
    Lang,
    Lane,
    Limit,
    LineDiscount,
    Line,
    Lot,
    Member,
    Mode,
    Money,
    Multiplier,
    Not,
    Occasion,
    OfferCost,
    Offer,
    Offered,
    Operation,
    Order,
    OrderNumber,
    Outcome,
    Overdue,
    Overflow,
    PerAmountAward,
    PerUnitAward,
    PercentAward,
    PercentOff,
    Percent,
    PeriodError,
    Period,
    Place,
    Placed,
    PointsCount,
    PointsRounding,
    Points,
    Problem,
    ProgramError,
    ProgramFile,
    ProgramRef,
    Program,
    Quantity,
    QuotedLine,
    Quote,
    Reason,
    Refused,
    RoundUpAward,
    Rounding,
    Selector,
    Sentence,
    Span,
    SpendAtLeast,
    Split,
    Steps,
    Subject,
    Tally,
    TallyEntry,
    TallyKind,
    TenderCap,
    TenderRule,
    Tender,
    Text,
    TierAtLeast,
    TierLadder,
    TierPreview,
    Tier,
    TimeError,
    UsedMultiplier,
    Vesting,
    Wallet,
    Weekday,
    Weekdays,
    ZoneError,
    Zone,
    AdvanceRequest,
    ApplyRequest,
    Events,
    ExplainRequest,
    Failure,
    PlaceRequest,
    QuoteRequest,
];

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
