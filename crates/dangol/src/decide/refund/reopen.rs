//! The latest return is taken back: what it gave back goes the other way again, at the order's own prices.

use std::collections::BTreeMap;

use crate::error::InputError;
use crate::ledger::Lot;
use crate::model::{
    Change, HeldCoupon, Reason, Refusal, ReleasedOffer, RestoredPoints, Return, Returned, TakenBack,
    TakenCoupon, TaxSum,
};
use crate::value::{Amount, Id, Money, Overflow, Points};

use super::counted::{Uncounted, ladders, points, uncount};
use super::forward::returned_line;
use super::parties::Parties;
use super::restoring::join;
use super::sums::start;
use super::tallies::{Moved, correct, correct_carried};
use super::{Ask, Found, keeping};
use crate::decide::place::used;

/// Works out what goes the other way, and makes the changes; refused where points or coupons are no longer there.
pub(super) fn reopen(ask: &Ask<'_>, parties: &mut Parties<'_>) -> Found {
    let order = ask.order;
    let Some(latest) = order.latest_return() else { return Ok(Err(no(Reason::NothingLeft))) };
    let active = keeping::active(parties, order);
    for spent in &latest.points {
        if let Err(reason) = spend(ask, parties, spent)? {
            return Ok(Err(no(reason)));
        }
    }
    for released in &latest.offers {
        if let Err(reason) = reuse(ask, parties, released)? {
            return Ok(Err(no(reason)));
        }
    }
    for taken in &latest.taken {
        give(ask, parties, taken)?;
    }
    for issued in latest.issued.iter().filter(|issued| issued.taken) {
        issue(ask, parties, issued)?;
    }
    let before = start(order)?;
    let moved = moved(ask, latest)?;
    correct(parties, order, (&before, ask.after), &moved, true)?;
    let whole = before.is_whole() && !ask.after.is_whole();
    correct_carried(parties, order, (&before, ask.after), true)?;
    if let Some(own) = &mut parties.own {
        own.is_news = false;
        let (spend, points) = (latest.spend, points(ask, &moved)?);
        let ladders = ladders(ask, &before, spend)?;
        uncount(own, &Uncounted { order, spend, ladders, points, after: ask.after, whole, reopened: true })?;
    }
    keeping::put_on(parties, order, whole, &active)?;
    undone(ask, latest).map(Ok).map_err(InputError::from)
}

fn no(reason: Reason) -> Refusal {
    Refusal { path: "returned".to_owned(), reason }
}

/// Points that had come back pay again; those that ended with the return are not asked for.
fn spend(
    ask: &Ask<'_>,
    parties: &mut Parties<'_>,
    spent: &RestoredPoints,
) -> Result<Result<(), Reason>, InputError> {
    let points = spent.points.minus(spent.ended)?;
    let Some(draft) = parties.of_wallet(&spent.wallet).filter(|_| !points.is_zero()) else {
        return Ok(Ok(()));
    };
    let actual = draft.usable(&spent.wallet);
    if actual < points {
        return Ok(Err(Reason::BalanceTooLow { required: points, actual }));
    }
    let lots = draft.draw_first(&spent.wallet, &spent.lots, points)?;
    let (wallet, offer, deficit) = (spent.wallet.clone(), spent.offer.clone(), Points::ZERO);
    let (reward, hold, reason) = (None, None, Some(ask.order.id.to_string()));
    let reason = reason.filter(|_| offer.is_none());
    draft.add(Change::PointsSpent { wallet, points, lots, deficit, offer, reward, hold, reason })?;
    Ok(Ok(()))
}

/// An offer counts as used again; its coupon must still be there.
fn reuse(
    ask: &Ask<'_>,
    parties: &mut Parties<'_>,
    released: &ReleasedOffer,
) -> Result<Result<(), Reason>, InputError> {
    let applied = ask.order.quote.applied.iter().find(|applied| applied.offer == released.offer);
    let Some(applied) = applied else { return Ok(Ok(())) };
    let came_back = released.coupon.as_deref().filter(|_| !released.ended);
    if let (Some(coupon), Some(holder)) = (came_back, &released.holder) {
        let Some(draft) = parties.holder(holder) else { return Ok(Ok(())) };
        if !holds(&draft.member.coupons, coupon) {
            return Ok(Err(Reason::UsedCoupon));
        }
        let (to, order) = (ask.order.quote.member.clone(), Some(ask.order.id.clone()));
        draft.add(Change::CouponSent {
            coupon: coupon.id.clone(),
            offer: coupon.offer.clone(),
            to,
            order,
        })?;
    }
    let Some(own) = &mut parties.own else { return Ok(Ok(())) };
    if let Some(coupon) = came_back.filter(|_| released.holder.is_none()) {
        // A printed code is nobody's.
        let own_coupon =
            coupon.code.is_none() || own.member.past_coupons.iter().any(|past| past.coupon.id == coupon.id);
        if own_coupon && !holds(&own.member.coupons, coupon) {
            return Ok(Err(Reason::UsedCoupon));
        }
    }
    own.add(used(ask.order.id.clone(), applied))?;
    Ok(Ok(()))
}

fn holds(coupons: &[HeldCoupon], coupon: &HeldCoupon) -> bool {
    coupons.iter().any(|held| held.id == coupon.id && held.hold.is_none())
}

