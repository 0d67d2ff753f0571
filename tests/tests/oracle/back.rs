//! Orders and what comes back of them, as the documentation of returns says it: one line of units, at the usual terms.

use super::account::{Account, Lot};

/// An order, and what has come back of it.
#[derive(Clone, Debug)]
pub(crate) struct Sold {
    pub(crate) op: String,
    pub(crate) units: i64,
    pub(crate) back: i64,
    /// What money paid, and what points did.
    money: i64,
    used: i64,
    /// The lots that points were taken from, as they were, with what was taken.
    from: Vec<Lot>,
    granted: i64,
    taken: i64,
    /// What of that had expired.
    expired: i64,
}

impl Account {
    pub(crate) fn order(&mut self, op: &str, units: i64, price: i64, offered: i64) -> bool {
        let price = price * units;
        let used = offered.min(self.usable()).min(price);
        let mut from = vec![];
        if used > 0 {
            let parts = self.plan(used);
            for (id, points) in &parts {
                let lot = self.lots.iter().find(|lot| lot.id == *id).unwrap();
                from.push(Lot { points: *points, ..lot.clone() });
            }
            self.spent += self.take(&parts);
            self.touch();
        }
        let points = (price - used) / 10;
        let earned = points > 0 && self.earn(&format!("{op}/base"), points);
        self.lengthen([earned, used > 0, true]);
        self.absorb();
        let (money, granted) = (price - used, if earned { points } else { 0 });
        let (op, back, taken, expired) = (op.to_owned(), 0, 0, 0);
        self.orders.push(Sold { op, units, back, money, used, from, granted, taken, expired });
        true
    }

    /// So many units of an order come back; of what they earned the customer keeps what the rest would have earned, or
    /// loses what they would have earned alone.
    pub(crate) fn back(&mut self, order: usize, units: i64, of_goods: bool) -> bool {
        let mut sold = self.orders[order].clone();
        if sold.back == sold.units {
            return false;
        }
        let share = |amount: i64, back: i64| amount * back / sold.units;
        let (before, after) = (sold.back, sold.back + units);
        self.give_back(&sold.from, share(sold.used, before), share(sold.used, after));
        let gone = share(sold.money, after);
        let keeps = match (after == sold.units, of_goods) {
            (true, _) => 0,
            (false, false) => sold.granted.min((sold.money - gone) / 10),
            (false, true) => sold.granted - sold.granted.min(gone / 10),
        };
        let points = sold.granted - sold.taken - keeps;
        if points > 0 {
            sold.expired += self.take_earned(&format!("{}/base", sold.op), points, sold.expired);
            sold.taken += points;
        }
        self.absorb();
        sold.back = after;
        self.orders[order] = sold;
        true
    }

    /// Points that paid come back, the last ones that were taken first. What has ended meanwhile ends at once.
    fn give_back(&mut self, from: &[Lot], before: i64, after: i64) {
        let today = self.today();
        let (mut skip, mut left, mut ended) = (before, after - before, vec![]);
        for lot in from.iter().rev() {
            let skipped = skip.min(lot.points);
            skip -= skipped;
            let points = left.min(lot.points - skipped);
            left -= points;
            if points == 0 {
                continue;
            }
            self.spent -= points;
            match self.lots.iter_mut().find(|known| known.id == lot.id) {
                Some(known) => known.points += points,
                None => self.lots.push(Lot { points, ..lot.clone() }),
            }
            if lot.ended(today) {
                ended.push(Lot { points, ..lot.clone() });
            }
        }
        for lot in ended {
            self.lapse_since(&lot, lot.points, lot.last().unwrap(), today);
        }
    }

    /// Takes points that an order earned: what is left of them, then from others; what is missing is owed. What had expired
    /// is gone already.
    fn take_earned(&mut self, id: &str, points: i64, told: i64) -> i64 {
        let own = self.lots.iter().find(|lot| lot.id == id).map_or(0, |lot| self.free(lot)).min(points);
        let gone = self.expired_of.get(id).copied().unwrap_or(0);
        let expired = (gone - told).clamp(0, points - own);
        let rest = points - own - expired;
        let mut parts = vec![(id.to_owned(), own)];
        let mut left = rest;
        for (other, points) in self.plan(i64::MAX).into_iter().filter(|(other, _)| other != id) {
            let part = left.min(points);
            left -= part;
            parts.push((other, part));
        }
        parts.retain(|(_, points)| *points > 0);
        self.take(&parts);
        self.revoked += own + rest;
        self.deficit += left;
        expired
    }
}
