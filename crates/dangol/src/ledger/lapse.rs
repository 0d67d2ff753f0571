//! What expires, and what comes back.

use super::account::waits;
use super::{Account, Draw, Gone, Lapsed, Lot};
use crate::error::ApplyError;
use crate::value::{Day, Id, Points};

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
