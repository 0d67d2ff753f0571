//! Households and coupons of others: orders and returns in which several members take part.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is its purpose"
)]

mod returns;
mod sales;
mod shop;
