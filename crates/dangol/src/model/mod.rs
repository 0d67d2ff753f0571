//! The nouns: member, basket, quote, order and event. Plain data that a host stores and hands back.
//!
//! They hold no rule and know no program; what they mean together is decided in `decide`.

mod accrual;
mod arithmetic;
mod basket;
mod birthday;
mod event;
mod member;
mod order;
mod quote;
mod reason;
mod tally;

pub use accrual::{Accrual, AccrualCap, Accumulated, CapOf, Carried, UsedMultiplier};
pub use arithmetic::{Arithmetic, BandPart};
pub use basket::{Basket, Line, Offered};
pub use birthday::{Birthday, BirthdayError};
pub use event::{Change, Event, ProgramRef};
pub use member::{Activity, Member, Operation};
pub use order::{Order, Placed};
pub use quote::{
    Applied, Cost, LineDiscount, Overdue, Quote, QuotedLine, Refused, Subject, Tender, TenderCap, TierPreview,
};
pub use reason::Reason;
pub use tally::{Tally, TallyEntry, TallyKind};
