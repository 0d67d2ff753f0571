//! What a discount takes off, and off what.

use dangol::Amount;
use serde_json::{Map, Value, json};

use super::units::{choice, chosen};
use super::{Reach, free, some};
use crate::cases::Stop;
use crate::cases::keys::{Keys, whole};
use crate::cases::translate::Draft;
use crate::cases::translate::matching::Lines;

/// An effect, as one or several offers say it.
pub(super) struct Effect {
    /// Where it is not about goods alone.
    pub(super) on: Option<&'static str>,
    pub(super) parts: Vec<Part>,
    pub(super) at_most: Option<Amount>,
    pub(super) reach: Reach,
    pub(super) percent: bool,
    pub(super) manual: bool,
    /// Whether it uses units up that it counts or reduces.
    pub(super) consumes: bool,
}

/// One offer of a rule.
pub(super) struct Part {
    /// What its name has after the rule's.
    pub(super) suffix: &'static str,
    pub(super) benefit: Value,
    pub(super) units: Option<Map<String, Value>>,
}

impl Effect {
    pub(super) fn new(reach: Reach, on: Option<&'static str>, parts: Vec<Part>) -> Effect {
        Effect { on, parts, at_most: None, reach, percent: false, manual: false, consumes: false }
    }
}

impl Part {
    /// The only offer of a rule.
    pub(super) fn new(benefit: Value) -> Part {
        Part { suffix: "", benefit, units: None }
    }

    /// Whether each line can be told by itself what it takes off.
    pub(super) fn is_by_line(&self) -> bool {
        let benefits = ["percent_off", "amount_off_each"];
        self.units.is_none() && benefits.iter().any(|benefit| self.benefit.get(benefit).is_some())
    }

    /// The offer, with what all offers of the rule have in common.
    pub(super) fn write(self, common: &Map<String, Value>) -> Map<String, Value> {
        let mut offer = common.clone();
        if let Some(Value::String(id)) = offer.get_mut("id") {
            id.push_str(self.suffix);
        }
        offer.insert("benefit".into(), self.benefit);
        if let Some(units) = self.units {
            offer.insert("units".into(), Value::Object(units));
        }
        offer
    }
}

/// Where a discount is taken off, by the case's word.
struct Target {
    reach: Reach,
    on: Option<&'static str>,
    /// Whether an amount is taken off each of the things that are named, or off all of them together.
    each: Option<&'static str>,
    /// Whether only the cheapest units are touched.
    cheapest: bool,
}

/// The words for what a discount is taken off.
fn target(word: &str) -> Option<Target> {
    let (reach, on, each) = match word {
        "order" => (Reach::Order, None, None),
        "order_including_shipping" => (Reach::Order, Some("everything"), None),
        "matching_lines_total" => (Reach::Line, None, None),
        "each_matching_line" | "line" => (Reach::Line, None, Some("line")),
        "each_unit" | "cheapest_unit" | "cheapest_units_in_basket" => (Reach::Unit, None, Some("unit")),
        "shipping" | "matching_shipping_total" => (Reach::Shipping, Some("shipping"), None),
        "each_shipping_line" => (Reach::Shipping, Some("shipping"), Some("line")),
        _ => return None,
    };
    Some(Target { reach, on, each, cheapest: word.starts_with("cheapest") })
}

/// Reads an effect.
pub(super) fn read(draft: &Draft, effect: &mut Keys, lines: &Lines) -> Result<Effect, Stop> {
    let kind = effect.text("type")?.unwrap_or_default();
    let one = |benefit| vec![Part::new(benefit)];
    match kind.as_str() {
        "percent_off" | "amount_off" => off(draft, &kind, effect, lines),
        "fixed_order_price" => {
            let price = effect.needed("price")?;
            Ok(Effect::new(
                Reach::Order,
                None,
                one(json!({ "fixed_price": { "price": price, "per": "order" } })),
            ))
        }
        "fixed_shipping_price" => {
            let price = effect.needed("price")?;
            let parts = one(json!({ "fixed_price": { "price": price } }));
            Ok(Effect::new(Reach::Shipping, Some("shipping"), parts))
        }
        "flexi_amount" => Ok(Effect::new(Reach::Unit, None, flexible(effect)?)),
        "tiered_percent" => {
            let parts = one(tiers(draft, effect, "percent_off", lines)?);
            Ok(Effect { percent: true, ..Effect::new(Reach::Line, None, parts) })
        }
        "tiered_amount" => {
            Ok(Effect::new(Reach::Order, None, one(tiers(draft, effect, "amount_off", lines)?)))
        }
        kind => free::read(draft, kind, effect, lines),
    }
}

