//! What follows when a tier is reached or left: points, coupons, and balances that are lost.

use crate::error::InputError;
use crate::model::{Change, Member, Tally, TierCause, TierPreview};
use crate::program::Compiled;
use crate::rule::{AccrualRule, Facts, Occasion, Tier, TierLadder};
use crate::value::{Id, Instant};

use super::rise::reaches;
use super::standing::{Rank, above};
use crate::decide::earn::Earned;
use crate::decide::overdue::misfit;
use crate::decide::{coupons, earn, place};

/// What follows from tier changes of a member who stands as they say; `name` makes the name of a lot or coupon of that rule
/// or offer.
///
/// A member who rises by two tiers reaches both, and leaves both when he falls by two. Who goes down and up again at one
/// instant reaches and leaves only what lies between where he was and where he is then; so does he whose rise is undone in part.
pub(in crate::decide) fn effects<'a>(
    program: &Compiled,
    member: &Member,
    changes: impl Iterator<Item = &'a Change>,
    at: Instant,
    name: impl Fn(&Id) -> Option<Id>,
) -> Result<Vec<Change>, InputError> {
    let mut moves: Vec<Move<'_>> = Vec::new();
    for change in changes {
        let Change::TierChanged { ladder, from, to, because, .. } = change else { continue };
        let Some(ladder) = program.ladder(ladder) else { continue };
        let gone = from.as_ref().is_some_and(|from| ladder.rank(from).is_none());
        let to = ladder.rank_of(to.as_ref());
        // Where a tier stood that is gone nobody knows: nothing is reached or left by that.
        let from = if gone { to } else { ladder.rank_of(from.as_ref()) };
        let place = moves.iter().position(|known| known.ladder.id == ladder.id);
        let place = place.unwrap_or(moves.len());
        if place == moves.len() {
            moves.push(Move { ladder, highest: from, entered: from, to });
        }
        if let Some(known) = moves.get_mut(place) {
            known.to = to;
            if *because == TierCause::Undone {
                known.entered = known.entered.min(to);
            }
        }
    }
    let (mut occasions, mut forfeited) = (Vec::new(), Vec::new());
    for Move { ladder, highest, entered, to } in moves {
        for tier in between(ladder, highest, to) {
            occasions.push(Occasion::TierReached(tier.id.clone()));
        }
        for tier in between(ladder, to, entered) {
            occasions.push(Occasion::TierLeft(tier.id.clone()));
            forfeited.extend(&tier.forfeits);
        }
    }
    let mut made = Vec::new();
    if occasions.is_empty() {
        return Ok(made);
    }
    let today = program.zone().day(at);
    let last = today.yesterday().unwrap_or(today);
    forfeited.sort_unstable();
    forfeited.dedup();
    for wallet in forfeited {
        let lots = member.wallets.get(wallet).into_iter().flat_map(|account| account.lots());
        made.extend(lots.filter(|lot| !lot.free().is_zero()).map(|lot| Change::PointsExpired {
            wallet: wallet.clone(),
            lot: lot.id.clone(),
            points: lot.free(),
            expired_on: last,
            keep_until: None,
        }));
    }
    let chosen = |rule: &AccrualRule| occasions.contains(&rule.on);
    if program.accruals().any(chosen) {
        let earned = earn::occasion(program, member, chosen, &earn::Happened::nothing(), at)?;
        for accrual in &earned.accruals {
            // Whoever reaches a tier twice at one instant has had it once.
            let lot = name(&accrual.rule).filter(|lot| !member.has_lot(&accrual.wallet, lot));
            made.extend(lot.map(|lot| place::earned(accrual, lot)));
        }
    }
    for occasion in &occasions {
        for issued in coupons::on_occasion(program, member, occasion, today) {
            let id = name(&issued.offer).filter(|id| member.coupons.iter().all(|coupon| coupon.id != *id));
            made.extend(id.map(|id| Change::CouponIssued { coupon: issued.held(id, at, None), from: None }));
        }
    }
    Ok(made)
}

/// How a member moves on a ladder.
struct Move<'a> {
    ladder: &'a TierLadder,
    /// Where he was: what lies above it is reached.
    highest: Rank,
    /// Where he was by right: a rise that is undone never was, and nothing is left by that.
    entered: Rank,
    to: Rank,
}

/// Adds what rules grant because an order lifts the member to what they grant for the order, which counts against the same
/// limits and budgets; whether there is any.
pub(in crate::decide) fn lifted_by_order(
    program: &Compiled,
    facts: &Facts<'_>,
    tiers: &[TierPreview],
    earned: &mut Earned,
    now: Instant,
) -> Result<bool, InputError> {
    let reached = |rule: &AccrualRule| match &rule.on {
        Occasion::TierReached(tier) => tiers.iter().any(|preview| reaches(program, preview, tier)),
        _ => false,
    };
    if !program.measured.has_effects || !program.accruals().any(reached) {
        return Ok(false);
    }
    let mut after = facts.member.clone();
    for change in tiers.iter().filter_map(TierPreview::change) {
        after.change(&change, now).map_err(misfit)?;
    }
    let mut budgets = facts.basket.budgets.clone();
    for accrual in &earned.accruals {
        for entry in &accrual.tallies {
            Tally::add(&mut after.tallies, entry, accrual.points, 1)?;
        }
        let rule = program.accruals().find(|rule| rule.id == accrual.rule);
        if let Some(used) = rule.and_then(|rule| rule.budget.as_ref()).and_then(|id| budgets.get_mut(id)) {
            *used = used.plus(accrual.points.0)?;
        }
    }
    let more =
        earn::occasion(program, &after, reached, &earn::Happened { budgets, ..Default::default() }, now)?;
    earned.accruals.extend(more.accruals);
    earned.accruals.sort_by(|a, b| a.rule.cmp(&b.rule));
    earned.refused.extend(more.refused);
    Ok(true)
}

/// The tiers that a member loses who falls from one to another.
pub(in crate::decide) fn fallen_from<'a>(
    ladder: &'a TierLadder,
    from: Option<&Id>,
    to: Option<&Id>,
) -> impl Iterator<Item = &'a Tier> {
    between(ladder, ladder.rank_of(to), ladder.rank_of(from))
}

/// The tiers above one place, up to another one.
fn between(ladder: &TierLadder, from: Rank, to: Rank) -> impl Iterator<Item = &Tier> {
    ladder.tiers.iter().take(above(to)).skip(above(from))
}
