//! What each kind of event changes, apart from the version.

use crate::error::ApplyError;
use crate::ledger::{Account, Draw, Gone, Hold, Lot};
use crate::model::{Change, Member, Standing, Tally, TallyEntry};
use crate::value::{Amount, Id, Instant, Points};

impl Member {
    /// What an event of that content at that instant changes.
    ///
    /// Each arm changes at most one account, and an account changes wholly or not at all.
    pub(crate) fn change(&mut self, change: &Change, at: Instant) -> Result<(), ApplyError> {
        let unknown = change.wallet().filter(|wallet| !self.wallets.contains_key(*wallet));
        let changed = self.changed(change, at);
        if let (Err(_), Some(wallet)) = (&changed, unknown) {
            self.wallets.remove(wallet);
        }
        changed
    }

    fn changed(&mut self, change: &Change, at: Instant) -> Result<(), ApplyError> {
        match change {
            Change::OrderPlaced { .. } | Change::OrderCounted { .. } | Change::OrderReturned { .. } => {
                self.count_order(change)?;
            }
            Change::ActivityCorrected { .. } => self.correct(change)?,
            Change::OfferUsed { order, offer, coupon, tallies, .. } => {
                if let Some(counted) = self.counted(tallies, Points::ZERO)? {
                    self.tallies = counted;
                }
                let uses = self.uses.entry(offer.clone()).or_default();
                *uses = uses.saturating_add(1);
                if let Some(coupon) = coupon {
                    self.use_coupon(coupon, order);
                }
            }
            Change::OfferReleased { offer, tallies, .. } => {
                for entry in tallies {
                    let Some(tally) = Tally::of_span(&mut self.tallies, entry) else { continue };
                    tally.times = tally.times.saturating_sub(1);
                }
                if let Some(uses) = self.uses.get_mut(offer) {
                    *uses = uses.saturating_sub(1);
                }
            }
            Change::TalliesCorrected { tallies, more, .. } => {
                let mut next = self.tallies.clone();
                tallies.iter().try_for_each(|by| Tally::correct(&mut next, by, *more))?;
                self.tallies = next;
            }
            Change::TierChanged { ladder, standing, .. } | Change::TierReviewed { ladder, standing, .. } => {
                self.tiers.insert(ladder.clone(), Standing::clone(standing));
            }
            Change::Enrolled { on, birthday } => {
                self.joined_on = Some(*on);
                self.birthday = birthday.or(self.birthday);
            }
            Change::Referred { by, .. } => self.referred_by = by.clone().or(self.referred_by.take()),
            Change::EventRecorded { event, units, counted_on } => {
                if let Some(on) = counted_on {
                    self.on_day(*on, |day| {
                        let count = day.events.entry(event.clone()).or_default();
                        *count = count.saturating_add(units.unwrap_or(1));
                    });
                }
            }
            Change::AmountCarried { tally } => {
                positive("amount", tally.amount.0)?;
                Tally::add(&mut self.tallies, tally, Points::ZERO, 0)?;
            }
            Change::CouponIssued { .. }
            | Change::CouponRestored { .. }
            | Change::CouponRevoked { .. }
            | Change::CouponExpired { .. }
            | Change::CouponHeld { .. }
            | Change::CouponReleased { .. }
            | Change::CouponSent { .. } => self.change_coupon(change)?,
            points => self.move_points(points, at)?,
        }
        Ok(())
    }

    fn move_points(&mut self, change: &Change, at: Instant) -> Result<(), ApplyError> {
        match change {
            Change::PointsEarned { .. } | Change::PointsGranted { .. } => {
                let Some((wallet, lot)) = lot(change, at) else { return Ok(()) };
                positive("points", lot.points.0)?;
                let points = lot.points;
                let (counted, counted_on) = match change {
                    Change::PointsEarned { tallies, counted_on, .. } => {
                        (self.counted(tallies, points)?, *counted_on)
                    }
                    _ => (None, None),
                };
                let sum = counted_on.map(|on| self.granted_on(on, wallet, points)).transpose()?;
                let account = self.wallets.entry(wallet.clone()).or_default();
                account.grant(wallet, lot)?;
                if matches!(change, Change::PointsEarned { .. }) {
                    account.touch(at);
                }
                self.tallies = counted.unwrap_or_else(|| std::mem::take(&mut self.tallies));
                if let (Some(on), Some(sum)) = (counted_on, sum) {
                    self.on_day(on, |day| _ = day.points.insert(wallet.clone(), sum));
                }
                Ok(())
            }
            Change::PointsSpent { wallet, points, lots, deficit, hold, .. } => {
                let account = self.wallets.entry(wallet.clone()).or_default();
                match hold {
                    Some(hold) => account.capture(wallet, hold, *points, lots, *deficit)?,
                    None => account.take(wallet, *points, lots, *deficit, Gone::Spent)?,
                }
                account.touch(at);
                Ok(())
            }
            Change::PointsDecayed { wallet, points, lots, on } => {
                let account = self.taken(wallet, *points, lots, Points::ZERO, Gone::Expired)?;
                account.note_decay(*on);
                Ok(())
            }
            Change::PointsRevoked { wallet, points, lots, deficit, reached, .. } => {
                let account = self.taken(wallet, *points, lots, *deficit, Gone::Revoked)?;
                // A return of what had granted them must not take them once more.
                if reached.is_some() {
                    account.note_gone(lots)?;
                }
                Ok(())
            }
            Change::PointsSent { wallet, points, lots, .. } => {
                self.taken(wallet, *points, lots, Points::ZERO, Gone::Sent).map(|_| ())
            }
            Change::DeficitAbsorbed { wallet, points, lots } => {
                self.taken(wallet, *points, lots, Points::ZERO, Gone::Absorbed).map(|_| ())
            }
            other => self.redate_points(other),
        }
    }

