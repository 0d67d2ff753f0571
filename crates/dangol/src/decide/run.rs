//! Lanes that leave nothing to choose: all offers, the first, or the best of each line.

use std::collections::BTreeMap;

use crate::model::Reason;
use crate::rule::{Choose, ConditionsSee, Desk, Kept, Lane};
use crate::value::{Id, Overflow};

use super::lane::Field;
use super::state::State;
use super::telling::Telling;

impl Field<'_, '_> {
    /// The first lane that leaves a choice; those before it run only one way.
    pub(super) fn first_choice(&self) -> usize {
        let choice = |lane: &Lane| lane.choose == Choose::Best || lane.rivals.is_some();
        let all = 0..self.lanes.len();
        let mut choices = all.filter(|lane| self.count(*lane) > 0 && self.lane(*lane).is_some_and(choice));
        choices.next().unwrap_or(self.lanes.len())
    }

    /// Runs a lane that does not choose a combination.
    pub(super) fn run(
        &mut self,
        lane: usize,
        state: &mut State,
        desk: &mut Desk,
        tell: &mut impl Telling,
    ) -> Result<(), Overflow> {
        match self.lane(lane).map(|known| known.choose) {
            Some(Choose::BestPerLine) => self.best_per_line(lane, state, desk, tell),
            Some(Choose::All) => self.in_order(lane, state, desk, tell, false),
            Some(Choose::First) => self.in_order(lane, state, desk, tell, true),
            Some(Choose::Best) | None => Ok(()),
        }
    }

    /// Every candidate in order, or the first that has an effect.
    fn in_order(
        &mut self,
        lane: usize,
        state: &mut State,
        desk: &mut Desk,
        tell: &mut impl Telling,
        only_first: bool,
    ) -> Result<(), Overflow> {
        let mut alone = None;
        for at in (0..self.count(lane)).map(|number| (lane, number)) {
            let exclusive = self.candidate(at).is_some_and(|candidate| candidate.offer.exclusive);
            if alone.is_none()
                && exclusive
                && self.hindered(at, state, desk)?.is_none()
                && self.has_effect(at, state, desk)?
            {
                alone = Some(at);
            }
        }
        let mut winner = None;
        for at in (0..self.count(lane)).map(|number| (lane, number)) {
            if let Some(known) =
                self.lane(lane).filter(|known| known.conditions_see == ConditionsSee::Running)
            {
                self.see(known, state)?;
            }
            let Some(candidate) = self.candidate(at) else { continue };
            if let Some(chosen) = winner.filter(|_| only_first) {
                let chosen = self.ids([chosen].into_iter());
                tell.refused(candidate.offer, || Reason::BetterChoice { chosen, by: None });
                continue;
            }
            let excluded = alone.filter(|alone| *alone != at).and_then(|alone| self.candidate(alone));
            let excluded = excluded.map(|by| Reason::Excluded { by: by.offer.id.clone() });
            if let Some(reason) = self.hindered(at, state, desk)?.or(excluded) {
                tell.refused(candidate.offer, || reason);
                continue;
            }
            let taken = self.take(at, state, desk)?;
            if taken == 0 && desk.beside.is_none() {
                let reason = self.without_effect(at, state, desk)?;
                tell.refused(candidate.offer, || reason);
            } else {
                self.tell_and_apply(at, taken, state, desk, tell)?;
                winner = Some(at);
            }
        }
        Ok(())
    }

    /// Why an offer of a lane without choice may not take effect, whatever it would take.
    fn hindered(
        &self,
        at: (usize, usize),
        state: &State,
        desk: &mut Desk,
    ) -> Result<Option<Reason>, Overflow> {
        if let Some(reason) = self.unmet(at).or_else(|| self.barred(at, state)) {
            return Ok(Some(reason));
        }
        if !self.excludes {
            return Ok(None);
        }
        let by = self.driver(at, state, desk, &mut BTreeMap::new())?;
        Ok(by.and_then(|by| self.candidate(by)).map(|by| Reason::Excluded { by: by.offer.id.clone() }))
    }

