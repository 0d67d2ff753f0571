//! All lots of one wallet of one member.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::record::Record;
use super::{Draw, Lot};
use crate::error::ApplyError;
use crate::value::{Day, Id, Overflow, Points};

/// In which order lots are used up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BurnOrder {
    /// What expires soonest first, then the oldest, then by id: the order that loses members the least.
    #[default]
    SoonestExpiry,
    /// The oldest first, then by id.
    OldestFirst,
    /// The newest first, then by id.
    NewestFirst,
    /// The smallest rest first, then by id.
    SmallestFirst,
}

/// The lots of one wallet and its totals: granted = outstanding + spent + expired.
///
/// Lots that are used up are dropped: the totals remember them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Record", into = "Record")]
pub struct Account {
    // INVARIANT: sorted by `Lot::key`, ids unique, every lot holds more than nothing.
    lots: Vec<Lot>,
    granted: Points,
    spent: Points,
    expired: Points,
    // INVARIANT: the sum over `lots`; granted = outstanding + spent + expired.
    outstanding: Points,
}

impl Account {
    /// An account from what is left, what was spent and what expired.
    ///
    /// # Errors
    /// A sentence that says which lot is wrong: the same id twice, nothing left in it, or a total beyond 15 digits.
    pub fn new(mut lots: Vec<Lot>, spent: Points, expired: Points) -> Result<Account, String> {
        if let Some(empty) = lots.iter().find(|lot| lot.points <= Points::ZERO) {
            return Err(format!("lot `{}` must hold more than nothing, found {}", empty.id, empty.points));
        }
        if spent < Points::ZERO || expired < Points::ZERO {
            return Err("`spent` and `expired` cannot be negative".into());
        }
        if !lots.is_sorted_by(|a, b| a.key() <= b.key()) {
            lots.sort_by(|a, b| a.key().cmp(&b.key()));
        }
        let mut ids: Vec<&Id> = lots.iter().map(|lot| &lot.id).collect();
        ids.sort_unstable();
        if let Some([twice, _]) = ids.array_windows().find(|[a, b]| a == b) {
            return Err(format!("lot `{twice}` is there twice"));
        }
        let totals = || -> Result<(Points, Points), Overflow> {
            let outstanding = Points::sum(lots.iter().map(|lot| lot.points))?;
            Ok((outstanding, outstanding.plus(spent)?.plus(expired)?))
        };
        let (outstanding, granted) = totals().map_err(|overflow| overflow.to_string())?;
        Ok(Account { lots, granted, spent, expired, outstanding })
    }

    /// What is left, by soonest expiry, then oldest, then id.
    #[must_use]
    pub fn lots(&self) -> &[Lot] {
        &self.lots
    }

    pub(super) fn into_lots(self) -> Vec<Lot> {
        self.lots
    }

    /// All points that were ever granted.
    #[must_use]
    pub fn granted(&self) -> Points {
        self.granted
    }

    /// All points that were ever spent.
    #[must_use]
    pub fn spent(&self) -> Points {
        self.spent
    }

    /// All points that were written off as expired.
    #[must_use]
    pub fn expired(&self) -> Points {
        self.expired
    }

    /// The sum of all lots, also of those that have ended but were not yet written off.
    #[must_use]
    pub fn outstanding(&self) -> Points {
        self.outstanding
    }

    /// How many digits after the point its longest lot has.
    pub(crate) fn digits(&self) -> u8 {
        self.lots.iter().map(|lot| lot.points.0.digits()).max().unwrap_or(0)
    }

    /// What can be used on that day, whether or not ended lots were written off.
    #[must_use]
    pub fn usable(&self, today: Day) -> Points {
        let ended = Points::sum(self.ended(today).iter().map(|lot| lot.points));
        // The sum over some lots is at most the sum over all, which fits.
        ended.and_then(|ended| self.outstanding.minus(ended)).unwrap_or(Points::ZERO)
    }

    /// The lots whose last day has passed: they stand at the front.
    #[must_use]
    pub fn ended(&self, today: Day) -> &[Lot] {
        self.lots.split_at(self.first_usable(today)).0
    }

