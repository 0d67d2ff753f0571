//! A plain list of lots, walked day by day.

use std::collections::BTreeMap;

use chrono::{Datelike, Days};

use super::back::Sold;
use super::calendar::{Day, Minute};
use super::terms::{Burn, Terms};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lot {
    pub(crate) id: String,
    pub(crate) earned: Minute,
    pub(crate) expires: Option<Day>,
    pub(crate) grace: Option<Day>,
    pub(crate) from: Option<Day>,
    pub(crate) awaits: bool,
    pub(crate) points: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hold {
    pub(crate) id: String,
    pub(crate) until: Option<Minute>,
    pub(crate) parts: Vec<(String, i64)>,
}

/// One member's points.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) terms: Terms,
    /// Month and day, if the member told it.
    pub(crate) birthday: Option<(u32, u32)>,
    pub(crate) now: Minute,
    pub(crate) lots: Vec<Lot>,
    pub(crate) holds: Vec<Hold>,
    /// What expired, and the last day on which it can be brought back.
    pub(crate) lapsed: Vec<(Lot, Day)>,
    pub(crate) deficit: i64,
    pub(crate) granted: i64,
    pub(crate) spent: i64,
    pub(crate) expired: i64,
    pub(crate) revoked: i64,
    pub(crate) sent: i64,
    pub(crate) next_loss: Option<Day>,
    /// What was bought, and what expired of each lot.
    pub(crate) orders: Vec<Sold>,
    pub(crate) expired_of: BTreeMap<String, i64>,
}

/// Shorter names first, then by their letters.
pub(crate) fn by_name(id: &str) -> (usize, String) {
    (id.len(), id.to_owned())
}

impl Lot {
    pub(crate) fn last(&self) -> Option<Day> {
        self.grace.or(self.expires)
    }

    pub(crate) fn pending(&self, today: Day) -> bool {
        self.awaits || self.from.is_some_and(|from| today < from)
    }

    pub(crate) fn ended(&self, today: Day) -> bool {
        self.last().is_some_and(|last| last < today)
    }
}

impl Account {
    pub(crate) fn new(terms: &Terms, birthday: Option<(u32, u32)>, joined: Day) -> Account {
        let now = terms.zone.start(joined);
        Account {
            terms: terms.clone(),
            birthday,
            now,
            lots: vec![],
            holds: vec![],
            lapsed: vec![],
            deficit: 0,
            granted: 0,
            spent: 0,
            expired: 0,
            revoked: 0,
            sent: 0,
            next_loss: None,
            orders: vec![],
            expired_of: BTreeMap::new(),
        }
    }

    pub(crate) fn today(&self) -> Day {
        self.terms.zone.day(self.now)
    }

    pub(crate) fn held(&self, lot: &str) -> i64 {
        self.holds
            .iter()
            .flat_map(|hold| &hold.parts)
            .filter(|(id, _)| id == lot)
            .map(|(_, points)| points)
            .sum()
    }

    pub(crate) fn free(&self, lot: &Lot) -> i64 {
        lot.points - self.held(&lot.id)
    }

    /// The lots that can be used today, in the order in which a deficit takes them: soonest end, oldest, name.
    fn ready(&self) -> Vec<Lot> {
        let today = self.today();
        let mut lots: Vec<Lot> =
            self.lots.iter().filter(|lot| !lot.ended(today) && !lot.pending(today)).cloned().collect();
        lots.sort_by_key(|lot| (lot.last().is_none(), lot.last(), lot.earned, by_name(&lot.id)));
        lots
    }

    pub(crate) fn usable(&self) -> i64 {
        let free: i64 = self.ready().iter().map(|lot| self.free(lot)).sum();
        (free - self.deficit).max(0)
    }

    /// From which lots so many points come.
    pub(crate) fn plan(&self, points: i64) -> Vec<(String, i64)> {
        let mut lots = self.ready();
        match self.terms.burn {
            Burn::Soonest => {}
            Burn::Oldest => lots.sort_by_key(|lot| (lot.earned, by_name(&lot.id))),
            Burn::Newest => lots.sort_by_key(|lot| (-lot.earned, by_name(&lot.id))),
            Burn::Smallest => lots.sort_by_key(|lot| (lot.points, by_name(&lot.id))),
        }
        self.from(&lots, points)
    }

