//! Coupons: which of them a basket may use, and which are issued.

mod due;
mod issue;
mod shown;
mod standing;

pub(super) use due::{expiry, next as due, on_joining, release};
pub(super) use issue::{by_order, fresh, on_occasion};
pub(super) use shown::{Shown, ShownOffers};

use crate::error::{Code, InputError, suggestion};
use crate::model::{
    Basket, BearerCoupon, CouponChoice, CouponEnd, HeldCoupon, Member, PastCoupon, Reason, Refused, Subject,
};
use crate::program::Compiled;
use crate::rule::{Facts, Offer, window_refusal};
use crate::value::{Day, Id, normal_code};

/// What a code that was shown stands for.
enum Found<'a> {
    Public(usize),
    Mentioned,
    Own(&'a HeldCoupon),
    Bearer(&'a BearerCoupon),
    Past(&'a PastCoupon),
    Nothing(Reason),
}

/// The offers that need a code or a coupon and have one; what was shown or chosen in vain is refused, in the order of reasons
/// that `Reason` documents.
pub(super) fn coupons<'a>(
    program: &Compiled,
    facts: &Facts<'a>,
    refused: &mut Vec<Refused>,
) -> ShownOffers<'a> {
    let mut shown = ShownOffers::default();
    // Which of two spellings counts must not depend on the order in which they were shown.
    let mut codes: Vec<&str> = facts.basket.codes.iter().map(String::as_str).collect();
    codes.sort_unstable();
    for code in codes {
        let found = found(program, facts, code);
        let result = match found {
            Found::Mentioned => continue,
            Found::Nothing(reason) => Err(reason),
            Found::Public(index) if shown.has(index) => Err(Reason::RepeatedCode),
            Found::Public(index) => Ok((index, Shown { code: Some(code), ..Shown::default() })),
            Found::Own(coupon) => usable(program, facts, &shown, coupon, None)
                .map(|index| (index, Shown { code: Some(code), coupon: Some(coupon), other: None })),
            Found::Past(past) => usable(program, facts, &shown, &past.coupon, Some(past.end))
                .map(|index| (index, Shown { code: Some(code), coupon: Some(&past.coupon), other: None })),
            Found::Bearer(bearer) => of_bearer(program, facts, &shown, bearer).map(|index| {
                let other = Some(bearer).filter(|bearer| is_others(bearer, facts.member));
                (index, Shown { code: Some(code), coupon: Some(&bearer.coupon), other })
            }),
        };
        match result {
            Ok((index, one)) => shown.add(index, one),
            Err(reason) => refused.push(Refused { what: Subject::Code, id: code.into(), reason }),
        }
    }
    if !facts.member.guest && !facts.member.coupons.is_empty() {
        add_held(program, facts, &mut shown, refused);
    }
    if let CouponChoice::These(ids) = &facts.basket.coupons {
        refuse_missing(facts.member, ids, refused);
    }
    shown
}

/// What a code stands for: public ones come first, then the member's own, those that the host has looked up, those that went.
fn found<'a>(program: &Compiled, facts: &Facts<'a>, code: &str) -> Found<'a> {
    let normal = normal_code(code);
    let normal = normal.as_ref();
    if let Some(index) = program.codes.get(normal) {
        return Found::Public(*index);
    }
    if program.mentioned.contains(normal) {
        return Found::Mentioned;
    }
    let is_it = |coupon: &HeldCoupon| coupon.code.as_deref().is_some_and(|code| normal_code(code) == normal);
    let member = facts.member;
    if let Some(own) = member.coupons.iter().find(|coupon| !member.guest && is_it(coupon)) {
        return Found::Own(own);
    }
    let mut bearer = facts.basket.bearer.iter().filter(|bearer| is_it(&bearer.coupon));
    if let Some(bearer) =
        bearer.find(|bearer| bearer.holder.as_ref() != Some(&member.id) || bearer.end.is_some())
    {
        return Found::Bearer(bearer);
    }
    // The latest of them tells how it went.
    if let Some(past) = member.past_coupons.iter().rev().find(|past| is_it(&past.coupon)) {
        return Found::Past(past);
    }
    let mistyped = program.file.codes.is_some_and(|codes| codes.resembles(normal) && !codes.holds(normal));
    Found::Nothing(if mistyped { Reason::MistypedCode } else { Reason::UnknownCode })
}

