//! Baskets: the lines of a case as lines of the engine.

use dangol::{Amount, Mode, Money, Quantity, Rounding};
use serde_json::{Map, Value, json};

use super::Stop;
use super::matching::{DISCOUNTED, ON_SALE};
use crate::cases::keys::{Keys, number};

/// A basket, and what policies may depend on.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    /// Nothing where the case has no basket.
    pub(super) basket: Option<Value>,
    /// What the case calls each line; the engine's name of a line is its number, so that it keeps their order.
    pub(super) names: Vec<String>,
    /// The most digits that a price has after the point.
    pub(super) price_digits: u8,
    /// What everything comes to, roughly: the digits before the point are right.
    pub(super) worth: Money,
    pub(super) least_prices: bool,
    /// A line has a tax that is contained in its price.
    pub(super) taxed_within: bool,
    /// A line has a tax that comes on top of its price.
    pub(super) taxed_on_top: bool,
}

/// Reads a basket. Where conditions count base units, lines have these.
pub(super) fn read(
    basket: Option<Map<String, Value>>,
    fees: Option<&Value>,
    base_units: bool,
) -> Result<Lines, Stop> {
    let Some(basket) = basket else { return Ok(Lines::default()) };
    let mut keys = Keys::of("basket", basket);
    let mut lines = Lines::default();
    let mut found = Vec::new();
    for line in keys.list("lines").unwrap_or_default() {
        let mut line = Keys::read("lines", line)?;
        let name = line.text("id")?;
        let Some(mut line) = one(line, base_units, &mut lines)? else { continue };
        let number = found.len().saturating_add(1).to_string();
        line.insert("id".into(), json!(number));
        lines.names.push(name.unwrap_or(number));
        found.push(Value::Object(line));
    }
    if found.is_empty() {
        // The engine prices goods. Where there are none, delivery comes with something that costs nothing.
        found.push(
            json!({ "id": "1", "sku": "nothing", "gross": "0", "earns": false, "discountable": false }),
        );
        lines.names.push("nothing".into());
    }
    let mut basket = Map::new();
    basket.insert("lines".into(), json!(found));
    deliveries(&mut keys, fees, &mut basket)?;
    keys.finish()?;
    let shipping = basket.get("deliveries").and_then(Value::as_array).into_iter().flatten();
    for price in shipping.chain(basket.get("shipping")) {
        let amount = number(price.get("price").unwrap_or(price)).unwrap_or(Amount::ZERO);
        lines.price_digits = lines.price_digits.max(shortest(amount));
        lines.worth = lines.worth.plus(Money(amount)).map_err(|_| Stop::unsupported("basket.shipping"))?;
    }
    lines.basket = Some(Value::Object(basket));
    Ok(lines)
}

/// The digits that an amount needs after the point.
fn shortest(amount: Amount) -> u8 {
    (0..amount.digits()).find(|digits| amount.rescaled(*digits).is_some()).unwrap_or(amount.digits())
}

/// What delivery costs: one amount, several deliveries, or one for each line.
fn deliveries(keys: &mut Keys, fees: Option<&Value>, basket: &mut Map<String, Value>) -> Result<(), Stop> {
    let mut found = Vec::new();
    if let Some(shipping) = keys.keys("shipping")? {
        found.extend(delivery(shipping)?);
    }
    for line in keys.list("shipping_lines").unwrap_or_default() {
        let mut line = Keys::read("shipping_lines", line)?;
        let id = line.text("id")?.unwrap_or_default();
        let price = line.needed("amount")?;
        line.finish()?;
        found.push(json!({ "id": id, "method": id, "price": price }));
    }
    for fee in fees.and_then(Value::as_array).into_iter().flatten() {
        found.push(json!({ "price": fee }));
    }
    match found.as_slice() {
        [] => None,
        [only] if only.get("method").is_none() => {
            let price = only.get("price").cloned().unwrap_or_default();
            basket.insert("shipping".into(), price)
        }
        _ => basket.insert("deliveries".into(), json!(found)),
    };
    Ok(())
}