    /// The tallies after a grant of so many points, or a use, where it is added to any.
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

    fn redate_points(&mut self, change: &Change) -> Result<(), ApplyError> {
        match change {
            Change::PointsExpired { wallet, lot, points, expired_on, keep_until } => {
                let draw = Draw { lot: lot.clone(), points: *points };
                let account = self.wallets.entry(wallet.clone()).or_default();
                account.expire(wallet, &draw, *expired_on, *keep_until)
            }
            Change::PointsHeld { wallet, hold, points, lots, until } => {
                balanced(*points, lots, Points::ZERO)?;
                let hold = Hold { id: hold.clone(), lots: lots.clone(), until: *until };
                self.wallets.entry(wallet.clone()).or_default().hold(wallet, hold)
            }
            Change::HoldReleased { wallet, hold, .. } => {
                self.wallets.entry(wallet.clone()).or_default().release(wallet, hold)
            }
            Change::PointsVested { wallet, lot, usable_from, expires_on, grace_until, .. } => {
                let account = self.wallets.entry(wallet.clone()).or_default();
                account.redate(wallet, std::slice::from_ref(lot), |lot| {
                    lot.awaits = None;
                    (lot.usable_from, lot.expires_on, lot.grace_until) =
                        (*usable_from, *expires_on, *grace_until);
                })
            }
            Change::PointsExtended { wallet, lots, expires_on, grace_until } => {
                let account = self.wallets.entry(wallet.clone()).or_default();
                account.redate(wallet, lots, |lot| {
                    (lot.expires_on, lot.grace_until) = (Some(*expires_on), *grace_until);
                })
            }
            Change::PointsRedated { wallet, lots, active_at, .. } => {
                self.wallets.entry(wallet.clone()).or_default().keep_up(wallet, lots, *active_at)
            }
            Change::PointsRestored { wallet, points, lots, revoked, reached, .. } => {
                let sum = Points::sum(lots.iter().map(|lot| lot.points))?;
                if sum != *points {
                    return Err(ApplyError::Unbalanced { points: *points, lots: sum });
                }
                let gone = if *revoked { Gone::Revoked } else { Gone::Spent };
                let account = self.wallets.entry(wallet.clone()).or_default();
                account.restore(wallet, lots, gone)?;
                if reached.is_some() {
                    account.forget_gone(lots)?;
                }
                Ok(())
            }
            Change::PointsReinstated { wallet, points, lots, expires_on } => {
                balanced(*points, lots, Points::ZERO)?;
                let account = self.wallets.entry(wallet.clone()).or_default();
                account.reinstate(wallet, lots, |lot| {
                    (lot.expires_on, lot.grace_until) = (Some(*expires_on), None);
                })
            }
            // Everything else was changed above.
            _ => Ok(()),
        }
    }

    fn taken(
        &mut self,
        wallet: &Id,
        points: Points,
        lots: &[Draw],
        deficit: Points,
        gone: Gone,
    ) -> Result<&mut Account, ApplyError> {
        let account = self.wallets.entry(wallet.clone()).or_default();
        account.take(wallet, points, lots, deficit, gone)?;
        Ok(account)
    }
}

/// The lot that an event grants, where it grants one; a gift keeps its age.
fn lot(change: &Change, at: Instant) -> Option<(&Id, Lot)> {
    let (wallet, id, points, earned_at) = match change {
        Change::PointsEarned { wallet, lot, points, .. } => (wallet, lot, points, None),
        Change::PointsGranted { wallet, lot, points, earned_at, .. } => (wallet, lot, points, *earned_at),
        _ => return None,
    };
    let (Change::PointsEarned { expires_on, grace_until, usable_from, awaits, issuer, .. }
    | Change::PointsGranted { expires_on, grace_until, usable_from, awaits, issuer, .. }) = change
    else {
        return None;
    };
    let lot = Lot {
        expires_on: *expires_on,
        grace_until: *grace_until,
        usable_from: *usable_from,
        awaits: awaits.clone(),
        issuer: issuer.clone(),
        ..Lot::new(id.clone(), *points, earned_at.unwrap_or(at))
    };
    Some((wallet, lot))
}

fn positive(field: &'static str, amount: Amount) -> Result<(), ApplyError> {
    if amount <= Amount::ZERO { Err(ApplyError::OutOfRange { field, amount }) } else { Ok(()) }
}

/// The points of an event must be what its lots give and what was not there.
fn balanced(points: Points, lots: &[Draw], deficit: Points) -> Result<(), ApplyError> {
    let sum = Draw::sum(lots)?.plus(deficit)?;
    if sum == points { Ok(()) } else { Err(ApplyError::Unbalanced { points, lots: sum }) }
}
