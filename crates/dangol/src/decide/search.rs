//! The best combination of offers: branch and bound, with a work limit that is counted and not timed.

use crate::program::Compiled;
use crate::rule::{Facts, Rest};
use crate::value::{Overflow, Points};

use super::discount::{Candidate, given};
use super::purse::Purse;

/// How much work is done, in lines looked at, before the best combination so far is returned as not proved.
const MAX_WORK: u64 = 1_000_000;

/// What the search found.
#[derive(Debug)]
pub(super) struct Found {
    /// The numbers of the chosen candidates, in the order in which they apply.
    pub(super) chosen: Vec<usize>,
    /// What each candidate takes off alone.
    pub(super) alone: Vec<i64>,
    /// Whether no other combination leaves less to pay.
    pub(super) optimal: bool,
}

/// The combination of at most so many candidates that takes the most off; ties go to fewer, then to the earlier.
pub(super) fn best(
    program: &Compiled,
    candidates: &[Candidate<'_>],
    facts: &Facts<'_>,
    purse: &Purse<'_>,
    rest: &Rest,
    at_most: usize,
) -> Result<Found, Overflow> {
    let mut parts = Vec::new();
    let mut alone = Vec::with_capacity(candidates.len());
    let mut bound = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let given = given(program, facts, &candidate.lines, rest);
        let own = candidate.offer.benefit.take(&given, &mut parts)?;
        alone.push(own);
        bound.push(candidate.offer.benefit.bound(&given, own));
    }
    let mut search = Search {
        program,
        candidates,
        facts,
        purse,
        at_most,
        after: after(&bound),
        bound,
        best: 0,
        chosen: Vec::new(),
        path: Vec::new(),
        work: 0,
    };
    search.deepen(0, rest, 0)?;
    Ok(Found { chosen: search.chosen, alone, optimal: search.work < MAX_WORK })
}

/// For each place, the largest bound and the sum of bounds from there on.
fn after(bound: &[i64]) -> Vec<(i64, i64)> {
    let mut after: Vec<(i64, i64)> = vec![(0, 0)];
    for own in bound.iter().rev() {
        let (most, sum) = after.last().copied().unwrap_or((0, 0));
        after.push((most.max(*own), sum.saturating_add(*own)));
    }
    after.reverse();
    after
}

struct Search<'a> {
    program: &'a Compiled,
    candidates: &'a [Candidate<'a>],
    facts: &'a Facts<'a>,
    purse: &'a Purse<'a>,
    at_most: usize,
    bound: Vec<i64>,
    after: Vec<(i64, i64)>,
    best: i64,
    chosen: Vec<usize>,
    path: Vec<usize>,
    work: u64,
}

impl Search<'_> {
    /// Tries each candidate from `first` on after those of the path, which took `taken` and left `rest`.
    fn deepen(&mut self, first: usize, rest: &Rest, taken: i64) -> Result<(), Overflow> {
        let after_this = self.at_most.saturating_sub(self.path.len()).saturating_sub(1);
        let mut parts = Vec::new();
        for number in first..self.candidates.len() {
            let Some(candidate) = self.candidates.get(number).filter(|next| self.may_join(next)) else {
                continue;
            };
            let exclusive = candidate.offer.exclusive;
            let deeper = if exclusive { 0 } else { after_this };
            if !self.could_win(number, taken, deeper) || self.work >= MAX_WORK {
                continue;
            }
            let lines = u64::try_from(candidate.lines.len()).unwrap_or(u64::MAX);
            self.work = self.work.saturating_add(lines);
            let discount = {
                let given = given(self.program, self.facts, &candidate.lines, rest);
                candidate.offer.benefit.take(&given, &mut parts)?
            };
            if discount == 0 {
                continue;
            }
            let total = taken.checked_add(discount).ok_or(Overflow)?;
            self.path.push(number);
            if total > self.best || (total == self.best && self.path.len() < self.chosen.len()) {
                self.best = total;
                self.chosen.clone_from(&self.path);
            }
            if deeper > 0 {
                let mut rest = rest.clone();
                rest.take(&parts)?;
                self.deepen(number.saturating_add(1), &rest, total)?;
            }
            self.path.pop();
        }
        Ok(())
    }

    /// Whether this candidate, with the best that could still follow, could beat the best so far.
    fn could_win(&self, number: usize, taken: i64, deeper: usize) -> bool {
        let own = self.bound.get(number).copied().unwrap_or(0);
        let (most, sum) = self.after.get(number.saturating_add(1)).copied().unwrap_or((0, 0));
        let follow = i64::try_from(deeper).map_or(sum, |count| most.saturating_mul(count).min(sum));
        let bound = taken.saturating_add(own).saturating_add(follow);
        bound > self.best || (bound == self.best && self.path.len().saturating_add(1) < self.chosen.len())
    }

    /// Whether the candidate may stand beside those of the path.
    fn may_join(&self, candidate: &Candidate<'_>) -> bool {
        if self.path.is_empty() {
            return true;
        }
        if candidate.offer.exclusive {
            return false;
        }
        let path = || self.path.iter().filter_map(|number| self.candidates.get(*number));
        let group = candidate.offer.group.as_ref();
        if group.is_some() && path().any(|taken| taken.offer.group.as_ref() == group) {
            return false;
        }
        let Some((wallet, points)) = &candidate.cost else { return true };
        let costs = path().filter_map(|taken| taken.cost.as_ref()).filter(|(other, _)| other == wallet);
        let cost = Points::sum(costs.map(|(_, points)| *points)).and_then(|sum| sum.plus(*points));
        cost.is_ok_and(|cost| cost <= self.purse.usable(wallet))
    }
}
