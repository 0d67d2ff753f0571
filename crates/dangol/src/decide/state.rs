//! What the offers so far left of a basket, and what they bar.

use std::cmp::Reverse;

use crate::rule::{Prices, Rest};
use crate::value::Overflow;

/// What a combination is compared by: what it takes off, then fewer coupons, then fewer offers.
pub(super) type Worth = (i64, Reverse<usize>, Reverse<usize>);

/// What the offers so far left, and what they bar.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    pub(super) rest: Rest,
    /// What they took off, in minor units.
    pub(super) taken: i64,
    /// How many of them are used up by it.
    pub(super) coupons: usize,
    /// What is left of each budget, where any is of money.
    pub(super) budgets: Vec<i64>,
    /// The offers that took effect: lane and number.
    pub(super) path: Vec<(usize, usize)>,
    /// The prices that the running lane computes with, where those are not what is left.
    pub(super) base: Option<Prices>,
    /// Lines on which nothing more is taken.
    pub(super) closed: Vec<usize>,
    /// The offer after which the running lane, or everything, stops.
    pub(super) lane_stopped: Option<(usize, usize)>,
    pub(super) all_stopped: Option<(usize, usize)>,
}

impl State {
    pub(super) fn new(rest: Rest, budgets: Vec<i64>) -> State {
        State { rest, budgets, ..State::default() }
    }

    /// Becomes a copy of another, in the room that it has.
    pub(super) fn become_copy(&mut self, other: &State) {
        self.rest.become_copy(&other.rest);
        (self.taken, self.coupons) = (other.taken, other.coupons);
        self.budgets.clone_from(&other.budgets);
        self.path.clone_from(&other.path);
        self.base.clone_from(&other.base);
        self.closed.clone_from(&other.closed);
        (self.lane_stopped, self.all_stopped) = (other.lane_stopped, other.all_stopped);
    }

    /// What it is compared by.
    pub(super) fn worth(&self) -> Worth {
        (self.taken, Reverse(self.coupons), Reverse(self.path.len()))
    }

    /// What it would be compared by with one offer more.
    pub(super) fn worth_with(&self, taken: i64, is_coupon: bool) -> Result<Worth, Overflow> {
        let taken = self.taken.checked_add(taken).ok_or(Overflow)?;
        let coupons = self.coupons.saturating_add(usize::from(is_coupon));
        Ok((taken, Reverse(coupons), Reverse(self.path.len().saturating_add(1))))
    }

    /// Whether an offer of that lane took effect.
    pub(super) fn used(&self, lane: usize) -> bool {
        self.path.iter().any(|(used, _)| *used == lane)
    }

    pub(super) fn leave(&mut self) {
        self.rest.end_lane();
        self.base = None;
        self.lane_stopped = None;
    }
}
