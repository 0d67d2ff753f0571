//! Steps that price or place an order.

use dangol::{Amount, Money};
use serde_json::{Map, Value, json};

use super::payments::POINTS;
use super::points::{Asked, Row};
use super::rules::{EarnRule, earn};
use super::{Draft, Stop, basket, offers, returns, splitting, unstated};
use crate::cases::asked::{Act, Booked};
use crate::cases::keys::{Keys, number};

/// What a line costs where only an offer's availability is asked for.
const ANY_PRICE: &str = "1000";

/// Translates a step that no other part knows.
pub(super) fn step(row: &mut Row<'_>, word: &str, asked: &mut Asked) -> Result<(), Stop> {
    match word {
        "price_basket" if row.draft.scope.returns => order(row, asked, Booked::Yes),
        "price_basket" | "quote" | "evaluation_order" => order(row, asked, Booked::No),
        "quote_marginal" => marginal(row, asked),
        "earn_for_basket" | "place_order" => order(row, asked, Booked::Yes),
        "confirm" => {
            row.push(asked, Act::Confirm, false);
            Ok(())
        }
        "cancel_last_order" => cancel(row, asked),
        "earn_for_amount" => amount(row, asked),
        "purchase" => purchase(row, asked),
        "earn_for_totals" => totals(row, asked),
        "max_redeemable" => redeemable(row, asked),
        "remaining_applications" => available(row, asked),
        "prorate" | "prorate_with_floor" => splitting::prorate(row, asked),
        "split_evenly" => splitting::evenly(row, asked),
        unknown => Err(Stop::Unsupported(format!("steps.do: {unknown}"))),
    }
}

/// The basket of the case, with the codes that are shown and the points that are offered.
fn order(row: &mut Row<'_>, asked: &mut Asked, booked: Booked) -> Result<(), Stop> {
    let mut basket = row.draft.lines.basket.clone().ok_or_else(|| Stop::unsupported("no basket"))?;
    let guest = asked.keys.flag("guest")?.unwrap_or(false);
    if let Some(quantity) = asked.keys.number("qty")? {
        only_line(&mut basket)?.insert("quantity".into(), json!(quantity));
    }
    push(row, asked, basket, guest, booked)
}

/// An order that changed nothing of its member but that it was placed: then its uses are all there is to give back.
fn cancel(row: &mut Row<'_>, asked: &Asked) -> Result<(), Stop> {
    let Draft { accruals, purses, per_member, offers, .. } = &*row.draft;
    let counts = |offer: &Value| offer.to_string().contains("\"order_number\"");
    if *per_member || !accruals.is_empty() || !purses.is_empty() || offers.iter().any(counts) {
        return Err(Stop::unsupported("steps.do: cancel_last_order of an order that changed its member"));
    }
    row.push(asked, Act::Cancel, false);
    Ok(())
}

/// The basket as it is, and with more units of one of its lines.
fn marginal(row: &mut Row<'_>, asked: &mut Asked) -> Result<(), Stop> {
    let before = row.draft.lines.basket.clone().ok_or_else(|| Stop::unsupported("no basket"))?;
    let (sku, more) = (asked.keys.text("sku")?, asked.keys.needed("qty")?);
    let price = asked.keys.needed("unit_price")?;
    let mut basket = before.clone();
    let line = only_line(&mut basket)?;
    let same = line.get("sku") == Some(&json!(sku)) && line.get("price").and_then(number) == Some(price);
    let quantity = line.get("quantity").and_then(number).filter(|_| same);
    let quantity = quantity.and_then(|quantity| quantity.plus(more).ok());
    let quantity = quantity.ok_or_else(|| Stop::unsupported("steps.sku beside the line of the basket"))?;
    line.insert("quantity".into(), json!(quantity));
    push(row, asked, before, false, Booked::No)?;
    push(row, asked, basket, false, Booked::No)
}

/// The fields of the only line.
fn only_line(basket: &mut Value) -> Result<&mut Map<String, Value>, Stop> {
    match basket.get_mut("lines").and_then(Value::as_array_mut).map(Vec::as_mut_slice) {
        Some([Value::Object(line)]) => Ok(line),
        _ => Err(Stop::unsupported("steps.qty of several lines")),
    }
}

pub(super) fn push(
    row: &mut Row<'_>,
    asked: &mut Asked,
    basket: Value,
    guest: bool,
    booked: Booked,
) -> Result<(), Stop> {
    let mut basket = basket;
    let shown = match asked.keys.text("code")? {
        Some(code) => vec![code],
        None if row.draft.codes_are_named => Vec::new(),
        None => row.draft.codes.clone(),
    };
    if let Value::Object(fields) = &mut basket {
        if !shown.is_empty() {
            fields.insert("codes".into(), json!(shown));
        }
        if row.draft.policy.together.no_automatic {
            fields.insert("attributes".into(), offers::WITHOUT_AUTOMATIC.attributes());
        }
        if !row.draft.out_of_stock.is_empty() {
            fields.insert("out_of_stock".into(), json!(row.draft.out_of_stock));
        }
        if let Some(points) = row.offered.take() {
            fields.insert("points".into(), json!({ POINTS: points }));
        }
    }
    row.push(asked, Act::Order { basket, guest, booked }, false);
    Ok(())
}

