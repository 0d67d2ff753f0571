//! What came out about tiers.

use serde_json::{Value, json};

use crate::cases::Stop;
use crate::cases::asked::Plan;
use crate::cases::engine::{list, text};
use crate::cases::steps::Run;
use crate::cases::translate::{TOWARD_DRINK, WITH_STAY, WITHOUT_STAY};

/// What came out under a key; nothing where the key is not about tiers.
pub(super) fn actual(key: &str, plan: &Plan, run: &Run) -> Result<Option<Value>, Stop> {
    if plan.program.get("tiers").is_none() {
        return Ok(None);
    }
    let found = match key {
        "tier" => tier(plan, run)?,
        "missing" => missing(run)?,
        "renewed" => renewed(run)?,
        "date" => at(&only(run)?, "/review/on"),
        WITHOUT_STAY | WITH_STAY => at(&on_ladder(run, key)?, "/review/on"),
        "valid_until" => at(&only(run)?, "/standing/until"),
        "period" => {
            let standing = only(run)?;
            json!([at(&standing, "/next/measures/0/from"), at(&standing, "/next/by")])
        }
        "stars_toward_drink" => json!(run.engine.usable(TOWARD_DRINK)?),
        _ => return Ok(None),
    };
    Ok(Some(found))
}

fn at(value: &Value, path: &str) -> Value {
    value.pointer(path).cloned().unwrap_or_default()
}

/// Where the member stands on the only ladder.
fn only(run: &Run) -> Result<Value, Stop> {
    let mut standings = run.engine.tiers()?;
    match (standings.pop(), standings.is_empty()) {
        (Some(standing), true) => Ok(standing),
        _ => Err(Stop::unsupported("expected: several ladders")),
    }
}

fn on_ladder(run: &Run, ladder: &str) -> Result<Value, Stop> {
    let standings = run.engine.tiers()?;
    let found = standings.into_iter().find(|standing| text(standing, "ladder") == ladder);
    found.ok_or_else(|| Stop::Unsupported(format!("expected.{ladder}")))
}

/// The tier: of an order that is only asked for before or after it, else the member's.
fn tier(plan: &Plan, run: &Run) -> Result<Value, Stop> {
    let Some(quote) = run.log.quoted.as_ref().filter(|_| !run.log.placed) else {
        return Ok(at(&only(run)?, "/tier"));
    };
    Ok(at(quote, if plan.counts_order { "/tiers/0/after" } else { "/tiers/0/now" }))
}

/// What is missing to the next tier, by its only measure.
fn missing(run: &Run) -> Result<Value, Stop> {
    let standing = only(run)?;
    let missing = standing.get("next").map(|next| list(next, "missing")).unwrap_or_default();
    match missing.as_slice() {
        [measure] => Ok(at(measure, "/missing")),
        _ => Err(Stop::unsupported("expected.missing of several measures")),
    }
}

/// Whether the review renewed the tier.
fn renewed(run: &Run) -> Result<Value, Stop> {
    match run.log.reviewed.as_slice() {
        [because] => Ok(json!(because == "renewed")),
        other => Err(Stop::Failed(format!("one review was expected, not {other:?}"))),
    }
}
