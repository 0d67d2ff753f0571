//! Reviews: what the passing of time does to standings.

use crate::model::{Change, Member, Standing, TierCause};
use crate::program::Compiled;
use crate::rule::{Downgrade, OwnDays, Review, TierLadder, Upgrade};
use crate::value::{Cycle, Day, Instant, Overflow};

use super::reading::Reading;
use super::rise::{Moved, changes, lifted};
use super::standing::{Rank, Stand, own_days, stand, with_earned};
use crate::decide::yearly::Since;

/// After so many reviews that changed nothing it is worked out from when on none can.
const MANY_REVIEWS: usize = 24;

/// One ladder of one member.
#[derive(Clone, Copy)]
struct Case<'a> {
    program: &'a Compiled,
    ladder: &'a TierLadder,
    /// The number of the ladder.
    number: usize,
    member: &'a Member,
    own: OwnDays,
    today: Day,
}

/// A day on which something may change, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Due {
    day: Day,
    look: Look,
}

/// What is looked at on a day; of several on one day the last one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    /// Only the day that the standing itself names.
    Named,
    /// Whether more is reached, with what is done on that day.
    Rise,
    /// Everything, as of that day: something has left a window.
    Left,
    /// Everything, as of the day before: it is one of the ladder's own reviews.
    Review,
}

/// What a review of that ladder finds at once, where it is one that is reviewed always.
pub(super) fn at_once(
    program: &Compiled,
    ladder: &TierLadder,
    member: &Member,
    today: Day,
) -> Result<Vec<Change>, Overflow> {
    let standing = member.tiers.get(&ladder.id).cloned();
    let Some(standing) = standing.filter(|_| ladder.reviewed() == Review::Always) else {
        return Ok(Vec::new());
    };
    let case = Case { program, ladder, number: 0, member, own: own_days(program, ladder, member), today };
    let (stand, held) = (stand(program, ladder, member, today)?, standing.tier.clone());
    let reading = Reading::new(program, ladder, member, today);
    let moved = case.reviewed(standing, stand.earned, (today, today), &reading)?;
    Ok(changes(ladder, held, moved.into_iter().collect()))
}

/// What the next review that finds something will find, until that day, if nothing more is done.
pub(super) fn foreseen(
    program: &Compiled,
    number: usize,
    member: &Member,
    since: Since,
    until: Day,
) -> Result<Option<(Day, Vec<Moved>)>, Overflow> {
    let Some(ladder) = program.ladders().get(number) else { return Ok(None) };
    let case = Case { program, ladder, number, member, own: own_days(program, ladder, member), today: until };
    case.next(Some(since))
}

/// The first instant after `since` and until the end of that day at which reviews change standings, and how.
pub(in crate::decide) fn next(
    program: &Compiled,
    member: &Member,
    since: Option<Since>,
    today: Day,
) -> Result<Option<(Instant, Vec<Change>)>, Overflow> {
    let mut first: Option<(Day, Vec<Change>)> = None;
    for (number, ladder) in program.ladders().iter().enumerate() {
        let own = own_days(program, ladder, member);
        let case = Case { program, ladder, number, member, own, today };
        let Some((day, moved)) = case.next(since)? else { continue };
        if first.as_ref().is_some_and(|(earliest, _)| *earliest < day) {
            continue;
        }
        let held = member.tiers.get(&ladder.id).and_then(|standing| standing.tier.clone());
        let held = held.or_else(|| ladder.tier_at(ladder.beginning()).cloned());
        let changes = changes(ladder, held, moved);
        match &mut first {
            Some((earliest, known)) if *earliest == day => known.extend(changes),
            _ => first = Some((day, changes)),
        }
    }
    Ok(first.map(|(day, changes)| (program.zone().start_of(day), changes)))
}