/// Where nothing says how many points there are, the table of unstated terms does.
fn rate(row: &mut Row<'_>) -> Result<(), Stop> {
    if !row.draft.accruals.is_empty() || row.draft.has_earn_rules {
        return Ok(());
    }
    let carried = row.draft.policy.carry_over;
    let (points, amount, term) = match (carried, row.draft.policy.returns.by_step) {
        (true, _) => unstated::CARRIED,
        (false, true) => unstated::BY_STEP,
        (false, false) => unstated::RATE,
    };
    let effect = json!({ "mode": "per_amount", "points": points, "per": amount, "rounding": "floor" });
    let (rule, effect) = (Keys::of("rules", Map::new()), Keys::read("effect", effect)?);
    earn(row.draft, EarnRule { id: "unstated".into(), rule, effect })?;
    row.draft.unstated.push(term);
    Ok(())
}

/// An amount, and the tax within it.
fn amount(row: &mut Row<'_>, asked: &mut Asked) -> Result<(), Stop> {
    rate(row)?;
    let amount = asked.keys.needed("amount")?;
    let mut basket = returns::of_amount(row.draft, amount)?;
    if let Some(tax) = asked.keys.number("tax_included")? {
        set_line(&mut basket, "tax", json!(tax));
    }
    push(row, asked, basket, false, Booked::Yes)
}

/// A purchase, of which not every case tells the amount: then what it earns does not matter.
fn purchase(row: &mut Row<'_>, asked: &mut Asked) -> Result<(), Stop> {
    match asked.keys.number("amount")? {
        Some(amount) => {
            rate(row)?;
            row.reward_pays(asked)?;
            let basket = returns::of_amount(row.draft, amount)?;
            push(row, asked, basket, false, Booked::Yes)
        }
        None if row.draft.has_earn_rules => Err(Stop::unsupported("a purchase without an amount")),
        None => push(row, asked, basket::of_amount(unstated::number("1")), false, Booked::Yes),
    }
}

/// What the goods cost, and beyond them what the whole order costs.
fn totals(row: &mut Row<'_>, asked: &mut Asked) -> Result<(), Stop> {
    rate(row)?;
    let (items, order) = (asked.keys.needed("items_total")?, asked.keys.number("order_total")?);
    let mut basket = basket::of_amount(items);
    if let Some(tax) = asked.keys.number("tax_total")? {
        set_line(&mut basket, "tax", json!(tax));
    }
    let beyond = order.map(|order| Money(order).minus(Money(items)));
    match beyond.transpose().map_err(|_| Stop::unsupported("steps.order_total"))? {
        Some(beyond) if beyond < Money::ZERO => {
            return Err(Stop::unsupported("steps.order_total below steps.items_total"));
        }
        Some(beyond) if !beyond.is_zero() => set(&mut basket, "shipping", json!(beyond)),
        _ => {}
    }
    push(row, asked, basket, false, Booked::Yes)
}

/// The points that may pay for an order of so much.
fn redeemable(row: &mut Row<'_>, asked: &mut Asked) -> Result<(), Stop> {
    let minor = asked.keys.needed("order_total_minor")?;
    let total = minor.rescaled(0).and_then(|minor| Amount::new(minor.units(), row.draft.digits).ok());
    let total = total.ok_or_else(|| Stop::unsupported("steps.order_total_minor"))?;
    let tender = row.draft.tender.as_mut().ok_or_else(|| Stop::unsupported("no terms of redemption"))?;
    // What can be redeemed is asked for, and not whether the request is exact.
    tender.insert("excess".into(), json!("reduce"));
    row.offered = Some(asked.keys.needed("requested_points")?);
    push(row, asked, basket::of_amount(total), false, Booked::No)
}

/// Points by the terms of redemption: for the case's basket, or for an order of just what they are worth.
pub(super) fn redeem(row: &mut Row<'_>, asked: &mut Asked) -> Result<(), Stop> {
    let points = asked.keys.needed("points")?;
    let share = row.draft.tender.as_ref().is_some_and(|tender| tender.contains_key("max_percent"));
    let basket = match row.draft.lines.basket.clone() {
        Some(basket) => basket,
        None if share => return Err(Stop::unsupported("redemption.max_percent_of_order without a basket")),
        // As many units of an article as points, each at what a point is worth: the engine multiplies.
        None => worth(row, points)?,
    };
    row.offered = Some(points);
    push(row, asked, basket, false, Booked::Yes)
}

fn worth(row: &Row<'_>, points: Amount) -> Result<Value, Stop> {
    let value = row.draft.worth.as_ref().and_then(number);
    let price = value.filter(|value| value.rescaled(row.draft.digits).is_some());
    let price = price.ok_or_else(|| Stop::unsupported("a point is worth less than the smallest unit"))?;
    let quantity = points.rescaled(0).ok_or_else(|| Stop::unsupported("steps.points"))?;
    Ok(json!({ "lines": [{ "sku": "worth", "price": price, "quantity": quantity, "earns": false }] }))
}

/// Whether a discount can be had at all: tried on a basket of one line.
fn available(row: &mut Row<'_>, asked: &mut Asked) -> Result<(), Stop> {
    let rule = asked.keys.text("rule")?.unwrap_or_default();
    let known = |offer: &Value| offer.get("id").is_some_and(|id| *id == json!(rule));
    if !row.draft.offers.iter().any(known) {
        return Err(Stop::Unsupported(format!("steps.rule: {rule}")));
    }
    row.draft.tried = Some(rule);
    let basket = row.draft.lines.basket.clone();
    let basket = basket.unwrap_or_else(|| basket::of_amount(unstated::number(ANY_PRICE)));
    push(row, asked, basket, false, Booked::No)
}

fn set(basket: &mut Value, field: &str, value: Value) {
    if let Value::Object(fields) = basket {
        fields.insert(field.into(), value);
    }
}

fn set_line(basket: &mut Value, field: &str, value: Value) {
    if let Some(line) = basket.pointer_mut("/lines/0") {
        set(line, field, value);
    }
}
