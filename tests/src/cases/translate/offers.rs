//! Discounts: percentages and amounts off an order or off lines. What else cases have is not translated yet.

use std::cmp::Reverse;

use dangol::Amount;
use serde_json::{Map, Value, json};

use super::matching::{Lines, When, inclusive, lines};
use super::{Draft, Stop, rounding};
use crate::cases::keys::{Keys, whole};

/// The effects that are discounts here.
pub(super) const EFFECTS: [&str; 2] = ["percent_off", "amount_off"];

/// A discount: its offer, and what decides its place among others.
pub(super) struct Discount {
    offer: Map<String, Value>,
    priority: Amount,
    /// Whether it may come together with others, where the case says so.
    multiple: Option<bool>,
    after_earlier: Option<bool>,
    order_wide: bool,
    threshold: bool,
}

/// Reads a discount; nothing where it can touch no line.
pub(super) fn read(
    draft: &Draft,
    id: &str,
    mut rule: Keys,
    mut effect: Keys,
) -> Result<Option<Discount>, Stop> {
    let kind = effect.text("type")?.unwrap_or_default();
    let mut when = When::default();
    let after_earlier = conditions(&mut rule, &mut when)?;
    if let Some(mut valid) = rule.keys("valid")? {
        inclusive(&mut valid)?;
        when.window(&mut valid)?;
        valid.finish()?;
    }
    let outer = rule.keys("match")?;
    let lines = lines(&mut effect, outer)?;
    let mut offer = Map::new();
    offer.insert("id".into(), json!(id));
    if let Some(code) = code(&mut rule)? {
        offer.insert("code".into(), json!(code));
    }
    let scope = effect.text("apply_to")?.unwrap_or_default();
    let value = effect.needed("value")?;
    let order_wide = scope == "order" && lines == Lines::All;
    applies(draft, &kind, &scope)?;
    offer.insert("benefit".into(), json!({ kind.as_str(): value }));
    if let Some(cost) = effect.number("points_cost")? {
        offer.insert("cost".into(), json!({ "points": cost }));
    }
    // ERPNext's word for a percentage of what earlier ones left, which is what `sequential_on_remaining` says.
    if effect.flag("on_discounted_rate")? == Some(true)
        && draft.policy.stacking.as_deref() != Some("sequential_on_remaining")
    {
        return Err(Stop::unsupported("effect.on_discounted_rate"));
    }
    limits(&mut rule, &mut offer)?;
    let discount = Discount {
        priority: rule.number("priority")?.unwrap_or(Amount::ZERO),
        multiple: rule.flag("multiple")?,
        after_earlier,
        order_wide: order_wide && kind == "percent_off",
        threshold: when.threshold,
        offer: Map::new(),
    };
    together(&mut rule, draft.scope.offers)?;
    effect.finish()?;
    rule.finish()?;
    when.write(&mut offer);
    let nothing = lines == Lines::None || value.is_zero();
    if let Lines::Some(selector) = lines {
        offer.insert("lines".into(), selector);
    }
    Ok((!nothing).then_some(Discount { offer, ..discount }))
}

/// The conditions, and whether those on the basket's worth see what earlier discounts left.
fn conditions(rule: &mut Keys, when: &mut When) -> Result<Option<bool>, Stop> {
    let mut after_earlier = None;
    let mut plain = Vec::new();
    for condition in rule.list("conditions").unwrap_or_default() {
        let mut keys = Keys::read("conditions", condition.clone())?;
        let Value::Object(mut fields) = condition else { continue };
        match keys.text("basis")?.as_deref() {
            None => {}
            Some("after_earlier_discounts") => after_earlier = Some(true),
            Some("original") => after_earlier = Some(false),
            Some(other) => return Err(Stop::Unsupported(format!("conditions.basis: {other}"))),
        }
        fields.remove("basis");
        plain.push(Value::Object(fields));
    }
    when.read(Some(plain))?;
    Ok(after_earlier)
}

/// The code of a rule, where it has one.
pub(super) fn code(rule: &mut Keys) -> Result<Option<String>, Stop> {
    let Some(mut trigger) = rule.keys("trigger")? else { return Ok(None) };
    let kind = trigger.text("type")?.unwrap_or_default();
    let code = trigger.text("code")?;
    trigger.finish()?;
    match (kind.as_str(), code) {
        ("automatic", None) => Ok(None),
        ("code", Some(code)) => Ok(Some(code)),
        _ => Err(Stop::Unsupported(format!("trigger.type: {kind}"))),
    }
}