fn is_others(bearer: &BearerCoupon, member: &Member) -> bool {
    bearer.holder.as_ref().is_some_and(|holder| *holder != member.id)
}

/// The offer of a coupon that the host has looked up, or why it cannot be used.
fn of_bearer(
    program: &Compiled,
    facts: &Facts<'_>,
    shown: &ShownOffers<'_>,
    bearer: &BearerCoupon,
) -> Result<usize, Reason> {
    let (index, offer) = offer(program, &bearer.coupon)?;
    if shown.has(index) {
        return Err(Reason::RepeatedCode);
    }
    let transferable = offer.coupon.as_ref().is_some_and(|terms| terms.transferable);
    if is_others(bearer, facts.member) && !transferable {
        return Err(Reason::OthersCoupon);
    }
    usable(program, facts, shown, &bearer.coupon, bearer.end)
}

/// The offer that a coupon is for.
fn offer<'a>(program: &'a Compiled, coupon: &HeldCoupon) -> Result<(usize, &'a Offer), Reason> {
    let index = program.coupons.get(&coupon.offer);
    let found = index.and_then(|index| Some((*index, program.offer(*index)?)));
    found.ok_or_else(|| Reason::OfferGone { offer: coupon.offer.clone() })
}

/// The offer of a coupon that can be used today, or why it cannot.
fn usable(
    program: &Compiled,
    facts: &Facts<'_>,
    shown: &ShownOffers<'_>,
    coupon: &HeldCoupon,
    end: Option<CouponEnd>,
) -> Result<usize, Reason> {
    let (index, _) = offer(program, coupon)?;
    if shown.has(index) {
        return Err(Reason::RepeatedCode);
    }
    if let Some(end) = end {
        return Err(end.reason(coupon.expires_on).unwrap_or(Reason::RevokedCoupon));
    }
    in_basket(facts, coupon).map_or(Ok(index), Err)
}

/// Why a coupon that is there cannot be used in this basket today.
fn in_basket(facts: &Facts<'_>, coupon: &HeldCoupon) -> Option<Reason> {
    on_day(coupon, facts.basket.coupon_hold.as_ref(), facts.today)
}

/// Why a coupon that is there cannot be used on a day, for the payment of that name.
fn on_day(coupon: &HeldCoupon, payment: Option<&Id>, day: Day) -> Option<Reason> {
    match &coupon.hold {
        // What is set aside for this very payment does not end under way.
        Some(hold) if payment == Some(&hold.id) => None,
        Some(_) => Some(Reason::CouponOnHold),
        None => window_refusal(coupon.usable_from, coupon.expires_on, day),
    }
}

/// Coupons by what comes first where a basket uses one of several: what ends first, and last what never ends.
fn by_end(coupon: &HeldCoupon) -> impl Ord + use<'_> {
    (coupon.expires_on.is_none(), coupon.expires_on, coupon.issued_at, &coupon.id)
}

