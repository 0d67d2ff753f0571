//! Where a member stands on the ladder: by what was spent in the window.

use crate::model::{Member, TierPreview};
use crate::program::Compiled;
use crate::rule::TierLadder;
use crate::value::{Day, Money, Overflow};

/// The first day whose spend counts on that day.
pub(super) fn window_start(ladder: &TierLadder, today: Day) -> Option<Day> {
    ladder.window.before(today)?.next()
}

/// The first day that the ladder or a condition can still look at, today or later: tomorrow where none does.
///
/// No window starts earlier on a later day, so what is forgotten was beyond all of them for ever.
pub(super) fn forget_before(program: &Compiled, today: Day) -> Option<Day> {
    let mut first = today.next()?;
    for window in &program.windows {
        first = first.min(window.before(today)?.next()?);
    }
    Some(first)
}

/// What was spent in the window that ends on that day.
pub(super) fn spend(ladder: &TierLadder, member: &Member, today: Day) -> Result<Money, Overflow> {
    let start = window_start(ladder, today);
    let counts = |day: Day| day <= today && start.is_none_or(|start| start <= day);
    Money::sum(member.activity.iter().filter(|activity| counts(activity.on)).map(|activity| activity.spend))
}

/// The place of the member's tier on the ladder.
///
/// A member without a tier has the lowest; one whose tier is no longer on the ladder has what the spend qualifies for.
pub(super) fn rank(program: &Compiled, member: &Member, today: Day) -> Result<Option<usize>, Overflow> {
    let Some(ladder) = program.ladder() else { return Ok(None) };
    let Some(tier) = &member.tier else { return Ok(Some(0)) };
    match program.tiers.iter().position(|known| known == tier) {
        Some(rank) => Ok(Some(rank)),
        None => Ok(Some(ladder.qualified(spend(ladder, member, today)?))),
    }
}

/// The ladder before and after an order with so much spend.
pub(super) fn preview(
    program: &Compiled,
    member: &Member,
    rank: Option<usize>,
    today: Day,
    order: Money,
) -> Result<Option<TierPreview>, Overflow> {
    // A guest stands nowhere, though conditions find the lowest tier.
    let rank = rank.filter(|_| !member.guest);
    let (Some(ladder), Some(rank)) = (program.ladder(), rank) else { return Ok(None) };
    let spend = spend(ladder, member, today)?.plus(order)?;
    // An order never lowers a tier, and one that was set by hand stays.
    let after = ladder.qualified(spend).max(rank);
    let next = after.checked_add(1).and_then(|next| ladder.tiers.get(next));
    let missing = next.and_then(|tier| tier.spend_at_least);
    let missing = missing.map(|threshold| threshold.minus(spend)).transpose()?;
    let id = |rank: usize| ladder.tiers.get(rank).map(|tier| tier.id.clone());
    let (Some(now), Some(after)) = (id(rank), id(after)) else { return Ok(None) };
    Ok(Some(TierPreview { now, after, spend, next: next.map(|tier| tier.id.clone()), missing }))
}
