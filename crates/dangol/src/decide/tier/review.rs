//! Reviews: what the passing of time does to standings.

use crate::model::{Change, Member, Standing, TierCause};
use crate::program::Compiled;
use crate::rule::{Downgrade, Review, TierLadder};
use crate::value::{Day, Instant, Overflow};

use super::days::{Case, Due, Look};
use super::reading::Reading;
use super::rise::{Moved, changes, lifted};
use super::standing::{Rank, Stand, stand, with_earned};
use crate::decide::yearly::Since;

/// After so many reviews that changed nothing it is worked out from when on none can.
const MANY_REVIEWS: usize = 24;

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
    // A soft landing is one step a day, however many returns come on it: who fell today is looked at again on another day.
    if ladder.downgrade == Downgrade::OneStep && standing.since == Some(today) && standing.rises.is_empty() {
        return Ok(Vec::new());
    }
    let (stand, held) = (stand(program, ladder, member, today)?, standing.tier.clone());
    let reading = Reading::new(program, ladder, member, today);
    let moved = reviewed(ladder, standing, stand.earned, (today, today), &reading)?;
    Ok(changes(ladder, held, moved))
}

/// What the next review that finds something will find, until that day, if nothing more is done.
pub(super) fn foreseen(
    program: &Compiled,
    ladder: (usize, &TierLadder),
    member: &Member,
    since: Since,
    until: Day,
) -> Result<Option<(Day, Vec<Moved>)>, Overflow> {
    Case::new(program, ladder, member, until).next(Some(since))
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
        let case = Case::new(program, (number, ladder), member, today);
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
        let always = self.ladder.reviewed() == Review::Always;
        let ends = |standing: &Standing| {
            let falls = standing.falls_on.is_some_and(|falls| falls <= day);
            falls || (always && standing.until.is_some_and(|until| until < day))
        };
        let before = day
            .yesterday()
            .filter(|before| standing.falls_on == Some(day) || (always && standing.until == Some(*before)));
        if let (Look::Left, Some(before)) = (look, before) {
            // What ends with the day before is kept by what counted on it, though it counts no more.
            let reading = Reading::new(self.program, self.ladder, self.member, before);
            let kept = reviewed(self.ladder, standing.clone(), earned, (day, before), &reading)?;
            if let Some(kept) = kept.filter(|kept| kept.because == TierCause::Renewed) {
                standing = kept.standing.clone();
                moved.push(kept);
            }
        }
        if look == Look::Rise {
            let reached = reading.qualified()?;
            if earned < reached {
                moved.push(lifted(self.ladder, standing, earned, reached, (day, looked_at), &reading)?);
            }
        } else if look > Look::Rise || ends(&standing) {
            moved.extend(reviewed(self.ladder, standing, earned, (day, looked_at), &reading)?);
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
        let trial = self.ladder.step(rank).and_then(|tier| tier.trial.as_ref());
        let below = with_earned(self.ladder, Standing { floor: None, ..standing.clone() }, *earned);
        if let Some(trial) = trial.filter(|_| floor.trial && *earned < rank) {
            let reading = Reading::new(self.program, self.ladder, self.member, until).since(floor.since);
            let by = reading.measures(Some(&trial.reach))?;
            if reading.reached(&trial.reach, self.ladder.window)? {
                let mut passed = lifted(self.ladder, below, *earned, rank, (day, until), &reading)?;
                if let Some(rise) = passed.standing.rises.last_mut() {
                    // Goods that come back undo it where they undo the trial.
                    rise.by.clone_from(&by);
                }
                *earned = rank;
                return Ok(Some(Moved { because: TierCause::Passed, by, ..passed }));
            }
            return Ok(Some(Moved { standing: below, because: TierCause::Ended, by }));
        }
        Ok(Some(Moved { standing: below, because: TierCause::Ended, by: Vec::new() }))
    }
}

/// What a review finds.
fn reviewed(
    ladder: &TierLadder,
    standing: Standing,
    earned: Rank,
    (day, looked_at): (Day, Day),
    reading: &Reading<'_>,
) -> Result<Option<Moved>, Overflow> {
    let reached = reading.qualified()?;
    if earned < reached {
        return lifted(ladder, standing, earned, reached, (day, looked_at), reading).map(Some);
    }
    let Some(tier) = ladder.step(earned) else { return Ok(None) };
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
    let to = match ladder.downgrade {
        Downgrade::OneStep => earned.and_then(|rank| rank.checked_sub(1)),
        _ => reading.kept_below(earned.unwrap_or(0))?,
    };
    let mut fallen = with_earned(ladder, standing, to);
    (fallen.since, fallen.until) = (Some(day), ladder.valid_until(to, day, looked_at));
    fallen.falls_on = None;
    fallen.rises.clear();
    Ok(Some(Moved { standing: fallen, because: TierCause::Fell, by: by()? }))
}
