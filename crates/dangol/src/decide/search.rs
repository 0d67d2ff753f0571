//! The best combination of offers over all lanes: branch and bound, with a work limit that is counted and not timed.
//!
//! Lanes are walked in their order. Where a lane chooses the best, every combination that may take effect is a branch;
//! a branch is cut where even the most that could still follow does not beat the best so far. The most that could follow
//! rests on this: an offer never takes more off less (`Benefit::bound` where units are chosen).

use crate::rule::{Choose, Desk, Lane, UnitUse};
use crate::value::Overflow;

use super::candidate::Candidate;
use super::entry::{Entry, FEW};
use super::lane::Field;
use super::plan::Plan;
use super::state::{State, Worth};
use super::telling::Silent;

/// How much work is done, in lines looked at, before the best combination so far is returned as not proved.
const MAX_WORK: u64 = 1_000_000;

/// The plan for the lanes from the first one that leaves a choice, which leaves the least to pay; `start` is what those
/// before it left.
pub(super) fn plan(
    field: &mut Field<'_, '_>,
    first: usize,
    start: &mut State,
    desk: &mut Desk,
) -> Result<Plan, Overflow> {
    let count = field.lanes.len();
    let empty =
        Plan { chosen: vec![Vec::new(); count], skipped: Vec::new(), first, alone: Vec::new(), bound: None };
    if first == count {
        return Ok(empty);
    }
    let mut search = Search {
        field,
        desk,
        later: Vec::new(),
        spare: Vec::new(),
        plan: empty.clone(),
        best: empty,
        worth: None,
        path: Vec::new(),
        floor: 0,
        work: 0,
        cut: None,
    };
    search.later = search.bounds(start)?;
    match search.field.lane(first).filter(|known| known.rivals.is_none()) {
        // Nothing else can be done than to begin here.
        Some(known) => {
            search.field.enter(first, start)?;
            search.best_lane(first, known, start)?;
        }
        None => search.lane(first, start.clone())?,
    }
    let mut plan = search.best;
    plan.alone = search.plan.alone;
    plan.bound = search.cut.filter(|bound| search.worth.is_none_or(|worth| *bound > worth.0));
    Ok(plan)
}

pub(super) struct Search<'s, 'a, 'f> {
    pub(super) field: &'s mut Field<'a, 'f>,
    pub(super) desk: &'s mut Desk,
    /// For each lane the most that it and all later ones can take; 0, or nothing there, after the last that has candidates.
    later: Vec<i64>,
    /// Room for states, so that none is allocated for each branch.
    spare: Vec<State>,
    plan: Plan,
    best: Plan,
    worth: Option<Worth>,
    /// The offers of the best plan: of equally good ones, the one that begins with earlier offers counts.
    path: Vec<(usize, usize)>,
    /// What a quick first plan takes: less is never the best.
    floor: i64,
    work: u64,
    /// The most that a branch could have come to that was not looked at for want of work.
    cut: Option<i64>,
}

