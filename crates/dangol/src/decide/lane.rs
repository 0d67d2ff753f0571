//! One lane after the other: which candidates take effect, each on what the earlier ones left.

use crate::model::Reason;
use crate::program::Compiled;
use crate::rule::{
    Choose, ConditionsSee, Desk, Facts, Given, Lane, OfferCombine, Prices, StartsFrom, Stops, Terms, UnitUse,
};
use crate::value::{DiscountPlace, Id, Money, Overflow};

use super::candidate::{Candidate, Entrants};
use super::discount::total;
use super::plan::Plan;
use super::purse::Purse;
use super::state::State;
use super::telling::Telling;

/// Everything that the lanes look at.
pub(super) struct Field<'a, 'f> {
    pub(super) program: &'a Compiled,
    pub(super) facts: &'f mut Facts<'a>,
    pub(super) purse: &'f Purse<'f>,
    pub(super) terms: Terms,
    /// The prices before any offer, where a lane computes with those.
    original: Vec<i64>,
    spend: Money,
    pub(super) lanes: Vec<Entrants<'a>>,
    /// Whether any candidate drives out others.
    pub(super) excludes: bool,
}

impl<'a, 'f> Field<'a, 'f> {
    pub(super) fn new(
        program: &'a Compiled,
        facts: &'f mut Facts<'a>,
        purse: &'f Purse<'f>,
        original: &[i64],
    ) -> Field<'a, 'f> {
        let wanted = program.lanes.iter().any(|(lane, _)| lane.starts_from == StartsFrom::Original);
        let (spend, original) = (facts.spend, if wanted { original.to_vec() } else { Vec::new() });
        let terms = program.file.discounts.terms(program.currency().digits());
        Field { program, facts, purse, terms, original, spend, lanes: Vec::new(), excludes: false }
    }

    /// Adds the next lane.
    pub(super) fn add(&mut self, lane: Entrants<'a>) {
        self.excludes |= lane.candidates.iter().any(|candidate| candidate.offer.excludes.is_some());
        self.lanes.push(lane);
    }

    /// How many candidates there are, and how many offers that are none.
    pub(super) fn sizes(&self) -> (usize, usize) {
        let sizes = self.lanes.iter().map(|lane| (lane.candidates.len(), lane.refused.len()));
        sizes.fold((0, 0), |sum, one| (sum.0.saturating_add(one.0), sum.1.saturating_add(one.1)))
    }

