//! Steps that split an amount: it is taken off lines that stand for what it is split over.

use dangol::Amount;
use serde_json::{Value, json};

use super::Stop;
use super::points::{Asked, Row};
use crate::cases::asked::{Act, Booked};
use crate::cases::keys::{number, whole};

/// By weights: lines cost as much as the weights say, and where some have less room than that, they have a floor.
pub(super) fn prorate(row: &mut Row<'_>, asked: &mut Asked) -> Result<(), Stop> {
    let wrong = || Stop::unsupported("steps.weights");
    let amount = amount(row, asked)?;
    let mut weights = minors(asked, "weights")?.ok_or_else(wrong)?;
    let headroom = minors(asked, "headroom")?;
    let sum = |weights: &[i64]| weights.iter().try_fold(0_i64, |sum, weight| sum.checked_add(*weight));
    if sum(&weights) == Some(0) && weights.len() > 1 {
        return Err(Stop::unsupported("steps.weights that are all nothing"));
    }
    // Only the proportion of the weights counts: no more can be taken off than there is.
    while headroom.is_none() && weights.iter().any(|weight| *weight > 0) {
        if sum(&weights).ok_or_else(wrong)? >= amount {
            break;
        }
        let tenfold: Option<Vec<i64>> = weights.iter().map(|weight| weight.checked_mul(10)).collect();
        weights = tenfold.ok_or_else(wrong)?;
    }
    let mut lines = Vec::new();
    for (number, weight) in weights.into_iter().enumerate() {
        let room = headroom.as_ref().map(|rooms| rooms.get(number).copied().ok_or_else(wrong)).transpose()?;
        let floor = room.map(|room| weight.checked_sub(room).filter(|floor| *floor >= 0).ok_or_else(wrong));
        lines.push((weight, floor.transpose()?));
    }
    push(row, asked, amount, &lines)
}

/// Into equal parts: every line weighs the same, and has room for all of it.
pub(super) fn evenly(row: &mut Row<'_>, asked: &mut Asked) -> Result<(), Stop> {
    let amount = amount(row, asked)?;
    let parts = whole(asked.keys.needed("parts")?).and_then(|parts| usize::try_from(parts).ok());
    let parts = parts.ok_or_else(|| Stop::unsupported("steps.parts"))?;
    push(row, asked, amount, &vec![(amount, None); parts])
}

/// An amount in minor units. The engine takes amounts off: with a minus sign it says how prices change by that.
fn amount(row: &mut Row<'_>, asked: &mut Asked) -> Result<i64, Stop> {
    let amount = asked.keys.needed("amount_minor")?;
    row.draft.changes = amount.is_negative();
    let size = if amount.is_negative() { Amount::ZERO.minus(amount).ok() } else { Some(amount) };
    let known = size.and_then(minor).filter(|amount| *amount > 0);
    known.ok_or_else(|| Stop::Unsupported(format!("steps.amount_minor: {amount}")))
}

fn minor(amount: Amount) -> Option<i64> {
    amount.rescaled(0).filter(|amount| !amount.is_negative()).map(Amount::units)
}

fn minors(asked: &mut Asked, key: &str) -> Result<Option<Vec<i64>>, Stop> {
    let Some(found) = asked.keys.list(key) else { return Ok(None) };
    let found: Option<Vec<i64>> = found.iter().map(|one| minor(number(one)?)).collect();
    found.map(Some).ok_or_else(|| Stop::Unsupported(asked.keys.path(key)))
}

/// An offer of so much off lines that cost so much, and at least so much of that.
fn push(row: &mut Row<'_>, asked: &Asked, amount: i64, lines: &[(i64, Option<i64>)]) -> Result<(), Stop> {
    if !row.draft.offers.is_empty() {
        return Err(Stop::unsupported("steps that split an amount beside discounts"));
    }
    let money = |minor: i64| {
        Amount::new(minor, row.draft.digits).map_err(|_| Stop::unsupported("steps.amount_minor"))
    };
    let mut found: Vec<Value> = Vec::new();
    for (number, (worth, floor)) in lines.iter().enumerate() {
        let id = number.saturating_add(1).to_string();
        let mut line = json!({ "id": id, "sku": "part", "gross": money(*worth)? });
        if let (Some(floor), Value::Object(line)) = (floor, &mut line) {
            line.insert("floor".into(), json!(money(*floor)?));
        }
        found.push(line);
    }
    row.draft.offers.push(json!({ "id": "split", "benefit": { "amount_off": money(amount)? } }));
    let basket = json!({ "lines": found });
    row.push(asked, Act::Order { basket, guest: false, booked: Booked::No }, false);
    Ok(())
}
