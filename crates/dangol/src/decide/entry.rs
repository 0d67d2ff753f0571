//! A lane that chooses the best, as one branch of the search finds it, and the most that it can come to.

use std::cmp::Reverse;

use crate::rule::Desk;
use crate::value::Overflow;

use super::lane::Field;
use super::state::State;

/// A lane that chooses the best, as one branch finds it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) lane: usize,
    pub(super) at_most: usize,
    /// Whether every order of its offers is tried.
    pub(super) any_order: bool,
    /// Whether no later lane has candidates.
    pub(super) last: bool,
    /// The candidates that may take effect at all, with the most that each can take.
    pub(super) bounds: Vec<Option<i64>>,
    /// The most that can follow each candidate.
    pub(super) follow: Follow,
}

/// Of so few candidates all combinations are tried as quickly as a good one is guessed.
pub(super) const FEW: usize = 3;

impl Entry {
    /// Whether nothing can follow a candidate that joins so many others.
    pub(super) fn ends(&self, number: usize, others: usize) -> bool {
        let latest = !self.any_order && number.saturating_add(1) >= self.bounds.len();
        self.last && (latest || others.saturating_add(1) >= self.at_most)
    }
}

/// For each place among the candidates and each number of offers, the most that so many of those from there on can take.
#[derive(Debug)]
pub(super) struct Follow {
    /// How many numbers there are for each place: from none to the most that can take effect.
    width: usize,
    /// One place after the other.
    sums: Vec<i64>,
}

impl Follow {
    /// The most that so many of the candidates from a place on can take.
    pub(super) fn most(&self, place: usize, offers: usize) -> i64 {
        let offers = offers.min(self.width.saturating_sub(1));
        self.sums.get(place.saturating_mul(self.width).saturating_add(offers)).copied().unwrap_or(0)
    }
}

impl Field<'_, '_> {
    /// What can follow in a lane whose candidates take so much at most: one of each group.
    pub(super) fn follow(
        &self,
        lane: usize,
        bounds: &[Option<i64>],
        at_most: usize,
        any_order: bool,
    ) -> Follow {
        let width = at_most.min(bounds.len()).saturating_add(1);
        let places = bounds.len().saturating_add(1);
        let mut sums = vec![0_i64; places.saturating_mul(width)];
        // The best of each group so far, the largest first; an offer without a group stands for itself.
        let mut best: Vec<(Option<usize>, i64)> = Vec::with_capacity(bounds.len());
        let rows = sums.rchunks_exact_mut(width).skip(1).zip(bounds.iter().enumerate().rev());
        for (row, (number, bound)) in rows {
            if let (Some(bound), Some(candidate)) = (bound, self.candidate((lane, number))) {
                rank(&mut best, candidate.group, *bound);
            }
            let mut sum = 0_i64;
            for (place, (_, bound)) in
                row.iter_mut().skip(1).zip(best.iter().chain(std::iter::repeat(&(None, 0))))
            {
                sum = sum.saturating_add(*bound);
                *place = sum;
            }
        }
        if any_order {
            // Those before it can follow too.
            let (first, others) = sums.split_at_mut(width);
            others.chunks_exact_mut(width).for_each(|row| row.copy_from_slice(first));
        }
        Follow { width, sums }
    }

    /// Takes the offers that take the most alone, as far as they go together.
    pub(super) fn quick(&self, entry: &Entry, state: &mut State, desk: &mut Desk) -> Result<(), Overflow> {
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
        for at in chosen.into_iter().map(|number| (entry.lane, number)) {
            if self.barred(at, state).is_none() {
                let taken = self.take(at, state, desk)?;
                if taken > 0 {
                    self.apply(at, taken, state, desk)?;
                }
            }
        }
        Ok(())
    }
}

/// Puts a bound among the best of each group, the largest first.
fn rank(best: &mut Vec<(Option<usize>, i64)>, group: Option<usize>, bound: i64) {
    if let Some(place) = best.iter().position(|(known, _)| group.is_some() && *known == group) {
        match best.get(place) {
            Some((_, known)) if *known < bound => drop(best.remove(place)),
            _ => return,
        }
    }
    let place = best.partition_point(|(_, known)| *known >= bound);
    best.insert(place, (group, bound));
}
