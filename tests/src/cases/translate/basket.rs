//! Baskets: the lines of a case as lines of the engine.

use std::collections::BTreeSet;

use dangol::{Amount, Mode, Money, Percent, Quantity, Rounding};
use serde_json::{Map, Value, json};

use super::Stop;
use super::matching::{DISCOUNTED, ON_SALE};
use crate::cases::keys::Keys;

/// A basket, and what policies may depend on.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    /// Nothing where the case has no basket.
    pub(super) basket: Option<Value>,
    pub(super) count: usize,
    /// Whether every line is one unit.
    pub(super) single_units: bool,
    pub(super) tax_groups: usize,
    pub(super) least_prices: bool,
    pub(super) shipping: bool,
    /// A line has a tax rate that is contained in its price.
    pub(super) taxed_within: bool,
    /// A line has a tax that comes on top of its price.
    pub(super) taxed_on_top: bool,
}

impl Lines {
    /// How many lines the `match` of a rule names, at most: what it excludes is counted.
    pub(super) fn matching(&self, (rule, effect): &(&Value, &Value)) -> usize {
        let Some(Value::Object(names)) = rule.get("match").or(effect.get("match")) else { return self.count };
        let lines = self.basket.as_ref().and_then(|basket| basket.get("lines")).and_then(Value::as_array);
        let named = |line: &Value, key: &str, field: &str| {
            let wanted = names.get(key).map(names_of);
            let found = line.get(field).map(names_of).unwrap_or_default();
            wanted.is_none_or(|wanted| wanted.iter().any(|name| found.contains(name)))
        };
        let all = |line: &&Value| {
            named(line, "sku", "sku") && named(line, "category", "categories") && named(line, "tag", "tags")
        };
        lines.into_iter().flatten().filter(all).count()
    }
}

/// One name, or a list of them.
fn names_of(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    }
}

/// Reads a basket.
pub(super) fn read(basket: Option<Map<String, Value>>, digits: u8) -> Result<Lines, Stop> {
    let Some(basket) = basket else { return Ok(Lines { single_units: true, ..Lines::default() }) };
    let mut keys = Keys::of("basket", basket);
    let mut lines = Lines { single_units: true, ..Lines::default() };
    let mut rates = BTreeSet::new();
    let mut found = Vec::new();
    for line in keys.list("lines").unwrap_or_default() {
        let line = Keys::read("lines", line)?;
        found.extend(one(line, digits, &mut lines, &mut rates)?);
    }
    lines.count = found.len();
    lines.tax_groups = rates.len();
    let mut basket = Map::new();
    basket.insert("lines".into(), json!(found));
    if let Some(shipping) = keys.keys("shipping")? {
        lines.shipping = delivery(shipping, &mut basket)?;
    }
    keys.finish()?;
    lines.basket = Some(Value::Object(basket));
    Ok(lines)
}

/// What delivery costs; its method matters only to conditions, which are not translated.
fn delivery(mut shipping: Keys, basket: &mut Map<String, Value>) -> Result<bool, Stop> {
    let amount = shipping.number("amount")?;
    let counted = shipping.flag("counted")?.unwrap_or(true);
    shipping.pass_over(&["method"]);
    shipping.finish()?;
    let amount = amount.filter(|amount| counted && !amount.is_zero());
    if let Some(amount) = amount {
        basket.insert("shipping".into(), json!(amount));
    }
    Ok(amount.is_some())
}

/// One line; nothing where it has no units.
fn one(
    mut keys: Keys,
    digits: u8,
    lines: &mut Lines,
    rates: &mut BTreeSet<String>,
) -> Result<Option<Value>, Stop> {
    let (price, quantity) = (keys.needed("unit_price")?, keys.needed("qty")?);
    if price.rescaled(digits).is_none() || price.is_negative() {
        return Err(Stop::Unsupported(format!("unit_price: {price}")));
    }
    let mut line = Map::new();
    for key in ["id", "sku"] {
        if let Some(name) = keys.text(key)? {
            line.insert(key.into(), json!(name));
        }
    }
    if let Some(categories) = keys.names("category")? {
        line.insert("categories".into(), json!(categories));
    }
    let tags = tags(&mut keys)?;
    if !tags.is_empty() {
        line.insert("tags".into(), json!(tags));
    }
    if keys.flag("discountable")? == Some(false) {
        line.insert("discountable".into(), json!(false));
    }
    lines.least_prices |= keys.take("min_price").is_some();
    lines.single_units &= quantity == Amount::from(1);
    tax(&mut keys, (price, quantity, digits), &mut line, lines, rates)?;
    // What it cost before matters only through `already_discounted`; units of measure only to conditions on them.
    keys.pass_over(&["list_price", "uom", "base_units_per_uom"]);
    keys.finish()?;
    Ok((!quantity.is_zero()).then_some(Value::Object(line)))
}

fn tags(keys: &mut Keys) -> Result<Vec<String>, Stop> {
    let mut tags = keys.names("tags")?.unwrap_or_default();
    if let Some(mut labels) = keys.keys("labels")? {
        for name in labels.left() {
            let values = labels.names(&name)?.unwrap_or_default();
            tags.extend(values.into_iter().map(|value| format!("{name}:{value}")));
        }
    }
    for key in ["family", "group"] {
        let values = keys.names(key)?.unwrap_or_default();
        tags.extend(values.into_iter().map(|value| format!("{key}:{value}")));
    }
    for switch in [DISCOUNTED, ON_SALE] {
        if keys.flag(switch)? == Some(true) {
            tags.push(switch.to_owned());
        }
    }
    Ok(tags)
}

/// Price and quantity; where a tax comes on top of the price, the till adds it to the line, rounded half up.
fn tax(
    keys: &mut Keys,
    (price, quantity, digits): (Amount, Amount, u8),
    line: &mut Map<String, Value>,
    lines: &mut Lines,
    rates: &mut BTreeSet<String>,
) -> Result<(), Stop> {
    let rate = keys.number("tax_rate")?.filter(|rate| !rate.is_zero());
    let within = keys.flag("price_includes_tax")?.unwrap_or(true);
    line.insert("quantity".into(), json!(quantity));
    line.insert("price".into(), json!(price));
    rates.insert(rate.map_or_else(String::new, |rate| format!("{rate} {within}")));
    let Some(rate) = rate else { return Ok(()) };
    if within {
        lines.taxed_within = true;
        return Ok(());
    }
    lines.taxed_on_top = true;
    let half_up = Rounding::to_unit(Mode::HalfUp);
    let taxed = || -> Option<(Amount, Amount)> {
        let price = Money(price.rescaled(digits)?);
        let net = price.times(Quantity(quantity), half_up).ok()?;
        let tax = net.percent(Percent(rate), half_up).ok()?;
        Some((net.plus(tax).ok()?.0, tax.0))
    };
    let (gross, tax) = taxed().ok_or_else(|| Stop::unsupported("tax_rate"))?;
    line.remove("price");
    line.insert("gross".into(), json!(gross));
    line.insert("tax".into(), json!(tax));
    Ok(())
}

/// A basket of one line that costs so much: for steps that tell an amount and no goods.
pub(super) fn of_amount(amount: Amount) -> Value {
    json!({ "lines": [{ "id": "amount", "sku": "amount", "gross": amount }] })
}
