//! Tiers: where members stand, what lifts them, what reviews find, and what is missing.

mod effects;
mod forget;
mod reading;
mod review;
mod rise;
mod standing;

pub(super) use effects::effects;
pub(super) use forget::forget_before;
pub(super) use review::next as next_review;
pub(super) use rise::{lifts, previews, reaches};
pub(super) use standing::ranks;
