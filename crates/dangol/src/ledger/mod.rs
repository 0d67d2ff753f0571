//! Lots of points and the law of their conservation: granted = outstanding + spent + expired.
//!
//! A balance is never a bare number: it is the sum of the lots that count on a day. The ledger knows neither
//! programs nor rules; it is told which lots move.

mod account;
mod lot;
mod record;

pub use account::{Account, BurnOrder};
pub use lot::{Draw, Lot};