    /// So many points of the free parts of these lots, one after the other.
    pub(crate) fn from(&self, lots: &[Lot], points: i64) -> Vec<(String, i64)> {
        let mut left = points;
        let mut parts = vec![];
        for lot in lots {
            let part = left.min(self.free(lot));
            if part > 0 {
                parts.push((lot.id.clone(), part));
                left -= part;
            }
        }
        parts
    }

    pub(crate) fn take(&mut self, parts: &[(String, i64)]) -> i64 {
        for (id, points) in parts {
            let lot = self.lots.iter_mut().find(|lot| lot.id == *id).unwrap();
            lot.points -= points;
            assert!(lot.points >= 0);
        }
        self.lots.retain(|lot| lot.points > 0);
        parts.iter().map(|(_, points)| points).sum()
    }

    pub(crate) fn add(&mut self, lot: Lot) {
        self.granted += lot.points;
        self.lots.push(lot);
    }

    /// What can be used makes up for a deficit.
    pub(crate) fn absorb(&mut self) {
        let parts = self.from(&self.ready(), self.deficit);
        self.deficit -= self.take(&parts);
    }

    /// Writes off what no hold keeps of the lots that have ended.
    fn write_off(&mut self) {
        let today = self.today();
        for lot in self.lots.clone() {
            let points = self.free(&lot);
            if lot.ended(today) && points > 0 {
                self.lapse(&lot, points, lot.last().unwrap());
            }
        }
    }

    /// Part of a lot expires; it can be brought back for a while.
    pub(crate) fn lapse(&mut self, lot: &Lot, points: i64, last: Day) {
        self.lapse_since(lot, points, last, last);
    }

    /// The same where the time to bring it back begins another day.
    pub(crate) fn lapse_since(&mut self, lot: &Lot, points: i64, last: Day, since: Day) {
        self.expired += self.take(&[(lot.id.clone(), points)]);
        *self.expired_of.entry(lot.id.clone()).or_default() += points;
        let Some((within, _)) = self.terms.again else { return };
        // Parts of a lot that expire one after the other come back together, while the first can still come back.
        self.lapsed.retain(|(_, until)| *until >= last);
        let (mut points, mut until) = (points, within.after(since));
        if let Some(index) = self.lapsed.iter().position(|(known, _)| known.id == lot.id) {
            let (known, earlier) = self.lapsed.remove(index);
            (points, until) = (points + known.points, until.max(earlier));
        }
        self.lapsed.push((Lot { points, ..lot.clone() }, until));
    }

    /// Earning and spending begin the wait for the first loss anew.
    pub(crate) fn touch(&mut self) {
        self.next_loss = self.terms.decay.map(|decay| decay.after.after(self.today()));
    }

    /// Lets time pass until that minute.
    pub(crate) fn pass(&mut self, until: Minute) {
        self.write_off();
        self.absorb();
        loop {
            let midnight = self.terms.zone.start(self.today() + Days::new(1));
            self.end_holds(until.min(midnight));
            if midnight > until {
                break;
            }
            self.now = midnight;
            self.midnight();
        }
        self.now = until;
    }

    /// Holds end by themselves, one after the other.
    fn end_holds(&mut self, until: Minute) {
        loop {
            let ending = self.holds.iter().filter(|hold| hold.until.is_some_and(|end| end <= until));
            let Some(hold) = ending.min_by_key(|hold| (hold.until, by_name(&hold.id))).cloned() else {
                return;
            };
            self.now = hold.until.unwrap();
            self.holds.retain(|known| known.id != hold.id);
            // What happens at midnight is the new day's.
            if self.now != self.terms.zone.start(self.today()) {
                self.write_off();
                self.absorb();
            }
        }
    }

    /// What a new day brings: ends, a loss, a birthday, points that can be used now.
    fn midnight(&mut self) {
        self.write_off();
        let today = self.today();
        if let (Some(decay), true) = (self.terms.decay, self.next_loss == Some(today)) {
            let usable = self.usable();
            let loss = (usable * decay.percent / 100).max(decay.at_least).min(usable);
            let parts = self.plan(loss);
            self.expired += self.take(&parts);
            self.next_loss = Some(decay.every.after(today));
        }
        if let (Some((points, days)), Some((month, day))) = (self.terms.birthday, self.birthday) {
            let on = today + Days::new(days);
            // 29 February is kept on 28 February in other years.
            let leap = month == 2 && day == 29 && !on.leap_year();
            if (on.month(), on.day()) == (month, if leap { 28 } else { day }) {
                self.earn(&format!("{on}/bday"), points);
            }
        }
        self.absorb();
    }
}