    pub(super) fn lane(&self, lane: usize) -> Option<&'a Lane> {
        self.lanes.get(lane).map(|entrants| entrants.lane)
    }

    pub(super) fn count(&self, lane: usize) -> usize {
        self.lanes.get(lane).map_or(0, |entrants| entrants.candidates.len())
    }

    /// Whether no later lane has candidates.
    pub(super) fn is_last(&self, lane: usize) -> bool {
        (lane.saturating_add(1)..self.lanes.len()).all(|later| self.count(later) == 0)
    }

    pub(super) fn candidate(&self, (lane, number): (usize, usize)) -> Option<&Candidate<'a>> {
        self.lanes.get(lane)?.candidates.get(number)
    }

    /// Begins a lane: what its conditions see, and what its offers compute with.
    pub(super) fn enter(&mut self, lane: usize, state: &mut State) -> Result<(), Overflow> {
        let Some(known) = self.lane(lane) else { return Ok(()) };
        self.see(known, state)?;
        state.base = match (known.starts_from, known.combine) {
            (StartsFrom::Original, _) => Some(Prices { money: self.original.clone(), free: Vec::new() }),
            (StartsFrom::Left, OfferCombine::InSequence) if known.choose != Choose::BestPerLine => None,
            (StartsFrom::Left, _) => {
                Some(Prices { money: state.rest.money.clone(), free: state.rest.free.clone() })
            }
        };
        Ok(())
    }

    /// Shows conditions the worth of the basket as the lane wants it.
    pub(super) fn see(&mut self, lane: &Lane, state: &State) -> Result<(), Overflow> {
        (self.facts.spend, self.facts.sees_rest) =
            (self.spend, lane.conditions_see != ConditionsSee::Original);
        if self.program.sees_rest {
            self.facts.rest.clone_from(&state.rest.money);
        }
        if self.facts.sees_rest {
            let goods = state.rest.money.get(..self.facts.lines.len()).unwrap_or_default();
            self.facts.spend = total(goods, self.terms.digits)?;
        }
        Ok(())
    }

    pub(super) fn given<'s>(
        &'s self,
        lane: usize,
        candidate: &'s Candidate<'_>,
        state: &'s State,
    ) -> Given<'s> {
        let entrants = self.lanes.get(lane);
        let (known, terms) = entrants.map_or((None, self.terms), |it| (Some(it.lane), it.terms));
        Given {
            facts: self.facts,
            lines: &candidate.lines,
            rest: &state.rest,
            base: state.base.as_ref(),
            closed: &state.closed,
            terms,
            adds: known.is_some_and(|lane| lane.combine == OfferCombine::Added),
            consumes: known.is_some_and(|lane| lane.units == UnitUse::Consumed),
        }
    }

    /// How a lane rounds and spreads; where it chooses for each line, each is rounded by itself.
    pub(super) fn terms_of(&self, lane: &Lane) -> Terms {
        let own = lane.discounts.map(|policy| policy.terms(self.terms.digits));
        let terms = own.unwrap_or(self.terms);
        match (lane.choose, terms.place) {
            (Choose::BestPerLine, DiscountPlace::Unit) => terms,
            (Choose::BestPerLine, _) => Terms { place: DiscountPlace::Line, ..terms },
            _ => terms,
        }
    }

    /// Takes what the desk has.
    pub(super) fn apply(
        &self,
        at: (usize, usize),
        taken: i64,
        state: &mut State,
        desk: &Desk,
    ) -> Result<(), Overflow> {
        let (Some(lane), Some(candidate)) = (self.lane(at.0), self.candidate(at)) else { return Ok(()) };
        state.rest.take(&desk.parts, lane.units == UnitUse::Consumed)?;
        state.taken = state.taken.checked_add(taken).ok_or(Overflow)?;
        state.path.push(at);
        state.coupons = state.coupons.saturating_add(usize::from(candidate.is_coupon()));
        if let Some(left) = candidate.budget.and_then(|number| state.budgets.get_mut(number)) {
            *left = left.saturating_sub(taken).max(0);
        }
        if lane.combine == OfferCombine::InSequence
            && let Some(base) = &mut state.base
        {
            base.lower(&desk.parts);
        }
        if lane.combine == OfferCombine::Added
            && let crate::rule::Benefit::PercentOff(percent) = &candidate.offer.benefit
        {
            let lines = desk.portions.iter().map(|portion| portion.line);
            state.rest.add_percent(lines, percent.ten_thousandths());
        }
        match candidate.offer.stops {
            None => {}
            Some(Stops::Line) => {
                let reduced = desk.parts.iter().filter(|part| part.amount > 0);
                state.closed.extend(reduced.map(|part| part.line));
            }
            Some(Stops::Lane) => state.lane_stopped = Some(at),
            Some(Stops::Order) => state.all_stopped = Some(at),
        }
        Ok(())
    }

    /// The chosen offers of a lane take effect; of the others is told what they would have taken alone.
    pub(super) fn best(
        &self,
        lane: usize,
        plan: &Plan,
        state: &mut State,
        desk: &mut Desk,
        tell: &mut impl Telling,
    ) -> Result<(), Overflow> {
        let chosen = plan.chosen(lane);
        let mut losers = Vec::new();
        for at in (0..self.count(lane)).map(|number| (lane, number)).filter(|at| !chosen.contains(&at.1)) {
            let mut why = self.unmet(at).or_else(|| self.barred(at, state));
            let alone = match (&why, plan.alone(at)) {
                (Some(_), _) => 0,
                (None, Some(known)) => known,
                (None, None) => self.worth(at, state, desk)?,
            };
            if alone == 0 {
                why = match why {
                    None => Some(self.without_effect(at, state, desk)?),
                    known => known,
                };
            }
            losers.push((at, why, alone));
        }
        let before = state.taken;
        for at in chosen.iter().map(|number| (lane, *number)) {
            let taken = self.take(at, state, desk)?;
            self.tell_and_apply(at, taken, state, desk, tell)?;
        }
        let taken = state.taken.saturating_sub(before);
        let winners =
            if chosen.is_empty() { plan.all() } else { chosen.iter().map(|n| (lane, *n)).collect() };
        for (at, why, alone) in losers {
            let Some(candidate) = self.candidate(at) else { continue };
            tell.refused(candidate.offer, || {
                why.unwrap_or_else(|| {
                    let by = taken.checked_sub(alone).filter(|by| *by >= 0);
                    let by = by.and_then(|by| Money::of_units(by, self.terms.digits).ok());
                    Reason::BetterChoice { chosen: self.ids(winners.iter().copied()), by }
                })
            });
        }
        Ok(())
    }

    pub(super) fn tell_and_apply(
        &self,
        at: (usize, usize),
        taken: i64,
        state: &mut State,
        desk: &Desk,
        tell: &mut impl Telling,
    ) -> Result<(), Overflow> {
        if let (Some(lane), Some(candidate)) = (self.lane(at.0), self.candidate(at)) {
            tell.applied(candidate, lane, &self.given(at.0, candidate, state), desk)?;
        }
        self.apply(at, taken, state, desk)
    }

    /// The names of offers.
    pub(super) fn ids(&self, of: impl Iterator<Item = (usize, usize)>) -> Vec<Id> {
        of.filter_map(|at| self.candidate(at)).map(|candidate| candidate.offer.id.clone()).collect()
    }
}
