//! What came out for one unit: whether so many units at the expected amount come to what the engine says.

use dangol::{Amount, Mode, Money, Quantity, Rounding};
use serde_json::{Map, Value, json};

use super::lines::name;
use super::prices::rule;
use crate::cases::Stop;
use crate::cases::asked::Plan;
use crate::cases::engine::{list, text};
use crate::cases::keys::number;
use crate::cases::steps::total;

/// What came out under a key; nothing where the key is not about units. A key may end in the quantity with which the
/// only line was priced: `…_qty2`.
pub(super) fn actual(
    key: &str,
    expected: Option<&Value>,
    plan: &Plan,
    quotes: &[Value],
) -> Result<Option<Value>, Stop> {
    let (key, quote) = match key.rsplit_once("_qty") {
        Some((key, quantity)) => {
            let quantity = number(&json!(quantity));
            (key, quotes.iter().find(|quote| only(quote).and_then(quantity_of) == quantity))
        }
        None => (key, quotes.last()),
    };
    let quote = quote.ok_or_else(|| Stop::unsupported("no quote with this quantity"))?;
    let expected = expected.cloned().unwrap_or_default();
    let of_only = || {
        let several = || Stop::Unsupported(format!("expected.{key} of several lines"));
        only(quote).ok_or_else(several)
    };
    let found = match key {
        "unit_price_after" | "unit_price_after_both" => unit_price(of_only()?, &expected, plan),
        "unit_prices_after" => unit_prices(quote, &expected, plan),
        "catalogue_discount_per_unit" => {
            let quantity = quantity_of(of_only()?).unwrap_or(Amount::ZERO);
            let catalogue =
                |rule: &str| plan.phases.get(rule).is_some_and(|phase| phase.starts_with("catalogue"));
            each(discount(quote, plan, catalogue)?, quantity, &expected, plan)
        }
        "free_units" => json!(free_units(quote)?),
        "free_units_added" => json!(added(quote)?),
        "gift_added" => json!(!added(quote)?.is_zero()),
        "voucher_discount" => json!(discount(quote, plan, |rule| plan.coded.contains(rule))?),
        "marginal_unit_discount" => marginal(quotes, &expected, plan)?,
        _ => return Ok(None),
    };
    Ok(Some(found))
}

fn only(quote: &Value) -> Option<&Value> {
    match quote.get("lines")?.as_array()?.as_slice() {
        [line] => Some(line),
        _ => None,
    }
}

fn quantity_of(line: &Value) -> Option<Amount> {
    line.get("quantity").and_then(number)
}

/// What the rules of a kind take off.
fn discount(quote: &Value, plan: &Plan, kind: impl Fn(&str) -> bool) -> Result<Amount, Stop> {
    let applied = list(quote, "applied");
    let own = applied.iter().filter(|one| kind(rule(text(one, "offer"), plan)));
    let amounts: Vec<Amount> = own.filter_map(|one| number(one.get("discount")?)).collect();
    total(&amounts)
}

/// The price of a unit of a line after all offers.
fn unit_price(line: &Value, expected: &Value, plan: &Plan) -> Value {
    let net = line.get("net").and_then(number).unwrap_or(Amount::ZERO);
    each(net, quantity_of(line).unwrap_or(Amount::ZERO), expected, plan)
}

fn unit_prices(quote: &Value, expected: &Value, plan: &Plan) -> Value {
    let mut found = Map::new();
    for line in list(quote, "lines") {
        let name = name(text(&line, "id"), plan);
        let expected = expected.get(name).cloned().unwrap_or_default();
        found.insert(name.to_owned(), unit_price(&line, &expected, plan));
    }
    Value::Object(found)
}

/// How many units are given, those of the basket and those beside it.
fn free_units(quote: &Value) -> Result<Amount, Stop> {
    let applied = list(quote, "applied");
    let units: Vec<Amount> = applied.iter().filter_map(|one| number(one.get("units")?)).collect();
    total(&units)
}

/// How many units are given beside those of the basket.
fn added(quote: &Value) -> Result<Amount, Stop> {
    let lines = list(quote, "lines");
    let gifts = lines.iter().filter(|line| line.get("gift").is_some());
    let units: Vec<Amount> = gifts.filter_map(quantity_of).collect();
    total(&units)
}

/// What more units of the only line are discounted by, each.
fn marginal(quotes: &[Value], expected: &Value, plan: &Plan) -> Result<Value, Stop> {
    let [.., before, after] = quotes else { return Err(Stop::unsupported("one quote alone")) };
    let discount = |quote: &Value| quote.get("discount").and_then(number);
    let units = |quote: &Value| only(quote).and_then(quantity_of);
    let more = |of: &dyn Fn(&Value) -> Option<Amount>| of(after)?.minus(of(before)?).ok();
    match (more(&discount), more(&units)) {
        (Some(amount), Some(quantity)) => Ok(each(amount, quantity, expected, plan)),
        _ => Err(Stop::unsupported("expected.marginal_unit_discount")),
    }
}

/// The expected amount where it is what one of so many units has of the sum, rounded half up to the smallest coin where
/// it does not come out even; else what there is.
fn each(sum: Amount, quantity: Amount, expected: &Value, plan: &Plan) -> Value {
    let other = || json!(format!("{sum} for {quantity}"));
    let exact = Rounding::to_unit(Mode::Down);
    let times = |one: Amount| Money(one).times(Quantity(quantity), exact).ok().map(|all| all.0);
    let Some((one, all)) = number(expected).and_then(|one| Some((one, times(one)?))) else { return other() };
    if all == sum {
        return json!(one);
    }
    let half = || {
        let coin = Amount::new(1, plan.digits).ok()?;
        let apart = if all > sum { all.minus(sum) } else { sum.minus(all) }.ok()?;
        let (twice, coins) = (apart.plus(apart).ok()?, times(coin)?);
        let near = if all > sum { twice <= coins } else { twice < coins };
        (near && one.rescaled(plan.digits).is_some()).then_some(one)
    };
    half().map_or_else(other, |one| json!(one))
}