/// Adds the member's own coupons that were chosen: of each offer the one that ends first.
fn add_held<'a>(
    program: &Compiled,
    facts: &Facts<'a>,
    shown: &mut ShownOffers<'a>,
    refused: &mut Vec<Refused>,
) {
    let chosen = |coupon: &&HeldCoupon| match &facts.basket.coupons {
        CouponChoice::All => true,
        CouponChoice::None => false,
        CouponChoice::These(ids) => ids.contains(&coupon.id),
    };
    let named = matches!(facts.basket.coupons, CouponChoice::These(_));
    let mut held: Vec<&HeldCoupon> = facts.member.coupons.iter().filter(chosen).collect();
    // What is set aside for this payment first.
    held.sort_by_key(|coupon| (coupon.hold.is_none(), by_end(coupon)));
    let mut not: Vec<(Option<usize>, &HeldCoupon, Reason)> = Vec::new();
    for coupon in held {
        let index = match offer(program, coupon) {
            Ok((index, _)) => index,
            // An offer that lost its terms applies by itself.
            Err(_) if program.file.offers.iter().any(|offer| offer.id == coupon.offer) => continue,
            Err(reason) => {
                not.push((None, coupon, reason));
                continue;
            }
        };
        match in_basket(facts, coupon) {
            Some(reason) => not.push((Some(index), coupon, reason)),
            None if !shown.has(index) => {
                shown.add(index, Shown { coupon: Some(coupon), ..Shown::default() });
            }
            None if named && !is_shown(shown, index, coupon) => {
                not.push((None, coupon, Reason::RepeatedCoupon));
            }
            None => {}
        }
    }
    // Where another coupon of the offer can be used, nobody asks about this one, unless it was named.
    not.retain(|(index, ..)| named || index.is_none_or(|index| !shown.has(index)));
    not.sort_by_key(|(_, coupon, _)| &coupon.id);
    let refusal = |(_, coupon, reason): (_, &HeldCoupon, _)| refusal(&coupon.id, reason);
    refused.extend(not.into_iter().map(refusal));
}

/// Whether it is this coupon by which the offer is there.
fn is_shown(shown: &ShownOffers<'_>, index: usize, coupon: &HeldCoupon) -> bool {
    let other = shown.get(index).and_then(|shown| shown.coupon);
    other.is_some_and(|other| other.id == coupon.id)
}

/// Refuses coupons that were chosen and are not there.
fn refuse_missing(member: &Member, ids: &[Id], refused: &mut Vec<Refused>) {
    let mut ids: Vec<&Id> = ids.iter().collect();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        if member.guest {
            refused.push(refusal(id, Reason::Guest));
            continue;
        }
        if member.coupons.iter().any(|coupon| coupon.id == *id) {
            continue;
        }
        let past = member.past_coupons.iter().rev().find(|past| past.coupon.id == *id);
        let reason = past.and_then(|past| past.end.reason(past.coupon.expires_on));
        refused.push(refusal(id, reason.unwrap_or(Reason::UnknownCoupon)));
    }
}

fn refusal(id: &Id, reason: Reason) -> Refused {
    Refused { what: Subject::Coupon, id: id.into(), reason }
}

/// What a basket says about coupons must make sense.
pub(super) fn check(program: &Compiled, member: &Member, basket: &Basket) -> Result<(), InputError> {
    let error = |code, path: String, message: String| Err(InputError::new(code, path, message));
    let (most, found) = (Basket::MAX_BEARER, basket.bearer.len());
    if found > most {
        let message = format!("at most {most} coupons are looked up for one basket, found {found}");
        return error(Code::TooMany, "basket.bearer".to_owned(), message);
    }
    for (index, bearer) in basket.bearer.iter().enumerate() {
        let path = |field: &str| format!("basket.bearer[{index}].{field}");
        if bearer.coupon.code.as_deref().is_none_or(|code| normal_code(code).is_empty()) {
            return error(
                Code::MissingField,
                path("coupon.code"),
                "a coupon is shown by its code".to_owned(),
            );
        }
        let terms = offer(program, &bearer.coupon).ok().and_then(|(_, offer)| offer.coupon.as_ref());
        let transferable = terms.is_some_and(|terms| terms.transferable);
        let taken = is_others(bearer, member) && bearer.end.is_none() && transferable;
        if taken && bearer.holder_version.is_none() {
            let message = "needed for the event that takes the coupon from its holder".to_owned();
            return error(Code::MissingField, path("holder_version"), message);
        }
    }
    for id in basket.issued.keys() {
        if !program.coupons.contains_key(id) {
            let with_terms = program.file.offers.iter().filter(|offer| offer.coupon.is_some());
            let near = suggestion(id.as_str(), with_terms.map(|offer| offer.id.as_str()));
            let message = format!("no such offer with `coupon` terms: `{id}`{near}");
            return error(Code::UnknownName, format!("basket.issued.{id}"), message);
        }
    }
    Ok(())
}
