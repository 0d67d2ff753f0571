//! Rules that grant points, and those that multiply them.

use dangol::Amount;
use serde_json::{Map, Value, json};

use super::conditions::When;
use super::matching::{Lines, lines};
use super::rounding::Grains;
use super::{Draft, Stop};
use crate::cases::file::Setup;
use crate::cases::keys::{Keys, number, whole};

/// A rule of a case that grants points.
pub(super) struct EarnRule {
    pub(super) id: String,
    pub(super) rule: Keys,
    pub(super) effect: Keys,
}

/// The rule that no other one stands beside, where it always grants something and all others come after it: they then
/// grant nothing, ever.
pub(super) fn displacing(setup: &Setup) -> Result<Option<String>, Stop> {
    let effect = |rule: &Value, key: &str| rule.get("effect").and_then(|effect| effect.get(key)).cloned();
    let alone = |rule: &&Value| effect(rule, "stackable") == Some(json!(false));
    let Some(rule) = setup.rules.iter().find(alone) else { return Ok(None) };
    let priority = |rule: &Value| effect(rule, "priority").as_ref().and_then(number).unwrap_or(Amount::ZERO);
    let first = setup.rules.iter().all(|other| other == rule || priority(other) < priority(rule));
    let always = effect(rule, "mode") == Some(json!("fixed"))
        && ["conditions", "match", "trigger", "min_order"].iter().all(|key| effect(rule, key).is_none())
        && ["conditions", "match", "trigger", "valid"].iter().all(|key| rule.get(key).is_none());
    match rule.get("id").and_then(Value::as_str).filter(|_| first && always) {
        Some(id) => Ok(Some(id.to_owned())),
        None => Err(Stop::unsupported(
            "effect.stackable: false of a rule that need not hold, or need not come first",
        )),
    }
}

/// The fields that an effect shares with all others.
struct Frame {
    when: When,
    lines: Lines,
    base: Map<String, Value>,
    expiry: Option<Value>,
    limit: Option<Amount>,
}

/// Writes an accrual, or a multiplier.
pub(super) fn earn(draft: &mut Draft, found: EarnRule) -> Result<(), Stop> {
    let EarnRule { id, mut rule, mut effect } = found;
    let mode = effect.text("mode")?.unwrap_or_default();
    // Which of several rules comes first matters only where one displaces others.
    effect.pass_over(&["priority", "stackable"]);
    let frame = frame(draft, &mut rule, &mut effect)?;
    if mode == "multiply" {
        let factor = effect.needed("factor")?;
        return finish(rule, effect, |draft| multiplier(draft, &id, factor, frame), draft);
    }
    if mode == "multiply_by_label" {
        let factors = effect.list("factors").unwrap_or_default();
        return finish(rule, effect, |draft| by_label(draft, &id, factors, frame), draft);
    }
    let on = if mode == "event" { effect.text("event")? } else { None };
    let award = award(draft, &mode, &mut effect)?;
    finish(rule, effect, |draft| accrual(draft, id, award, on, frame), draft)
}

/// Everything must have been read before anything is written.
fn finish(
    rule: Keys,
    effect: Keys,
    write: impl FnOnce(&mut Draft) -> Result<(), Stop>,
    draft: &mut Draft,
) -> Result<(), Stop> {
    effect.finish()?;
    rule.finish()?;
    write(draft)
}

