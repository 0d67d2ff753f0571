//! What came out of the last order: prices, discounts, and the points that it took.

use dangol::{Amount, Quantity};
use serde_json::{Map, Value, json};

use crate::cases::Stop;
use crate::cases::asked::Plan;
use crate::cases::engine::{list, text};
use crate::cases::keys::number;
use crate::cases::steps::{Run, total};
use crate::cases::translate::POINTS;

/// What came out under a key; nothing where the key is not about prices.
pub(super) fn actual(key: &str, expected: &Value, plan: &Plan, run: &Run) -> Result<Option<Value>, Stop> {
    let known = [
        "points",
        "points_used",
        "amount_minor",
        "basis_amount",
        "discount_total",
        "items_total",
        "grand_total",
        "total_incl_tax",
        "total",
        "paid",
        "shipping_total",
        "line_discounts",
        "by_rule",
        "by_rule_total",
        "applied",
        "shares",
        "eligible",
        "available",
        "unit_price_after",
    ];
    if !known.contains(&key) {
        return Ok(None);
    }
    if ["points", "points_used"].contains(&key) && run.log.quoted.is_none() {
        return used_or_earned(key, run).map(Some);
    }
    let quote = run
        .log
        .quoted
        .as_ref()
        .ok_or_else(|| Stop::Unsupported(format!("expected.{key} without an order")))?;
    let field = |name: &str| quote.get(name).cloned().unwrap_or_else(|| json!("0"));
    let found = match key {
        "points" | "points_used" => json!(tender(quote, "points")),
        "amount_minor" => minor(tender(quote, "value"), plan.digits)?,
        "basis_amount" => basis(quote)?,
        "discount_total" => field("discount"),
        "items_total" => field("net"),
        "grand_total" | "total_incl_tax" | "total" | "paid" => field("due"),
        "shipping_total" => field("shipping"),
        "line_discounts" => line_discounts(quote)?,
        "shares" => shares(quote, plan.digits)?,
        "by_rule" => by_rule(quote),
        "by_rule_total" => applied(quote, "discount"),
        "applied" => json!(list(quote, "applied").iter().map(|one| text(one, "offer")).collect::<Vec<_>>()),
        "eligible" => json!(!list(quote, "applied").is_empty()),
        "available" => available(quote, plan)?,
        _ => unit_price(quote, expected)?,
    };
    Ok(Some(found))
}

/// Without an order: points that were rounded, or those that a reward took.
fn used_or_earned(key: &str, run: &Run) -> Result<Value, Stop> {
    let amounts = if key == "points" { &run.log.earned } else { &run.log.spent };
    Ok(json!(total(amounts)?))
}

/// A field of the points' tender; nothing where none pay.
fn tender(quote: &Value, field: &str) -> Amount {
    let tenders = list(quote, "tenders");
    let points = tenders.iter().find(|tender| text(tender, "wallet") == POINTS);
    points.and_then(|tender| number(tender.get(field)?)).unwrap_or(Amount::ZERO)
}

fn minor(amount: Amount, digits: u8) -> Result<Value, Stop> {
    let units = amount.rescaled(digits).map(Amount::units);
    units.map(|units| json!(units)).ok_or_else(|| Stop::unsupported("expected.amount_minor"))
}

/// The amount that the only accrual counted.
fn basis(quote: &Value) -> Result<Value, Stop> {
    match list(quote, "accruals").as_slice() {
        [accrual] => {
            accrual.pointer("/how/of").cloned().ok_or_else(|| Stop::unsupported("expected.basis_amount"))
        }
        _ => Err(Stop::unsupported("expected.basis_amount of several rules")),
    }
}

fn line_discounts(quote: &Value) -> Result<Value, Stop> {
    let mut found = Map::new();
    for line in list(quote, "lines") {
        let parts = list(&line, "discounts");
        let amounts: Vec<Amount> = parts.iter().filter_map(|part| number(part.get("amount")?)).collect();
        found.insert(text(&line, "id").to_owned(), json!(total(&amounts)?));
    }
    Ok(Value::Object(found))
}

/// What is taken off each line, in minor units.
fn shares(quote: &Value, digits: u8) -> Result<Value, Stop> {
    let mut shares = Vec::new();
    for line in list(quote, "lines") {
        let parts = list(&line, "discounts");
        let amounts: Vec<Amount> = parts.iter().filter_map(|part| number(part.get("amount")?)).collect();
        shares.push(minor(total(&amounts)?, digits)?);
    }
    Ok(Value::Array(shares))
}

/// What each offer takes off each line.
fn by_rule(quote: &Value) -> Value {
    let mut found: Map<String, Value> = Map::new();
    for line in list(quote, "lines") {
        for part in list(&line, "discounts") {
            let lines = found.entry(text(&part, "offer")).or_insert_with(|| json!({}));
            if let Value::Object(lines) = lines {
                lines.insert(text(&line, "id").to_owned(), part.get("amount").cloned().unwrap_or_default());
            }
        }
    }
    Value::Object(found)
}

fn applied(quote: &Value, field: &str) -> Value {
    let all = list(quote, "applied");
    let one = |one: &Value| (text(one, "offer").to_owned(), one.get(field).cloned().unwrap_or_default());
    Value::Object(all.iter().map(one).collect())
}

/// Whether the offer that was asked for can be had: its time has come and its uses are not used up.
fn available(quote: &Value, plan: &Plan) -> Result<Value, Stop> {
    let tried = plan.tried.as_deref().ok_or_else(|| Stop::unsupported("expected.available"))?;
    let over = |refused: &Value| {
        let code = refused.pointer("/reason/code").and_then(Value::as_str).unwrap_or_default();
        text(refused, "id") == tried && ["not_yet", "ended", "used_up"].contains(&code)
    };
    Ok(json!(!list(quote, "refused").iter().any(over)))
}

/// The only line's price for one unit: what is expected, where that many units of it cost what is left of the line.
fn unit_price(quote: &Value, expected: &Value) -> Result<Value, Stop> {
    let lines = list(quote, "lines");
    let [line] = lines.as_slice() else {
        return Err(Stop::unsupported("expected.unit_price_after of several lines"));
    };
    let single = line.get("quantity").and_then(number).map(Quantity) == Some(Quantity::one());
    if single {
        Ok(line.get("net").cloned().unwrap_or_default())
    } else {
        Err(Stop::Unsupported(format!("expected.unit_price_after: {expected} of several units")))
    }
}
