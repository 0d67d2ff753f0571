//! What expires, and what comes back.

use super::account::waits;
use super::{Account, Draw, Gone, Lapsed, Lot};
use crate::error::ApplyError;
use crate::value::{Day, Id, Overflow, Points};

impl Account {
    /// Writes off what no hold keeps of a lot; it can be brought back until `keep_until`.
    pub(crate) fn expire(
        &mut self,
        wallet: &Id,
        draw: &Draw,
        expired_on: Day,
        keep_until: Option<Day>,
    ) -> Result<(), ApplyError> {
        let index = self.find(wallet, &draw.lot, 0)?;
        let known = self.lots.get(index).cloned();
        // A part of the lot may have expired before, while a hold kept the rest.
        let same = |lapsed: &&Lapsed| lapsed.until >= expired_on && lapsed.lot.id == draw.lot;
        let earlier = self.lapsed.iter().find(same).map(|lapsed| (lapsed.until, lapsed.lot.points));
        let points = earlier.map_or(Ok(draw.points), |(_, points)| points.plus(draw.points))?;
        self.take(wallet, draw.points, std::slice::from_ref(draw), Points::ZERO, Gone::Expired)?;
        self.lapsed.retain(|lapsed| lapsed.until >= expired_on);
        if let (Some(until), Some(lot)) = (keep_until, known) {
            self.lapsed.retain(|lapsed| lapsed.lot.id != lot.id);
            let until = earlier.map_or(until, |(earlier, _)| earlier.max(until));
            self.lapsed.push(Lapsed { lot: Lot { points, held: Points::ZERO, ..lot }, until });
        }
        Ok(())
    }

    /// Remembers what is gone of lots though nobody used it.
    pub(crate) fn note_gone(&mut self, draws: &[Draw]) -> Result<(), Overflow> {
        for draw in draws {
            match self.expired_lots.iter_mut().find(|known| known.lot == draw.lot) {
                Some(known) => known.points = known.points.plus(draw.points)?,
                None => self.expired_lots.push(draw.clone()),
            }
        }
        let excess = self.expired_lots.len().saturating_sub(Account::MAX_EXPIRED_LOTS);
        self.expired_lots.drain(..excess);
        Ok(())
    }

    /// Forgets as much of it as is there again.
    pub(crate) fn forget_gone(&mut self, lots: &[Lot]) -> Result<(), Overflow> {
        for lot in lots {
            if let Some(known) = self.expired_lots.iter_mut().find(|known| known.lot == lot.id) {
                known.points = known.points.minus(lot.points)?.max(Points::ZERO);
            }
        }
        self.expired_lots.retain(|known| !known.points.is_zero());
        Ok(())
    }

    /// Brings back what expired, with a new last day.
    pub(crate) fn reinstate(
        &mut self,
        wallet: &Id,
        draws: &[Draw],
        dates: impl Fn(&mut Lot),
    ) -> Result<(), ApplyError> {
        let mut next = self.clone();
        for draw in draws {
            let found = next.lapsed.iter().position(|lapsed| lapsed.lot.id == draw.lot);
            let Some(index) = found else {
                let (wallet, lot) = (wallet.clone(), draw.lot.clone());
                return Err(ApplyError::WrongLot { wallet, lot, exists: false });
            };
            let lot = next.lapsed.remove(index).lot;
            next.expired_lots.retain(|known| known.lot != lot.id);
            if lot.points != draw.points {
                let (wallet, lot, have) = (wallet.clone(), draw.lot.clone(), lot.points);
                return Err(ApplyError::LotTooSmall { wallet, lot, have, need: draw.points });
            }
            next.totals.expired = next.totals.expired.minus(lot.points)?;
            next.outstanding = next.outstanding.plus(lot.points)?;
            next.put(lot, &dates)?;
        }
        *self = next;
        Ok(())
    }

    /// Brings back what was spent or taken back: to the lots that are still there, as they are, or as they are given.
    pub(crate) fn restore(&mut self, wallet: &Id, lots: &[Lot], from: Gone) -> Result<(), ApplyError> {
        let mut next = self.clone();
        let points = Points::sum(lots.iter().map(|lot| lot.points))?;
        let total = match from {
            Gone::Revoked => &mut next.totals.revoked,
            _ => &mut next.totals.spent,
        };
        if *total < points {
            return Err(ApplyError::NothingToRestore { wallet: wallet.clone(), have: *total, need: points });
        }
        *total = total.minus(points)?;
        next.outstanding = next.outstanding.plus(points)?;
        for lot in lots {
            if let Some(fault) = lot.fault() {
                return Err(ApplyError::ImpossibleLot { wallet: wallet.clone(), fault });
            }
            match next.lots.iter_mut().find(|known| known.id == lot.id) {
                Some(known) => known.points = known.points.plus(lot.points)?,
                None => next.insert(lot.part(lot.points)),
            }
        }
        *self = next;
        Ok(())
    }

    /// Puts a lot back with new dates, or beside the part of it that is still there, which it may only lengthen.
    fn put(&mut self, mut lot: Lot, dates: impl Fn(&mut Lot)) -> Result<(), ApplyError> {
        if let Some(index) = self.lots.iter().position(|known| known.id == lot.id) {
            let known = self.lots.remove(index);
            self.waiting = self.waiting.saturating_sub(usize::from(waits(&known)));
            lot = Lot { points: known.points.plus(lot.points)?, ..known };
            let mut dated = lot.clone();
            dates(&mut dated);
            if lot.key() < dated.key() {
                lot = dated;
            }
        } else {
            dates(&mut lot);
        }
        self.insert(lot);
        Ok(())
    }
}
