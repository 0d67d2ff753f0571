//! Coupons by hand: issued, set aside, given away, taken back, brought back.

use crate::error::{Code, InputError, suggestion};
use crate::model::{
    Change, CouponEnd, GiveCoupon, HeldCoupon, HoldCoupon, IssueCoupon, Reason, ReleaseCoupon, RestoreCoupon,
    RevokeCoupon,
};
use crate::program::Compiled;
use crate::rule::{Occasion, Offer};
use crate::value::{Id, normal_code};

use super::{Done, mistake, refused, words};
use crate::decide::coupons::{fresh, on_occasion};
use crate::decide::draft::Draft;

pub(super) fn issue(draft: &mut Draft<'_>, asked: &IssueCoupon) -> Done {
    let offer = offer(draft.program, &asked.offer)?;
    let most = IssueCoupon::MAX_COUNT;
    if !(1..=most).contains(&asked.count) {
        let message = format!("must be from 1 to {most}, found `{}`", asked.count);
        return mistake(Code::OutOfRange, "issue_coupon.count", message);
    }
    if let Some(code) = &asked.code {
        if asked.count > 1 {
            let message = "a code belongs to one coupon: issue each by itself";
            return mistake(Code::Contradiction, "issue_coupon.code", message);
        }
        check_code(draft, code)?;
    }
    let coupon = match fresh(offer, &draft.member, draft.today, asked.count.into(), asked.issued) {
        Ok(coupon) => coupon,
        Err(reason) => return refused("issue_coupon.offer", reason),
    };
    for number in 1..=asked.count {
        let id = match number {
            1 => draft.operation.part(&offer.id),
            _ => draft.lot(&format!("{}.{number}", offer.id))?,
        };
        let coupon = coupon.held(id, draft.now, asked.code.clone());
        draft.add(Change::CouponIssued { coupon, from: None })?;
    }
    Ok(Ok(()))
}

/// The offer of that name, which must have coupon terms.
fn offer<'a>(program: &'a Compiled, id: &Id) -> Result<&'a Offer, InputError> {
    if let Some(offer) = program.coupons.get(id).and_then(|index| program.offer(*index)) {
        return Ok(offer);
    }
    let with_terms = program.file.offers.iter().filter(|offer| offer.coupon.is_some());
    let near = suggestion(id.as_str(), with_terms.map(|offer| offer.id.as_str()));
    let message = format!("no such offer with `coupon` terms: `{id}`{near}");
    mistake(Code::UnknownName, "issue_coupon.offer", message)
}

/// A code can be typed, is not mistyped itself, and belongs to nothing else.
fn check_code(draft: &Draft<'_>, code: &str) -> Result<(), InputError> {
    let path = "issue_coupon.code";
    let normal = normal_code(code);
    let length = normal.chars().count();
    if length == 0 || length > Offer::MAX_CODE || code.chars().any(char::is_control) {
        let message = format!(
            "a code has 1 to {} letters, digits or other signs, and no control characters",
            Offer::MAX_CODE
        );
        return mistake(Code::InvalidValue, path, message);
    }
    let program = draft.program;
    let shape = program.file.codes;
    if shape.is_some_and(|shape| shape.resembles(&normal) && !shape.holds(&normal)) {
        let message = "the check sign does not fit: it would be taken for a mistyped code";
        return mistake(Code::InvalidValue, path, message);
    }
    let own = draft.member.coupons.iter().filter_map(|coupon| coupon.code.as_deref());
    let mut own = own.map(normal_code);
    let taken = program.codes.contains_key(normal.as_ref()) || program.mentioned.contains(normal.as_ref());
    if taken || own.any(|code| code == normal) {
        return mistake(Code::DuplicateId, path, format!("`{code}` is the code of something else"));
    }
    Ok(())
}

pub(super) fn revoke(draft: &mut Draft<'_>, asked: &RevokeCoupon) -> Done {
    words(&asked.reason, "revoke_coupon.reason")?;
    let HeldCoupon { id: coupon, offer, .. } = held(draft, &asked.coupon, "revoke_coupon")?;
    draft.add(Change::CouponRevoked { coupon, offer, reason: asked.reason.clone(), order: None })?;
    Ok(Ok(()))
}

pub(super) fn restore(draft: &mut Draft<'_>, asked: &RestoreCoupon) -> Done {
    let path = "restore_coupon.coupon";
    let past = draft.member.past_coupons.iter().rev().find(|past| past.coupon.id == asked.coupon);
    let Some(past) = past else {
        let known = draft.member.past_coupons.iter().map(|past| past.coupon.id.as_str());
        let near = suggestion(asked.coupon.as_str(), known);
        let message = format!("no such coupon that went: `{}`{near}", asked.coupon);
        return mistake(Code::WrongCoupon, path, message);
    };
    if past.end == CouponEnd::Sent {
        return refused(path, Reason::OthersCoupon);
    }
    let mut coupon = HeldCoupon { hold: None, ..past.coupon.clone() };
    if let Some(last) = asked.expires_on {
        if last < draft.today || coupon.usable_from.is_some_and(|from| last < from) {
            let message = "the new last day lies before today, or before the first on which it can be used";
            return mistake(Code::OutOfRange, "restore_coupon.expires_on", message);
        }
        coupon.expires_on = Some(last);
    }
    if let Some(until) = coupon.expires_on.filter(|last| *last < draft.today) {
        return refused(path, Reason::Ended { until });
    }
    draft.add(Change::CouponRestored { coupon })?;
    Ok(Ok(()))
}

