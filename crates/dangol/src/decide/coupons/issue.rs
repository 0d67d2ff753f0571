//! Issuing coupons: what an offer's terms make of one, and what orders and other occasions issue.

use crate::model::{IssuedCoupon, Member, Reason, Refused, Subject, TierPreview};
use crate::program::Compiled;
use crate::rule::{Facts, IssueTrigger, Occasion, Offer, OrderTrigger};
use crate::value::{Day, Id, Money};

use crate::decide::tier;

/// What the terms make of a coupon that is issued on that day, as one of so many; or why none can be, in the order that
/// `Reason` documents: the window, the member's limit, the limit of all, the most that a member may hold, its last day.
pub(in crate::decide) fn fresh(
    offer: &Offer,
    member: &Member,
    today: Day,
    count: u64,
    issued_to_all: Option<u64>,
) -> Result<IssuedCoupon, Reason> {
    let Some(terms) = &offer.coupon else { return Err(Reason::OfferGone { offer: offer.id.clone() }) };
    if let Some(reason) = terms.window(today) {
        return Err(reason);
    }
    let limit = terms.limit.unwrap_or_default();
    let issued = member.issued.get(&offer.id).copied().unwrap_or(0);
    if let Some(limit) = limit.per_member.filter(|limit| issued.saturating_add(count) > *limit) {
        return Err(Reason::IssuedUp { limit, issued });
    }
    if let Some(limit) = limit.total {
        let Some(issued) = issued_to_all else {
            return Err(Reason::IssuedUnknown { offer: offer.id.clone() });
        };
        if issued.saturating_add(count) > limit {
            return Err(Reason::IssuedUp { limit, issued });
        }
    }
    let most = u64::try_from(Member::MAX_COUPONS).unwrap_or(u64::MAX);
    let held = u64::try_from(member.coupons.len()).unwrap_or(u64::MAX).saturating_add(count);
    if held > most {
        return Err(Reason::TooMany { limit: most, actual: held });
    }
    let usable_from = terms.usable_after.and_then(|wait| wait.after(today)).filter(|from| *from > today);
    let expires_on = terms.valid.as_ref().and_then(|valid| valid.last_day(today));
    let first = usable_from.unwrap_or(today);
    if let Some(until) = expires_on.filter(|last| *last < first) {
        return Err(Reason::Ended { until });
    }
    Ok(IssuedCoupon { offer: offer.id.clone(), usable_from, expires_on, reached: None })
}

/// The coupons that an order issues, by offer; `refused` tells of those that cannot be counted.
pub(in crate::decide) fn by_order(
    program: &Compiled,
    facts: &Facts<'_>,
    spend: Money,
    tiers: &[TierPreview],
    refused: &mut Vec<Refused>,
) -> Vec<IssuedCoupon> {
    if facts.member.guest {
        return Vec::new();
    }
    let by_itself = |trigger: &IssueTrigger| match trigger {
        IssueTrigger::Order(order) => is_worth(order, facts, spend),
        _ => false,
    };
    let reached = |trigger: &IssueTrigger| match trigger {
        IssueTrigger::On(Occasion::TierReached(reached)) => {
            let reaches = tiers.iter().any(|preview| tier::reaches(program, preview, reached));
            reaches.then(|| reached.clone())
        }
        _ => None,
    };
    let mut issued = Vec::new();
    for offer in program.issuing.by_orders.iter().filter_map(|index| program.offer(*index)) {
        let Some(terms) = &offer.coupon else { continue };
        let by_itself = terms.issue.iter().any(by_itself);
        // The lowest of them is the last one that the member can lose.
        let rank = |tier: &Id| program.place_of(tier).map(|place| place.rank);
        let reached = terms.issue.iter().filter_map(reached).min_by_key(rank).filter(|_| !by_itself);
        if by_itself || reached.is_some() {
            let to_all = facts.basket.issued.get(&offer.id).copied();
            match fresh(offer, facts.member, facts.today, 1, to_all) {
                Ok(coupon) => issued.push(IssuedCoupon { reached, ..coupon }),
                // Only what the host forgot to say is worth a word: the customer did not ask for a coupon.
                Err(reason @ Reason::IssuedUnknown { .. }) => {
                    refused.push(Refused { what: Subject::Offer, id: (&offer.id).into(), reason });
                }
                Err(_) => {}
            }
        }
    }
    issued
}

fn is_worth(order: &OrderTrigger, facts: &Facts<'_>, spend: Money) -> bool {
    order.at_least.is_none_or(|least| least <= spend)
        && order.when.as_ref().is_none_or(|when| when.refusal(facts).is_none())
}

/// The coupons that something else issues that happens to the member.
pub(in crate::decide) fn on_occasion(
    program: &Compiled,
    member: &Member,
    occasion: &Occasion,
    today: Day,
) -> Vec<IssuedCoupon> {
    let offers = program.issuing.by_occasions.iter().filter_map(|index| program.offer(*index));
    let is_it = |trigger: &IssueTrigger| matches!(trigger, IssueTrigger::On(on) if on == occasion);
    let chosen = |offer: &&Offer| offer.coupon.as_ref().is_some_and(|terms| terms.issue.iter().any(is_it));
    offers.filter(chosen).filter_map(|offer| fresh(offer, member, today, 1, None).ok()).collect()
}
