//! What came close: offers that one missing amount keeps from applying, the closest first.

use std::cmp::Ordering;

use crate::model::{Applied, Missing, NearOffer, Quote, Reason};
use crate::rule::{Benefit, Choose, Condition, Counting, Desk, Offer, OfferScope, StartsFrom};
use crate::value::{Amount, Money, Overflow, product};

use super::candidate::{Candidate, asked_late, cost};
use super::coupons::Shown;
use super::lane::Field;
use super::limit;
use super::state::State;

/// An offer that was refused for want of an amount.
pub(super) struct Close<'a> {
    lane: usize,
    offer: &'a Offer,
    missing: Missing,
    /// How much of how much is missing.
    share: (i64, i64),
}

/// The offers that were refused for want of an amount, the closest first; ties go by id.
///
/// Where a condition looks at what other offers leave, nothing can be promised.
pub(super) fn close<'a>(field: &Field<'a, '_>) -> Vec<Close<'a>> {
    let mut close = Vec::new();
    for (lane, entrants) in field.lanes.iter().enumerate() {
        let wanting = |(offer, reason): &(&'a Offer, Reason)| {
            let missing = missing(reason).filter(|_| !asked_late(field.program, entrants.lane, offer))?;
            Some(Close { lane, offer, share: share(&missing)?, missing })
        };
        close.extend(entrants.refused.iter().filter_map(wanting));
    }
    close.sort_by(|a, b| nearer(a.share, b.share).then_with(|| a.offer.id.cmp(&b.offer.id)));
    close
}

/// What the reason says to be missing, where that is an amount.
fn missing(reason: &Reason) -> Option<Missing> {
    match reason {
        Reason::SpendTooLow { required, actual } => {
            let missing = required.minus(*actual).ok()?;
            Some(Missing::Spend { required: *required, missing, certain: false })
        }
        Reason::NotContained { required, actual } | Reason::TooFewUnits { required, actual } => {
            Some(Missing::Units { required: *required, missing: required.checked_sub(*actual)? })
        }
        Reason::WrongBalance { wallet, at_least: Some(required), actual, .. }
        | Reason::NotEnoughPoints { wallet, required, actual } => {
            let missing = required.minus(*actual).ok().filter(|missing| !missing.0.is_negative())?;
            Some(Missing::Points { wallet: wallet.clone(), required: *required, missing })
        }
        Reason::WrongOrderNumber { from, actual, .. } => {
            let missing = from.checked_sub(*actual).filter(|missing| *missing > 0)?;
            Some(Missing::Orders { required: *from, missing })
        }
        Reason::WrongOrdersIn { at_least: Some(required), actual, .. } => {
            Some(Missing::Orders { required: *required, missing: required.checked_sub(*actual)? })
        }
        _ => None,
    }
}

/// How much of how much is missing, in the same unit.
fn share(missing: &Missing) -> Option<(i64, i64)> {
    let amounts = |missing: Amount, required: Amount| {
        let digits = missing.digits().max(required.digits());
        Some((missing.rescaled(digits)?.units(), required.rescaled(digits)?.units()))
    };
    let counts =
        |missing: u64, required: u64| Some((i64::try_from(missing).ok()?, i64::try_from(required).ok()?));
    let share = match missing {
        Missing::Spend { required, missing, .. } => amounts(missing.0, required.0),
        Missing::Points { required, missing, .. } => amounts(missing.0, required.0),
        Missing::Units { required, missing } | Missing::Orders { required, missing } => {
            counts(*missing, *required)
        }
    };
    share.filter(|(missing, _)| *missing > 0)
}

/// Of which less is missing, measured by what is required.
fn nearer(a: (i64, i64), b: (i64, i64)) -> Ordering {
    product(a.0, b.1).cmp(&product(b.0, a.1))
}

/// The closest of these offers that really need nothing else, and would do more than what took effect in their place.
///
/// `start` is the basket before any offer, as the facts show it again.
pub(super) fn offers<'a>(
    field: &Field<'a, '_>,
    close: Vec<Close<'a>>,
    start: &State,
    applied: &[Applied],
    desk: &mut Desk,
) -> Result<Vec<NearOffer>, Overflow> {
    let mut near = Vec::new();
    for close in close {
        if near.len() == Quote::MAX_NEAR {
            break;
        }
        let plain = applied.is_empty()
            || field.lane(close.lane).is_some_and(|lane| lane.starts_from == StartsFrom::Original);
        let Some((missing, worth)) = reached(field, &close, start, plain, desk)? else { continue };
        let worth = worth.map(|worth| Money::of_units(worth, field.terms.digits)).transpose()?;
        if !beaten(field, close.lane, worth, applied) {
            near.push(NearOffer { offer: close.offer.id.clone(), missing, worth });
        }
    }
    Ok(near)
}

