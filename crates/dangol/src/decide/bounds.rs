//! The most that offers can take off: what the search for the best combination is cut by.

use crate::rule::Choose;
use crate::value::Overflow;

use super::search::Search;
use super::state::State;

impl Search<'_, '_, '_> {
    /// For each lane the most that it and all later ones can take.
    pub(super) fn bounds(&mut self, state: &State) -> Result<Vec<i64>, Overflow> {
        let all = self.field.lanes.len();
        let chooses = |lane: usize| self.field.lane(lane).is_some_and(|it| it.choose == Choose::Best);
        let first = (0..all).find(|lane| self.field.count(*lane) > 0 && chooses(*lane)).unwrap_or(all);
        if self.field.is_last(first) {
            return Ok(Vec::new());
        }
        let mut bounds = vec![0_i64; all.saturating_add(1)];
        let mut sum = 0_i64;
        for lane in (0..all).rev() {
            // Before the first choice nothing is ever cut, so nothing is asked; nor is it where there is nobody to ask.
            let asked = lane > first || self.field.lane(lane).is_some_and(|lane| lane.rivals.is_some());
            if asked && self.field.count(lane) > 0 {
                let mut state = state.clone();
                self.field.enter(lane, &mut state)?;
                for number in 0..self.field.count(lane) {
                    sum = sum.saturating_add(self.bound((lane, number), &state)?.1);
                }
            } else if lane == first {
                sum = sum.saturating_add(i64::MAX);
            }
            if let Some(bound) = bounds.get_mut(lane) {
                *bound = sum;
            }
        }
        Ok(bounds)
    }

    /// What a candidate takes alone, and the most that it can take whatever others take before it.
    pub(super) fn bound(&mut self, at: (usize, usize), state: &State) -> Result<(i64, i64), Overflow> {
        let alone = if self.field.refuses(at) {
            self.field.trimmed(at, state, self.desk)?
        } else {
            self.field.worth(at, state, self.desk)?
        };
        let Some(candidate) = self.field.candidate(at) else { return Ok((0, 0)) };
        let given = self.field.given(at.0, candidate, state);
        let bound = candidate.offer.benefit.bound(&given, candidate.offer.units, alone, self.desk)?;
        Ok((alone, candidate.cap(state).map_or(bound, |most| bound.min(most))))
    }
}
