//! What came back.

use dangol::Amount;
use serde_json::{Value, json};

use crate::cases::Stop;
use crate::cases::asked::Plan;
use crate::cases::engine::{list, text};
use crate::cases::keys::number;
use crate::cases::steps::{Run, total};
use crate::cases::translate::POINTS;

/// What came out under a key; nothing where the key is not about returns.
pub(super) fn actual(key: &str, plan: &Plan, run: &Run) -> Result<Option<Value>, Stop> {
    let nothing = |what: &str| Stop::Unsupported(format!("expected.{key}: {what}"));
    let last = || run.log.returned.last().ok_or_else(|| nothing("nothing came back"));
    let found = match key {
        "refund_amount" => last()?.get("money").cloned().unwrap_or_default(),
        "refund_unit_price" => unit_price(last()?)?,
        "points_revoked" => json!(sum(last()?, "taken")?),
        "points_restored" => json!(sum(last()?, "points")?),
        "reward_points_restored" => json!(!sum(last()?, "points")?.is_zero()),
        "points_after_refund" => {
            json!(run.engine.balance(plan.balance.ok_or_else(|| nothing("several wallets"))?)?)
        }
        "bonus_points" => json!(total(&run.log.earned)?),
        "gift_card_balances" => json!(run.log.cards),
        "unit_shares" => unit_shares(run)?,
        "tier_kept" => {
            let held = run.engine.tiers()?;
            json!(held.iter().any(|standing| standing.get("tier").is_some_and(|tier| !tier.is_null())))
        }
        _ => return Ok(None),
    };
    Ok(Some(found))
}

/// The points of a list that are of the wallet of points.
fn sum(returned: &Value, field: &str) -> Result<Amount, Stop> {
    let rows = list(returned, field);
    let of = rows.iter().filter(|row| text(row, "wallet") == POINTS);
    let points: Vec<Amount> = of.filter_map(|row| number(row.get("points")?)).collect();
    total(&points)
}

/// What one unit is worth, of the only line that came back, where it was one.
fn unit_price(returned: &Value) -> Result<Value, Stop> {
    match list(returned, "lines").as_slice() {
        [line] if line.get("quantity").and_then(number) == Some(Amount::from(1)) => {
            Ok(line.get("value").cloned().unwrap_or_default())
        }
        _ => Err(Stop::unsupported("expected.refund_unit_price of several units")),
    }
}

/// What is taken off each unit: the engine is asked for one after the other.
fn unit_shares(run: &Run) -> Result<Value, Stop> {
    let mut order = run.sold().ok_or_else(|| Stop::unsupported("expected.unit_shares: nothing was sold"))?;
    let mut shares = Vec::new();
    for line in order.pointer("/quote/lines").and_then(Value::as_array).cloned().unwrap_or_default() {
        let id = text(&line, "id").to_owned();
        let quantity = line.get("quantity").and_then(number).and_then(crate::cases::keys::whole);
        for _ in 0..quantity.ok_or_else(|| Stop::unsupported("expected.unit_shares of parts of a unit"))? {
            let goods = json!({ "goods": { "lines": { id.as_str(): 1 } } });
            let reply = run.engine.asked_back(&order, &goods, &format!("unit-{}", shares.len()))?;
            let amount = |field: &str| reply.pointer(&format!("/returned/lines/0/{field}")).and_then(number);
            let share =
                amount("gross").zip(amount("value")).and_then(|(gross, value)| gross.minus(value).ok());
            shares.push(share.ok_or_else(|| Stop::Failed("a unit did not come back".into()))?);
            order = reply.get("order").cloned().unwrap_or_default();
        }
    }
    Ok(json!(shares))
}