fn frame(draft: &mut Draft, rule: &mut Keys, effect: &mut Keys) -> Result<Frame, Stop> {
    let mut when = When::default();
    when.read(rule.list("conditions"))?;
    when.read(effect.list("conditions"))?;
    if let Some(amount) = effect.number("min_order")? {
        when.spend_at_least(amount);
    }
    if let Some(mut valid) = rule.keys("valid")? {
        super::conditions::inclusive(&mut valid)?;
        when.window(&mut valid)?;
        valid.finish()?;
    }
    if when.threshold && draft.scope.offers > 0 {
        return Err(Stop::unsupported("a threshold of what earns points, with discounts"));
    }
    if let Some(code) = code(rule, effect)? {
        when.all.push(json!({ "code_shown": code }));
    }
    // Points count once an order is placed, whatever a quote says before.
    match effect.text("available")?.as_deref() {
        None | Some("after_confirmation") => {}
        Some(other) => return Err(Stop::Unsupported(format!("effect.available: {other}"))),
    }
    let outer = rule.keys("match")?;
    let lines = lines(effect, outer)?;
    let base = base(draft, effect)?;
    let expiry = match effect.number("expiry_days")?.map(whole) {
        None => None,
        Some(Some(days)) if days > 0 => Some(json!({ "after": format!("{days} days") })),
        Some(_) => return Err(Stop::unsupported("effect.expiry_days")),
    };
    Ok(Frame { when, lines, base, expiry, limit: effect.number("cap_per_order")? })
}

/// The code that must be shown, where there is one.
fn code(rule: &mut Keys, effect: &mut Keys) -> Result<Option<String>, Stop> {
    let inner = match effect.text("trigger")? {
        None => None,
        Some(trigger) => match trigger.strip_prefix("code:") {
            Some(code) => Some(code.to_owned()),
            None if trigger == "automatic" => None,
            None => return Err(Stop::Unsupported(format!("effect.trigger: {trigger}"))),
        },
    };
    Ok(inner.or(super::offers::code(rule)?))
}

/// What of an order counts.
fn base(draft: &Draft, effect: &mut Keys) -> Result<Map<String, Value>, Stop> {
    let mut base = Map::new();
    match effect.text("basis")?.as_deref() {
        None | Some("items_total") => {}
        Some("order_total") => {
            base.insert("shipping".into(), json!("included"));
            base.insert("fees".into(), json!("included"));
        }
        Some(other) => return Err(Stop::Unsupported(format!("effect.basis: {other}"))),
    }
    let with_tax = effect.flag("include_tax")?.unwrap_or(!draft.tax_told);
    if !with_tax {
        base.insert("tax".into(), json!("excluded"));
    }
    // Payment with points or from a wallet is a payment like others, unless the policy says that it is not.
    match draft.policy.accrual_basis.as_deref() {
        Some("net_of_point_payment") => {}
        None => {
            base.insert("points_paid".into(), json!("included"));
        }
        Some("gross_item_amount") if draft.scope.offers == 0 => {
            base.insert("points_paid".into(), json!("included"));
        }
        Some(other) => return Err(Stop::Unsupported(format!("policy.accrual_basis: {other}"))),
    }
    Ok(base)
}

/// The award; nothing where a rule grants nothing by its very numbers.
fn award(draft: &mut Draft, mode: &str, effect: &mut Keys) -> Result<Option<Value>, Stop> {
    let points = |effect: &mut Keys| effect.needed("points");
    let some = |points: Amount, award: Value| (points > Amount::ZERO).then_some(award);
    match mode {
        "per_amount" | "per_money_unit" => per_amount(draft, effect),
        "percent" => percent(draft, effect),
        "fixed" | "fixed_on_product" | "event" => {
            let points = points(effect)?;
            draft.grains.digits(points.digits());
            Ok(some(points, json!({ "fixed": points })))
        }
        "fixed_per_unit" => {
            let points = points(effect)?;
            draft.grains.digits(points.digits());
            Ok(some(points, json!({ "per_unit": points })))
        }
        other => Err(Stop::Unsupported(format!("effect.mode: {other}"))),
    }
}

fn per_amount(draft: &mut Draft, effect: &mut Keys) -> Result<Option<Value>, Stop> {
    let (points, amount) = (effect.needed("points")?, effect.needed("per")?);
    let rounding = effect.text("rounding")?;
    let steps = match rounding.as_deref() {
        Some("floor" | "down") => {
            draft.grains.digits(points.digits());
            "whole"
        }
        Some("ceil" | "up") => {
            draft.grains.digits(points.digits());
            "started"
        }
        mode => {
            draft.grains.computed(mode)?;
            "proportional"
        }
    };
    let nothing = amount.is_zero() || points.is_zero();
    Ok((!nothing).then(|| json!({ "per_amount": { "points": points, "amount": amount, "steps": steps } })))
}

