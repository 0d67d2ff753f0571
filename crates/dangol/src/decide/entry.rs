//! A lane that chooses the best, as one branch of the search finds it, and the most that it can come to.

use std::cmp::Reverse;

use crate::rule::Desk;
use crate::value::{Id, Overflow};

use super::lane::Field;
use super::state::State;

/// A lane that chooses the best, as one branch finds it.
pub(super) struct Entry {
    pub(super) lane: usize,
    pub(super) at_most: usize,
    /// Whether every order of its offers is tried.
    pub(super) any_order: bool,
    /// Whether no later lane has candidates.
    pub(super) last: bool,
    /// The candidates that may take effect at all, with the most that each can take.
    pub(super) bounds: Vec<Option<i64>>,
    /// For each candidate and each number of offers, the most that so many of those after it can take.
    pub(super) follow: Vec<Vec<i64>>,
}

impl Field<'_, '_> {
    /// For each place and number of offers, the most that so many of those from there on can take: one of each group.
    pub(super) fn follow(
        &self,
        lane: usize,
        bounds: &[Option<i64>],
        at_most: usize,
        any_order: bool,
    ) -> Vec<Vec<i64>> {
        let mut follow = vec![vec![0_i64; at_most.saturating_add(1)]];
        // The best of each group so far; an offer without a group stands for itself.
        let mut best: Vec<(Option<&Id>, i64)> = Vec::new();
        for (number, bound) in bounds.iter().enumerate().rev() {
            if let (Some(bound), Some(candidate)) = (bound, self.candidate((lane, number))) {
                let group = candidate.offer.group.as_ref();
                match best.iter_mut().find(|(known, _)| group.is_some() && *known == group) {
                    Some((_, known)) => *known = (*known).max(*bound),
                    None => best.push((group, *bound)),
                }
                best.sort_by_key(|(_, bound)| Reverse(*bound));
            }
            let mut sums = vec![0_i64];
            for place in 0..at_most {
                let more = best.get(place).map_or(0, |(_, bound)| *bound);
                sums.push(sums.last().copied().unwrap_or(0).saturating_add(more));
            }
            follow.push(sums);
        }
        follow.reverse();
        if any_order {
            // Those before it can follow too.
            let all = follow.first().cloned().unwrap_or_default();
            follow.iter_mut().for_each(|sums| sums.clone_from(&all));
        }
        follow
    }

    /// What the offers take that take the most alone, as far as they go together.
    pub(super) fn quick(&self, entry: &Entry, state: &State, desk: &mut Desk) -> Result<i64, Overflow> {
        let mut order: Vec<(i64, usize)> =
            entry.bounds.iter().enumerate().filter_map(|(n, b)| Some(((*b)?, n))).collect();
        order.sort_by_key(|(bound, number)| (Reverse(*bound), *number));
        let mut chosen: Vec<usize> = Vec::new();
        let exclusive = |field: &Field<'_, '_>, number: usize| {
            field.candidate((entry.lane, number)).is_some_and(|candidate| candidate.offer.exclusive)
        };
        for (_, number) in order {
            if chosen.len() == entry.at_most || (!chosen.is_empty() && exclusive(self, number)) {
                continue;
            }
            if chosen.iter().all(|other| !self.clash((entry.lane, number), (entry.lane, *other))) {
                chosen.push(number);
                if exclusive(self, number) {
                    break;
                }
            }
        }
        chosen.sort_unstable();
        let mut state = state.clone();
        for at in chosen.into_iter().map(|number| (entry.lane, number)) {
            if self.barred(at, &state).is_none() {
                let taken = self.take(at, &state, desk)?;
                if taken > 0 {
                    self.apply(at, taken, &mut state, desk)?;
                }
            }
        }
        Ok(state.taken)
    }
}
