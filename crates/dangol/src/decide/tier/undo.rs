//! What is taken out of a member's activity counts as if it had not been: rises that it had decided are undone.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::error::InputError;
use crate::model::{Change, Member, Standing, TierCause, TierMeasure, TierRise};
use crate::program::Compiled;
use crate::rule::{SomeOf, Threshold, TierLadder, TierWindow, Upgrade};
use crate::value::{Day, Id, Money, Overflow, Points};

use super::reading::Reading;
use super::review::at_once;
use super::rise::{Moved, changes};
use super::standing::{stand, with_earned};
use crate::decide::overdue::misfit;

/// What is put right on one day: how much more there is, or less.
#[derive(Clone, Copy, Debug)]
pub(in crate::decide) struct More<'a> {
    pub(in crate::decide) on: Day,
    pub(in crate::decide) spend: Money,
    pub(in crate::decide) orders: i32,
    /// The points that rules granted, by wallet.
    pub(in crate::decide) points: &'a BTreeMap<Id, Points>,
}

/// What a correction changes about standings: of one ladder, or of all that count as everything else does.
pub(in crate::decide) fn corrected(
    program: &Compiled,
    member: &Member,
    more: More<'_>,
    only: Option<&Id>,
    today: Day,
) -> Result<Vec<Change>, InputError> {
    let mut made = Vec::new();
    let affected = |ladder: &&TierLadder| match only {
        Some(id) => ladder.id == *id,
        None => !ladder.counts_itself(),
    };
    for ladder in program.ladders().iter().filter(affected) {
        let undone = undone(program, ladder, member, more, today)?;
        let mut after = Cow::Borrowed(member);
        let at = program.zone().start_of(today);
        for change in &undone {
            after.to_mut().change(change, at).map_err(misfit)?;
        }
        made.extend(undone);
        made.extend(at_once(program, ladder, &after, today)?);
    }
    Ok(made)
}

fn undone(
    program: &Compiled,
    ladder: &TierLadder,
    member: &Member,
    more: More<'_>,
    today: Day,
) -> Result<Vec<Change>, Overflow> {
    let Some(standing) = member.tiers.get(&ladder.id).filter(|standing| !standing.rises.is_empty()) else {
        return Ok(Vec::new());
    };
    let More { on, orders, .. } = more;
    let mut standing = standing.clone();
    let held = standing.tier.clone();
    // A day on which nothing is left is a visit no more.
    let day = member.active_on(on);
    let visits = day.map_or(0, |day| {
        let after = day.on_ladder(&ladder.id);
        let before = after.orders.saturating_add_signed(i64::from(orders).saturating_neg());
        i64::from(after.orders > 0).saturating_sub(i64::from(before > 0))
    });
    let correction = Correction { program, ladder, member, more, orders: orders.into(), visits };
    // Each rise was decided by what was there on its own day, or until the last day that the review looked at.
    let days: Vec<Option<Day>> = standing.entered().collect();
    for (rise, entered_on) in standing.rises.iter_mut().zip(days) {
        let decided_on = rise.looked_at.or(entered_on);
        if decided_on.is_some_and(|day| on <= day) {
            for measure in &mut rise.by {
                correction.apply(measure, decided_on == Some(on))?;
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
        let enter = ladder.step(earned).and_then(|tier| tier.enter.as_ref());
        if earned <= reached || enter.is_none_or(|enter| still(enter, &rise.by)) {
            break;
        }
        let TierRise { from, since, until, falls_on, by, .. } = rise;
        standing.rises.pop();
        (standing.since, standing.until, standing.falls_on) = (since, until, falls_on);
        earned = from.as_ref().map_or(ladder.beginning(), |tier| ladder.rank(tier));
        undone.get_or_insert(by);
    }
    let Some(by) = undone else {
        if member.tiers.get(&ladder.id) == Some(&standing) {
            return Ok(Vec::new());
        }
        // The numbers that decided a rise have changed, and the rise stands.
        let moved = Moved { standing, because: TierCause::Renewed, by: Vec::new() };
        return Ok(changes(ladder, held, [moved]));
    };
    let standing: Standing = with_earned(ladder, standing, earned);
    Ok(changes(ladder, held, [Moved { standing, because: TierCause::Undone, by }]))
}

/// What is put right on one day.
struct Correction<'a> {
    program: &'a Compiled,
    ladder: &'a TierLadder,
    member: &'a Member,
    more: More<'a>,
    orders: i64,
    visits: i64,
}

impl Correction<'_> {
    /// Puts a measure right that decided a rise, where the day counts for it.
    ///
    /// What came later on the very day of the rise is not part of what decided it, and would have decided it as well: as
    /// much of the measure stands as is still there on that day.
    fn apply(&self, measure: &mut TierMeasure, same_day: bool) -> Result<(), Overflow> {
        let More { on, spend, points, .. } = self.more;
        let there = |from: Option<Day>| {
            let reading = Reading::new(self.program, self.ladder, self.member, on);
            match from {
                Some(from) => reading.since(from),
                None => reading,
            }
        };
        let counts = |from: Option<Day>| from.is_none_or(|from| from <= on);
        let all = TierWindow::Lifetime;
        match measure {
            TierMeasure::Spend { required, actual, missing, from } if counts(*from) => {
                let least =
                    if same_day { there(*from).spend(all)?.min(*actual) } else { actual.plus(spend)? };
                *actual = actual.plus(spend)?.max(least);
                *missing = required.minus(*actual)?.max(Money::ZERO);
            }
            TierMeasure::Points { wallet, required, actual, missing, from } if counts(*from) => {
                let after = actual.plus(points.get(wallet).copied().unwrap_or(Points::ZERO))?;
                let least = if same_day { there(*from).points(all, wallet)?.0.min(*actual) } else { after };
                *actual = after.max(least);
                *missing = required.minus(*actual)?.max(Points::ZERO);
            }
            TierMeasure::Orders { required, actual, missing, from } if counts(*from) => {
                let least = if same_day { there(*from).orders(all).0.min(*actual) } else { 0 };
                *actual = actual.saturating_add_signed(self.orders).max(least);
                *missing = required.saturating_sub(*actual);
            }
            TierMeasure::Visits { required, actual, missing, from } if counts(*from) => {
                let least = if same_day { there(*from).visits(all).0.min(*actual) } else { 0 };
                *actual = actual.saturating_add_signed(self.visits).max(least);
                *missing = required.saturating_sub(*actual);
            }
            _ => {}
        }
        Ok(())
    }
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
