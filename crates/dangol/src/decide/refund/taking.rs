//! Points that an order earned are taken back: from the lots that it made, then from others, then as the program says.

use crate::error::InputError;
use crate::ledger::{Draw, Lot};
use crate::model::{Accrual, Change, Order, TakenBack, UsedPoints};
use crate::value::{Mode, Money, Overflow, Points, Rounding, product, ten_to};

use super::lost::LostPoints;
use super::parties::Parties;
use super::stand::Stand;

/// Takes so many points of an accrual, of which so many are `kept` in the end; what is missing is taken off `room` where the
/// program says so.
pub(super) fn take(
    parties: &mut Parties<'_>,
    order: &Order,
    accrual: &Accrual,
    (points, kept): (Points, Points),
    room: &mut Money,
) -> Result<TakenBack, InputError> {
    let wallet = &accrual.wallet;
    let nothing = Points::of_units(0, accrual.points.0.digits())?;
    let mut taken = TakenBack {
        rule: accrual.rule.clone(),
        wallet: wallet.clone(),
        granted: accrual.points,
        kept,
        points,
        expired: nothing,
        deficit: nothing,
        forgiven: nothing,
        charged: nothing,
        lots: Vec::new(),
        reached: None,
    };
    let Some(draft) = parties.of_wallet(wallet) else { return Ok(taken) };
    let lot = order.id.part(&accrual.rule);
    let account = draft.account(wallet);
    let own = account.lots().iter().find(|known| known.id == lot).map_or(Points::ZERO, Lot::free).min(points);
    let mut lots = Vec::new();
    if !own.is_zero() {
        lots.push(Draw { lot: lot.clone(), points: own });
    }
    let mut rest = points.minus(own)?;
    if !rest.is_zero() {
        // What expired unused is gone already, and is not taken a second time.
        let expired = account.expired_lots().iter().find(|known| known.lot == lot);
        let told = order.back.taken_of(&accrual.rule).expired;
        let expired = expired.map_or(Ok(Points::ZERO), |known| known.points.minus(told))?;
        taken.expired = rest.min(expired.max(Points::ZERO));
        rest = rest.minus(taken.expired)?;
    }
    if !rest.is_zero() {
        let burn = draft.program.burn_order(wallet);
        let others = account.plan_among(rest, draft.today, burn, |known| known.id != lot);
        rest = rest.minus(Draw::sum(&others)?)?;
        lots.extend(others);
    }
    if !rest.is_zero() {
        // What the order's points had made up for is missing again, and that is all that happens to it.
        let told = order.back.taken_of(&accrual.rule).deficit;
        let absorbed = order.quote.absorbed.get(wallet).copied().unwrap_or(Points::ZERO).minus(told)?;
        taken.deficit = match order.quote.returns.used {
            UsedPoints::Deficit => rest,
            UsedPoints::Forgive | UsedPoints::Charge => rest.min(absorbed.max(Points::ZERO)),
        };
        rest = rest.minus(taken.deficit)?;
    }
    if !rest.is_zero() {
        match order.quote.returns.used {
            UsedPoints::Deficit => {}
            UsedPoints::Forgive => taken.forgiven = rest,
            UsedPoints::Charge => {
                let worth = order.quote.before.worth.get(wallet).copied();
                taken.charged = worth.map_or(Ok(nothing), |worth| payable(*room, rest, worth))?;
                taken.deficit = taken.deficit.plus(rest.minus(taken.charged)?)?;
                let value = worth.map_or(Ok(Money::ZERO), |worth| value(taken.charged, worth, *room))?;
                *room = room.minus(value)?;
            }
        }
    }
    let part = |draw: &Draw| {
        let lot = account.lots().iter().find(|known| known.id == draw.lot);
        lot.map(|lot| lot.part(draw.points))
    };
    taken.lots = lots.iter().filter_map(part).collect();
    let gone = Draw::sum(&lots)?.plus(taken.deficit)?;
    if !gone.is_zero() {
        let (deficit, reason, order) = (taken.deficit, String::new(), Some(order.id.clone()));
        let (wallet, points) = (wallet.clone(), gone);
        draft.add(Change::PointsRevoked { wallet, points, lots, deficit, reason, order, reached: None })?;
    }
    Ok(taken)
}

/// Takes what is left of points that something else than the order had granted for a tier that was not reached.
pub(super) fn take_lost(
    parties: &mut Parties<'_>,
    order: &Order,
    lost: LostPoints,
) -> Result<TakenBack, InputError> {
    let LostPoints { tier, rule, wallet, lot } = lost;
    let (points, nothing) = (lot.points, Points::of_units(0, lot.points.0.digits())?);
    if let Some(draft) = &mut parties.own {
        draft.add(Change::PointsRevoked {
            wallet: wallet.clone(),
            points,
            lots: vec![Draw { lot: lot.id.clone(), points }],
            deficit: Points::ZERO,
            reason: String::new(),
            order: Some(order.id.clone()),
            reached: Some(tier.clone()),
        })?;
    }
    Ok(TakenBack {
        rule,
        wallet,
        granted: points,
        kept: nothing,
        points,
        expired: nothing,
        deficit: nothing,
        forgiven: nothing,
        charged: nothing,
        lots: vec![lot],
        reached: Some(tier),
    })
}

/// What is left of the points of each rule: what was granted less what was taken, whatever the rules say of the goods that
/// were kept then; and once taken they are not kept again.
pub(super) fn remaining(order: &Order, before: &mut Stand, after: &mut Stand) -> Result<(), Overflow> {
    let pairs = before.kept.iter_mut().zip(&mut after.kept);
    for (accrual, (had, keeps)) in order.quote.accruals.iter().zip(pairs) {
        *had = accrual.points.minus(order.back.taken_of(&accrual.rule).points)?;
        *keeps = (*keeps).min(*had);
    }
    Ok(())
}

/// What points cost at what one pays, rounded down to the digits of `like`.
fn value(points: Points, worth: Money, like: Money) -> Result<Money, Overflow> {
    let digits = like.0.digits();
    let numerator = product(points.units(), worth.units()).checked_mul(ten_to(digits)?).ok_or(Overflow)?;
    let scale = points.0.digits().saturating_add(worth.0.digits());
    Money::of_units(Rounding::to_unit(Mode::Down).ratio(numerator, ten_to(scale)?, digits)?, digits)
}

/// How many of these points so much money covers.
fn payable(room: Money, points: Points, worth: Money) -> Result<Points, Overflow> {
    if value(points, worth, room)? <= room {
        return Ok(points);
    }
    let digits = points.0.digits();
    let scale = digits.saturating_add(worth.0.digits());
    let numerator = i128::from(room.units().max(0)).checked_mul(ten_to(scale)?).ok_or(Overflow)?;
    let denominator = i128::from(worth.units()).checked_mul(ten_to(room.0.digits())?).ok_or(Overflow)?;
    let covered =
        Points::of_units(Rounding::to_unit(Mode::Down).ratio(numerator, denominator, digits)?, digits)?;
    Ok(covered.min(points))
}
