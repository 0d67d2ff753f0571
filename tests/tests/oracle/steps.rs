//! A ladder of tiers, climbed day by day.

use super::calendar::{Day, Ends, Term};
use chrono::{Datelike, Days, Months};

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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fall {
    ToQualified,
    OneStep,
    Never,
}

#[derive(Clone, Debug)]
pub(crate) struct Tier {
    pub(crate) enter: Option<Goal>,
    pub(crate) keep: Option<Goal>,
}

#[derive(Clone, Debug)]
pub(crate) struct Ladder {
    pub(crate) window: Window,
    /// When it is reviewed: the spans that come round, or always; nothing where the ladder does not say it.
    pub(crate) review: Option<Option<Span>>,
    pub(crate) at_once: bool,
    pub(crate) fall: Fall,
    pub(crate) grace: Option<Term>,
    pub(crate) validity: Option<Ends>,
    pub(crate) tiers: Vec<Tier>,
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
        let (mut looked_at, mut looks) = (yesterday, false);
        if let Some(span) = self.ladder.reviewed() {
            looks = self.begins(span, today);
        } else {
            let windows = self.ladder.windows();
            let left = |window: &Window| {
                let gone =
                    |day: Day| !self.counts(*window, day, today) && self.counts(*window, day, yesterday);
                self.orders.iter().any(|(day, _)| gone(*day))
            };
            if windows.iter().any(left) {
                (looked_at, looks) = (today, true);
            }
            looks |= self.until == Some(yesterday);
        }
        if looks || self.falls == Some(today) {
            self.review(looked_at);
        }
    }

    fn review(&mut self, last: Day) {
        let reached = self.qualified(last);
        if self.tier < reached {
            return self.stand(reached, last);
        }
        let Some(rank) = self.tier else { return };
        let over = self.until.is_some_and(|until| until < self.today);
        if reached == self.tier || self.keeps(rank, last) {
            self.falls = None;
            if over {
                self.until = self.holds(self.tier, last);
            }
            return;
        }
        let kept = self.until.is_some() && !over;
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

impl Ladder {
    /// The tier of those who have done nothing.
    pub(crate) fn everybodys(&self) -> Option<usize> {
        self.tiers[0].enter.is_none().then_some(0)
    }

    /// The spans whose first days are days of review; nothing where something that leaves a window is looked at at once.
    fn reviewed(&self) -> Option<Span> {
        self.review.unwrap_or(match self.window {
            Window::Span(span) => Some(span),
            Window::Last(_) | Window::Lifetime => None,
        })
    }

    fn windows(&self) -> Vec<Window> {
        fn of(goal: &Goal, found: &mut Vec<Window>) {
            match goal {
                Goal::Within(window, goal) => {
                    found.push(*window);
                    of(goal, found);
                }
                Goal::Some(_, goals) => goals.iter().for_each(|goal| of(goal, found)),
                _ => {}
            }
        }
        let mut found = vec![self.window];
        self.tiers
            .iter()
            .flat_map(|tier| tier.enter.iter().chain(&tier.keep))
            .for_each(|goal| of(goal, &mut found));
        found
    }
}
