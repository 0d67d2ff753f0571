//! What moves points: each movement happens wholly or not at all, and keeps the law of conservation.

use super::account::{Totals, waits};
use super::{Account, Draw, Hold, Lot, LotDays};
use crate::error::ApplyError;
use crate::value::{Day, Id, Instant, Points};

/// Where taken points go.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Gone {
    Spent,
    Expired,
    Revoked,
    Sent,
    /// They make up for a deficit.
    Absorbed,
}

impl Account {
    /// Adds a lot.
    pub(crate) fn grant(&mut self, wallet: &Id, lot: Lot) -> Result<(), ApplyError> {
        if self.lots.iter().any(|known| known.id == lot.id) {
            return Err(ApplyError::WrongLot { wallet: wallet.clone(), lot: lot.id, exists: true });
        }
        possible(wallet, &lot)?;
        let granted = self.totals.granted.plus(lot.points)?;
        self.outstanding = self.outstanding.plus(lot.points)?;
        self.totals.granted = granted;
        self.insert(lot);
        Ok(())
    }

    /// Takes points that no hold keeps from lots; `short` of them are not there, which makes a deficit.
    pub(crate) fn take(
        &mut self,
        wallet: &Id,
        points: Points,
        draws: &[Draw],
        short: Points,
        gone: Gone,
    ) -> Result<(), ApplyError> {
        let taken = Draw::sum(draws)?;
        let lots = taken.plus(short)?;
        if lots != points {
            return Err(ApplyError::Unbalanced { points, lots });
        }
        let totals = self.totals_after(points, short, wallet, gone)?;
        self.draw(wallet, draws)?;
        self.totals = totals;
        self.outstanding = self.outstanding.minus(taken)?;
        if let Gone::Expired = gone {
            self.note_gone(draws)?;
        }
        Ok(())
    }

    /// The totals when so many more points are gone, some of which were not there.
    fn totals_after(
        &self,
        points: Points,
        short: Points,
        wallet: &Id,
        gone: Gone,
    ) -> Result<Totals, ApplyError> {
        let mut totals = self.totals;
        if let Gone::Absorbed = gone {
            if points > totals.deficit {
                let (have, need) = (totals.deficit, points);
                return Err(ApplyError::DeficitTooSmall { wallet: wallet.clone(), have, need });
            }
            totals.deficit = totals.deficit.minus(points)?;
            return Ok(totals);
        }
        if short < Points::ZERO {
            return Err(ApplyError::OutOfRange { field: "deficit", amount: short.0 });
        }
        totals.deficit = totals.deficit.plus(short)?;
        let total = match gone {
            Gone::Spent => &mut totals.spent,
            Gone::Expired => &mut totals.expired,
            Gone::Revoked => &mut totals.revoked,
            Gone::Sent | Gone::Absorbed => &mut totals.sent,
        };
        *total = total.plus(points)?;
        Ok(totals)
    }

    /// Takes all draws from the free parts of lots, or none.
    fn draw(&mut self, wallet: &Id, draws: &[Draw]) -> Result<(), ApplyError> {
        let (mut from, mut empty) = (0_usize, 0_usize);
        for (number, draw) in draws.iter().enumerate() {
            let result = self.find(wallet, &draw.lot, from).and_then(|index| {
                let emptied = self.draw_one(wallet, draw, index)?;
                Ok((index, emptied))
            });
            match result {
                Ok((index, emptied)) => {
                    from = index.saturating_add(1);
                    empty = empty.saturating_add(usize::from(emptied));
                }
                Err(error) => {
                    self.put_back(draws.split_at(number).0);
                    return Err(error);
                }
            }
        }
        self.drop_empty(empty);
        Ok(())
    }

    /// Where a lot stands; the search starts where the last one stopped.
    pub(super) fn find(&self, wallet: &Id, lot: &Id, from: usize) -> Result<usize, ApplyError> {
        let later = self.lots.iter().skip(from).position(|known| known.id == *lot);
        let index = later.map(|offset| from.saturating_add(offset));
        let index = index.or_else(|| self.lots.iter().position(|known| known.id == *lot));
        index.ok_or_else(|| ApplyError::WrongLot { wallet: wallet.clone(), lot: lot.clone(), exists: false })
    }

    /// Takes points from the free part of the lot at that place, and says whether nothing is left of it.
    fn draw_one(&mut self, wallet: &Id, draw: &Draw, index: usize) -> Result<bool, ApplyError> {
        let Some(lot) = self.lots.get_mut(index) else { return Ok(false) };
        enough(wallet, draw, lot.free())?;
        lot.points = lot.points.minus(draw.points)?;
        Ok(lot.points.is_zero())
    }

    /// Undoes draws that were taken a moment ago, before empty lots are dropped.
    fn put_back(&mut self, draws: &[Draw]) {
        for draw in draws {
            if let Some(lot) = self.lots.iter_mut().find(|lot| lot.id == draw.lot) {
                // It held that much before, so the sum fits.
                lot.points = lot.points.plus(draw.points).unwrap_or(lot.points);
            }
        }
    }