fn percent(draft: &mut Draft, effect: &mut Keys) -> Result<Option<Value>, Stop> {
    let rate = effect.needed("value")?;
    let rounding = effect.text("rounding")?;
    draft.grains.computed(rounding.as_deref())?;
    let award = match effect.number("source_cap")? {
        None => json!({ "percent": rate }),
        // What lies above the cap earns nothing.
        Some(cap) => json!({ "bands": [{ "up_to": cap, "percent": rate }] }),
    };
    Ok((!rate.is_zero()).then_some(award))
}

fn accrual(
    draft: &mut Draft,
    id: String,
    award: Option<Value>,
    on: Option<String>,
    frame: Frame,
) -> Result<(), Stop> {
    let Frame { when, lines, base, expiry, limit } = frame;
    let displaced = draft.displaced_by.as_ref().is_some_and(|by| *by != id);
    let Some(award) = award.filter(|_| lines != Lines::None && !displaced) else { return Ok(()) };
    let mut rule = Map::new();
    rule.insert("id".into(), json!(id));
    rule.insert("award".into(), award);
    if let Some(event) = on {
        rule.insert("on".into(), json!({ "event": event }));
    } else if !base.is_empty() {
        rule.insert("base".into(), Value::Object(base));
    }
    if let Lines::Some(selector) = lines {
        rule.insert("lines".into(), selector);
    }
    if let Some(points) = limit {
        rule.insert("limits".into(), json!([{ "per": "order", "points": points }]));
    }
    if draft.policy.carry_over {
        rule.insert("over".into(), json!("lifetime"));
    }
    when.write(&mut rule);
    draft.expiries.push(expiry);
    draft.accruals.push(Value::Object(rule));
    Ok(())
}

fn multiplier(draft: &mut Draft, id: &str, factor: Amount, frame: Frame) -> Result<(), Stop> {
    let Frame { when, lines, expiry, limit, .. } = frame;
    if expiry.is_some() || limit.is_some() {
        return Err(Stop::unsupported("effect.mode: multiply with its own expiry or cap"));
    }
    if lines == Lines::None {
        return Ok(());
    }
    let mut rule = Map::new();
    rule.insert("id".into(), json!(id));
    rule.insert("factor".into(), json!(factor));
    if let Lines::Some(selector) = lines {
        rule.insert("lines".into(), selector);
    }
    when.write(&mut rule);
    draft.multipliers.push(Value::Object(rule));
    draft.grains.computed(None)
}

fn by_label(draft: &mut Draft, id: &str, factors: Vec<Value>, frame: Frame) -> Result<(), Stop> {
    if frame.lines != Lines::All {
        return Err(Stop::unsupported("effect.mode: multiply_by_label with match"));
    }
    for (number, factor) in factors.into_iter().enumerate() {
        let mut keys = Keys::read("effect.factors", factor)?;
        let times = keys.needed("factor")?;
        let mut selector = Keys::of("effect.factors", Map::new());
        if let Some(label) = keys.take("label") {
            selector = Keys::read("effect", json!({ "match": { "label": label } }))?;
        }
        keys.finish()?;
        let lines = lines(&mut selector, None)?;
        let frame = Frame { when: frame.when.clone(), lines, base: Map::new(), expiry: None, limit: None };
        multiplier(draft, &format!("{id}.{number}"), times, frame)?;
    }
    Ok(())
}

impl Grains {
    /// Points that are computed, by the rule's own word for rounding.
    pub(super) fn computed(&mut self, mode: Option<&str>) -> Result<(), Stop> {
        match mode {
            Some("none") => self.digits(dangol::Wallet::MAX_DIGITS),
            Some(mode) => self.mode(mode)?,
            None => self.default = true,
        }
        Ok(())
    }
}
