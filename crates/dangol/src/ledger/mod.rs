//! Lots of points and the law of their conservation:
//! granted + deficit = outstanding + spent + expired + revoked + sent.
//!
//! A balance is never a bare number: it is the sum of the lots that count on a day. The ledger knows neither
//! programs nor rules; it is told which lots move.

mod account;
mod lapse;
mod lot;
mod lots;
mod movement;
mod plan;
mod record;

pub use account::Account;
pub use lot::{Draw, Hold, Lapsed, Lot, LotDays};
pub use plan::BurnOrder;

pub(crate) use movement::Gone;
pub(crate) use plan::draw_from;
