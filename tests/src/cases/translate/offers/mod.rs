//! Discounts: what each takes off, when, and which of them come together.

mod choices;
mod effect;
mod free;
mod lanes;
mod phases;
mod units;

use dangol::Amount;
use serde_json::{Map, Value, json};

use super::conditions::{Sees, When, inclusive};
use super::matching::{Lines, lines};
use super::{Draft, Stop};
use crate::cases::asked::Uses;
use crate::cases::keys::{Keys, whole};
use effect::{Effect, Part};

pub(super) use lanes::write;

/// The effects that are discounts here.
pub(super) const EFFECTS: [&str; 12] = [
    "percent_off",
    "amount_off",
    "fixed_order_price",
    "fixed_shipping_price",
    "flexi_amount",
    "tiered_percent",
    "tiered_amount",
    "buy_x_get_y",
    "discount_item_free",
    "bundle_price",
    "add_extra_free_units",
    "add_free_item",
];

/// What a discount is taken off, from the narrowest to the widest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    Unit,
    Line,
    Order,
    Shipping,
}

impl Reach {
    /// The case's word for it.
    fn word(self) -> &'static str {
        match self {
            Reach::Unit => "unit",
            Reach::Line => "line",
            Reach::Order => "order",
            Reach::Shipping => "shipping",
        }
    }
}

/// A discount: the offers that it is written as, and what decides its place among others.
#[derive(Clone, Debug)]
pub(super) struct Discount {
    rule: String,
    offers: Vec<Map<String, Value>>,
    priority: u32,
    reach: Reach,
    /// The phase that the rule names.
    phase: Option<String>,
    coded: bool,
    manual: bool,
    /// Whether it may come together with others, where the case says so.
    multiple: Option<bool>,
    exclusive: bool,
    stops: bool,
    /// Whether it is a percentage, and whether of all goods.
    percent: bool,
    order_percent: bool,
    /// Whether each line can be told by itself what it takes off.
    by_line: bool,
    /// Whether it uses units up that it counts or reduces.
    consumes: bool,
}

/// Reads a discount; nothing where it can touch no line.
pub(super) fn read(
    draft: &mut Draft,
    id: &str,
    mut rule: Keys,
    mut effect: Keys,
) -> Result<Option<Discount>, Stop> {
    let mut when = When::of(draft.sees);
    when.read(rule.list("conditions"))?;
    if let Some(mut valid) = rule.keys("valid")? {
        inclusive(&mut valid)?;
        when.window(&mut valid)?;
        valid.finish()?;
    }
    let code = code(&mut rule)?;
    if code.is_none() && draft.policy.together.no_automatic {
        when.all.push(json!({ "not": WITHOUT_AUTOMATIC.condition() }));
    }
    let outer = rule.keys("match")?;
    let foreign = foreign(draft, &mut effect)?;
    let mut lines = lines(&mut effect, outer)?;
    let Effect { on, parts, at_most, reach, percent, manual, consumes } =
        effect::read(draft, &mut effect, &lines)?;
    out_of_stock(draft, &mut effect, &parts)?;
    if consumes && lines != Lines::None {
        // What is bought and what is got are named apart.
        lines = Lines::All;
    }
    let mut offer = Map::new();
    offer.insert("id".into(), json!(id));
    let coded = code.is_some();
    if let Some(code) = code {
        offer.insert("code".into(), json!(code));
    }
    if let Some(on) = on {
        offer.insert("on".into(), json!(on));
    }
    if let Some(most) = at_most {
        offer.insert("at_most".into(), json!(most));
    }
    if let Some(cost) = effect.number("points_cost")? {
        offer.insert("cost".into(), json!({ "points": cost }));
    }
    let total = limits(draft, &mut rule, &mut offer)?;
    let priority = rule.number("priority")?.map(whole).unwrap_or(Some(0));
    let by_line = reach <= Reach::Line && at_most.is_none() && parts.iter().all(Part::is_by_line);
    let discount = Discount {
        rule: id.to_owned(),
        offers: Vec::new(),
        priority: priority.ok_or_else(|| Stop::unsupported("rules.priority"))?,
        reach,
        phase: rule.text("lane")?,
        coded,
        manual,
        multiple: rule.flag("multiple")?,
        exclusive: rule.flag("exclusive")? == Some(true),
        stops: rule.flag("stop_further")? == Some(true),
        percent: percent && !parts.is_empty(),
        order_percent: percent && reach == Reach::Order && lines == Lines::All && on.is_none(),
        by_line,
        consumes,
    };
    effect.finish()?;
    rule.finish()?;
    when.write(&mut offer);
    if lines == Lines::None || foreign {
        return Ok(None);
    }
    if let Lines::Some(selector) = lines {
        offer.insert("lines".into(), selector);
    }
    if percent && !parts.is_empty() {
        draft.percents.push(reach);
    }
    let offers: Vec<Map<String, Value>> = parts.into_iter().map(|part| part.write(&offer)).collect();
    for offer in &offers {
        let name = offer.get("id").and_then(Value::as_str).unwrap_or_default();
        draft.names.insert(name.to_owned(), id.to_owned());
        if let Some((used, restored)) = total {
            draft.uses.insert(name.to_owned(), Uses { used, restored });
        }
    }
    Ok((!offers.is_empty()).then_some(Discount { offers, ..discount }))
}

