//! Points by hand: granted, spent, taken back.

use crate::error::{Code, InputError};
use crate::ledger::{Account, Draw, Lot, draw_from};
use crate::model::{Because, Change, Grant, Offered, Reason, Revoke, Shortfall, Spend};
use crate::rule::{Excess, ExpiryFrom, Wallet};
use crate::value::{Day, Id, Points};

use super::{Done, exact, mistake, refused, wallet, words};
use crate::decide::draft::Draft;
use crate::decide::keep::with_grace;
use crate::decide::spend::{Funds, Terms};

pub(super) fn grant(draft: &mut Draft<'_>, asked: &Grant) -> Done {
    let program = draft.program;
    let wallet = wallet(program, asked.wallet.as_ref(), "grant")?;
    let points = exact(asked.points, wallet, "grant")?;
    words(&asked.reason, "grant.reason")?;
    let usable_from = asked.usable_from.filter(|from| *from > draft.today);
    let last = match asked.expires_on {
        Some(last) if last < draft.today => {
            let message = format!("lies before today, {}", draft.today);
            return mistake(Code::OutOfRange, "grant.expires_on", message);
        }
        Some(last) => Some(last),
        None => as_the_wallet_says(draft.today, wallet, asked),
    };
    if let Some(until) = last.filter(|last| *last < draft.today) {
        return refused("grant.points", Reason::Ended { until });
    }
    if let Some(from) = usable_from.filter(|from| last.is_some_and(|last| last < *from)) {
        let message = format!("starts on {from}, after the last day of the points");
        return mistake(Code::Contradiction, "grant.usable_from", message);
    }
    let (expires_on, grace_until) = with_grace(wallet, last);
    draft.add(Change::PointsGranted {
        wallet: wallet.id.clone(),
        lot: draft.lot("grant")?,
        points,
        because: Because::Adjustment(asked.reason.clone()),
        earned_at: None,
        expires_on,
        grace_until,
        usable_from,
        awaits: asked.awaits.clone(),
        issuer: asked.issuer.clone().or_else(|| wallet.issuer.clone()),
    })?;
    Ok(Ok(()))
}

/// The last day of points whose end the host does not name; those that wait for a signal may have none yet.
fn as_the_wallet_says(today: Day, wallet: &Wallet, asked: &Grant) -> Option<Day> {
    let start = match wallet.expiry_from {
        ExpiryFrom::Earning => today,
        ExpiryFrom::Vesting if asked.awaits.is_some() => return None,
        ExpiryFrom::Vesting => asked.usable_from.unwrap_or(today).max(today),
    };
    wallet.expiry.as_ref()?.last_day(start)
}

/// Where points come from, and how many of them are not there.
pub(super) struct Taken {
    pub(super) points: Points,
    pub(super) lots: Vec<Draw>,
    pub(super) deficit: Points,
}

/// Takes so many points, of which so many are there, as the caller wants a shortfall to be treated.
pub(super) fn taken(
    points: Points,
    there: Points,
    shortfall: Shortfall,
    plan: impl Fn(Points) -> Vec<Draw>,
) -> Result<Result<Taken, Reason>, InputError> {
    let reduced = points.min(there);
    Ok(match shortfall {
        _ if points <= there => Ok(Taken { points, lots: plan(points), deficit: Points::ZERO }),
        Shortfall::Refuse => Err(Reason::BalanceTooLow { required: points, actual: there }),
        Shortfall::Reduce if reduced.is_zero() => {
            Err(Reason::BalanceTooLow { required: points, actual: there })
        }
        Shortfall::Reduce => Ok(Taken { points: reduced, lots: plan(reduced), deficit: Points::ZERO }),
        Shortfall::Deficit => Ok(Taken { points, lots: plan(reduced), deficit: points.minus(reduced)? }),
    })
}

