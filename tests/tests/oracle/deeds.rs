//! What can be done with points, as the documentation of each action says it. `false` stands for a no.

use super::account::{Account, Hold, Lot};
use super::calendar::{Day, Minute};
use super::terms::EVENT;

/// What happens where more points are to be taken than can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Short {
    Refuse,
    Reduce,
    Deficit,
}

impl Account {
    fn grace(&self, last: Option<Day>) -> Option<Day> {
        Some(self.terms.grace?.after(last?))
    }

    /// When points end whose time runs from today, or from when they can be used.
    fn end(&self, from: Option<Day>, awaits: bool) -> Option<Day> {
        let expiry = self.terms.expiry?;
        match (self.terms.from_vesting, awaits) {
            (true, true) => None,
            (true, false) => Some(expiry.last(from.unwrap_or(self.today()))),
            (false, _) => Some(expiry.last(self.today())),
        }
    }

    /// A rule grants points, unless they would end before they can be used.
    pub(crate) fn earn(&mut self, id: &str, points: i64) -> bool {
        let awaits = self.terms.vesting.is_some_and(|(_, signal)| signal);
        let from = match self.terms.vesting {
            Some((Some(after), false)) => Some(after.after(self.today())),
            _ => None,
        };
        let expires = self.end(from, awaits);
        if expires.is_some_and(|last| last < from.unwrap_or(self.today())) {
            return false;
        }
        let grace = self.grace(expires);
        self.add(Lot { id: id.into(), earned: self.now, expires, grace, from, awaits, points });
        self.touch();
        true
    }

    /// Activity gives all points a later last day.
    pub(crate) fn lengthen(&mut self, active: [bool; 3]) {
        let Some(extension) = self.terms.extension.clone() else { return };
        if !extension.on.iter().zip(active).any(|(on, active)| *on && active) {
            return;
        }
        let (today, zone) = (self.today(), self.terms.zone);
        for index in 0..self.lots.len() {
            let lot = &self.lots[index];
            let last = extension.last(zone.day(lot.earned), today);
            if !lot.ended(today) && lot.expires.is_some_and(|known| known < last) {
                let grace = self.grace(Some(last));
                (self.lots[index].expires, self.lots[index].grace) = (Some(last), grace);
            }
        }
    }

    pub(crate) fn event(&mut self, op: &str) -> bool {
        let earned = self.earn(&format!("{op}/ev"), EVENT);
        self.lengthen([earned, false, false]);
        self.absorb();
        true
    }

    pub(crate) fn grant(
        &mut self,
        op: &str,
        points: i64,
        last: Option<Day>,
        from: Option<Day>,
        awaits: bool,
    ) -> bool {
        let from = from.filter(|from| *from > self.today());
        let expires = last.or_else(|| self.end(from, awaits));
        if expires.is_some_and(|last| last < from.unwrap_or(self.today())) {
            return false;
        }
        let grace = self.grace(expires);
        self.add(Lot { id: format!("{op}/grant"), earned: self.now, expires, grace, from, awaits, points });
        self.absorb();
        true
    }

    /// How many of so many points are taken, and how many of them are not there.
    fn short(points: i64, there: i64, short: Short) -> Option<(i64, i64)> {
        match short {
            _ if points <= there => Some((points, 0)),
            Short::Refuse => None,
            Short::Reduce => (there > 0).then_some((there, 0)),
            Short::Deficit => Some((there, points - there)),
        }
    }

    pub(crate) fn spend(&mut self, points: i64, short: Short) -> bool {
        let Some((taken, missing)) = Account::short(points, self.usable(), short) else { return false };
        let parts = self.plan(taken);
        self.take(&parts);
        self.spent += taken + missing;
        self.deficit += missing;
        self.touch();
        self.lengthen([false, true, false]);
        true
    }

    pub(crate) fn revoke(&mut self, points: Option<i64>, of: Option<&str>, short: Short) -> bool {
        let today = self.today();
        let own = |lot: &Lot| of.is_some_and(|of| lot.id.rsplit_once('/').is_some_and(|(op, _)| op == of));
        let mut mine: Vec<Lot> = self.lots.iter().filter(|lot| own(lot)).cloned().collect();
        // At most one lot of an operation and wallet is there, or the parts of a gift, which are numbered.
        mine.sort_by_key(|lot| {
            (
                !lot.pending(today),
                lot.last().is_none(),
                lot.last(),
                lot.earned,
                super::account::by_name(&lot.id),
            )
        });
        let owned: i64 = mine.iter().map(|lot| self.free(lot)).sum();
        let points = points.unwrap_or(owned);
        if points == 0 {
            return false;
        }
        let others = self.plan(i64::MAX).into_iter().filter(|(id, _)| mine.iter().all(|lot| lot.id != *id));
        let others: Vec<(String, i64)> = others.collect();
        let there = owned + others.iter().map(|(_, points)| points).sum::<i64>();
        let Some((taken, missing)) = Account::short(points, there, short) else { return false };
        let mut parts = self.from(&mine, taken);
        let mut left = taken - parts.iter().map(|(_, points)| points).sum::<i64>();
        for (id, points) in others {
            if left > 0 {
                parts.push((id, points.min(left)));
                left -= points.min(left);
            }
        }
        self.take(&parts);
        self.revoked += taken + missing;
        self.deficit += missing;
        true
    }

