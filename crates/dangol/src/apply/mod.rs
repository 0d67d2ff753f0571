//! Folding events into a member. It sees no program and no rule: what an event says is what happens.

mod activity;
mod change;
mod coupon;
mod statement;

use crate::error::ApplyError;
use crate::model::{Event, Member, Operation};

/// What applying an event did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The member changed.
    Changed,
    /// The member had seen the event before: nothing changed.
    Repeated,
}

impl Member {
    /// Applies one event, or changes nothing.
    ///
    /// An event that the member has seen changes nothing: one whose version is not above the member's, or one of an
    /// operation that was done before with the same content. One that another operation is remembered to have made is
    /// a conflict.
    ///
    /// # Errors
    /// An [`ApplyError`] where events are missing in between, the operation was done before with another content, the
    /// event is about somebody else or lies before the latest one, or a lot does not hold what the event takes. The
    /// member is then as before.
    pub fn apply(&mut self, event: &Event) -> Result<Outcome, ApplyError> {
        if event.member != self.id {
            return Err(ApplyError::WrongMember { have: self.id.clone(), got: event.member.clone() });
        }
        let known = self.operations.iter().position(|known| known.id == event.operation);
        let done =
            known.and_then(|index| self.operations.get(index)).filter(|done| !done.goes_on_with(event));
        if let Some(done) = done {
            let same = done.content.is_some() && done.content == event.content;
            if same {
                return Ok(Outcome::Repeated);
            }
        }
        if event.version <= self.version {
            return self.seen(event);
        }
        if done.is_some() {
            return Err(ApplyError::OperationReused { operation: event.operation.clone() });
        }
        if event.version != self.version.saturating_add(1) {
            return Err(ApplyError::Gap { have: self.version, got: event.version });
        }
        if known.is_none() && event.step > 1 {
            return Err(ApplyError::MissingStep { operation: event.operation.clone(), step: event.step });
        }
        if let Some(have) = self.at.filter(|at| event.at < *at) {
            return Err(ApplyError::TimeBackwards { have, got: event.at });
        }
        self.change(&event.change, event.at)?;
        self.version = event.version;
        self.at = Some(event.at);
        if let Some(known) = known.and_then(|index| self.operations.get_mut(index)) {
            (known.version, known.steps) = (event.version, event.step);
        } else {
            self.operations.push(Operation {
                id: event.operation.clone(),
                version: event.version,
                steps: event.step,
                content: event.content.clone(),
            });
            let excess = self.operations.len().saturating_sub(Member::MAX_OPERATIONS);
            self.operations.drain(..excess);
        }
        Ok(Outcome::Changed)
    }

    /// An event of a version that the member has: seen before, unless another operation is remembered to have made it.
    fn seen(&self, event: &Event) -> Result<Outcome, ApplyError> {
        let maker = self.operations.iter().position(|known| event.version <= known.version);
        let Some((index, maker)) = maker.and_then(|index| Some((index, self.operations.get(index)?))) else {
            return Ok(Outcome::Repeated);
        };
        // Where the oldest remembered operation began is not known.
        let certain = index > 0 || maker.version == event.version;
        if certain && maker.id != event.operation {
            let (have, got) = (maker.id.clone(), event.operation.clone());
            return Err(ApplyError::Conflict { version: event.version, have, got });
        }
        Ok(Outcome::Repeated)
    }

    /// Applies all events in their order, or changes nothing.
    ///
    /// # Errors
    /// The [`ApplyError`] of the first event that does not fit. The member is then as before.
    pub fn apply_all(&mut self, events: &[Event]) -> Result<Outcome, ApplyError> {
        let mut next = self.clone();
        let mut applied = Outcome::Repeated;
        for event in events {
            if next.apply(event)? == Outcome::Changed {
                applied = Outcome::Changed;
            }
        }
        *self = next;
        Ok(applied)
    }
}
