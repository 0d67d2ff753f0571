//! What came out line by line, delivery by delivery, and rule by rule.

use dangol::Amount;
use serde_json::{Map, Value, json};

use super::prices::{minor, rule};
use crate::cases::Stop;
use crate::cases::asked::Plan;
use crate::cases::engine::{list, text};
use crate::cases::keys::number;
use crate::cases::steps::total;

/// What came out under a key; nothing where the key is not about lines.
pub(super) fn actual(
    key: &str,
    quote: &Value,
    expected: Option<&Value>,
    plan: &Plan,
) -> Result<Option<Value>, Stop> {
    let found = match key {
        "line_discounts" => line_discounts(quote, plan)?,
        "shipping_discounts" => shipping_discounts(quote, expected)?,
        "delivery_totals" => delivery_totals(quote)?,
        "shares" => shares(quote, plan)?,
        "by_rule" => by_rule(quote, plan),
        // `shirt_line_discount` is what is taken off the line `shirt`.
        _ => match key.strip_suffix("_line_discount") {
            Some(line) if plan.lines.iter().any(|name| name == line) => {
                line_discounts(quote, plan)?.get(line).cloned().unwrap_or_else(|| json!("0"))
            }
            _ => return Ok(None),
        },
    };
    Ok(Some(found))
}

/// What the case calls a line.
pub(super) fn name<'a>(line: &'a str, plan: &'a Plan) -> &'a str {
    let place = line.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    place.and_then(|place| plan.lines.get(place)).map_or(line, String::as_str)
}

/// What all offers take off a line or a delivery.
fn taken(line: &Value) -> Result<Amount, Stop> {
    let parts = list(line, "discounts");
    let amounts: Vec<Amount> = parts.iter().filter_map(|part| number(part.get("amount")?)).collect();
    total(&amounts)
}

fn line_discounts(quote: &Value, plan: &Plan) -> Result<Value, Stop> {
    let mut found = Map::new();
    for line in list(quote, "lines") {
        found.insert(name(text(&line, "id"), plan).to_owned(), json!(taken(&line)?));
    }
    Ok(Value::Object(found))
}

/// What is taken off each delivery; the only one that has no name of its own has the one that the case gives it.
fn shipping_discounts(quote: &Value, expected: Option<&Value>) -> Result<Value, Stop> {
    let deliveries = list(quote, "deliveries");
    let names: Vec<&String> =
        expected.and_then(Value::as_object).map(|names| names.keys().collect()).unwrap_or_default();
    let mut found = Map::new();
    for delivery in &deliveries {
        let id = text(delivery, "id");
        let id = match (names.as_slice(), deliveries.len()) {
            ([only], 1) if id == "shipping" => only.as_str(),
            _ => id,
        };
        found.insert(id.to_owned(), json!(taken(delivery)?));
    }
    Ok(Value::Object(found))
}

/// What each delivery costs with its goods, where there is one for each line.
fn delivery_totals(quote: &Value) -> Result<Value, Stop> {
    let (lines, deliveries) = (list(quote, "lines"), list(quote, "deliveries"));
    if lines.len() != deliveries.len() {
        return Err(Stop::unsupported("expected.delivery_totals without a delivery for each line"));
    }
    let net = |one: &Value| one.get("net").and_then(number).unwrap_or(Amount::ZERO);
    let totals = lines.iter().zip(&deliveries).map(|(line, delivery)| total(&[net(line), net(delivery)]));
    Ok(json!(totals.collect::<Result<Vec<Amount>, Stop>>()?))
}

/// What is taken off each line, or how its price changes by that, in minor units.
fn shares(quote: &Value, plan: &Plan) -> Result<Value, Stop> {
    let share = |line: &Value| {
        let taken = taken(line)?;
        let change = Amount::ZERO.minus(taken).map_err(|overflow| Stop::Failed(overflow.to_string()))?;
        minor(if plan.changes { change } else { taken }, plan.digits)
    };
    let shares: Result<Vec<Value>, Stop> = list(quote, "lines").iter().map(share).collect();
    Ok(json!(shares?))
}

/// What each rule takes off each line.
fn by_rule(quote: &Value, plan: &Plan) -> Value {
    let mut found: Map<String, Value> = Map::new();
    for line in list(quote, "lines") {
        let line_name = name(text(&line, "id"), plan).to_owned();
        for part in list(&line, "discounts") {
            let lines = found.entry(rule(text(&part, "offer"), plan)).or_insert_with(|| json!({}));
            if let Value::Object(lines) = lines {
                lines.insert(line_name.clone(), part.get("amount").cloned().unwrap_or_default());
            }
        }
    }
    Value::Object(found)
}