/// The only delivery, where it is charged.
fn delivery(mut shipping: Keys) -> Result<Option<Value>, Stop> {
    let amount = shipping.number("amount")?.unwrap_or(Amount::ZERO);
    let counted = shipping.flag("counted")?.unwrap_or(true);
    let method = shipping.text("method")?;
    shipping.finish()?;
    let delivery = match method {
        Some(method) => json!({ "id": "shipping", "method": method, "price": amount }),
        None => json!({ "price": amount }),
    };
    Ok(counted.then_some(delivery))
}

/// One line; nothing where it has no units.
fn one(mut keys: Keys, base_units: bool, lines: &mut Lines) -> Result<Option<Map<String, Value>>, Stop> {
    let (price, quantity) = (keys.needed("unit_price")?, keys.needed("qty")?);
    if price.is_negative() {
        return Err(Stop::Unsupported(format!("unit_price: {price}")));
    }
    let mut line = Map::new();
    if let Some(name) = keys.text("sku")? {
        line.insert("sku".into(), json!(name));
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
    if let Some(floor) = keys.number("min_price")? {
        lines.least_prices = true;
        line.insert("floor".into(), json!(floor));
    }
    tax(&mut keys, &mut line, lines)?;
    lines.price_digits = lines.price_digits.max(shortest(price));
    let gross = Money(price).times(Quantity(quantity), Rounding::to_unit(Mode::HalfUp));
    let gross = gross.map_err(|_| Stop::unsupported("lines.qty"))?;
    lines.worth = lines.worth.plus(gross).map_err(|_| Stop::unsupported("lines.qty"))?;
    let units = keys.number("base_units_per_uom")?;
    match units.filter(|_| base_units) {
        Some(units) => {
            // So many base units, at what the line costs in the unit in which it is sold.
            let base = Money(units).times(Quantity(quantity), Rounding::to_unit(Mode::HalfUp));
            let base = base.map_err(|_| Stop::unsupported("lines.base_units_per_uom"))?;
            line.insert("quantity".into(), json!(base));
            line.insert("gross".into(), json!(gross));
        }
        None => {
            line.insert("quantity".into(), json!(quantity));
            line.insert("price".into(), json!(price));
        }
    }
    // What it cost before matters only through `already_discounted`; the name of a unit of measure to nothing.
    keys.pass_over(&["list_price", "uom"]);
    keys.finish()?;
    Ok((!quantity.is_zero()).then_some(line))
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

/// The taxes of a line by rate.
fn tax(keys: &mut Keys, line: &mut Map<String, Value>, lines: &mut Lines) -> Result<(), Stop> {
    let rate = keys.number("tax_rate")?.filter(|rate| !rate.is_zero());
    let within = keys.flag("price_includes_tax")?.unwrap_or(true);
    let mut taxes: Vec<Value> =
        rate.map(|rate| json!({ "rate": rate, "included": within })).into_iter().collect();
    for tax in keys.list("taxes").unwrap_or_default() {
        let mut tax = Keys::read("taxes", tax)?;
        let (rate, included) = (tax.needed("rate")?, tax.flag("included")?.unwrap_or(true));
        tax.finish()?;
        taxes.push(json!({ "rate": rate, "included": included }));
    }
    for tax in &taxes {
        let within = tax.get("included") == Some(&json!(true));
        lines.taxed_within |= within;
        lines.taxed_on_top |= !within;
    }
    if !taxes.is_empty() {
        line.insert("taxes".into(), json!(taxes));
    }
    Ok(())
}

/// A basket of one line that costs so much: for steps that tell an amount and no goods.
pub(super) fn of_amount(amount: Amount) -> Value {
    json!({ "lines": [{ "id": "amount", "sku": "amount", "gross": amount }] })
}
