//! What the passing of time does: lots expire, and tiers fall when spend leaves the window.

use crate::error::InputError;
use crate::model::{Change, Event, Member, Overdue};
use crate::program::{Compiled, Program};
use crate::rule::TierLadder;
use crate::value::{Day, Id, Instant, Overflow};

use super::{place, standing};

impl Program {
    /// What the passing of time changes for a member until that instant, as events to store and apply.
    ///
    /// Nothing depends on how often it runs: advancing to one instant and then to a later one is the same as advancing
    /// to the later one at once, and a quote counts what is due whether or not it was written.
    ///
    /// # Errors
    /// An [`InputError`] where a total of the member goes beyond 15 digits.
    pub fn advance(&self, member: &Member, until: Instant) -> Result<Vec<Event>, InputError> {
        let overdue = overdue(self.compiled(), member, until)?;
        let operation: Id = format!("advance {until}").parse().map_err(|_| Overflow)?;
        let reference = &self.compiled().reference;
        let events = overdue.into_iter().map(|due| (due.at, due.change));
        Ok(place::events(&member.id, member.version, &operation, reference, events))
    }
}

/// The changes that are due until that instant, in the order in which they took effect.
pub(super) fn overdue(program: &Compiled, member: &Member, until: Instant) -> Result<Vec<Overdue>, Overflow> {
    let mut due = expiries(program, member, until);
    due.extend(reviews(program, member, until)?);
    // Stable: at the same instant lots expire in their order, and then the tier is reviewed.
    due.sort_by_key(|due| due.at);
    Ok(due)
}

fn expiries(program: &Compiled, member: &Member, until: Instant) -> Vec<Overdue> {
    let today = program.zone().day(until);
    let mut due = Vec::new();
    for (wallet, account) in &member.wallets {
        for lot in account.ended(today) {
            let Some((expired_on, next)) = lot.expires_on.and_then(|last| Some((last, last.next()?))) else {
                continue;
            };
            let (wallet, points) = (wallet.clone(), lot.points);
            let change = Change::PointsExpired { wallet, lot: lot.id.clone(), points, expired_on };
            due.push(Overdue { at: program.zone().start_of(next), change });
        }
    }
    due
}

/// The tier is reviewed on each day on which spend has left the window; what came before the latest order was settled
/// by that order.
fn reviews(program: &Compiled, member: &Member, until: Instant) -> Result<Vec<Overdue>, Overflow> {
    let Some(ladder) = program.ladder() else { return Ok(Vec::new()) };
    let today = program.zone().day(until);
    let mut rank = standing::rank(program, member, today)?.unwrap_or(0);
    let mut due = Vec::new();
    // Spend that still counts today has left on no day until today; so nearly always there is nothing to work out.
    let start = standing::window_start(ladder, today);
    let gone = member.activity.iter().map(|activity| activity.on).filter(|on| Some(*on) < start);
    let latest = member.activity.iter().map(|activity| activity.on).max();
    let leaving = gone.filter_map(|on| leaves_on(ladder, on));
    let mut days: Vec<Day> = leaving.filter(|day| latest < Some(*day)).collect();
    days.sort_unstable();
    for day in days {
        let spend = standing::spend(ladder, member, day)?;
        let qualified = ladder.qualified(spend);
        let tier = |rank: usize| program.tiers.get(rank).cloned();
        if qualified < rank
            && let Some(to) = tier(qualified)
        {
            let change = Change::TierChanged { from: tier(rank), to, spend };
            due.push(Overdue { at: program.zone().start_of(day), change });
            rank = qualified;
        }
    }
    Ok(due)
}

/// The first day on which the spend of that day no longer counts.
fn leaves_on(ladder: &TierLadder, spent_on: Day) -> Option<Day> {
    let mut day = ladder.window.after(spent_on)?;
    // A clamped month end can be up to three days early.
    while standing::window_start(ladder, day)? <= spent_on {
        day = day.next()?;
    }
    Some(day)
}