impl Search<'_, '_, '_> {
    fn later(&self, lane: usize) -> i64 {
        self.later.get(lane).copied().unwrap_or(0)
    }

    /// Walks this lane and all later ones.
    fn lane(&mut self, lane: usize, mut state: State) -> Result<(), Overflow> {
        let Some(known) = self.field.lane(lane) else {
            self.compare(state.worth(), &state, None);
            self.spare.push(state);
            return Ok(());
        };
        if self.field.count(lane) == 0 {
            return self.lane(lane.saturating_add(1), state);
        }
        let rivals = self.field.rivals(lane);
        let lost = rivals.iter().any(|rival| state.used(*rival));
        let may_yield = rivals.iter().any(|rival| *rival > lane && self.field.count(*rival) > 0);
        if lost || may_yield {
            self.skip(lane, true);
            let other = self.copy(&state);
            self.lane(lane.saturating_add(1), other)?;
            self.skip(lane, false);
        }
        if lost {
            return Ok(());
        }
        self.field.enter(lane, &mut state)?;
        if known.choose == Choose::Best {
            self.best_lane(lane, known, &state)?;
            self.spare.push(state);
            return Ok(());
        }
        self.field.run(lane, &mut state, self.desk, &mut Silent)?;
        state.leave();
        self.lane(lane.saturating_add(1), state)
    }

    fn skip(&mut self, lane: usize, skipped: bool) {
        if self.plan.skipped.len() <= lane {
            self.plan.skipped.resize(lane.saturating_add(1), false);
        }
        if let Some(known) = self.plan.skipped.get_mut(lane) {
            *known = skipped;
        }
    }

    fn best_lane(&mut self, lane: usize, known: &Lane, state: &State) -> Result<(), Overflow> {
        let mut bounds = Vec::with_capacity(self.field.count(lane));
        for at in (0..self.field.count(lane)).map(|number| (lane, number)) {
            let may = self.field.unmet(at).is_none() && self.field.barred(at, state).is_none();
            let found = if may { Some(self.bound(at, state)?) } else { None };
            if lane == self.plan.first {
                // What is trimmed for a bound is refused where it counts.
                self.plan.alone.push(found.map(|(alone, _)| alone).filter(|_| !self.field.refuses(at)));
            }
            bounds.push(found.map(|(_, bound)| bound).filter(|bound| *bound > 0));
        }
        let at_most = usize::try_from(known.at_most.unwrap_or(1)).map_err(|_| Overflow)?;
        let last = self.field.is_last(lane);
        let any_order = known.units == UnitUse::Consumed;
        let follow = self.field.follow(lane, &bounds, at_most, any_order);
        let entry = Entry { lane, at_most, any_order, last, bounds, follow };
        if last && !any_order && entry.bounds.len() > FEW {
            let mut quick = self.copy(state);
            self.field.quick(&entry, &mut quick, self.desk)?;
            self.floor = self.floor.max(quick.taken);
            self.spare.push(quick);
        }
        self.deepen(&entry, 0, state)
    }

    /// A copy of a state, in the room of one that is no longer needed.
    fn copy(&mut self, state: &State) -> State {
        let mut copy = self.spare.pop().unwrap_or_default();
        copy.become_copy(state);
        copy
    }

    /// Goes on without another offer of the lane, then tries each that may still join.
    fn deepen(&mut self, entry: &Entry, first: usize, state: &State) -> Result<(), Overflow> {
        let depth = self.plan.chosen(entry.lane).len();
        if entry.last {
            self.compare(state.worth(), state, None);
        } else {
            let mut state = self.copy(state);
            state.leave();
            self.lane(entry.lane.saturating_add(1), state)?;
        }
        let path = self.plan.chosen(entry.lane);
        let alone = path.iter().filter_map(|number| self.field.candidate((entry.lane, *number)));
        if depth >= entry.at_most || alone.into_iter().any(|chosen| chosen.offer.exclusive) {
            return Ok(());
        }
        let from = if entry.any_order { 0 } else { first };
        for number in from..entry.bounds.len() {
            if self.may_join(entry, number, depth) && self.could_win(entry, number, depth, state) {
                self.join(entry, number, state)?;
            }
        }
        Ok(())
    }

    fn may_join(&self, entry: &Entry, number: usize, depth: usize) -> bool {
        let known = entry.bounds.get(number).copied().flatten().is_some();
        let exclusive = || {
            let candidate = self.field.candidate((entry.lane, number));
            candidate.is_some_and(|candidate| candidate.offer.exclusive)
        };
        let there = || entry.any_order && self.plan.chosen(entry.lane).contains(&number);
        known && !(depth > 0 && (there() || exclusive()))
    }

    /// Whether this candidate, with the most that could still follow, could beat the best so far.
    fn could_win(&mut self, entry: &Entry, number: usize, depth: usize, state: &State) -> bool {
        let own = entry.bounds.get(number).copied().flatten().unwrap_or(0);
        let exclusive = self.field.candidate((entry.lane, number)).is_some_and(|one| one.offer.exclusive);
        let deeper = if exclusive { 0 } else { entry.at_most.saturating_sub(depth).saturating_sub(1) };
        let follow = entry.follow.most(number.saturating_add(1), deeper);
        let later = self.later(entry.lane.saturating_add(1));
        let bound = state.taken.saturating_add(own).saturating_add(follow).saturating_add(later);
        let wins = bound >= self.floor && self.worth.is_none_or(|worth| bound >= worth.0);
        if wins && self.work >= MAX_WORK {
            self.cut = self.cut.max(Some(bound));
            return false;
        }
        wins
    }

    fn join(&mut self, entry: &Entry, number: usize, state: &State) -> Result<(), Overflow> {
        let at = (entry.lane, number);
        if !state.path.is_empty() && self.field.barred(at, state).is_some() {
            return Ok(());
        }
        let lines = self.field.candidate(at).map_or(0, |candidate| candidate.lines.len());
        self.work = self.work.saturating_add(u64::try_from(lines).unwrap_or(u64::MAX));
        // Where nothing can follow, what it comes to is enough.
        let ends = entry.ends(number, self.plan.chosen(entry.lane).len());
        let taken = if ends {
            self.field.worth(at, state, self.desk)?
        } else {
            self.field.take(at, state, self.desk)?
        };
        if taken == 0 {
            return Ok(());
        }
        if let Some(chosen) = self.plan.chosen.get_mut(entry.lane) {
            chosen.push(number);
        }
        if ends {
            let coupon = self.field.candidate(at).is_some_and(Candidate::is_coupon);
            self.compare(state.worth_with(taken, coupon)?, state, Some(at));
        } else {
            let mut state = self.copy(state);
            self.field.apply(at, taken, &mut state, self.desk)?;
            self.deepen(entry, number.saturating_add(1), &state)?;
            self.spare.push(state);
        }
        if let Some(chosen) = self.plan.chosen.get_mut(entry.lane) {
            chosen.pop();
        }
        Ok(())
    }

    /// Notes the plan where it is better than the best so far: a state, and perhaps one offer more.
    fn compare(&mut self, worth: Worth, state: &State, last: Option<(usize, usize)>) {
        if self.worth.is_some_and(|best| worth < best) {
            return;
        }
        let path = || state.path.iter().copied().chain(last);
        let better = self.worth.is_none_or(|best| worth > best) || path().lt(self.path.iter().copied());
        if better && !self.field.yields_in_vain(&self.plan, path()) {
            self.worth = Some(worth);
            self.path.clear();
            self.path.extend(path());
            self.best.chosen.clone_from(&self.plan.chosen);
            self.best.skipped.clone_from(&self.plan.skipped);
        }
    }
}
