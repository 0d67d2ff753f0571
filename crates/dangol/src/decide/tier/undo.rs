//! What is taken out of a member's activity counts as if it had not been: rises that it had decided are undone.

use crate::error::InputError;
use crate::model::{Change, Member, Standing, TierCause, TierMeasure, TierRise};
use crate::program::Compiled;
use crate::rule::{SomeOf, Threshold, TierLadder, Upgrade};
use crate::value::{Day, Id, Money, Overflow};

use super::reading::Reading;
use super::review::at_once;
use super::rise::{Moved, changes};
use super::standing::{stand, with_earned};
use crate::decide::overdue::misfit;

/// What a correction of that day changes about standings: so much more was spent, and so many more orders were there; of one
/// ladder, or of all that count as everything else does.
pub(in crate::decide) fn corrected(
    program: &Compiled,
    member: &Member,
    more: (Day, Money, i32),
    only: Option<&Id>,
    today: Day,
) -> Result<Vec<Change>, InputError> {
    let mut made = Vec::new();
    let affected = |ladder: &&TierLadder| match only {
        Some(id) => ladder.id == *id,
        None => !ladder.counts_itself(),
    };
    for ladder in program.ladders().iter().filter(affected) {
        let mut after = member.clone();
        let undone = undone(program, ladder, member, more, today)?;
        let at = program.zone().start_of(today);
        undone.iter().try_for_each(|change| after.change(change, at)).map_err(misfit)?;
        made.extend(undone);
        made.extend(at_once(program, ladder, &after, today)?);
    }
    Ok(made)
}

fn undone(
    program: &Compiled,
    ladder: &TierLadder,
    member: &Member,
    (on, spend, orders): (Day, Money, i32),
    today: Day,
) -> Result<Vec<Change>, Overflow> {
    let Some(standing) = member.tiers.get(&ladder.id).filter(|standing| !standing.rises.is_empty()) else {
        return Ok(Vec::new());
    };
    let mut standing = standing.clone();
    let held = standing.tier.clone();
    let left = member.activity.iter().find(|day| day.on == on);
    let left = left.map_or(0, |day| day.on_ladder(&ladder.id).orders);
    // The day is a visit as long as an order of it is left.
    let visits = match orders {
        ..=-1 if left == 0 => -1,
        1.. if left == u64::from(orders.unsigned_abs()) => 1,
        _ => 0,
    };
    // Each rise was decided by what was there on the day on which the next one begins.
    let mut days: Vec<Option<Day>> = standing.rises.iter().skip(1).map(|rise| rise.since).collect();
    days.push(standing.since);
    // A review looks at what was done until the day before.
    let counted = |day: Day| if ladder.upgrade == Upgrade::AtReview { on < day } else { on <= day };
    for (rise, decided_on) in standing.rises.iter_mut().zip(days) {
        if decided_on.is_some_and(counted) {
            for measure in &mut rise.by {
                correct(measure, on, spend, (orders, visits))?;
            }
        }
    }
    let mut earned = stand(program, ladder, member, today)?.earned;
    let mut undone: Option<Vec<TierMeasure>> = None;
    // What the rest would lift to at once is not left to be reached anew.
    let reached = match ladder.upgrade {
        Upgrade::AtOnce => Reading::new(program, ladder, member, today).qualified()?,
        Upgrade::AtReview => None,
    };
    while let Some(rise) = standing.rises.last().cloned() {
        let enter = earned.and_then(|rank| ladder.tiers.get(rank)).and_then(|tier| tier.enter.as_ref());
        if earned <= reached || enter.is_none_or(|enter| still(enter, &rise.by)) {
            break;
        }
        let TierRise { from, since, until, by } = rise;
        standing.rises.pop();
        (standing.since, standing.until, standing.falls_on) = (since, until, None);
        earned = from.as_ref().map_or(ladder.beginning(), |tier| ladder.rank(tier));
        undone.get_or_insert(by);
    }
    let Some(by) = undone else {
        if member.tiers.get(&ladder.id) == Some(&standing) {
            return Ok(Vec::new());
        }
        // The numbers that decided a rise have changed, and the rise stands.
        let moved = Moved { standing, because: TierCause::Renewed, by: Vec::new() };
        return Ok(changes(ladder, held, vec![moved]));
    };
    let standing: Standing = with_earned(ladder, standing, earned);
    Ok(changes(ladder, held, vec![Moved { standing, because: TierCause::Undone, by }]))
}

/// The measure with so much more on that day, and so many orders and visits, where the day counts.
fn correct(
    measure: &mut TierMeasure,
    on: Day,
    more: Money,
    (orders, visits): (i32, i32),
) -> Result<(), Overflow> {
    let add = |actual: &mut u64, missing: &mut u64, required: u64, count: i32| {
        *actual = actual.saturating_add_signed(i64::from(count));
        *missing = required.saturating_sub(*actual);
    };
    match measure {
        TierMeasure::Spend { required, actual, missing, from } if from.is_none_or(|from| from <= on) => {
            *actual = actual.plus(more)?;
            *missing = required.minus(*actual)?.max(Money::ZERO);
        }
        TierMeasure::Orders { required, actual, missing, from } if from.is_none_or(|from| from <= on) => {
            add(actual, missing, *required, orders);
        }
        TierMeasure::Visits { required, actual, missing, from } if from.is_none_or(|from| from <= on) => {
            add(actual, missing, *required, visits);
        }
        _ => {}
    }
    Ok(())
}

/// Whether the threshold is still reached by these measures of it, which stand in its order; where the program was changed
/// since, nobody can say that it is not.
fn still(threshold: &Threshold, by: &[TierMeasure]) -> bool {
    holds(threshold, &mut by.iter()).unwrap_or(true)
}

fn holds(threshold: &Threshold, measures: &mut dyn Iterator<Item = &TierMeasure>) -> Option<bool> {
    let mut count = |of: &[Threshold], needed: usize| {
        let mut reached = 0_usize;
        for one in of {
            reached = reached.saturating_add(usize::from(holds(one, measures)?));
        }
        Some(needed <= reached)
    };
    match threshold {
        Threshold::All(of) => count(of, of.len()),
        Threshold::Any(of) => count(of, 1),
        Threshold::Some(some @ SomeOf { of, .. }) => count(of, some.count()),
        Threshold::Within(within) => holds(&within.reach, measures),
        _ => measures.next().map(TierMeasure::is_reached),
    }
}