/// What the host says of a basket in a word of its own.
pub(super) struct Said(&'static str);

/// That only offers with a code are asked for.
pub(super) const WITHOUT_AUTOMATIC: Said = Said("without_automatic_rules");

impl Said {
    fn condition(&self) -> Value {
        json!({ "attribute": { "of": "basket", "name": self.0, "is": true } })
    }

    /// The attributes of a basket of which it holds.
    pub(super) fn attributes(&self) -> Value {
        json!({ self.0: true })
    }
}

/// Whether an amount is kept in a currency that this program does not work in: there such a rule does not exist.
fn foreign(draft: &Draft, effect: &mut Keys) -> Result<bool, Stop> {
    Ok(effect.text("value_currency")?.is_some_and(|currency| currency != draft.currency))
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

/// How often it may be used; how often all members have used it already, and whether a cancelled order gives that back.
fn limits(
    draft: &mut Draft,
    rule: &mut Keys,
    offer: &mut Map<String, Value>,
) -> Result<Option<(u32, bool)>, Stop> {
    let Some(mut limits) = rule.keys("limits")? else { return Ok(None) };
    let mut count = |key: &str| {
        let number = limits.number(key)?;
        number
            .map(|number| whole(number).ok_or_else(|| Stop::Unsupported(format!("limits.{key}"))))
            .transpose()
    };
    let (member, uses, budget) = (count("per_member")?, count("uses")?, count("budget_uses")?);
    let used = count("uses_so_far")?.unwrap_or(0);
    let restored = limits.flag("restore_on_cancel")?.unwrap_or(true);
    limits.finish()?;
    draft.per_member |= member.is_some();
    let mut limit = Map::new();
    limit.extend(member.map(|uses| ("per_member".to_owned(), json!(uses))));
    let total = match (uses, budget) {
        (Some(_), Some(_)) => return Err(Stop::unsupported("limits.uses beside limits.budget_uses")),
        (uses, budget) => uses.or(budget),
    };
    limit.extend(total.map(|uses| ("total".to_owned(), json!(uses))));
    if !limit.is_empty() {
        offer.insert("limit".into(), Value::Object(limit));
    }
    Ok(total.map(|_| (used, restored)))
}

/// Whether the gift of a rule is there to be given.
fn out_of_stock(draft: &mut Draft, effect: &mut Keys, parts: &[Part]) -> Result<(), Stop> {
    if effect.flag("gift_in_stock")? == Some(false) {
        let skus = parts.iter().filter_map(|part| part.benefit.pointer("/gift/skus/0"));
        draft.out_of_stock.extend(skus.cloned());
    }
    Ok(())
}

/// Whether any condition of a rule looks at what earlier discounts left.
pub(super) fn sees(rules: &[Value], policy: Option<&str>) -> Result<Sees, Stop> {
    let after = match policy {
        Some("amount_after_earlier_rules" | "amount_after_earlier_phases") => true,
        None | Some("original_amount") => false,
        Some(other) => return Err(Stop::Unsupported(format!("policy.conditions_see: {other}"))),
    };
    let conditions = rules.iter().filter_map(|rule| rule.get("conditions")?.as_array()).flatten();
    let mut bases = conditions.filter_map(|condition| condition.get("basis")?.as_str());
    let running = after || bases.any(|basis| basis == "after_earlier_discounts");
    Ok(Sees { running, after })
}

/// What an amount is that may be nothing: an offer that takes nothing off is none.
fn some(value: Amount) -> Option<Amount> {
    (!value.is_zero()).then_some(value)
}
