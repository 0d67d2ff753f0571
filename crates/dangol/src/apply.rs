//! Folding events into a member. It sees no program and no rule: what an event says is what happens.

use crate::error::ApplyError;
use crate::ledger::{Draw, Lot};
use crate::model::{Activity, Change, Event, Member, Operation, Tally, TallyEntry};
use crate::value::{Amount, Day, Instant, Money, Overflow, Points};

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
    /// An event that the member has seen (its version is not above the member's) changes nothing; one that another
    /// operation is remembered to have made is a conflict.
    ///
    /// # Errors
    /// An [`ApplyError`] where events are missing in between, the operation was done before, the event is about
    /// somebody else, or a lot does not hold what the event takes. The member is then as before.
    pub fn apply(&mut self, event: &Event) -> Result<Outcome, ApplyError> {
        if event.member != self.id {
            return Err(ApplyError::WrongMember { have: self.id.clone(), got: event.member.clone() });
        }
        if event.version <= self.version {
            return self.seen(event);
        }
        if event.version != self.version.saturating_add(1) {
            return Err(ApplyError::Gap { have: self.version, got: event.version });
        }
        let known = self.operations.iter().position(|known| known.id == event.operation);
        let done_at = known.and_then(|index| self.operations.get(index)).map(|known| known.version);
        // An operation's events follow one another; one that starts again was done before.
        match done_at {
            None if event.step > 1 => {
                return Err(ApplyError::MissingStep { operation: event.operation.clone(), step: event.step });
            }
            Some(version) if event.step == 1 || version != self.version => {
                return Err(ApplyError::OperationReused { operation: event.operation.clone() });
            }
            _ => {}
        }
        self.change(&event.change, event.at)?;
        self.version = event.version;
        if let Some(known) = known.and_then(|index| self.operations.get_mut(index)) {
            known.version = event.version;
        } else {
            self.operations.push(Operation { id: event.operation.clone(), version: event.version });
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

    /// What an event of that content at that instant changes, apart from the version.
    ///
    /// Each arm changes at most one account, and an account changes wholly or not at all.
    pub(crate) fn change(&mut self, change: &Change, at: Instant) -> Result<(), ApplyError> {
        match change {
            Change::OrderPlaced { on, spend, forget_before, .. } => {
                if spend.0.is_negative() {
                    return Err(ApplyError::OutOfRange { field: "spend", amount: spend.0 });
                }
                self.spent_on(*on, *spend)?;
                self.orders = self.orders.saturating_add(1);
                if let Some(first) = forget_before {
                    self.activity.retain(|activity| activity.on >= *first);
                }
            }
            Change::OfferUsed { offer, .. } => {
                let uses = self.uses.entry(offer.clone()).or_default();
                *uses = uses.saturating_add(1);
            }
            Change::PointsEarned { wallet, lot, points, expires_on, tallies, .. } => {
                if points.0 <= Amount::ZERO {
                    return Err(ApplyError::OutOfRange { field: "points", amount: points.0 });
                }
                let counted = self.counted(tallies, *points)?;
                let lot = Lot { id: lot.clone(), earned_at: at, expires_on: *expires_on, points: *points };
                self.wallets.entry(wallet.clone()).or_default().grant(wallet, lot)?;
                self.tallies = counted.unwrap_or_else(|| std::mem::take(&mut self.tallies));
            }
            Change::AmountCarried { tally } => {
                if tally.amount.0 <= Amount::ZERO {
                    return Err(ApplyError::OutOfRange { field: "amount", amount: tally.amount.0 });
                }
                Tally::add(&mut self.tallies, tally, Points::ZERO, 0)?;
            }
            Change::PointsSpent { wallet, lots, points, .. } => {
                let sum = Points::sum(lots.iter().map(|draw| draw.points))?;
                if sum != *points {
                    return Err(ApplyError::Unbalanced { points: *points, lots: sum });
                }
                self.wallets.entry(wallet.clone()).or_default().spend(wallet, lots)?;
            }
            Change::PointsExpired { wallet, lot, points, .. } => {
                let draw = Draw { lot: lot.clone(), points: *points };
                self.wallets.entry(wallet.clone()).or_default().expire(wallet, &[draw])?;
            }
            Change::TierChanged { to, .. } => self.tier = Some(to.clone()),
        }
        Ok(())
    }

    /// The tallies after a grant of so many points, where it is added to any.
    fn counted(&self, entries: &[TallyEntry], points: Points) -> Result<Option<Vec<Tally>>, ApplyError> {
        if entries.is_empty() {
            return Ok(None);
        }
        let mut tallies = self.tallies.clone();
        for entry in entries {
            if entry.amount.0.is_negative() {
                return Err(ApplyError::OutOfRange { field: "tallies", amount: entry.amount.0 });
            }
            Tally::add(&mut tallies, entry, points, 1)?;
        }
        Ok(Some(tallies))
    }

    fn spent_on(&mut self, on: Day, spend: Money) -> Result<(), Overflow> {
        match self.activity.iter_mut().find(|activity| activity.on == on) {
            Some(activity) => activity.spend = activity.spend.plus(spend)?,
            None => {
                self.activity.push(Activity { on, spend });
                self.activity.sort_by_key(|activity| activity.on);
            }
        }
        Ok(())
    }
}
