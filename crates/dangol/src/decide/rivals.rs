//! What keeps an offer from standing beside others, and a lane beside its rivals.

use crate::model::Reason;
use crate::value::Points;

use super::candidate::Candidate;
use super::lane::Field;
use super::plan::Plan;
use super::state::State;

impl Field<'_, '_> {
    /// Why an offer may not stand beside those that took effect already.
    pub(super) fn barred(&self, at: (usize, usize), state: &State) -> Option<Reason> {
        let candidate = self.candidate(at)?;
        let excluded = |by: &Candidate<'_>| Reason::Excluded { by: by.offer.id.clone() };
        if let Some(stopper) = state.all_stopped.or(state.lane_stopped).and_then(|at| self.candidate(at)) {
            return Some(excluded(stopper));
        }
        let rival = state.path.iter().find(|other| self.clash(at, **other));
        if let Some(other) = rival.and_then(|other| self.candidate(*other)) {
            return Some(excluded(other));
        }
        let (wallet, points) = candidate.cost.as_ref()?;
        let path = state.path.iter().filter_map(|at| self.candidate(*at));
        let costs = path.filter_map(|taken| taken.cost.as_ref()).filter(|(other, _)| other == wallet);
        let spent = Points::sum(costs.map(|(_, points)| *points)).ok()?;
        let actual = self.purse.usable(wallet).minus(spent).ok()?;
        let (wallet, required) = (wallet.clone(), *points);
        (actual < required).then_some(Reason::NotEnoughPoints { wallet, required, actual })
    }

    /// Whether two offers never take effect together.
    pub(super) fn clash(&self, at: (usize, usize), other: (usize, usize)) -> bool {
        let (Some(one), Some(two)) = (self.candidate(at), self.candidate(other)) else { return false };
        let same_group = at.0 == other.0 && one.group.is_some() && one.group == two.group;
        same_group || self.drives_out(at, other) || self.drives_out(other, at)
    }

    pub(super) fn drives_out(&self, at: (usize, usize), other: (usize, usize)) -> bool {
        if !self.excludes {
            return false;
        }
        let (Some(one), Some(two)) = (self.candidate(at), self.candidate(other)) else { return false };
        one.offer.excludes.is_some()
            && self.lane(other.0).is_some_and(|lane| one.offer.drives_out(two.offer, &lane.id))
    }

    /// Why the offer's condition does not hold, where the lane asks that only now.
    pub(super) fn unmet(&self, at: (usize, usize)) -> Option<Reason> {
        let candidate = self.candidate(at).filter(|candidate| candidate.asked_late)?;
        candidate.offer.when.as_ref()?.refusal(self.facts)
    }
    /// Whether a lane of the plan yields to rivals of which none takes effect.
    pub(super) fn yields_in_vain(
        &self,
        plan: &Plan,
        path: impl Iterator<Item = (usize, usize)> + Clone,
    ) -> bool {
        let skipped = plan.skipped.iter().enumerate().filter(|(_, skipped)| **skipped);
        skipped.map(|(lane, _)| self.rivals(lane)).any(|rivals| {
            // None of them took effect.
            !path.clone().any(|(used, _)| rivals.contains(&used))
        })
    }

    /// The other lanes of which none takes effect where this one does.
    pub(super) fn rivals(&self, lane: usize) -> Vec<usize> {
        let Some(name) = self.lane(lane).and_then(|known| known.rivals.as_ref()) else { return Vec::new() };
        let same = |other: &usize| {
            *other != lane && self.lane(*other).is_some_and(|it| it.rivals.as_ref() == Some(name))
        };
        (0..self.lanes.len()).filter(same).collect()
    }
}