/// A percentage or an amount.
fn off(draft: &Draft, kind: &str, effect: &mut Keys, lines: &Lines) -> Result<Effect, Stop> {
    let word = effect.text("apply_to")?.unwrap_or_default();
    let unknown = || Stop::Unsupported(format!("effect.apply_to: {word}"));
    let Target { reach, on, each, cheapest } = target(&word).ok_or_else(unknown)?;
    let mut units = chosen(draft, effect)?;
    if cheapest {
        let only = word == "cheapest_unit";
        units = match units {
            None if only => Some(choice("at_most", 1, "cheapest", "order")),
            Some(units) if !only => Some(Map::from_iter(units.into_iter().map(|(field, value)| {
                let value = if field == "choose" { json!("cheapest") } else { value };
                (field, value)
            }))),
            _ => return Err(unknown()),
        };
    }
    let everything = effect.flag("applies_to_shipping")? == Some(true)
        || kind == "amount_off" && word == "order" && draft.policy.together.touches_shipping;
    let on = if everything && reach == Reach::Order { Some("everything") } else { on };
    earlier_rate(draft, effect)?;
    let value = effect.needed("value")?;
    let per_line = units.as_ref().and_then(|units| units.get("per")) == Some(&json!("line"));
    let benefit = match (kind, each) {
        ("percent_off", _) => json!({ "percent_off": value }),
        // The amount off each line is one off each of the units of it that the limit leaves.
        (_, Some("line")) if per_line => json!({ "amount_off_each": { "amount": value, "per": "unit" } }),
        (_, Some(each)) => json!({ "amount_off_each": { "amount": value, "per": each } }),
        (_, None) => json!({ "amount_off": value }),
    };
    let part = Part { suffix: "", benefit, units };
    let mut parts = if some(value).is_some() { vec![part] } else { Vec::new() };
    parts.extend(free::gift(effect)?);
    let manual =
        draft.policy.together.manual_replaces && ["line", "order_including_shipping"].contains(&&*word);
    let order = reach == Reach::Order && *lines == Lines::All;
    // An amount off certain goods together is one off lines.
    let reach = if reach == Reach::Order && !order { Reach::Line } else { reach };
    let at_most = most(draft, effect)?;
    Ok(Effect { at_most, percent: kind == "percent_off", manual, ..Effect::new(reach, on, parts) })
}

/// The most that it takes off, in the form of prices in which discounts are worked out.
fn most(draft: &Draft, effect: &mut Keys) -> Result<Option<Amount>, Stop> {
    let most = effect.number("max_discount")?;
    match effect.text("max_discount_tax")?.as_deref() {
        None => Ok(most),
        Some("included") if draft.with_tax() || !draft.lines.taxed_on_top => Ok(most),
        Some("excluded") if !draft.with_tax() && !draft.lines.taxed_within => Ok(most),
        Some(other) => Err(Stop::Unsupported(format!("effect.max_discount_tax: {other}"))),
    }
}

/// ERPNext's word for a percentage of what earlier ones left, which is what `sequential_on_remaining` says.
fn earlier_rate(draft: &Draft, effect: &mut Keys) -> Result<(), Stop> {
    let sequential = draft.policy.together.stacking.as_deref() == Some("sequential_on_remaining");
    match effect.flag("on_discounted_rate")? {
        Some(true) if !sequential => Err(Stop::unsupported("effect.on_discounted_rate")),
        _ => Ok(()),
    }
}

/// An amount off the first unit of a line, and another one off those that follow.
fn flexible(effect: &mut Keys) -> Result<Vec<Part>, Stop> {
    let (first, further) = (effect.needed("first_unit")?, effect.needed("further_units")?);
    let most = effect.number("max_units")?.map_or(Some(0), whole);
    let most = most.ok_or_else(|| Stop::unsupported("effect.max_units"))?;
    let off = |amount: Amount| json!({ "amount_off_each": { "amount": amount, "per": "unit" } });
    let mut parts = Vec::new();
    if let Some(amount) = some(first) {
        let units = choice("at_most", 1, "first", "line");
        parts.push(Part { suffix: "", benefit: off(amount), units: Some(units) });
    }
    // No limit is said by nothing; of the units that it allows the first is one.
    if let Some(amount) = some(further).filter(|_| most != 1) {
        let mut units = choice("skip", 1, "first", "line");
        if let Some(rest) = most.checked_sub(1) {
            units.insert("at_most".into(), json!(rest));
        }
        parts.push(Part { suffix: ".further", benefit: off(amount), units: Some(units) });
    }
    Ok(parts)
}

/// The more is bought, the more is taken off everything: what is reached first counts from the smallest number on.
fn tiers(draft: &Draft, effect: &mut Keys, benefit: &str, lines: &Lines) -> Result<Value, Stop> {
    let basis = effect.text("tier_basis")?;
    let coin = Amount::new(1, draft.digits).map_err(|_| Stop::unsupported("currency.minor_digits"))?;
    let (by, least) = match basis.as_deref() {
        None | Some("order_items_total") if *lines == Lines::All => ("amount", coin),
        Some("eligible_items_total") => ("amount", coin),
        Some("eligible_quantity") => ("units", Amount::from(1)),
        other => {
            let word = other.unwrap_or("not said");
            return Err(Stop::Unsupported(format!("effect.tier_basis: {word}")));
        }
    };
    // How far a discount reaches is what its lines say.
    effect.pass_over(&["apply_to"]);
    let mut steps = vec![(least, effect.needed("base")?)];
    let mut tiers = effect.keys("tiers")?.ok_or_else(|| Stop::unsupported("effect.tiers is not said"))?;
    for from in tiers.left() {
        let wrong = || Stop::Unsupported(format!("effect.tiers: {from}"));
        steps.push((from.parse().map_err(|_| wrong())?, tiers.needed(&from)?));
    }
    steps.sort();
    let steps: Vec<Value> = steps
        .into_iter()
        .filter(|(_, value)| !value.is_zero())
        .map(|(from, value)| json!({ "from": from, benefit: value }))
        .collect();
    Ok(json!({ "tiered": { "by": by, "steps": steps } }))
}