    /// Drops lots that were used up, of which there are so many.
    fn drop_empty(&mut self, empty: usize) {
        self.lots.drop_empty(empty);
        if self.waiting > 0 {
            self.waiting = self.lots.iter().filter(|lot| waits(lot)).count();
        }
    }

    pub(super) fn insert(&mut self, lot: Lot) {
        if waits(&lot) {
            self.waiting = self.waiting.saturating_add(1);
        }
        self.lots.insert(lot);
    }

    /// Sets points aside.
    pub(crate) fn hold(&mut self, wallet: &Id, hold: Hold) -> Result<(), ApplyError> {
        if self.holds.iter().any(|known| known.id == hold.id) {
            return Err(ApplyError::WrongHold { wallet: wallet.clone(), hold: hold.id, exists: true });
        }
        let mut next = self.lots.clone();
        for draw in &hold.lots {
            let index = self.find(wallet, &draw.lot, 0)?;
            let Some(lot) = next.get_mut(index) else { continue };
            enough(wallet, draw, lot.free())?;
            lot.held = lot.held.plus(draw.points)?;
        }
        self.lots = next;
        self.holds.push(hold);
        Ok(())
    }

    /// Ends a hold: its points are free again.
    pub(crate) fn release(&mut self, wallet: &Id, hold: &Id) -> Result<(), ApplyError> {
        let Some(index) = self.holds.iter().position(|known| known.id == *hold) else {
            return Err(ApplyError::WrongHold { wallet: wallet.clone(), hold: hold.clone(), exists: false });
        };
        let hold = self.holds.remove(index);
        for draw in &hold.lots {
            if let Some(lot) = self.lots.iter_mut().find(|lot| lot.id == draw.lot) {
                // INVARIANT of the account: at least that much of the lot is held.
                lot.held = lot.held.minus(draw.points).unwrap_or(Points::ZERO);
            }
        }
        Ok(())
    }

    /// Ends a hold and spends these of its points, and so many that are not there.
    pub(crate) fn capture(
        &mut self,
        wallet: &Id,
        hold: &Id,
        points: Points,
        draws: &[Draw],
        short: Points,
    ) -> Result<(), ApplyError> {
        let mut next = self.clone();
        let kept = next.holds.iter().find(|known| known.id == *hold).cloned();
        next.release(wallet, hold)?;
        for draw in draws {
            let kept = kept.iter().flat_map(|hold| &hold.lots).find(|kept| kept.lot == draw.lot);
            enough(wallet, draw, kept.map_or(Points::ZERO, |kept| kept.points))?;
        }
        next.take(wallet, points, draws, short, Gone::Spent)?;
        *self = next;
        Ok(())
    }

    /// Gives lots new dates, one after the other as they are named, and ends what they wait for where they do.
    pub(crate) fn redate(
        &mut self,
        wallet: &Id,
        lots: &[Id],
        mut change: impl FnMut(&mut Lot),
    ) -> Result<(), ApplyError> {
        let mut next = self.lots.clone();
        for lot in lots {
            let index = self.find(wallet, lot, 0)?;
            if let Some(lot) = next.get_mut(index) {
                change(lot);
                possible(wallet, lot)?;
            }
        }
        next.sort_by(|a, b| a.key().cmp(&b.key()));
        self.waiting = next.iter().filter(|lot| waits(lot)).count();
        self.lots = next;
        Ok(())
    }

    /// Gives lots those days, and the account that latest activity.
    pub(crate) fn keep_up(
        &mut self,
        wallet: &Id,
        lots: &[LotDays],
        active_at: Option<Instant>,
    ) -> Result<(), ApplyError> {
        let ids: Vec<Id> = lots.iter().map(|days| days.lot.clone()).collect();
        let mut days = lots.iter();
        self.redate(wallet, &ids, |lot| {
            if let Some(days) = days.next() {
                (lot.expires_on, lot.grace_until) = (Some(days.expires_on), days.grace_until);
            }
        })?;
        self.active_at = active_at;
        Ok(())
    }

    /// Notes that points were earned or spent.
    pub(crate) fn touch(&mut self, at: Instant) {
        self.active_at = self.active_at.max(Some(at));
    }

    /// Notes that points decayed.
    pub(crate) fn note_decay(&mut self, on: Day) {
        self.decayed_on = self.decayed_on.max(Some(on));
    }
}

/// A draw takes more than nothing, and at most what there is.
fn enough(wallet: &Id, draw: &Draw, have: Points) -> Result<(), ApplyError> {
    let need = draw.points;
    if have < need || need <= Points::ZERO {
        return Err(ApplyError::LotTooSmall { wallet: wallet.clone(), lot: draw.lot.clone(), have, need });
    }
    Ok(())
}

/// What cannot be read back must not be written: the dates of an event may not make sense.
fn possible(wallet: &Id, lot: &Lot) -> Result<(), ApplyError> {
    match lot.fault() {
        Some(fault) => Err(ApplyError::ImpossibleLot { wallet: wallet.clone(), fault }),
        None => Ok(()),
    }
}