/// Whether the engine's discount off the matching lines together is the one that is meant.
fn applies(draft: &Draft, kind: &str, scope: &str) -> Result<(), Stop> {
    let lines = &draft.lines;
    let fits = match scope {
        "order" | "matching_lines_total" => true,
        // A share of each line is a share of all; an amount off each line is one off the only line.
        "each_matching_line" => kind == "percent_off" || lines.count <= 1,
        "each_unit" if kind == "percent_off" => lines.single_units || draft.rounds_lines(),
        "each_unit" => lines.count <= 1 && lines.single_units,
        _ => false,
    };
    if fits { Ok(()) } else { Err(Stop::Unsupported(format!("effect.apply_to: {scope} ({kind})"))) }
}

fn limits(rule: &mut Keys, offer: &mut Map<String, Value>) -> Result<(), Stop> {
    let Some(mut limits) = rule.keys("limits")? else { return Ok(()) };
    if let Some(uses) = limits.number("per_member")? {
        let uses = whole(uses).ok_or_else(|| Stop::unsupported("limits.per_member"))?;
        offer.insert("limit".into(), json!({ "per_member": uses }));
    }
    limits.finish()
}

/// Words that only say how a rule comes together with others.
fn together(rule: &mut Keys, offers: usize) -> Result<(), Stop> {
    for word in ["exclusive", "stop_further", "lane"] {
        let value = rule.take(word).filter(|value| offers > 1 && value != &json!(false));
        if let Some(value) = value {
            return Err(Stop::Unsupported(format!("rules.{word}: {value}")));
        }
    }
    Ok(())
}

/// Puts the discounts into lanes, in their order, each on what the earlier ones left.
pub(super) fn write(draft: &mut Draft, mut found: Vec<Discount>) -> Result<(), Stop> {
    if found.is_empty() {
        return Ok(());
    }
    let several = found.len() > 1;
    match draft.policy.rule_order.as_deref() {
        None | Some("as_listed") => {}
        Some("priority_asc") => found.sort_by_key(|one| one.priority),
        Some("priority_desc") => found.sort_by_key(|one| Reverse(one.priority)),
        Some(other) if several => return Err(Stop::Unsupported(format!("policy.rule_order: {other}"))),
        Some(_) => {}
    }
    let stacking = draft.policy.stacking.as_deref().unwrap_or("sequential_on_remaining");
    let best = stacking == "best_single_per_line" && several;
    if several && (found.iter().any(|one| one.multiple == Some(false))) {
        return Err(Stop::unsupported("rules.multiple: false"));
    }
    if several && stacking != "sequential_on_remaining" && !best {
        return Err(Stop::Unsupported(format!("policy.stacking: {stacking}")));
    }
    let percent =
        |one: &Discount| one.offer.get("benefit").is_some_and(|benefit| benefit.get("percent_off").is_some());
    if best && !found.iter().all(|one| percent(one) && !one.order_wide && !one.threshold) {
        return Err(Stop::unsupported("policy.stacking: best_single_per_line over an order"));
    }
    for (number, mut one) in found.into_iter().enumerate() {
        let lane = if best { "1".to_owned() } else { number.saturating_add(1).to_string() };
        one.offer.insert("lane".into(), json!(lane));
        draft.offers.push(Value::Object(one.offer));
        if best && number > 0 {
            continue;
        }
        let sees = sees(draft.policy.conditions_see.as_deref(), one.after_earlier, several && one.threshold)?;
        let choose = if best { "best_per_line" } else { "all" };
        draft.lanes.push(json!({ "id": lane, "choose": choose, "conditions_see": sees }));
    }
    Ok(())
}

/// What conditions on the basket's worth look at.
fn sees(policy: Option<&str>, own: Option<bool>, matters: bool) -> Result<&'static str, Stop> {
    let left = match (own, policy) {
        (Some(own), _) => own,
        (None, Some("amount_after_earlier_rules" | "amount_after_earlier_phases")) => true,
        (None, Some("original_amount")) => false,
        (None, Some(other)) if matters => {
            return Err(Stop::Unsupported(format!("policy.conditions_see: {other}")));
        }
        (None, None) if matters => return Err(Stop::unsupported("policy.conditions_see is not said")),
        (None, _) => false,
    };
    Ok(if left { "left" } else { "original" })
}

/// How discounts are rounded; nothing needs rounding where no percentage is taken.
pub(super) fn policy(draft: &Draft) -> Result<Value, Stop> {
    let (mode, at) = &draft.policy.rounding;
    if !draft.scope.percents {
        return Ok(json!({}));
    }
    let at = match at.as_deref() {
        None | Some("line" | "line_per_rule") => "line",
        Some("order" | "tax_group" | "total") if draft.lines.tax_groups <= 1 => "rule",
        Some("unit_then_multiply") if draft.lines.single_units => "line",
        Some(other) => return Err(Stop::Unsupported(format!("policy.rounding.at: {other}"))),
    };
    let mode = match mode.as_deref() {
        None => "half_up",
        Some("none") => return Err(Stop::unsupported("policy.rounding.mode: none")),
        Some(mode) => rounding::mode(mode)?,
    };
    Ok(json!({ "rounding": { "mode": mode }, "at": at }))
}