impl Case<'_> {
    /// The first day on which something changes, and how.
    fn next(self, since: Option<Since>) -> Result<Option<(Day, Vec<Moved>)>, Overflow> {
        let mut days = self.state_days();
        if let (Review::Always, Some(_)) = (self.ladder.reviewed(), self.member.activity.first()) {
            self.leaving_days(since, &mut days);
        }
        days.sort_unstable_by(|a, b| a.day.cmp(&b.day).then(b.look.cmp(&a.look)));
        days.dedup_by_key(|due| due.day);
        let mut days = days.into_iter().peekable();
        let mut reviews = self.reviews(since).peekable();
        let (mut idle, mut settled_from) = (0_usize, None);
        loop {
            let state = days.peek().copied();
            let due = match (state, reviews.peek().copied()) {
                (None, None) => return Ok(None),
                (Some(due), None) => due,
                (None, Some(day)) => Due { day, look: Look::Review },
                (Some(due), Some(day)) if due.day < day => due,
                (Some(_), Some(day)) => Due { day, look: Look::Review },
            };
            days.next_if(|known| known.day == due.day);
            reviews.next_if_eq(&due.day);
            let moved = self.moved(due)?;
            if !moved.is_empty() {
                return Ok(Some((due.day, moved)));
            }
            idle = idle.saturating_add(1);
            if idle >= MANY_REVIEWS && state.is_none() {
                let last = *settled_from.get_or_insert_with(|| self.last_of_interest());
                if last.is_none_or(|last| last < due.day) {
                    return Ok(None);
                }
            }
        }
    }

    /// The ladder's own reviews after `since`, soonest first.
    fn reviews(self, since: Option<Since>) -> impl Iterator<Item = Day> {
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
    fn state_days(self) -> Vec<Due> {
        let mut days = Vec::new();
        let mut due = |day: Option<Day>, look: Look| {
            days.extend(day.filter(|day| *day <= self.today).map(|day| Due { day, look }));
        };
        let latest = self.member.at.map(|at| self.program.zone().day(at));
        if let Some(standing) = self.member.tiers.get(&self.ladder.id) {
            due(standing.falls_on, Look::Named);
            due(standing.floor.as_ref().and_then(|floor| floor.until?.next()), Look::Named);
            if self.ladder.reviewed() == Review::Always {
                // Whoever was warned after it was looked at by then.
                let until =
                    standing.until.filter(|until| standing.falls_on.is_none_or(|falls| falls <= *until));
                due(until.and_then(Day::next), Look::Named);
            }
            let earned =
                standing.floor.as_ref().map_or(standing.tier.as_ref(), |floor| floor.earned.as_ref());
            // A tier that is no longer there.
            due(latest.filter(|_| earned.is_some_and(|tier| self.ladder.rank(tier).is_none())), Look::Named);
        }
        if self.ladder.upgrade == Upgrade::AtOnce {
            let measured = &self.program.measured;
            // Points and events come without orders, too.
            due(latest.filter(|_| !measured.wallets.is_empty() || !measured.events.is_empty()), Look::Rise);
            let tenures = measured.tenures.get(self.number).into_iter().flatten();
            for tenure in tenures {
                let day = self.member.joined_on.and_then(|joined| tenure.after(joined));
                due(day.filter(|day| self.own.since.is_none_or(|since| since < *day)), Look::Rise);
            }
        }
        days
    }

    /// The days after `since` on which something has left a window.
    fn leaving_days(self, since: Option<Since>, days: &mut Vec<Due>) {
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
    fn last_of_interest(self) -> Option<Day> {
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

    /// What changes on that day.
    fn moved(self, due: Due) -> Result<Vec<Moved>, Overflow> {
        let mut standing = self.member.tiers.get(&self.ladder.id).cloned().unwrap_or_default();
        let Due { day, look } = due;
        let looked_at = if matches!(look, Look::Rise | Look::Left) { Some(day) } else { day.yesterday() };
        let Some(looked_at) = looked_at else { return Ok(Vec::new()) };
        let mut moved = Vec::new();
        let Stand { mut earned, edited, .. } = stand(self.program, self.ladder, self.member, looked_at)?;
        if edited {
            standing = with_earned(self.ladder, standing, earned);
            let because = TierCause::Edited;
            moved.push(Moved { standing: standing.clone(), because, by: Vec::new() });
        }
        if let Some(ended) = self.floor_ended(&standing, &mut earned, day)? {
            standing = ended.standing.clone();
            moved.push(ended);
        }
        let reading = Reading::new(self.program, self.ladder, self.member, looked_at);
        let falls = standing.falls_on.is_some_and(|falls| falls <= day);
        let always = self.ladder.reviewed() == Review::Always;
        let over = always && standing.until.is_some_and(|until| until < day);
        if look == Look::Rise {
            let reached = reading.qualified()?;
            if earned < reached {
                moved.push(lifted(self.ladder, standing, earned, reached, (day, looked_at), &reading)?);
            }
        } else if look > Look::Rise || falls || over {
            moved.extend(self.reviewed(standing, earned, (day, looked_at), &reading)?);
        }
        Ok(moved)
    }

    /// What was set by hand ends, or a trial is passed.
    fn floor_ended(
        self,
        standing: &Standing,
        earned: &mut Rank,
        day: Day,
    ) -> Result<Option<Moved>, Overflow> {
        let Some(floor) = standing.floor.as_ref() else { return Ok(None) };
        let Some(until) = floor.until.filter(|until| *until < day) else { return Ok(None) };
        let rank = self.ladder.rank(&floor.tier);
        let trial = rank.and_then(|rank| self.ladder.tiers.get(rank)).and_then(|tier| tier.trial.as_ref());
        let mut below = Standing { floor: None, ..standing.clone() };
        below.tier = self.ladder.tier_at(*earned).cloned();
        if let Some(trial) = trial.filter(|_| floor.trial && *earned < rank) {
            let reading = Reading::new(self.program, self.ladder, self.member, until).since(floor.since);
            let by = reading.measures(Some(&trial.reach))?;
            if reading.reached(&trial.reach, self.ladder.window)? {
                let passed = lifted(self.ladder, below, *earned, rank, (day, until), &reading)?;
                *earned = rank;
                return Ok(Some(Moved { because: TierCause::Passed, by, ..passed }));
            }
            return Ok(Some(Moved { standing: below, because: TierCause::Ended, by }));
        }
        Ok(Some(Moved { standing: below, because: TierCause::Ended, by: Vec::new() }))
    }

    /// What a review finds.
    fn reviewed(
        self,
        standing: Standing,
        earned: Rank,
        (day, looked_at): (Day, Day),
        reading: &Reading<'_>,
    ) -> Result<Option<Moved>, Overflow> {
        let ladder = self.ladder;
        let reached = reading.qualified()?;
        if earned < reached {
            return lifted(ladder, standing, earned, reached, (day, looked_at), reading).map(Some);
        }
        let Some(tier) = earned.and_then(|rank| ladder.tiers.get(rank)) else { return Ok(None) };
        let by = || reading.measures(tier.keeps());
        let over = standing.until.is_some_and(|until| until < day);
        if reached == earned || reading.keeps(tier)? {
            if !over && standing.falls_on.is_none() {
                return Ok(None);
            }
            let mut kept = Standing { falls_on: None, ..standing };
            if over {
                kept.until = ladder.valid_until(earned, day, looked_at);
                kept.rises.clear();
            }
            return Ok(Some(Moved { standing: kept, because: TierCause::Renewed, by: by()? }));
        }
        let holds = standing.until.is_some() && !over;
        let waits = standing.falls_on.is_some_and(|falls| day < falls);
        if holds || waits || ladder.downgrade == Downgrade::Never {
            return Ok(None);
        }
        if let (Some(falls_on), None) = (ladder.grace.and_then(|grace| grace.after(day)), standing.falls_on) {
            let warned = Standing { falls_on: Some(falls_on), ..standing };
            return Ok(Some(Moved { standing: warned, because: TierCause::Warned, by: by()? }));
        }
        let below = earned.and_then(|rank| rank.checked_sub(1));
        let to = match ladder.downgrade {
            Downgrade::OneStep => below,
            _ => reading.kept_below(earned.unwrap_or(0))?,
        };
        let mut fallen = with_earned(ladder, standing, to);
        (fallen.since, fallen.until) = (Some(day), ladder.valid_until(to, day, looked_at));
        fallen.falls_on = None;
        fallen.rises.clear();
        Ok(Some(Moved { standing: fallen, because: TierCause::Fell, by: by()? }))
    }
}
