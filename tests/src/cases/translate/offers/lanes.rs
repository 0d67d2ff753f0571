//! Which discounts come together: the words of the policy as lanes.

use std::cmp::Reverse;

use serde_json::{Map, Value, json};

use super::Discount;
use super::choices::{best, classes, has_actions, promotions, single};
use crate::cases::Stop;
use crate::cases::translate::Draft;
use crate::cases::translate::money::{self, Way};
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
    pub(super) fn new(id: &str, choose: &str, discounts: Vec<Discount>) -> Lane {
        let mut fields = Map::new();
        fields.insert("choose".into(), json!(choose));
        Lane { id: id.to_owned(), fields, discounts }
    }

    pub(super) fn with(mut self, field: &str, value: impl Into<Value>) -> Lane {
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
    let apart = ways(draft, &found)?.len() > 1;
    for mut lane in lanes(&together, found)?.into_iter().filter(|lane| !lane.discounts.is_empty()) {
        let compares = lane.fields.get("choose").is_some_and(|choose| *choose != "all" && *choose != "first");
        let sees = match (draft.sees.running, compares) {
            (false, _) => "original",
            (true, true) => "left",
            (true, false) => "running",
        };
        lane.fields.entry("conditions_see").or_insert_with(|| json!(sees));
        if apart {
            let way = match ways(draft, &lane.discounts)?.as_slice() {
                [] => None,
                [way] => Some(*way),
                _ => return Err(Stop::unsupported("discounts that are rounded in several ways")),
            };
            let policy = money::discounts(draft, way)?;
            lane.fields.extend(way.map(|_| ("discounts".to_owned(), Value::Object(policy))));
        }
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

/// The ways in which percentages of these discounts are rounded.
fn ways(draft: &Draft, found: &[Discount]) -> Result<Vec<Way>, Stop> {
    let percents = found.iter().filter(|one| one.percent);
    let mut ways = percents.map(|one| money::way(draft, one.reach)).collect::<Result<Vec<Way>, Stop>>()?;
    ways.sort_unstable();
    ways.dedup();
    Ok(ways)
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
        "each_on_original" => Ok(combined(in_order(together, found)?, "on_original")),
        "additive_percentages" => Ok(combined(in_order(together, found)?, "added")),
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
pub(super) fn sort(together: &Together, found: &mut [Discount]) {
    match together.rule_order.as_deref() {
        Some("priority_asc") => found.sort_by_key(|one| one.priority),
        Some("priority_desc") => found.sort_by_key(|one| Reverse(one.priority)),
        _ => {}
    }
}

/// What they see of one another; units that are used up have no original price.
fn combined(lanes: Vec<Lane>, how: &str) -> Vec<Lane> {
    let consumed = json!("consumed");
    let how = |lane: Lane| match lane.fields.get("units") {
        Some(units) if *units == consumed => lane,
        _ => lane.with("combine", how),
    };
    lanes.into_iter().map(how).collect()
}
