//! Which discounts come together: the words of the policy as lanes.

use std::cmp::Reverse;

use serde_json::{Map, Value, json};

use super::{Discount, Reach};
use crate::cases::Stop;
use crate::cases::translate::Draft;
use crate::cases::translate::policy::Together;

/// A lane, with the discounts in it.
#[derive(Debug)]
pub(super) struct Lane {
    pub(super) id: String,
    pub(super) fields: Map<String, Value>,
    pub(super) discounts: Vec<Discount>,
}

impl Lane {
    /// A lane that chooses in this way.
    fn new(id: &str, choose: &str, discounts: Vec<Discount>) -> Lane {
        let mut fields = Map::new();
        fields.insert("choose".into(), json!(choose));
        Lane { id: id.to_owned(), fields, discounts }
    }

    fn with(mut self, field: &str, value: impl Into<Value>) -> Lane {
        self.fields.insert(field.to_owned(), value.into());
        self
    }
}

/// Writes the discounts, each into its lane.
pub(in crate::cases::translate) fn write(draft: &mut Draft, found: Vec<Discount>) -> Result<(), Stop> {
    if found.is_empty() {
        return Ok(());
    }
    let alone = found.len() == 1;
    let together = draft.policy.together.clone();
    for mut lane in lanes(&together, found)?.into_iter().filter(|lane| !lane.discounts.is_empty()) {
        let compares = lane.fields.get("choose").is_some_and(|choose| *choose != "all" && *choose != "first");
        let sees = match (draft.sees.running, compares) {
            (false, _) => "original",
            (true, true) => "left",
            (true, false) => "running",
        };
        lane.fields.entry("conditions_see").or_insert_with(|| json!(sees));
        lane.fields.entry("order").or_insert_with(|| json!(order(&together)));
        if draft.order_asked {
            // Only the order is asked for: each of them shows where it stands.
            lane.fields.remove("units");
        }
        lane.fields.insert("id".into(), json!(lane.id));
        draft.lanes.push(Value::Object(lane.fields));
        for discount in lane.discounts {
            draft.phases.insert(discount.rule.clone(), lane.id.clone());
            if discount.coded {
                draft.coded.insert(discount.rule.clone());
            }
            offers(draft, &together, &lane.id, discount, alone)?;
        }
    }
    Ok(())
}

fn offers(
    draft: &mut Draft,
    together: &Together,
    lane: &str,
    discount: Discount,
    alone: bool,
) -> Result<(), Stop> {
    let Discount { offers, priority, exclusive, stops, order_percent, .. } = discount;
    if exclusive && !alone && offers.len() > 1 {
        return Err(Stop::unsupported("rules.exclusive of a rule that is several offers"));
    }
    let stops = match together.stops.as_deref() {
        _ if !stops || alone => None,
        Some("item") => Some("line"),
        Some("order") => Some("order"),
        other => {
            let word = other.unwrap_or("not said");
            return Err(Stop::Unsupported(format!("policy.stop_further_rules_scope: {word}")));
        }
    };
    for mut offer in offers {
        offer.insert("lane".into(), json!(lane));
        offer.insert("priority".into(), json!(priority));
        if exclusive && !alone {
            offer.insert("exclusive".into(), json!(true));
        }
        if let Some(stops) = stops {
            offer.entry("stops").or_insert_with(|| json!(stops));
        }
        if order_percent && together.one_order_percent {
            offer.insert("group".into(), json!("order-percentages"));
        }
        draft.offers.push(Value::Object(offer));
    }
    Ok(())
}

/// The words by which the rules are ordered.
fn order(together: &Together) -> Vec<&'static str> {
    match together.rule_order.as_deref() {
        Some("priority_asc") => vec!["priority", "document"],
        Some("priority_desc") => vec!["priority_descending", "document"],
        _ => vec!["document"],
    }
}

fn lanes(together: &Together, found: Vec<Discount>) -> Result<Vec<Lane>, Stop> {
    let several = found.len() > 1;
    known(together, &found, several)?;
    if several && found.iter().any(|one| one.multiple == Some(false)) {
        return single(together, found);
    }
    let stacking = together.stacking.as_deref().unwrap_or("sequential_on_remaining");
    if several && stacking != "phased" && found.iter().any(|one| one.manual) {
        return Err(Stop::unsupported("policy.manual_discount without phases"));
    }
    match stacking {
        "sequential_on_remaining" => in_order(together, found),
        "each_on_original" => combined(in_order(together, found)?, "on_original"),
        "additive_percentages" => combined(in_order(together, found)?, "added"),
        "consume_units" => {
            Ok(in_order(together, found)?.into_iter().map(|lane| lane.with("units", "consumed")).collect())
        }
        "best_single_per_line" => best("lines", found),
        "best_class_only" => Ok(classes(found)),
        "single_rule" => single(together, found),
        "phased" => super::phases::lanes(together, found),
        other if several => Err(Stop::Unsupported(format!("policy.stacking: {other}"))),
        _ => in_order(together, found),
    }
}