pub(super) fn hold(draft: &mut Draft<'_>, asked: &HoldCoupon) -> Done {
    if let Some(until) = asked.until.filter(|until| *until <= draft.now) {
        let message = format!("must lie after now, {}, found {until}", draft.now);
        return mistake(Code::OutOfRange, "hold_coupon.until", message);
    }
    let coupon = held(draft, &asked.coupon, "hold_coupon")?;
    if let Some(reason) = free(draft, &coupon) {
        return refused("hold_coupon.coupon", reason);
    }
    let (hold, until) = (draft.operation.clone(), asked.until);
    draft.add(Change::CouponHeld { coupon: coupon.id, offer: coupon.offer, hold, until })?;
    Ok(Ok(()))
}

pub(super) fn release(draft: &mut Draft<'_>, asked: &ReleaseCoupon) -> Done {
    let coupon = held(draft, &asked.coupon, "release_coupon")?;
    let Some(hold) = coupon.hold else {
        let message = format!("coupon `{}` is not set aside; its hold may have ended", coupon.id);
        return mistake(Code::WrongHold, "release_coupon.coupon", message);
    };
    draft.add(Change::CouponReleased { coupon: coupon.id, offer: coupon.offer, hold: hold.id })?;
    Ok(Ok(()))
}

pub(super) fn give<'a>(draft: &mut Draft<'a>, asked: &GiveCoupon, other: &mut Option<Draft<'a>>) -> Done {
    if asked.to.id == draft.member.id {
        let message = format!("a coupon cannot be given to oneself, `{}`", asked.to.id);
        return mistake(Code::Contradiction, "give_coupon.to.id", message);
    }
    if asked.to.guest {
        return refused("give_coupon.to", Reason::Guest);
    }
    let coupon = held(draft, &asked.coupon, "give_coupon")?;
    let terms = draft.program.coupons.get(&coupon.offer).and_then(|index| draft.program.offer(*index));
    let Some(terms) = terms.and_then(|offer| offer.coupon.as_ref()) else {
        return refused("give_coupon.coupon", Reason::OfferGone { offer: coupon.offer });
    };
    if !terms.transferable {
        return refused("give_coupon.coupon", Reason::NotTransferable);
    }
    if coupon.hold.is_some() {
        return refused("give_coupon.coupon", Reason::CouponOnHold);
    }
    let mut receiver = draft.other(&asked.to, "give_coupon.to")?;
    let (limit, count) = (crate::model::Member::MAX_COUPONS, receiver.member.coupons.len());
    if count >= limit {
        let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let reason = Reason::TooMany { limit: number(limit), actual: number(count).saturating_add(1) };
        return refused("give_coupon.to", reason);
    }
    let (id, offer) = (coupon.id.clone(), coupon.offer.clone());
    let received = HeldCoupon { id: draft.operation.part(&offer), ..coupon };
    let (from, to) = (Some(draft.member.id.clone()), asked.to.id.clone());
    receiver.add(Change::CouponIssued { coupon: received, from })?;
    draft.add(Change::CouponSent { coupon: id, offer, to, order: None })?;
    *other = Some(receiver);
    Ok(Ok(()))
}

/// Issues the coupons of an occasion.
pub(super) fn issue_on(draft: &mut Draft<'_>, occasion: &Occasion) -> Result<(), InputError> {
    for coupon in on_occasion(draft.program, &draft.member, occasion, draft.today) {
        let coupon = coupon.held(draft.operation.part(&coupon.offer), draft.now, None);
        draft.add(Change::CouponIssued { coupon, from: None })?;
    }
    Ok(())
}

/// The member's coupon of that name.
fn held(draft: &Draft<'_>, id: &Id, action: &str) -> Result<HeldCoupon, InputError> {
    let coupons = &draft.member.coupons;
    if let Some(coupon) = coupons.iter().find(|coupon| coupon.id == *id) {
        return Ok(coupon.clone());
    }
    let near = suggestion(id.as_str(), coupons.iter().map(|coupon| coupon.id.as_str()));
    let message =
        format!("the member holds no coupon `{id}`; it may have been used, taken back or given away{near}");
    mistake(Code::WrongCoupon, &format!("{action}.coupon"), message)
}

/// Why a coupon cannot be set aside: it is so already, or cannot be used today.
fn free(draft: &Draft<'_>, coupon: &HeldCoupon) -> Option<Reason> {
    if coupon.hold.is_some() {
        return Some(Reason::CouponOnHold);
    }
    crate::rule::window_refusal(coupon.usable_from, coupon.expires_on, draft.today)
}
