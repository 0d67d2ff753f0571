//! What came out about points.

use dangol::Amount;
use serde_json::{Value, json};

use crate::cases::Stop;
use crate::cases::asked::Plan;
use crate::cases::engine::{list, text};
use crate::cases::steps::{Run, total};
use crate::cases::translate::{GIFT_CARD, POINTS, WALLET};

/// The engine's words for what a case calls an error.
const ERRORS: [(&str, &str); 2] =
    [("not_enough_points", "not_enough_points"), ("not_enough_points", "balance_too_low")];

/// What came out under a key; nothing where the key is not about points.
pub(super) fn actual(key: &str, plan: &Plan, run: &Run) -> Result<Option<Value>, Stop> {
    let log = &run.log;
    let nothing = |what: &str| Stop::Unsupported(format!("expected.{key}: {what}"));
    let said = |amount: Option<Amount>| {
        amount.map(|amount| json!(amount)).ok_or_else(|| nothing("is not asked for"))
    };
    let found = match key {
        "points_earned" if log.earned.is_empty() => return Err(nothing("nothing earns")),
        "points_earned" => json!(total(&log.earned)?),
        "each" => each(&log.earned)?,
        "balance" => json!(run.engine.balance(plan.balance.ok_or_else(|| nothing("several wallets"))?)?),
        "balances" => json!(log.balances),
        "balance_after_expiry" => said(log.since_expiry)?,
        "deficit" => json!(run.engine.deficit(POINTS)?),
        "lots" => json!(log.lots(&run.engine)),
        "lots_after_first" => json!(log.lots_asked.first().ok_or_else(|| nothing("is not asked for"))?),
        "lots_after_second" => json!(log.lots_asked.get(1).ok_or_else(|| nothing("is not asked for"))?),
        "expired_entries" => json!(negative(&log.expired)?),
        "clawback_entries" => json!(negative(&log.revoked)?),
        "expiring_points" => said(log.expiring)?,
        "lost" => json!(total(&log.decayed)?),
        "redeemed" | "points_redeemed" => json!(total(&log.spent)?),
        "expires_on" | "lapses_on" => day(run, "expires_on"),
        "available_on" => day(run, "usable_from"),
        "lots_share_expiry" => json!(days(run, "expires_on").len() == 1),
        "wallet" | "wallet_usable" => json!(run.engine.usable(WALLET)?),
        "gift_card_remaining" | "card_remaining" if several(plan, GIFT_CARD) => {
            return Err(nothing("several of them"));
        }
        "gift_card_remaining" | "card_remaining" => left(run, GIFT_CARD)?,
        "max_free_units" => affordable(plan, run)?,
        "accepted" => json!(accepted(run)),
        "error" => error(run)?,
        _ => return Ok(None),
    };
    Ok(Some(found))
}

/// Whether there is more than one wallet of a kind.
fn several(plan: &Plan, kind: &str) -> bool {
    list(&plan.program, "wallets").iter().filter(|wallet| text(wallet, "id").starts_with(kind)).count() > 1
}

/// What every earning step earned, where that is the same.
fn each(earned: &[Amount]) -> Result<Value, Stop> {
    let first = earned.first().ok_or_else(|| Stop::unsupported("expected.each: nothing earns"))?;
    let same = earned.iter().all(|other| other == first);
    Ok(if same { json!(first) } else { json!(earned) })
}

fn negative(amounts: &[Amount]) -> Result<Vec<Amount>, Stop> {
    let negative = amounts.iter().map(|amount| Amount::ZERO.minus(*amount));
    negative.collect::<Result<_, _>>().map_err(|overflow| Stop::Failed(overflow.to_string()))
}

/// The days that the open lots of points have in a field, each once; one that has none counts as `null`.
fn days(run: &Run, field: &str) -> Vec<Value> {
    let mut days: Vec<Value> = Vec::new();
    for lot in run.engine.lots(POINTS) {
        let day = lot.get(field).cloned().unwrap_or_default();
        if !days.contains(&day) {
            days.push(day);
        }
    }
    days
}

/// The day of all open lots; a list of days where they differ.
fn day(run: &Run, field: &str) -> Value {
    let mut days = days(run, field);
    if days.len() == 1 { days.remove(0) } else { Value::Array(days) }
}

/// What is left of a wallet: after the order that was quoted, whether or not it is placed.
fn left(run: &Run, wallet: &str) -> Result<Value, Stop> {
    let quoted = run.log.quoted.as_ref().filter(|_| !run.log.placed);
    match quoted.and_then(|quote| quote.pointer(&format!("/balances/{wallet}"))) {
        Some(balance) => Ok(balance.clone()),
        None => Ok(json!(run.engine.usable(wallet)?)),
    }
}

/// How many of the only reward the points reach for.
fn affordable(plan: &Plan, run: &Run) -> Result<Value, Stop> {
    let reward = plan.reward.as_deref().ok_or_else(|| Stop::unsupported("expected.max_free_units"))?;
    let rewards = list(&run.engine.wallet(POINTS)?, "rewards");
    let found = rewards.iter().find(|one| text(one, "reward") == reward);
    Ok(found.and_then(|one| one.get("times").cloned()).unwrap_or_else(|| json!(0)))
}

/// Whether the last step was taken as it was asked for; where a code is shown, whether it had an effect.
fn accepted(run: &Run) -> bool {
    let taken = run.log.accepted.last().copied().unwrap_or(true);
    let quote = run.log.quoted.as_ref();
    let refused = |what: &str| {
        let refused = quote.and_then(|quote| quote.get("refused")).and_then(Value::as_array);
        refused.into_iter().flatten().any(|refused| text(refused, "what") == what)
    };
    taken && !refused("code") && !refused("offer")
}

/// The case's word for the last refusal, or the engine's own.
fn error(run: &Run) -> Result<Value, Stop> {
    let refusal = run.log.refusals.last().map_or("none", String::as_str);
    let known = ERRORS.iter().find(|(_, engine)| *engine == refusal);
    Ok(json!(known.map_or(refusal, |(word, _)| *word)))
}
