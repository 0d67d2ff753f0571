//! What an offer takes as things stand: what its benefit comes to, as far as its cap and its budget go.

use crate::model::Reason;
use crate::rule::Desk;
use crate::value::Overflow;

use super::lane::Field;
use super::limit;
use super::state::State;

impl Field<'_, '_> {
    /// What the offer takes now; the desk has the parts.
    pub(super) fn take(&self, at: (usize, usize), state: &State, desk: &mut Desk) -> Result<i64, Overflow> {
        let Some(candidate) = self.candidate(at) else { return Ok(0) };
        if !candidate.refuses(self.program) {
            return self.capped(at, candidate.cap(state), state, desk);
        }
        let taken = self.capped(at, candidate.most, state, desk)?;
        if candidate.exceeds(taken, state) {
            desk.parts.clear();
            return Ok(0);
        }
        Ok(taken)
    }

    /// What the offer takes now, where nobody needs the parts.
    pub(super) fn worth(&self, at: (usize, usize), state: &State, desk: &mut Desk) -> Result<i64, Overflow> {
        let plain = self.candidate(at).filter(|candidate| !candidate.refuses(self.program));
        let worth = plain.and_then(|candidate| {
            let given = self.given(at.0, candidate, state);
            candidate.offer.benefit.worth(&given, candidate.offer.units, candidate.cap(state))
        });
        worth.map_or_else(|| self.take(at, state, desk), Ok)
    }

    /// Whether the offer takes nothing where its budget has too little left.
    pub(super) fn refuses(&self, at: (usize, usize)) -> bool {
        self.candidate(at).is_some_and(|candidate| candidate.refuses(self.program))
    }

    /// What the offer takes at most: all that its cap and its budget leave room for.
    pub(super) fn trimmed(
        &self,
        at: (usize, usize),
        state: &State,
        desk: &mut Desk,
    ) -> Result<i64, Overflow> {
        let cap = self.candidate(at).and_then(|candidate| candidate.cap(state));
        self.capped(at, cap, state, desk)
    }

    fn capped(
        &self,
        at: (usize, usize),
        most: Option<i64>,
        state: &State,
        desk: &mut Desk,
    ) -> Result<i64, Overflow> {
        let Some(candidate) = self.candidate(at) else { return Ok(0) };
        let given = self.given(at.0, candidate, state);
        candidate.offer.benefit.take(&given, candidate.offer.units, most, desk)
    }

    /// Why an offer takes nothing.
    pub(super) fn without_effect(
        &self,
        at: (usize, usize),
        state: &State,
        desk: &mut Desk,
    ) -> Result<Reason, Overflow> {
        let Some(candidate) = self.candidate(at) else { return Ok(Reason::NoEffect) };
        if candidate.budget.is_some() {
            let wanted = self.capped(at, candidate.most, state, desk)?;
            if let Some(reason) = limit::short(self, candidate, wanted, state)? {
                return Ok(reason);
            }
        }
        let given = self.given(at.0, candidate, state);
        let reason = candidate.offer.benefit.refusal(&given, candidate.offer.units, desk);
        Ok(reason.unwrap_or(Reason::NoEffect))
    }
}
