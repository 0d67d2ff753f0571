//! The nouns: member, basket, quote, order and event. Plain data that a host stores and hands back.
//!
//! They hold no rule and know no program; what they mean together is decided in `decide`.

mod basket;
mod birthday;
mod event;
mod member;
mod order;
mod quote;
mod reason;
mod tender;

pub use basket::{Basket, Line, Offered};
pub use birthday::{Birthday, BirthdayError};
pub use event::{Change, Event, ProgramRef};
pub use member::{Activity, Member, Operation};
pub use order::{Order, Placed};
pub use quote::{
    Accrual, Applied, Arithmetic, Cost, LineDiscount, Overdue, Quote, QuotedLine, Refused, Subject,
    TierPreview,
};
pub use reason::Reason;
pub use tender::{IssuerShare, Tender, TenderCap};
