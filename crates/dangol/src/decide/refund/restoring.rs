//! Points that were spent come back: to the lots that they were taken from, the last ones first, as if fewer had been spent.

use crate::error::InputError;
use crate::ledger::{Draw, Lot};
use crate::model::{Change, Order, RestoredPoints, RestoredUntil, portion};
use crate::value::{Id, Money, Overflow, Points};

use super::parties::Parties;
use crate::decide::draft::Draft;

/// Points that come back to a wallet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spent<'a> {
    pub(super) wallet: &'a Id,
    /// The offer that they were exchanged for.
    pub(super) offer: Option<&'a Id>,
    /// The lots that they were taken from, in their order.
    pub(super) lots: &'a [Draw],
    /// How many come back by now in all, and how many had come back before.
    pub(super) by_now: Points,
    pub(super) before: Points,
    /// What they had paid.
    pub(super) value: Money,
}

/// How many points of each tender come back where points had paid so much of what is back.
///
/// The value is divided over the tenders one after the other, so that no share falls while the value grows.
pub(super) fn tendered(order: &Order, value: Money) -> Result<Vec<(Points, Money)>, Overflow> {
    let tenders = order.quote.tenders.iter();
    let mut shares = nested(value, tenders.clone().map(|tender| tender.value))?.into_iter();
    let mut points = Vec::with_capacity(order.quote.tenders.len());
    for tender in tenders {
        let share = shares.next().unwrap_or(Money::ZERO);
        // Points that paid nothing come back with the whole order.
        let all = tender.value.is_zero() && value >= order.quote.paid_with_points;
        let (part, of) = if all { (1, 1) } else { (share.units(), tender.value.units().max(1)) };
        points.push((
            Points::of_units(portion(tender.points.units(), part, of)?, tender.points.0.digits())?,
            share,
        ));
    }
    Ok(points)
}

/// A value divided by weights: each takes its part of what the ones before it left, rounded down. So the parts sum to the
/// value, and none falls while the value grows.
pub(super) fn nested(
    value: Money,
    weights: impl Iterator<Item = Money> + Clone,
) -> Result<Vec<Money>, Overflow> {
    let (mut left, mut rest) = (value, Money::sum(weights.clone())?);
    let mut parts = Vec::new();
    for weight in weights {
        let part = if rest.is_zero() {
            Money::ZERO
        } else {
            Money::of_units(portion(left.units(), weight.units(), rest.units())?, left.0.digits())?
        };
        (left, rest) = (left.minus(part)?, rest.minus(weight)?);
        parts.push(part);
    }
    Ok(parts)
}

/// Gives points back to their lots; nothing where there are none.
pub(super) fn restore(
    parties: &mut Parties<'_>,
    order: &Order,
    spent: Spent<'_>,
    until: RestoredUntil,
) -> Result<Option<RestoredPoints>, InputError> {
    let Spent { wallet, offer, lots, by_now, before, value } = spent;
    let points = by_now.minus(before)?;
    let Some(draft) = parties.of_wallet(wallet).filter(|_| points > Points::ZERO) else { return Ok(None) };
    let today = draft.today;
    let known = order.quote.before.lots.get(wallet).map_or(&[][..], Vec::as_slice);
    let (mut restored, mut ended) = (Vec::new(), Vec::new());
    for draw in last(lots, before, points)? {
        let lot = known.iter().find(|lot| lot.id == draw.lot);
        let lot =
            lot.map_or_else(|| Lot::new(draw.lot, draw.points, order.quote.at), |lot| lot.part(draw.points));
        let over = lot.last_day().filter(|last| *last < today);
        let anew = match until {
            RestoredUntil::Original => None,
            RestoredUntil::IfEnded(good_for) => over.and_then(|_| good_for.after(today)),
            RestoredUntil::Anew(good_for) => good_for.after(today),
        };
        match (anew, over) {
            (Some(last), _) => {
                // A new issue, which does not change what else is left of the lot.
                let issuer = lot.issuer.clone();
                let lot = Lot { expires_on: Some(last), issuer, ..Lot::new(lot.id, lot.points, draft.now) };
                let lot = issued_anew(draft, wallet, &restored, lot)?;
                join(&mut restored, lot)?;
            }
            (None, Some(last)) => {
                ended.push((lot.id.clone(), lot.points, last));
                join(&mut restored, lot)?;
            }
            (None, None) => join(&mut restored, lot)?,
        }
    }
    let sum = Points::sum(ended.iter().map(|(_, points, _)| *points))?;
    let stays = |lot: &&Lot| ended.iter().all(|(id, ..)| *id != lot.id);
    let there = restored.iter().filter(stays).map(|lot| Draw { lot: lot.id.clone(), points: lot.points });
    let there = there.collect();
    let (id, back, of) = (wallet.clone(), offer.cloned(), order.id.clone());
    draft.add(Change::PointsRestored {
        wallet: id,
        points,
        lots: restored,
        order: of,
        offer: back,
        revoked: false,
        reached: None,
    })?;
    let rule = draft.program.wallet(Some(wallet)).and_then(|wallet| wallet.reinstatement);
    let keep_until = rule.and_then(|rule| rule.within.after(today));
    for (lot, points, expired_on) in ended {
        let wallet = wallet.clone();
        draft.add(Change::PointsExpired { wallet, lot, points, expired_on, keep_until })?;
    }
    let (wallet, offer) = (wallet.clone(), offer.cloned());
    Ok(Some(RestoredPoints { wallet, offer, points, value, lots: there, ended: sum }))
}

/// The lot under the name that points have that are issued anew: one for each issuer, whose points they stay.
fn issued_anew(draft: &Draft<'_>, wallet: &Id, restored: &[Lot], lot: Lot) -> Result<Lot, InputError> {
    let account = draft.account(wallet);
    let known = |id: &Id| restored.iter().chain(account.lots()).find(|known| known.id == *id);
    let mut number = 1_u32;
    loop {
        let name = if number == 1 { "restored".to_owned() } else { format!("restored-{number}") };
        let id = draft.lot(&name)?;
        if known(&id).is_none_or(|known| known.issuer == lot.issuer) {
            return Ok(Lot { id, ..lot });
        }
        number = number.saturating_add(1);
    }
}

/// Adds a lot, or what it holds to the one that is there of its name.
pub(super) fn join(lots: &mut Vec<Lot>, lot: Lot) -> Result<(), Overflow> {
    match lots.iter_mut().find(|known| known.id == lot.id) {
        Some(known) => known.points = known.points.plus(lot.points)?,
        None => lots.push(lot),
    }
    Ok(())
}

/// So many points of draws, from the last ones on, after so many that were taken before.
fn last(draws: &[Draw], before: Points, points: Points) -> Result<Vec<Draw>, Overflow> {
    let (mut skip, mut left, mut found) = (before, points, Vec::new());
    for draw in draws.iter().rev() {
        let skipped = draw.points.min(skip);
        skip = skip.minus(skipped)?;
        let here = draw.points.minus(skipped)?.min(left);
        left = left.minus(here)?;
        if !here.is_zero() {
            found.push(Draw { lot: draw.lot.clone(), points: here });
        }
    }
    Ok(found)
}