    /// The offer of the same lane that excludes this one and takes effect itself: what has no effect, or is excluded in its
    /// turn, excludes nobody. There are no circles; `known` tells of offers that were asked already.
    fn driver(
        &self,
        at: (usize, usize),
        state: &State,
        desk: &mut Desk,
        known: &mut BTreeMap<usize, bool>,
    ) -> Result<Option<(usize, usize)>, Overflow> {
        let others = (0..self.count(at.0)).map(|number| (at.0, number));
        for by in others.filter(|other| *other != at && self.drives_out(*other, at)) {
            let stands = match known.get(&by.1) {
                Some(stands) => *stands,
                None => {
                    let may = self.unmet(by).is_none() && self.barred(by, state).is_none();
                    may && self.has_effect(by, state, desk)? && self.driver(by, state, desk, known)?.is_none()
                }
            };
            known.insert(by.1, stands);
            if stands {
                return Ok(Some(by));
            }
        }
        Ok(None)
    }

    fn has_effect(&self, at: (usize, usize), state: &State, desk: &mut Desk) -> Result<bool, Overflow> {
        Ok(self.take(at, state, desk)? > 0 || desk.beside.is_some())
    }

    /// For each line the candidate that takes the most off it; ties go to the earlier one.
    fn best_per_line(
        &mut self,
        lane: usize,
        state: &mut State,
        desk: &mut Desk,
        tell: &mut impl Telling,
    ) -> Result<(), Overflow> {
        let mut best: Vec<(i64, usize)> = vec![(0, usize::MAX); state.rest.money.len()];
        let mut tried = Vec::with_capacity(self.count(lane));
        let mut kept = Desk::default();
        for at in (0..self.count(lane)).map(|number| (lane, number)) {
            let why = self.hindered(at, state, desk)?;
            let taken = if why.is_none() { self.take(at, state, desk)? } else { 0 };
            if taken == 0 {
                desk.clear();
            }
            for part in &desk.parts {
                if let Some(best) = best.get_mut(part.line).filter(|best| best.0 < part.amount) {
                    *best = (part.amount, at.1);
                }
            }
            tried.push(Tried { taken, why, kept: kept.keep(desk) });
        }
        for (number, tried) in tried.into_iter().enumerate() {
            let at = (lane, number);
            let Some(candidate) = self.candidate(at) else { continue };
            let won = |line: usize| best.get(line).is_some_and(|(_, winner)| *winner == number);
            if let Some(why) = tried.why {
                tell.refused(candidate.offer, || why);
            } else if tried.taken == 0 {
                let reason = self.without_effect(at, state, desk)?;
                tell.refused(candidate.offer, || reason);
            } else if candidate.lines.iter().any(|line| won(*line)) {
                desk.restore(&kept, tried.kept, won);
                self.tell_and_apply(at, desk.taken(), state, desk, tell)?;
            } else {
                tell.refused(candidate.offer, || {
                    let chosen = self.winners(lane, &best, &candidate.lines);
                    Reason::BetterChoice { chosen, by: None }
                });
            }
        }
        Ok(())
    }

    /// The offers that won these lines, each once, in their order.
    fn winners(&self, lane: usize, best: &[(i64, usize)], lines: &[usize]) -> Vec<Id> {
        let mut numbers: Vec<usize> =
            lines.iter().filter_map(|line| best.get(*line)).map(|best| best.1).collect();
        numbers.sort_unstable();
        numbers.dedup();
        self.ids(numbers.into_iter().map(|number| (lane, number)))
    }
}

/// What a candidate for each line came to before it was known which lines it wins.
struct Tried {
    taken: i64,
    /// Why it may not take effect at all.
    why: Option<Reason>,
    kept: Kept,
}
