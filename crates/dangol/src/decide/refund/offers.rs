//! Offers that no longer count as used, and coupons that come back or are taken back.

use crate::error::InputError;
use crate::model::{Applied, Change, HeldCoupon, IssuedCoupon, Order, ReleasedOffer, TakenCoupon};
use crate::value::Id;

use crate::decide::draft::Draft;

use super::parties::Parties;

/// The offers of an order can be used again: their uses count no more, and their coupons are there again.
pub(super) fn release(parties: &mut Parties<'_>, order: &Order) -> Result<Vec<ReleasedOffer>, InputError> {
    let mut released = Vec::new();
    for applied in &order.quote.applied {
        if !applied.counted && applied.coupon.is_none() {
            continue;
        }
        if let Some(draft) = &mut parties.own {
            draft.add(unused(order, applied))?;
        }
        released.push(with_coupon(parties, order, applied)?);
    }
    Ok(released)
}

fn unused(order: &Order, applied: &Applied) -> Change {
    let Applied { offer, tallies, budget, discount, .. } = applied.clone();
    let discount = budget.is_some().then_some(discount);
    Change::OfferReleased { order: order.id.clone(), offer, tallies, budget, discount }
}

fn with_coupon(
    parties: &mut Parties<'_>,
    order: &Order,
    applied: &Applied,
) -> Result<ReleasedOffer, InputError> {
    let (offer, code) = (applied.offer.clone(), applied.code.clone());
    let mut released = ReleasedOffer { offer, code, coupon: None, holder: None, ended: false };
    let Some(coupon) = &applied.coupon else { return Ok(released) };
    let coupon = HeldCoupon { hold: None, ..HeldCoupon::clone(coupon) };
    released.holder = applied.holder.as_ref().map(|holder| holder.member.clone());
    let draft = match &released.holder {
        Some(holder) => parties.holder(holder),
        None => parties.own.as_mut().filter(|own| had(own, order, &coupon)),
    };
    released.coupon = Some(Box::new(coupon.clone()));
    let Some(draft) = draft else { return Ok(released) };
    released.ended = coupon.expires_on.is_some_and(|last| last < draft.today);
    let there = draft.member.coupons.iter().any(|held| held.id == coupon.id);
    if !released.ended && !there {
        draft.add(Change::CouponRestored { coupon })?;
    }
    Ok(released)
}

/// Whether the customer had held the coupon: a printed code is nobody's.
fn had(own: &Draft<'_>, order: &Order, coupon: &HeldCoupon) -> bool {
    let known = own.member.past_coupons.iter().find(|past| past.coupon.id == coupon.id);
    known.map_or(coupon.code.is_none(), |past| past.order.as_ref() == Some(&order.id))
}

/// Takes back a coupon that something else than the order had issued for reaching a tier that was not reached.
pub(super) fn take_lost(
    parties: &mut Parties<'_>,
    order: &Order,
    held: HeldCoupon,
) -> Result<TakenCoupon, InputError> {
    let (coupon, offer) = (held.id.clone(), held.offer.clone());
    if let Some(draft) = &mut parties.own {
        let (coupon, offer, reason) = (coupon.clone(), offer.clone(), String::new());
        draft.add(Change::CouponRevoked { coupon, offer, reason, order: Some(order.id.clone()) })?;
    }
    Ok(TakenCoupon { coupon, offer, taken: true, held: Some(Box::new(held)) })
}

/// Takes back the coupons that the order issued and would not have issued.
pub(super) fn take_issued(
    parties: &mut Parties<'_>,
    order: &Order,
    issues: impl Fn(&IssuedCoupon) -> bool,
) -> Result<Vec<TakenCoupon>, InputError> {
    let mut taken = Vec::new();
    for issued in &order.quote.issued {
        let coupon: Id = order.id.part(&issued.offer);
        let before = order.returns.iter().filter(|known| known.stands()).flat_map(|known| &known.issued);
        if issues(issued) || before.into_iter().any(|known| known.coupon == coupon) {
            continue;
        }
        let Some(draft) = &mut parties.own else { continue };
        let there = draft.member.coupons.iter().any(|held| held.id == coupon);
        let offer = issued.offer.clone();
        if there {
            let (coupon, offer, reason) = (coupon.clone(), offer.clone(), String::new());
            draft.add(Change::CouponRevoked { coupon, offer, reason, order: Some(order.id.clone()) })?;
        }
        taken.push(TakenCoupon { coupon, offer, taken: there, held: None });
    }
    Ok(taken)
}