    /// Which lots so many points would come from; fewer than asked for where there are not enough.
    #[must_use]
    pub fn plan(&self, points: Points, today: Day, order: BurnOrder) -> Vec<Draw> {
        let usable = self.lots.split_at(self.first_usable(today)).1;
        let mut draws = Vec::with_capacity(usable.len());
        if order == BurnOrder::SoonestExpiry {
            draw_from(usable.iter(), points, &mut draws);
            return draws;
        }
        let mut sorted: Vec<&Lot> = usable.iter().collect();
        match order {
            BurnOrder::SoonestExpiry => {}
            BurnOrder::OldestFirst => sorted.sort_by_key(|lot| (lot.earned_at, &lot.id)),
            BurnOrder::NewestFirst => sorted.sort_by_key(|lot| (std::cmp::Reverse(lot.earned_at), &lot.id)),
            BurnOrder::SmallestFirst => sorted.sort_by_key(|lot| (lot.points, &lot.id)),
        }
        draw_from(sorted.into_iter(), points, &mut draws);
        draws
    }

    /// Adds a lot.
    pub(crate) fn grant(&mut self, wallet: &Id, lot: Lot) -> Result<(), ApplyError> {
        if self.lots.iter().any(|known| known.id == lot.id) {
            return Err(ApplyError::WrongLot { wallet: wallet.clone(), lot: lot.id, exists: true });
        }
        let (granted, outstanding) = (self.granted.plus(lot.points)?, self.outstanding.plus(lot.points)?);
        let place = self.lots.partition_point(|known| known.key() < lot.key());
        self.lots.insert(place, lot);
        (self.granted, self.outstanding) = (granted, outstanding);
        Ok(())
    }

    /// Takes points from lots because they were spent.
    pub(crate) fn spend(&mut self, wallet: &Id, draws: &[Draw]) -> Result<(), ApplyError> {
        let taken = self.take(wallet, draws)?;
        // At most what was granted, which fits.
        self.spent = self.spent.plus(taken)?;
        Ok(())
    }

    /// Takes points from lots because they expired.
    pub(crate) fn expire(&mut self, wallet: &Id, draws: &[Draw]) -> Result<(), ApplyError> {
        let taken = self.take(wallet, draws)?;
        self.expired = self.expired.plus(taken)?;
        Ok(())
    }

    /// Takes all draws, or none.
    fn take(&mut self, wallet: &Id, draws: &[Draw]) -> Result<Points, ApplyError> {
        let mut taken = Points::ZERO;
        let mut from = 0_usize;
        for (number, draw) in draws.iter().enumerate() {
            let result =
                self.take_one(wallet, draw, from).and_then(|index| Ok((index, taken.plus(draw.points)?)));
            match result {
                Ok((index, sum)) => (from, taken) = (index, sum),
                Err(error) => {
                    self.put_back(draws.split_at(number).0);
                    return Err(error);
                }
            }
        }
        self.lots.retain(|lot| !lot.points.is_zero());
        self.outstanding = self.outstanding.minus(taken)?;
        Ok(taken)
    }

    /// Takes one draw, and tells where its lot stands; the search starts where the last one stopped.
    fn take_one(&mut self, wallet: &Id, draw: &Draw, from: usize) -> Result<usize, ApplyError> {
        let later = self.lots.iter().skip(from).position(|lot| lot.id == draw.lot);
        let index = later.map(|offset| from.saturating_add(offset));
        let index = index.or_else(|| self.lots.iter().position(|lot| lot.id == draw.lot));
        let Some((index, lot)) = index.and_then(|index| Some((index, self.lots.get_mut(index)?))) else {
            return Err(ApplyError::WrongLot {
                wallet: wallet.clone(),
                lot: draw.lot.clone(),
                exists: false,
            });
        };
        if lot.points < draw.points || draw.points <= Points::ZERO {
            let (have, need) = (lot.points, draw.points);
            return Err(ApplyError::LotTooSmall {
                wallet: wallet.clone(),
                lot: draw.lot.clone(),
                have,
                need,
            });
        }
        lot.points = lot.points.minus(draw.points)?;
        Ok(index)
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

    fn first_usable(&self, today: Day) -> usize {
        self.lots.partition_point(|lot| !lot.is_usable(today))
    }
}

fn draw_from<'a>(lots: impl Iterator<Item = &'a Lot>, points: Points, draws: &mut Vec<Draw>) {
    let mut left = points;
    for lot in lots {
        if left <= Points::ZERO {
            break;
        }
        let points = left.min(lot.points);
        draws.push(Draw { lot: lot.id.clone(), points });
        left = left.minus(points).unwrap_or(Points::ZERO);
    }
}
