//! The days on which a standing may change.

use crate::model::Member;
use crate::program::Compiled;
use crate::rule::{OwnDays, Review, TierLadder, Upgrade};
use crate::value::{Cycle, Day};

use super::standing::own_days;
use crate::decide::yearly::Since;

/// One ladder of one member.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) program: &'a Compiled,
    pub(super) ladder: &'a TierLadder,
    /// The number of the ladder.
    pub(super) number: usize,
    pub(super) member: &'a Member,
    pub(super) own: OwnDays,
    pub(super) today: Day,
}

/// A day on which something may change, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Due {
    pub(super) day: Day,
    pub(super) look: Look,
}

/// What is looked at on a day; of several on one day the last one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// Only the day that the standing itself names.
    Named,
    /// Whether more is reached, with what is done on that day.
    Rise,
    /// Everything, as of that day: something has left a window.
    Left,
    /// Everything, as of the day before: it is one of the ladder's own reviews.
    Review,
}

impl<'a> Case<'a> {
    /// The ladder of that number, as of that day.
    pub(super) fn new(
        program: &'a Compiled,
        (number, ladder): (usize, &'a TierLadder),
        member: &'a Member,
        today: Day,
    ) -> Case<'a> {
        Case { program, ladder, number, member, own: own_days(program, ladder, member), today }
    }

    /// The ladder's own reviews after `since`, soonest first.
    pub(super) fn reviews(self, since: Option<Since>) -> impl Iterator<Item = Day> {
        let zone = self.program.zone();
        let (cycle, since) = match (self.ladder.reviewed(), self.known_since(since)) {
            (Review::Cycle(cycle), Some(since)) => (Some(cycle), Some(since)),
            _ => (None, None),
        };
        let start = since.map(|since| zone.day(since.at));
        let first = cycle.zip(start).and_then(|(cycle, start)| {
            // A review at the very instant may still be to come.
            self.own.first_day(cycle, start).or_else(|| self.own.next(cycle, start))
        });
        let next = move |day: &Day| cycle.and_then(|cycle| self.own.next(cycle, *day));
        let entered = self.own.since;
        std::iter::successors(first, next)
            .take_while(move |day| *day <= self.today)
            .filter(move |day| since.is_some_and(|since| since.is_before(zone.start_of(*day))))
            // Who entered a tier on that very day was looked at then.
            .filter(move |day| cycle != Some(Cycle::TierYear) || entered < Some(*day))
    }

    /// Since when reviews are due: since the latest event, else since what is known of the member at all.
    fn known_since(self, since: Option<Since>) -> Option<Since> {
        if self.member.at.is_some() {
            return since;
        }
        let latest = self.member.activity.iter().map(|activity| activity.on).max().max(self.own.since);
        let latest = latest.map(|day| self.program.zone().start_of(day));
        match (since, latest) {
            (Some(since), Some(at)) if since.at < at => Some(Since { at, done: true }),
            (None, Some(at)) => Some(Since { at, done: true }),
            _ => since,
        }
    }

    /// The days that the standing itself names, and those on which more is reached without an order.
    pub(super) fn state_days(self) -> Vec<Due> {
        let mut days = Vec::new();
        let mut due = |day: Option<Day>, look: Look| {
            days.extend(day.filter(|day| *day <= self.today).map(|day| Due { day, look }));
        };
        let latest = || self.member.at.map(|at| self.program.zone().day(at));
        if let Some(standing) = self.member.tiers.get(&self.ladder.id) {
            due(standing.falls_on, Look::Named);
            due(standing.floor.as_ref().and_then(|floor| floor.until?.next()), Look::Named);
            if self.ladder.reviewed() == Review::Always {
                due(standing.until.and_then(Day::next), Look::Named);
            }
            // A tier that is no longer there.
            if standing.earned().is_some_and(|tier| self.ladder.rank(tier).is_none()) {
                due(latest(), Look::Named);
            }
        }
        if self.ladder.upgrade == Upgrade::AtOnce {
            let measured = &self.program.measured;
            // Points and events come without orders, too.
            if !measured.wallets.is_empty() || !measured.events.is_empty() {
                due(latest(), Look::Rise);
            }
            let tenures = measured.tenures.get(self.number).into_iter().flatten();
            for tenure in tenures {
                let day = self.member.joined_on.and_then(|joined| tenure.after(joined));
                due(day.filter(|day| self.own.since.is_none_or(|since| since < *day)), Look::Rise);
            }
        }
        days
    }

    /// The days after `since` on which something has left a window.
    pub(super) fn leaving_days(self, since: Option<Since>, days: &mut Vec<Due>) {
        let zone = self.program.zone();
        let since = self.known_since(since);
        let later = |day: Day| since.is_some_and(|since| since.is_before(zone.start_of(day)));
        for window in self.program.measured.windows.get(self.number).into_iter().flatten() {
            // What still counts today has left on no day until today; so nearly always there is nothing to work out.
            let Some(first) = window.first_day(self.today, self.own) else { continue };
            let gone = self.member.activity.iter().map(|activity| activity.on).filter(|on| *on < first);
            let leaving = gone.filter_map(|on| window.leaves_on(on, self.own));
            let leaving = leaving.filter(|day| *day <= self.today && later(*day));
            days.extend(leaving.map(|day| Due { day, look: Look::Left }));
        }
    }

    /// The last day on which anything that reviews look at changes by itself; nothing where nothing does.
    pub(super) fn last_of_interest(self) -> Option<Day> {
        let standing = self.member.tiers.get(&self.ladder.id);
        let state = standing.into_iter().flat_map(|standing| {
            let floor = standing.floor.as_ref().and_then(|floor| floor.until);
            [standing.until, standing.falls_on, floor]
        });
        let windows = self.program.measured.windows.get(self.number).into_iter().flatten();
        let leaving = windows.flat_map(|window| {
            let days = self.member.activity.iter().map(|activity| activity.on);
            days.filter_map(|on| window.leaves_on(on, self.own))
        });
        let tenures = self.program.measured.tenures.get(self.number).into_iter().flatten();
        let tenures = tenures.filter_map(|tenure| tenure.after(self.member.joined_on?));
        state.flatten().chain(leaving).chain(tenures).max()
    }
}
