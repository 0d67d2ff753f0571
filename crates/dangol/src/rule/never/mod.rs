//! Conditions that no basket, member and day can meet together, and lines of which there can be none: an offer with them
//! never applies.
//!
//! One thing about the world is looked at after the other: the moment, each number, each list, each condition that is denied.
//! Where conditions rule out everything that it could be, whatever else is true, they never hold. What is found is certain;
//! what is not found may still never happen.

mod calendar;
mod lines;
mod lists;
mod numbers;
mod same;
mod truth;

pub(super) use lines::without_lines;

use super::condition::{All, Any, Dates, Not};
use super::{Condition, Offer};
use crate::check::{Check, Declared};

/// More conditions than this are not compared with one another.
const MAX_COMPARED: usize = 100;

/// A condition that must hold, and where it stands.
struct Must<'a> {
    path: String,
    condition: &'a Condition,
}

/// Where a problem is, and what it says.
pub(super) struct Found {
    pub(super) path: String,
    pub(super) message: String,
}

/// Why an offer never applies, where its conditions and its days say so. To be asked before its conditions are checked: a
/// selector that has got a number is no longer equal to another.
pub(super) fn found(offer: &Offer, check: &Check) -> Option<Found> {
    let when = offer.when.as_ref()?;
    let window = Condition::Dates(Dates { from: offer.from, until: offer.until });
    let mut must = vec![Must { path: String::new(), condition: &window }];
    must.retain(|_| offer.from.is_some() || offer.until.is_some());
    gather("when", when, &mut must);
    let declared = &check.declared;
    if !forbid(must.iter(), declared) {
        return None;
    }
    // The first that can no longer hold beside those before it, and the first of them that is enough for that.
    let last = (1..=must.len()).find(|count| forbid(must.iter().take(*count), declared))?;
    let must = must.get(..last)?;
    let (culprit, before) = must.split_last()?;
    let alone = forbid([culprit].into_iter(), declared);
    let other = before.iter().find(|other| forbid([*other, culprit].into_iter(), declared));
    let message = match other.filter(|_| !alone) {
        None if alone => "it can never hold: it contradicts itself; mend it, or leave it out".to_owned(),
        None => "it never holds together with what stands before it: mend one of them, or use `any` where one is enough"
            .to_owned(),
        Some(other) if other.path.is_empty() => {
            format!("it never holds {}: move the days of the offer, or mend it", days(offer))
        }
        Some(other) => format!(
            "it never holds together with `{}`: mend one of them, or use `any` where one is enough",
            other.path
        ),
    };
    Some(Found { path: culprit.path.clone(), message: format!("the offer never applies, since {message}") })
}

/// The conditions that must all hold.
fn gather<'a>(path: &str, condition: &'a Condition, must: &mut Vec<Must<'a>>) {
    let path = format!("{path}.{}", condition.word());
    if let Condition::All(All(inner)) = condition {
        for (index, inner) in inner.iter().enumerate() {
            gather(&format!("{path}[{index}]"), inner, must);
        }
    } else {
        must.push(Must { path, condition });
    }
}

/// The days of an offer as a text.
fn days(offer: &Offer) -> String {
    match (offer.from, offer.until) {
        (Some(from), Some(until)) => format!("from {from} until {until}"),
        (Some(from), None) => format!("from {from} on"),
        (None, until) => until.map(|until| format!("until {until}")).unwrap_or_default(),
    }
}

/// Whether conditions never hold together.
fn forbid<'a>(must: impl Iterator<Item = &'a Must<'a>>, declared: &Declared) -> bool {
    let together: Vec<&Condition> = must.map(|must| must.condition).collect();
    let mut all = Vec::new();
    let mut open = together.clone();
    while let Some(next) = open.pop() {
        all.push(next);
        match next {
            Condition::All(All(inner)) | Condition::Any(Any(inner)) => open.extend(inner),
            Condition::Not(Not(inner)) => open.push(inner),
            _ => {}
        }
    }
    all.len() <= MAX_COMPARED
        && (calendar::forbid(&together, &all)
            || numbers::forbid(&together, &all, declared)
            || lists::forbid(&together, &all)
            || same::forbid(&together, &all))
}
