//! Playing the lanes as the plan says, with somebody listening or nobody.

use std::ops::Range;

use crate::error::InputError;
use crate::model::Reason;
use crate::rule::{Choose, Desk};
use crate::value::Overflow;

use super::lane::Field;
use super::plan::Plan;
use super::state::State;
use super::telling::Telling;

impl Field<'_, '_> {
    /// Plays some lanes in their order as the plan says.
    pub(super) fn play(
        &mut self,
        lanes: Range<usize>,
        plan: &Plan,
        state: &mut State,
        desk: &mut Desk,
        tell: &mut impl Telling,
    ) -> Result<(), InputError> {
        for lane in lanes.clone() {
            self.play_lane(lane, plan, state, desk, tell)?;
        }
        // Only now it is known which offers of its rivals took effect.
        for lane in lanes.filter(|lane| plan.skips(*lane)) {
            self.yielded(lane, state, desk, tell)?;
        }
        Ok(())
    }

    fn play_lane(
        &mut self,
        lane: usize,
        plan: &Plan,
        state: &mut State,
        desk: &mut Desk,
        tell: &mut impl Telling,
    ) -> Result<(), Overflow> {
        let Some(entrants) = self.lanes.get_mut(lane) else { return Ok(()) };
        for (offer, reason) in std::mem::take(&mut entrants.refused) {
            tell.refused(offer, || reason);
        }
        if self.count(lane) == 0 || plan.skips(lane) {
            return Ok(());
        }
        self.enter(lane, state)?;
        if self.lane(lane).is_some_and(|known| known.choose == Choose::Best) {
            self.best(lane, plan, state, desk, tell)?;
        } else {
            self.run(lane, state, desk, tell)?;
        }
        state.leave();
        Ok(())
    }

    /// The offers of a lane that takes no effect are told which of its rivals did, or why nothing came of any.
    pub(super) fn yielded(
        &self,
        lane: usize,
        state: &State,
        desk: &mut Desk,
        tell: &mut impl Telling,
    ) -> Result<(), Overflow> {
        let rivals = |at: usize| self.lane(at).and_then(|known| known.rivals.as_ref());
        let chosen = self.ids(state.path.iter().copied().filter(|at| rivals(at.0) == rivals(lane)));
        for at in (0..self.count(lane)).map(|number| (lane, number)) {
            let Some(candidate) = self.candidate(at) else { continue };
            let reason = match self.hindered(at, state, desk)?.filter(|_| chosen.is_empty()) {
                Some(reason) => reason,
                None if chosen.is_empty() => self.without_effect(at, state, desk)?,
                None => Reason::BetterChoice { chosen: chosen.clone(), by: None },
            };
            tell.refused(candidate.offer, || reason);
        }
        Ok(())
    }
}