pub(super) fn spend(draft: &mut Draft<'_>, asked: &Spend) -> Done {
    let wallet = wallet(draft.program, asked.wallet.as_ref(), "spend")?;
    let points = exact(asked.points, wallet, "spend")?;
    if let Some(reason) = &asked.reason {
        words(reason, "spend.reason")?;
    }
    let points = match allowed(draft, wallet, points, asked.shortfall)? {
        Ok(points) => points,
        Err(reason) => return refused("spend.points", reason),
    };
    let usable = draft.usable(&wallet.id);
    let taken = match taken(points, usable, asked.shortfall, |points| draft.plan(wallet, points))? {
        Ok(taken) => taken,
        Err(reason) => return refused("spend.points", reason),
    };
    draft.add(Change::PointsSpent {
        wallet: wallet.id.clone(),
        points: taken.points,
        lots: taken.lots,
        deficit: taken.deficit,
        offer: None,
        reward: None,
        hold: None,
        reason: asked.reason.clone(),
    })?;
    Ok(Ok(()))
}

/// How many of so many points the wallet's terms let the member spend, or why none.
fn allowed(
    draft: &Draft<'_>,
    wallet: &Wallet,
    points: Points,
    shortfall: Shortfall,
) -> Result<Result<Points, Reason>, InputError> {
    let Some(rule) = &wallet.tender else { return Ok(Err(Reason::NotRedeemable)) };
    let mut rule = rule.clone();
    let mut usable = draft.usable(&wallet.id);
    // The action's own word counts, and not what the wallet does with a basket.
    rule.excess = if shortfall == Shortfall::Reduce { Excess::Reduce } else { Excess::Refuse };
    if shortfall == Shortfall::Deficit {
        // What is not there is allowed all the same: the other terms hold.
        usable = usable.max(points);
    }
    let granted = draft.account(&wallet.id).granted();
    let terms = Terms::new(wallet, &rule, Funds { usable, granted }, None)?;
    Ok(terms.used(Offered::Points(points))?.map(|used| used.points))
}

pub(super) fn revoke(draft: &mut Draft<'_>, asked: &Revoke) -> Done {
    let wallet = wallet(draft.program, asked.wallet.as_ref(), "revoke")?;
    words(&asked.reason, "revoke.reason")?;
    let account = draft.account(&wallet.id);
    let own = |lot: &Lot| asked.of.as_ref().is_some_and(|of| belongs(&lot.id, of));
    let owned = Points::sum(account.lots().iter().filter(|lot| own(lot)).map(Lot::free))?;
    let points = match (asked.points, &asked.of) {
        (Some(points), _) => exact(points, wallet, "revoke")?,
        (None, Some(_)) if owned.is_zero() => return refused("revoke.of", Reason::NothingLeft),
        (None, Some(_)) => owned,
        (None, None) => {
            return mistake(Code::MissingField, "revoke.points", "give `points`, or the operation in `of`");
        }
    };
    let others = account.lots().iter().filter(|lot| !own(lot) && lot.is_usable(draft.today));
    let there = owned.plus(Points::sum(others.map(Lot::free))?)?;
    let plan = |points| drawn(draft.today, &account, wallet, points, &own);
    let taken = match taken(points, there, asked.shortfall, plan)? {
        Ok(taken) => taken,
        Err(reason) => return refused("revoke.points", reason),
    };
    draft.add(Change::PointsRevoked {
        wallet: wallet.id.clone(),
        points: taken.points,
        lots: taken.lots,
        deficit: taken.deficit,
        reason: asked.reason.clone(),
        order: None,
        reached: None,
    })?;
    Ok(Ok(()))
}

/// Draws from the operation's own lots, pending ones first, and then from any others in the wallet's order.
fn drawn(
    today: Day,
    account: &Account,
    wallet: &Wallet,
    points: Points,
    own: &impl Fn(&Lot) -> bool,
) -> Vec<Draw> {
    let lots = || account.lots().iter().filter(|lot| own(lot));
    let pending = lots().filter(|lot| lot.is_pending(today));
    let ready = lots().filter(|lot| !lot.is_pending(today));
    let mut draws = draw_from(pending.chain(ready), points, Lot::free);
    let drawn = Draw::sum(&draws);
    let left = drawn.and_then(|drawn| points.minus(drawn)).unwrap_or(Points::ZERO);
    draws.extend(account.plan_among(left, today, wallet.burn_order, |lot| !own(lot)));
    draws
}

/// Whether an operation granted the lot: it is named `operation/part`, and no part has a stroke.
pub(super) fn belongs(lot: &Id, operation: &Id) -> bool {
    lot.as_str().rsplit_once('/').is_some_and(|(whole, _)| whole == operation.as_str())
}