/// Words of the policy that only matter where there are several discounts.
fn known(together: &Together, found: &[Discount], several: bool) -> Result<(), Stop> {
    let unknown = |word: &str, value: &str| Err(Stop::Unsupported(format!("policy.{word}: {value}")));
    if !several {
        return Ok(());
    }
    match together.rule_order.as_deref() {
        None | Some("as_listed" | "priority_asc" | "priority_desc") => {}
        Some(other) => return unknown("rule_order", other),
    }
    let exclusive = found.iter().filter(|one| one.exclusive).count();
    if exclusive > 1 && together.rule_order.as_deref() != Some("priority_desc") {
        return unknown("exclusive", "several, and the higher number is not the higher priority");
    }
    let stray = |one: &&Discount| !together.scope_order.iter().any(|word| word == one.reach.word());
    match found.iter().find(stray).filter(|_| !together.scope_order.is_empty()) {
        Some(stray) => unknown("scope_order", &format!("no `{}`", stray.reach.word())),
        None => Ok(()),
    }
}

/// All of them, in order: in a lane, or in one for each scope where those have an order of their own.
fn in_order(together: &Together, found: Vec<Discount>) -> Result<Vec<Lane>, Stop> {
    let apart = !together.scope_order.is_empty();
    let actions = together.actions_on_original && has_actions(&found);
    if (apart || actions) && found.len() > 1 && found.iter().any(|one| one.exclusive) {
        return Err(Stop::unsupported("rules.exclusive over several lanes"));
    }
    if actions {
        return Ok(promotions(together, found));
    }
    if !apart {
        return runs(together, found);
    }
    let of = |word: &String| {
        let found = found.iter().filter(|one| one.reach.word() == word).cloned().collect();
        Lane::new(word, "all", found)
    };
    Ok(together.scope_order.iter().map(of).collect())
}

/// One lane; but what uses units up has lanes of its own between the others.
fn runs(together: &Together, mut found: Vec<Discount>) -> Result<Vec<Lane>, Stop> {
    if found.iter().all(|one| one.consumes == found.iter().any(|one| one.consumes)) {
        let lane = if found.iter().any(|one| one.consumes) { "consumed" } else { "shared" };
        return Ok(vec![Lane::new("1", "all", found).with("units", lane)]);
    }
    if found.iter().any(|one| one.exclusive) {
        return Err(Stop::unsupported("rules.exclusive over several lanes"));
    }
    sort(together, &mut found);
    let mut lanes: Vec<Lane> = Vec::new();
    let mut before = None;
    for one in found {
        let consumes = one.consumes;
        match lanes.last_mut().filter(|_| before == Some(consumes)) {
            Some(lane) => lane.discounts.push(one),
            None => {
                let id = lanes.len().saturating_add(1).to_string();
                let units = if consumes { "consumed" } else { "shared" };
                lanes.push(Lane::new(&id, "all", vec![one]).with("units", units));
            }
        }
        before = Some(consumes);
    }
    Ok(lanes)
}

/// By the order of the rules.
fn sort(together: &Together, found: &mut [Discount]) {
    match together.rule_order.as_deref() {
        Some("priority_asc") => found.sort_by_key(|one| one.priority),
        Some("priority_desc") => found.sort_by_key(|one| Reverse(one.priority)),
        _ => {}
    }
}

fn combined(lanes: Vec<Lane>, how: &str) -> Result<Vec<Lane>, Stop> {
    Ok(lanes.into_iter().map(|lane| lane.with("combine", how)).collect())
}

/// The promotion that a rule belongs to: `P.a` and `P.b` are two actions of `P`.
fn promotion(rule: &str) -> &str {
    rule.split_once('.').map_or(rule, |(promotion, _)| promotion)
}

fn has_actions(found: &[Discount]) -> bool {
    let unit = |one: &&Discount| one.reach == Reach::Unit;
    let same = |one: &Discount, other: &Discount| {
        one.rule != other.rule && promotion(&one.rule) == promotion(&other.rule)
    };
    found.iter().filter(unit).any(|one| found.iter().filter(unit).any(|other| same(one, other)))
}

/// A lane for each promotion, of which all actions look at the same prices: those without any discount.
fn promotions(together: &Together, mut found: Vec<Discount>) -> Vec<Lane> {
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
fn classes(found: Vec<Discount>) -> Vec<Lane> {
    let (goods, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.reach <= Reach::Line);
    let (delivery, order): (Vec<_>, Vec<_>) = rest.into_iter().partition(|one| one.reach == Reach::Shipping);
    let rival = |name, found| Lane::new(name, "all", found).with("rivals", "classes");
    vec![rival("goods", goods), rival("order", order), Lane::new("shipping", "all", delivery)]
}

/// One rule alone takes effect: the first in an order that tells all of them apart, or else the first of those listed.
fn single(together: &Together, found: Vec<Discount>) -> Result<Vec<Lane>, Stop> {
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