/// Points that were taken back are there again.
fn give(ask: &Ask<'_>, parties: &mut Parties<'_>, taken: &TakenBack) -> Result<(), InputError> {
    let order = ask.order;
    let gone = Points::sum([taken.expired, taken.forgiven, taken.charged])?;
    let points = taken.points.minus(gone)?;
    let restored = |lots: Vec<Lot>, reached: Option<Id>| {
        let (wallet, order) = (taken.wallet.clone(), order.id.clone());
        Change::PointsRestored { wallet, points, lots, order, offer: None, revoked: true, reached }
    };
    if let (Some(tier), Some(own)) = (&taken.reached, &mut parties.own) {
        return own.add(restored(taken.lots.clone(), Some(tier.clone())));
    }
    let Some(accrual) = order.quote.accruals.iter().find(|known| known.rule == taken.rule) else {
        return Ok(());
    };
    if points.is_zero() {
        return Ok(());
    }
    let mut lots = taken.lots.clone();
    // What had been missing is there again as the order had earned it.
    let rest = points.minus(Points::sum(lots.iter().map(|lot| lot.points))?)?;
    let lot = Lot {
        expires_on: accrual.expires_on,
        grace_until: accrual.grace_until,
        usable_from: accrual.usable_from,
        awaits: accrual.awaits.clone(),
        issuer: accrual.issuer.clone(),
        ..Lot::new(order.id.part(&accrual.rule), rest, order.quote.at)
    };
    if !rest.is_zero() {
        join(&mut lots, lot)?;
    }
    parties.add_to_wallet(&taken.wallet, restored(lots, None))
}

/// A coupon that was taken back is there again.
fn issue(ask: &Ask<'_>, parties: &mut Parties<'_>, issued: &TakenCoupon) -> Result<(), InputError> {
    let order = ask.order;
    if let (Some(coupon), Some(own)) = (issued.held.as_deref().cloned(), &mut parties.own) {
        return own.add(Change::CouponRestored { coupon });
    }
    let known = order.quote.issued.iter().find(|known| known.offer == issued.offer);
    if let (Some(known), Some(own)) = (known, &mut parties.own) {
        let coupon = known.held(issued.coupon.clone(), order.quote.at, None);
        own.add(Change::CouponIssued { coupon, from: None })?;
    }
    Ok(())
}

fn moved(ask: &Ask<'_>, latest: &Return) -> Result<Vec<Moved>, Overflow> {
    let own = || latest.taken.iter().filter(|taken| taken.reached.is_none());
    let of = |rule: &Id| own().find(|taken| taken.rule == *rule);
    let moved = |rule: &Id| match of(rule) {
        Some(taken) => Ok(Moved { points: taken.points, ends: taken.kept.is_zero() }),
        None => Ok(Moved { points: Points::ZERO, ends: false }),
    };
    ask.order.quote.accruals.iter().map(|accrual| moved(&accrual.rule)).collect()
}

/// The entry of the order: the latest return with all amounts the other way.
fn undone(ask: &Ask<'_>, latest: &Return) -> Result<Return, Overflow> {
    let money = |amount: Money| Money::ZERO.minus(amount);
    let points = |amount: Points| Points::ZERO.minus(amount);
    let row = |row: &TaxSum| TaxSum::nothing(row.rate).minus(row);
    let restored = |known: &RestoredPoints| {
        let (amount, value, ended) = (points(known.points)?, money(known.value)?, points(known.ended)?);
        Ok(RestoredPoints { points: amount, value, ended, ..known.clone() })
    };
    let taken = |known: &TakenBack| {
        let (kept, amount) = (known.kept.plus(known.points)?, points(known.points)?);
        let (expired, deficit) = (points(known.expired)?, points(known.deficit)?);
        let (forgiven, charged) = (points(known.forgiven)?, points(known.charged)?);
        Ok(TakenBack { kept, points: amount, expired, deficit, forgiven, charged, ..known.clone() })
    };
    let tenders = latest.tenders.iter().map(|(id, amount)| Ok((id.clone(), money(*amount)?)));
    let budgets = latest.budgets.iter().map(|(id, amount)| Ok((id.clone(), Amount::ZERO.minus(*amount)?)));
    Ok(Return {
        operation: ask.operation.clone(),
        content: ask.content.clone(),
        at: ask.now,
        asked: Returned::Reopen,
        lines: ask.goods.touched.iter().map(returned_line).collect::<Result<_, _>>()?,
        value: money(latest.value)?,
        lost_discounts: money(latest.lost_discounts)?,
        paid_with_points: money(latest.paid_with_points)?,
        shipping: money(latest.shipping)?,
        fees: money(latest.fees)?,
        tax_added: money(latest.tax_added)?,
        taxes: latest.taxes.iter().map(row).collect::<Result<_, Overflow>>()?,
        rounding: money(latest.rounding)?,
        gifts_charged: money(latest.gifts_charged)?,
        points_charged: money(latest.points_charged)?,
        settled: money(latest.settled)?,
        money: money(latest.money)?,
        tenders: tenders.collect::<Result<BTreeMap<_, _>, Overflow>>()?,
        points: latest.points.iter().map(restored).collect::<Result<_, Overflow>>()?,
        taken: latest.taken.iter().map(taken).collect::<Result<_, Overflow>>()?,
        offers: latest.offers.clone(),
        issued: latest.issued.clone(),
        budgets: budgets.collect::<Result<BTreeMap<_, _>, Overflow>>()?,
        spend: money(latest.spend)?,
        whole: false,
        undone: false,
    })
}
