//! Tier reviews: the tier falls when spend has left the window.

use crate::model::{Change, Member};
use crate::program::Compiled;
use crate::rule::TierLadder;
use crate::value::{Day, Instant, Overflow};

use super::standing;

/// The first review until that day that lowers the tier.
///
/// The tier is reviewed on each day on which spend has left the window; what came before the latest order was settled
/// by that order.
pub(super) fn next(
    program: &Compiled,
    member: &Member,
    today: Day,
) -> Result<Option<(Instant, Change)>, Overflow> {
    let Some(ladder) = program.ladder() else { return Ok(None) };
    // Spend that still counts today has left on no day until today; so nearly always there is nothing to work out.
    let start = standing::window_start(ladder, today);
    let gone = member.activity.iter().map(|activity| activity.on).filter(|on| Some(*on) < start);
    let latest = member.activity.iter().map(|activity| activity.on).max();
    let leaving = gone.filter_map(|on| leaves_on(ladder, on));
    let mut days: Vec<Day> = leaving.filter(|day| latest < Some(*day)).collect();
    if days.is_empty() {
        return Ok(None);
    }
    days.sort_unstable();
    let rank = standing::rank(program, member, today)?.unwrap_or(0);
    for day in days {
        let spend = standing::spend(ladder, member, day)?;
        let qualified = ladder.qualified(spend);
        let tier = |rank: usize| program.tiers.get(rank).cloned();
        if qualified < rank
            && let Some(to) = tier(qualified)
        {
            let change = Change::TierChanged { from: tier(rank), to, spend };
            return Ok(Some((program.zone().start_of(day), change)));
        }
    }
    Ok(None)
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
