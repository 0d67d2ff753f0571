//! When points can be used: signals that they wait for, longer lives, early ends, second chances.

use crate::error::{Code, InputError};
use crate::ledger::{Draw, Lot};
use crate::model::{Change, Expire, Extend, Reason, Reinstate, Signal};
use crate::rule::ExpiryFrom;
use crate::value::Id;

use super::movement::belongs;
use super::{Done, mistake, refused, wallet};
use crate::decide::draft::Draft;
use crate::decide::keep::with_grace;

pub(super) fn signal(draft: &mut Draft<'_>, asked: &Signal) -> Done {
    let waits = |lot: &&Lot| {
        lot.awaits.as_ref() == Some(&asked.signal) && asked.of.as_ref().is_none_or(|of| belongs(&lot.id, of))
    };
    let wallets = draft.member.wallets.iter();
    let lots =
        wallets.flat_map(|(id, account)| account.lots().iter().filter(waits).map(move |lot| (id, lot)));
    let mut changes: Vec<Change> = lots.map(|(wallet, lot)| vested(draft, wallet, lot)).collect();
    let waiting = draft.member.waiting_orders.iter().filter(|waiting| {
        waiting.counted_on.is_none()
            && waiting.awaits == asked.signal
            && asked.of.as_ref().is_none_or(|of| waiting.order == *of)
    });
    changes.extend(waiting.map(|waiting| Change::OrderCounted {
        order: waiting.order.clone(),
        ladder: waiting.ladder.clone(),
        on: draft.today,
        spend: waiting.spend,
    }));
    if changes.is_empty() {
        return refused("signal.signal", Reason::NothingLeft);
    }
    for change in changes {
        draft.add(change)?;
    }
    Ok(Ok(()))
}

/// What the signal makes of a lot, as its rule says, or its wallet where the rule is gone.
fn vested(draft: &Draft<'_>, id: &Id, lot: &Lot) -> Change {
    let (mut from, mut dates) = (lot.usable_from, (lot.expires_on, lot.grace_until));
    let rule = lot.id.as_str().rsplit_once('/').map(|(_, rule)| rule);
    let rule = draft.program.accruals().find(|known| Some(known.id.as_str()) == rule);
    if let Some(wallet) = draft.program.wallet(Some(id)) {
        let vesting = rule.map_or(wallet.vesting.as_ref(), |rule| rule.vesting(wallet));
        let own = vesting.filter(|vesting| vesting.signal == lot.awaits);
        from = from.max(own.and_then(|vesting| vesting.first_day(draft.today)));
        // A last day that the lot has already was given with it, and stays.
        if wallet.expiry_from == ExpiryFrom::Vesting && lot.expires_on.is_none() {
            let expiry = rule.map_or(wallet.expiry.as_ref(), |rule| rule.expiry(wallet));
            let start = from.map_or(draft.today, |from| from.max(draft.today));
            dates = with_grace(wallet, expiry.and_then(|expiry| expiry.last_day(start)));
        }
    }
    let (wallet, lot, points) = (id.clone(), lot.id.clone(), lot.points);
    let (usable_from, (expires_on, grace_until)) = (from.filter(|from| *from > draft.today), dates);
    Change::PointsVested { wallet, lot, points, usable_from, expires_on, grace_until }
}

/// The lots of those names, or all where none are named.
fn chosen<'a>(
    lots: impl Iterator<Item = &'a Lot> + Clone,
    named: Option<&[Id]>,
    path: &str,
) -> Result<Vec<&'a Lot>, InputError> {
    let Some(named) = named else { return Ok(lots.collect()) };
    if named.is_empty() {
        return mistake(Code::Empty, path, "expected at least one lot");
    }
    let mut found: Vec<&Lot> = Vec::new();
    for (index, id) in named.iter().enumerate() {
        let entry = format!("{path}[{index}]");
        let Some(lot) = lots.clone().find(|lot| lot.id == *id) else {
            return mistake(Code::WrongLot, &entry, format!("no such lot: `{id}`"));
        };
        if found.iter().any(|known| known.id == *id) {
            return mistake(Code::DuplicateId, &entry, format!("`{id}` is there twice"));
        }
        found.push(lot);
    }
    Ok(found)
}

pub(super) fn extend(draft: &mut Draft<'_>, asked: &Extend) -> Done {
    let wallet = wallet(draft.program, asked.wallet.as_ref(), "extend")?;
    if asked.to < draft.today {
        let message = format!("lies before today, {}", draft.today);
        return mistake(Code::OutOfRange, "extend.to", message);
    }
    let account = draft.account(&wallet.id);
    let lots = chosen(account.lots().iter(), asked.lots.as_deref(), "extend.lots")?;
    let shorter = |lot: &&Lot| lot.expires_on.is_some_and(|last| last < asked.to);
    let lots: Vec<Id> = lots.into_iter().filter(shorter).map(|lot| lot.id.clone()).collect();
    if lots.is_empty() {
        return refused("extend.to", Reason::NoEffect);
    }
    let (_, grace_until) = with_grace(wallet, Some(asked.to));
    draft.add(Change::PointsExtended {
        wallet: wallet.id.clone(),
        lots,
        expires_on: asked.to,
        grace_until,
    })?;
    Ok(Ok(()))
}

pub(super) fn reinstate(draft: &mut Draft<'_>, asked: &Reinstate) -> Done {
    let wallet = wallet(draft.program, asked.wallet.as_ref(), "reinstate")?;
    let Some(rule) = wallet.reinstatement else {
        return refused("reinstate.wallet", Reason::NotReinstatable);
    };
    let account = draft.account(&wallet.id);
    let open = account.lapsed().iter().filter(|lapsed| draft.today <= lapsed.until);
    let lots = chosen(open.map(|lapsed| &lapsed.lot), asked.lots.as_deref(), "reinstate.lots")?;
    if lots.is_empty() {
        return refused("reinstate.wallet", Reason::NothingLeft);
    }
    let Some(expires_on) = rule.good_for.after(draft.today) else {
        return mistake(Code::OutOfRange, "reinstate", "the new last day lies beyond the calendar's end");
    };
    let lots: Vec<Draw> =
        lots.into_iter().map(|lot| Draw { lot: lot.id.clone(), points: lot.points }).collect();
    let points = Draw::sum(&lots)?;
    draft.add(Change::PointsReinstated { wallet: wallet.id.clone(), points, lots, expires_on })?;
    Ok(Ok(()))
}

pub(super) fn expire(draft: &mut Draft<'_>, asked: &Expire) -> Done {
    let wallet = wallet(draft.program, asked.wallet.as_ref(), "expire")?;
    let keep_until = wallet.reinstatement.and_then(|rule| rule.within.after(draft.today));
    let account = draft.account(&wallet.id);
    let mut changes = Vec::new();
    for lot in chosen(account.lots().iter(), Some(&asked.lots), "expire.lots")? {
        let points = lot.free();
        if points.is_zero() {
            let reason = Reason::BalanceTooLow { required: lot.points, actual: points };
            return refused("expire.lots", reason);
        }
        let (wallet, lot, expired_on) = (wallet.id.clone(), lot.id.clone(), draft.today);
        changes.push(Change::PointsExpired { wallet, lot, points, expired_on, keep_until });
    }
    for change in changes {
        draft.add(change)?;
    }
    Ok(Ok(()))
}
