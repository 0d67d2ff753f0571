//! Lanes that lost against a rival: what is told of their offers.

use crate::model::Reason;

use super::lane::Field;
use super::state::State;
use super::telling::Telling;

impl Field<'_, '_> {
    /// Every offer of a lane that lost says what it lost to: those of the rival that took effect.
    pub(super) fn tell_rivals(&self, lane: usize, state: &State, tell: &mut impl Telling) {
        let name = |lane: usize| self.lane(lane).and_then(|lane| lane.rivals.as_ref());
        let won = state.path.iter().copied().filter(|at| name(at.0) == name(lane));
        let chosen = self.ids(won);
        for at in (0..self.count(lane)).map(|number| (lane, number)) {
            let Some(candidate) = self.candidate(at) else { continue };
            tell.refused(candidate.offer, || Reason::BetterChoice { chosen: chosen.clone(), by: None });
        }
    }
}
