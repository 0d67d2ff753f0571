//! Lanes that choose: the best of each line, the better class, one rule alone; and promotions of several actions.

use serde_json::json;

use super::lanes::{Lane, sort};
use super::{Discount, Reach};
use crate::cases::Stop;
use crate::cases::translate::policy::Together;

/// The promotion that a rule belongs to: `P.a` and `P.b` are two actions of `P`.
fn promotion(rule: &str) -> &str {
    rule.split_once('.').map_or(rule, |(promotion, _)| promotion)
}

/// Whether several actions of one promotion are about units.
pub(super) fn has_actions(found: &[Discount]) -> bool {
    let unit = |one: &&Discount| one.reach == Reach::Unit;
    let same = |one: &Discount, other: &Discount| {
        one.rule != other.rule && promotion(&one.rule) == promotion(&other.rule)
    };
    found.iter().filter(unit).any(|one| found.iter().filter(unit).any(|other| same(one, other)))
}

/// A lane for each promotion, of which all actions look at the same prices: those without any discount.
pub(super) fn promotions(together: &Together, mut found: Vec<Discount>) -> Vec<Lane> {
    sort(together, &mut found);
    let mut lanes: Vec<Lane> = Vec::new();
    for one in found {
        let id = promotion(&one.rule).to_owned();
        match lanes.iter_mut().find(|lane| lane.id == id) {
            Some(lane) => lane.discounts.push(one),
            None => lanes.push(Lane::new(&id, "all", vec![one])),
        }
    }
    let on_original = |lane: Lane| {
        if lane.discounts.len() > 1 {
            lane.with("combine", "on_original").with("starts_from", "original")
        } else {
            lane
        }
    };
    lanes.into_iter().map(on_original).collect()
}

/// For each line the best one; of those that are not about single lines the best one for the order.
pub(super) fn best(id: &str, found: Vec<Discount>) -> Result<Vec<Lane>, Stop> {
    if found.len() == 1 {
        return Ok(vec![Lane::new(id, "all", found)]);
    }
    let (lines, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.reach <= Reach::Line);
    if lines.len() > 1 && !lines.iter().all(|one| one.by_line && !one.exclusive && one.offers.len() == 1) {
        return Err(Stop::unsupported("the best of each line among discounts of certain units"));
    }
    let (delivery, order): (Vec<_>, Vec<_>) = rest.into_iter().partition(|one| one.reach == Reach::Shipping);
    let of = |name: &str, found: Vec<Discount>| Lane::new(&format!("{id}-{name}"), "best", found);
    let choose = if lines.len() > 1 { "best_per_line" } else { "all" };
    Ok(vec![Lane::new(id, choose, lines), of("order", order), of("shipping", delivery)])
}

/// The one of a phase that leaves the least to pay.
pub(super) fn one(id: &str, found: Vec<Discount>) -> Lane {
    if found.len() == 1 { Lane::new(id, "all", found) } else { Lane::new(id, "best", found) }
}

/// All of them, as they come.
pub(super) fn all(id: &str, found: Vec<Discount>) -> Lane {
    Lane::new(id, "all", found)
}

/// Discounts of goods and discounts of the order are rivals: those take effect that leave less to pay.
pub(super) fn classes(found: Vec<Discount>) -> Vec<Lane> {
    let (goods, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.reach <= Reach::Line);
    let (delivery, order): (Vec<_>, Vec<_>) = rest.into_iter().partition(|one| one.reach == Reach::Shipping);
    let rival = |name, found| Lane::new(name, "all", found).with("rivals", "classes");
    vec![rival("goods", goods), rival("order", order), Lane::new("shipping", "all", delivery)]
}

/// One rule alone takes effect: the first in an order that tells all of them apart, or else the first of those listed.
pub(super) fn single(together: &Together, found: Vec<Discount>) -> Result<Vec<Lane>, Stop> {
    let first = found.first().map(|one| one.priority);
    let equal = found.iter().all(|one| Some(one.priority) == first);
    let key = match together.single.as_deref() {
        Some("highest_priority_number") => "priority_descending",
        Some("lowest_priority_number") => "priority",
        Some("most_specific_match") => "specific",
        None if equal => "priority",
        other => {
            let word = other.unwrap_or("not said");
            return Err(Stop::Unsupported(format!("policy.single_rule_choice: {word}")));
        }
    };
    let mut order = vec![key];
    if !together.ties_are_errors {
        order.push("document");
    }
    Ok(vec![Lane::new("1", "first", found).with("order", json!(order))])
}
