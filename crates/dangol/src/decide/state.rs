//! What the offers so far left of a basket, and what they bar.

use crate::rule::{Prices, Rest};

/// What the offers so far left, and what they bar.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) rest: Rest,
    /// What they took off, in minor units.
    pub(super) taken: i64,
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
        State {
            rest,
            taken: 0,
            budgets,
            path: Vec::new(),
            base: None,
            closed: Vec::new(),
            lane_stopped: None,
            all_stopped: None,
        }
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
