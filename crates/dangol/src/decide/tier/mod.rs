//! Tiers: where members stand, what lifts them, what reviews find, and what is missing.

mod crossing;
mod days;
mod effects;
mod forget;
mod progress;
mod reading;
mod review;
mod rise;
mod standing;
mod undo;
mod way;

pub(super) use crossing::{Crossed, crossed};
pub(super) use effects::{effects, fallen_from, lifted_by_order};
pub(super) use forget::forget_before;
pub(super) use review::next as next_review;
pub(super) use rise::{Counted, lifts, previews, reaches};
pub(super) use standing::{has, price, ranks, with_floor};
pub(super) use undo::{More, corrected};