    pub(crate) fn hold(&mut self, op: &str, points: i64, until: Option<Minute>) -> bool {
        if points > self.usable() {
            return false;
        }
        let parts = self.plan(points);
        self.holds.push(Hold { id: op.into(), until, parts });
        true
    }

    pub(crate) fn capture(&mut self, hold: usize, points: Option<i64>) -> bool {
        let held: i64 = self.holds[hold].parts.iter().map(|(_, points)| points).sum();
        let mut left = points.unwrap_or(held);
        if left > held {
            return false;
        }
        let mut parts = vec![];
        for (id, points) in self.holds.remove(hold).parts {
            let part = points.min(left);
            left -= part;
            if part > 0 {
                parts.push((id, part));
            }
        }
        self.spent += self.take(&parts);
        self.touch();
        self.lengthen([false, true, false]);
        self.absorb();
        true
    }

    pub(crate) fn release(&mut self, hold: usize) -> bool {
        self.holds.remove(hold);
        self.absorb();
        true
    }

    pub(crate) fn transfer(&mut self, other: &mut Account, op: &str, points: i64) -> bool {
        let renewed =
            self.terms.renewed_gifts.then(|| self.terms.expiry.map(|expiry| expiry.last(self.today())));
        let dead = renewed.flatten().is_some_and(|last| last < self.today());
        if points > self.usable() || dead {
            return false;
        }
        for (number, (id, points)) in self.plan(points).into_iter().enumerate() {
            let lot = self.lots.iter().find(|lot| lot.id == id).unwrap().clone();
            let id = format!("{op}/{}", number + 1);
            other.add(match renewed {
                Some(expires) => Lot {
                    id,
                    points,
                    earned: self.now,
                    expires,
                    grace: self.grace(expires),
                    from: None,
                    awaits: false,
                },
                None => Lot { id, points, from: None, awaits: false, ..lot },
            });
        }
        let parts = self.plan(points);
        self.sent += self.take(&parts);
        other.absorb();
        true
    }

    pub(crate) fn signal(&mut self, of: Option<&str>) -> bool {
        let mut found = false;
        for index in 0..self.lots.len() {
            let lot = self.lots[index].clone();
            let asked = of.is_none_or(|of| lot.id.rsplit_once('/').is_some_and(|(op, _)| op == of));
            if !lot.awaits || !asked {
                continue;
            }
            found = true;
            let from = match self.terms.vesting {
                Some((Some(after), true)) => Some(after.after(self.today())),
                _ => None,
            };
            // An end that was fixed before stays, with its grace.
            let late = lot.expires.is_none() && self.terms.from_vesting;
            let expires = if late { self.end(from, false) } else { lot.expires };
            let grace = if late { self.grace(expires) } else { lot.grace };
            self.lots[index] = Lot { awaits: false, from, expires, grace, ..lot };
        }
        self.absorb();
        found
    }

    pub(crate) fn extend(&mut self, lot: Option<usize>, to: Day) -> bool {
        let mut found = false;
        for index in 0..self.lots.len() {
            let shorter = self.lots[index].expires.is_some_and(|last| last < to);
            if shorter && lot.is_none_or(|lot| lot == index) {
                found = true;
                (self.lots[index].expires, self.lots[index].grace) = (Some(to), self.grace(Some(to)));
            }
        }
        self.absorb();
        found
    }

    pub(crate) fn reinstate(&mut self) -> bool {
        let (Some((_, good)), today) = (self.terms.again, self.today()) else { return false };
        let (open, gone): (Vec<_>, Vec<_>) = self.lapsed.drain(..).partition(|(_, until)| today <= *until);
        self.lapsed = gone;
        for (lot, _) in &open {
            self.expired -= lot.points;
            self.expired_of.remove(&lot.id);
            let dates = (Some(good.after(today)), None);
            match self.lots.iter_mut().find(|known| known.id == lot.id) {
                // What a hold keeps of it lives on with the rest, and never ends sooner for it.
                Some(known) => {
                    known.points += lot.points;
                    if known.last().is_some_and(|last| Some(last) < dates.0) {
                        (known.expires, known.grace) = dates;
                    }
                }
                None => self.lots.push(Lot { expires: dates.0, grace: dates.1, ..lot.clone() }),
            }
        }
        self.absorb();
        !open.is_empty()
    }

    pub(crate) fn expire(&mut self, lot: usize) -> bool {
        let lot = self.lots[lot].clone();
        let (points, today) = (self.free(&lot), self.today());
        if points > 0 {
            self.lapse(&lot, points, today);
        }
        points > 0
    }
}
