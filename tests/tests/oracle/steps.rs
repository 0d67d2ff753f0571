//! A ladder of tiers, climbed day by day.

use chrono::{Datelike, Days, Months};

use super::calendar::{Day, Term};
use super::ladders::{Fall, Ladder};

/// A span that comes round.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Span {
    /// So many months of the calendar: 1, 3, 6 or 12.
    Months(u32),
    /// Twelve months from the first of that month.
    YearFrom(u32),
    /// A year from the day of joining.
    Membership,
    /// A year from the day on which the tier was entered.
    Tier,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Window {
    Last(Term),
    Span(Span),
    Lifetime,
}

/// What a tier asks for.
#[derive(Clone, Debug)]
pub(crate) enum Goal {
    Spend(i64),
    Orders(usize),
    Visits(usize),
    Within(Window, Box<Goal>),
    /// So many of several.
    Some(usize, Vec<Goal>),
}

/// One member on it.
#[derive(Clone, Debug)]
pub(crate) struct Climber {
    pub(crate) ladder: Ladder,
    pub(crate) joined: Day,
    /// The day and the money of each order.
    pub(crate) orders: Vec<(Day, i64)>,
    pub(crate) today: Day,
    pub(crate) tier: Option<usize>,
    pub(crate) since: Option<Day>,
    pub(crate) until: Option<Day>,
    pub(crate) falls: Option<Day>,
}

fn next(day: Day) -> Day {
    day + Days::new(1)
}

fn before(day: Day) -> Day {
    day - Days::new(1)
}

impl Climber {
    pub(crate) fn new(ladder: Ladder, joined: Day, today: Day) -> Climber {
        let tier = ladder.everybodys();
        Climber { ladder, joined, orders: vec![], today, tier, since: None, until: None, falls: None }
    }

    /// Whether a span begins on that day; where the member has no day of his own, none does.
    fn begins(&self, span: Span, day: Day) -> bool {
        let own = |first: Day| (0..60).any(|year| first + Months::new(12 * year) == day);
        match span {
            Span::Months(months) => day.day() == 1 && day.month0().is_multiple_of(months),
            Span::YearFrom(month) => day.day() == 1 && day.month() == month,
            Span::Membership => own(self.joined),
            Span::Tier => self.since.is_some_and(own),
        }
    }

    /// Whether what was done on `day` counts in the window that ends on `last`.
    fn counts(&self, window: Window, day: Day, last: Day) -> bool {
        let first = match window {
            Window::Lifetime => return day <= last,
            Window::Last(Term::Days(days)) => next(last - Days::new(days)),
            Window::Last(Term::Months(months)) => next(last - Months::new(months)),
            Window::Span(span) => {
                let mut first = last;
                while !self.begins(span, first) {
                    first = before(first);
                }
                first
            }
        };
        first <= day && day <= last
    }

    fn reaches(&self, goal: &Goal, window: Window, last: Day) -> bool {
        let orders = || self.orders.iter().filter(|(day, _)| self.counts(window, *day, last));
        match goal {
            Goal::Spend(least) => *least <= orders().map(|(_, money)| money).sum(),
            Goal::Orders(least) => *least <= orders().count(),
            Goal::Visits(least) => {
                let mut days: Vec<Day> = orders().map(|(day, _)| *day).collect();
                days.sort_unstable();
                days.dedup();
                *least <= days.len()
            }
            Goal::Within(window, goal) => self.reaches(goal, *window, last),
            Goal::Some(least, of) => {
                *least <= of.iter().filter(|goal| self.reaches(goal, window, last)).count()
            }
        }
    }

    fn enters(&self, rank: usize, last: Day) -> bool {
        let goal = self.ladder.tiers[rank].enter.as_ref();
        goal.is_none_or(|goal| self.reaches(goal, self.ladder.window, last))
    }