/// What is missing and what the offer is worth then; nothing where it needs more than that, or would have no effect.
///
/// `plain` tells whether its benefit finds the amounts before other offers.
fn reached<'a>(
    field: &Field<'a, '_>,
    close: &Close<'a>,
    start: &State,
    plain: bool,
    desk: &mut Desk,
) -> Result<Option<(Missing, Option<i64>)>, Overflow> {
    let Close { offer, missing, .. } = close;
    let mut missing = missing.clone();
    let failing = offer.when.as_ref().and_then(|when| when.refusal(field.facts)).is_some();
    let only = offer.when.as_ref().filter(|_| failing).map(|when| when.only_failing(field.facts));
    let only = match only {
        None => None,
        Some(None) => return Ok(None),
        Some(Some((condition, _))) => Some(condition),
    };
    if !told(only, &mut missing) {
        return Ok(None);
    }
    let Ok(mut candidate) = Candidate::matching(field, offer, Shown::default()) else { return Ok(None) };
    let Ok(budget) = limit::budget(field.program, offer, field.facts.basket) else { return Ok(None) };
    candidate.budget = budget;
    // What was looked at after that which is missing must hold too.
    let of_benefit = only.is_none() && !matches!(missing, Missing::Points { .. });
    let whole = if of_benefit {
        if let Missing::Spend { certain, .. } = &mut missing {
            *certain = offer.lines.is_some();
        }
        let spend = matches!(missing, Missing::Spend { .. });
        (plain || !spend) && offer.benefit.lacks_one_thing(&candidate.given(field, &start.rest))
    } else {
        let pays = only.is_none() || cost(field.program, offer, field.purse).is_ok();
        pays && candidate.refusal(field, &start.rest, desk).is_none()
    };
    if !whole {
        return Ok(None);
    }
    let worth = worth(field, &candidate, &missing, start, desk)?;
    Ok((worth != Some(0)).then_some((missing, worth)))
}

/// Whether adding what is missing makes that condition hold, whatever else is in the basket.
fn told(only: Option<&Condition>, missing: &mut Missing) -> bool {
    match only {
        None => true,
        Some(Condition::Spend(spend)) => {
            if let Missing::Spend { certain, .. } = missing {
                *certain = spend.lines.is_some();
            }
            spend.tax != Some(Counting::Excluded) && spend.shipping != Some(Counting::Included)
        }
        Some(condition) => matches!(
            condition,
            Condition::Contains(_)
                | Condition::Balance(_)
                | Condition::OrderNumber(_)
                | Condition::OrdersIn(_)
        ),
    }
}

/// What the offer would take off alone, in minor units, where that does not depend on what is added to the basket.
fn worth(
    field: &Field<'_, '_>,
    candidate: &Candidate<'_>,
    missing: &Missing,
    start: &State,
    desk: &mut Desk,
) -> Result<Option<i64>, Overflow> {
    let offer = candidate.offer;
    if candidate.refuses(field.program) || !offer.benefit.takes_money() {
        return Ok(None);
    }
    let cap = candidate.cap(start);
    let within = |amount: i64| cap.map_or(amount, |cap| amount.min(cap));
    let given = candidate.given(field, &start.rest);
    let now = offer.benefit.take(&given, offer.units, cap, desk)?;
    let minor = |money: Money| money.0.rescaled(field.terms.digits).map(Amount::units);
    let worth = match (missing, &offer.benefit) {
        (Missing::Points { .. }, _) => Some(now),
        (Missing::Spend { .. } | Missing::Units { .. }, _) if offer.on == OfferScope::Shipping => Some(now),
        (_, Benefit::AmountOff(amount)) => minor(amount.0).map(within).filter(|amount| *amount == now),
        (Missing::Spend { required, certain: false, .. }, Benefit::PercentOff(percent)) => {
            let all = candidate.lines.len() == field.facts.lines.len();
            let plain =
                all && offer.lines.is_none() && offer.units.is_none() && offer.on == OfferScope::Goods;
            let worth =
                minor(*required).filter(|_| plain).map(|basis| percent.of(basis, &given)).transpose()?;
            worth.map(within)
        }
        _ => None,
    };
    Ok(worth)
}

/// Whether the lane lets one offer take effect, and what did is worth as much.
fn beaten(field: &Field<'_, '_>, lane: usize, worth: Option<Money>, applied: &[Applied]) -> bool {
    let (Some(lane), Some(worth)) = (field.lane(lane), worth) else { return false };
    let one = match lane.choose {
        Choose::Best => lane.at_most.unwrap_or(1) == 1,
        Choose::First => true,
        Choose::BestPerLine | Choose::All => false,
    };
    one && applied.iter().any(|applied| applied.lane == lane.id && applied.discount >= worth)
}