    fn keeps(&self, rank: usize, last: Day) -> bool {
        let tier = &self.ladder.tiers[rank];
        let goal = tier.keep.as_ref().or(tier.enter.as_ref());
        goal.is_none_or(|goal| self.reaches(goal, self.ladder.window, last))
    }

    fn qualified(&self, last: Day) -> Option<usize> {
        (0..self.ladder.tiers.len()).rev().find(|rank| self.enters(*rank, last))
    }

    /// Until when a tier holds, counted from the last day that was looked at; where that is over, from today.
    fn holds(&self, rank: Option<usize>, last: Day) -> Option<Day> {
        let validity = self.ladder.validity.filter(|_| self.ladder.everybodys() < rank)?;
        [last, self.today].into_iter().map(|start| validity.last(start)).find(|end| self.today <= *end)
    }

    fn stand(&mut self, tier: Option<usize>, last: Day) {
        self.until = self.holds(tier, last);
        (self.tier, self.since, self.falls) = (tier, Some(self.today), None);
    }

    /// Time passes until the morning of that day.
    pub(crate) fn pass(&mut self, day: Day) {
        while self.today < day {
            self.today = next(self.today);
            self.morning();
        }
    }

    fn morning(&mut self) {
        let (today, yesterday) = (self.today, before(self.today));
        let ends = self.falls == Some(today);
        if let Some(span) = self.ladder.reviewed() {
            if self.begins(span, today) || ends {
                self.review(yesterday);
            }
            return;
        }
        let ends = ends || self.until == Some(yesterday);
        let left = |window: &Window| {
            let gone = |day: Day| !self.counts(*window, day, today) && self.counts(*window, day, yesterday);
            self.orders.iter().any(|(day, _)| gone(*day))
        };
        if self.ladder.windows().iter().any(left) {
            // What ends with yesterday is kept by what counted on it, though it counts no more.
            if ends
                && self.qualified(yesterday) <= self.tier
                && self.tier.is_some_and(|rank| self.kept(rank, yesterday))
            {
                self.renew(yesterday);
            }
            self.review(today);
        } else if ends {
            self.review(yesterday);
        }
    }

    fn kept(&self, rank: usize, last: Day) -> bool {
        self.qualified(last) == Some(rank) || self.keeps(rank, last)
    }

    fn renew(&mut self, last: Day) {
        self.falls = None;
        if self.until.is_some_and(|until| until < self.today) {
            self.until = self.holds(self.tier, last);
        }
    }

    fn review(&mut self, last: Day) {
        let reached = self.qualified(last);
        if self.tier < reached {
            return self.stand(reached, last);
        }
        let Some(rank) = self.tier else { return };
        if self.kept(rank, last) {
            return self.renew(last);
        }
        let kept = self.until.is_some_and(|until| self.today <= until);
        let graced = self.falls.is_some_and(|falls| self.today < falls);
        if kept || graced || self.ladder.fall == Fall::Never {
            return;
        }
        if let (Some(grace), None) = (self.ladder.grace, self.falls) {
            self.falls = Some(grace.after(self.today));
            return;
        }
        let to = match self.ladder.fall {
            Fall::OneStep => rank.checked_sub(1),
            _ => (0..rank).rev().find(|below| self.enters(*below, last) || self.keeps(*below, last)),
        };
        self.stand(to, last);
    }

    /// An order of today.
    pub(crate) fn order(&mut self, money: i64) {
        self.orders.push((self.today, money));
        let reached = self.qualified(self.today);
        if self.ladder.at_once && self.tier < reached {
            self.stand(reached, self.today);
        }
    }

    /// The first day until that one on which the tier is another, if nothing more is done, and what it is then.
    pub(crate) fn changes(&self, until: Day) -> Option<(Day, Option<usize>)> {
        let mut later = self.clone();
        while later.today < until {
            later.pass(next(later.today));
            if later.tier != self.tier {
                return Some((later.today, later.tier));
            }
        }
        None
    }
}
