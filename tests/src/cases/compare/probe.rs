//! What no reply says: the engine is asked whether it behaves as the expected number says.

use dangol::{Amount, Money};
use serde_json::{Value, json};

use crate::cases::Stop;
use crate::cases::asked::Plan;
use crate::cases::engine::Engine;
use crate::cases::keys::number;
use crate::cases::steps::Run;
use crate::cases::translate::POINTS;

/// The expected number where the engine behaves by it, and what it does otherwise; nothing for other keys.
pub(super) fn actual(key: &str, expected: &Value, plan: &Plan, run: &Run) -> Result<Option<Value>, Stop> {
    let unreadable = || Stop::Unsupported(format!("expected.{key}: {expected}"));
    match key {
        "carry_over" => {
            let carried = number(expected).ok_or_else(unreadable)?;
            let step =
                plan.carried.ok_or_else(|| Stop::unsupported("expected.carry_over of several rules"))?;
            carry_over(&run.engine, Money(step), Money(carried), plan.digits).map(Some)
        }
        _ => Ok(None),
    }
}

/// So much is carried over as, together with the rest of a step, earns more than with the smallest unit less.
fn carry_over(engine: &Engine, step: Money, carried: Money, digits: u8) -> Result<Value, Stop> {
    let wrong = |what: &str| Ok(json!(format!("another amount: {what}")));
    let unit = Amount::new(1, digits).map(Money);
    let rest = step.minus(carried).ok().filter(|rest| *rest > Money::ZERO && *rest <= step);
    let (Some(rest), Ok(unit)) = (rest, unit) else { return wrong("it is no part of a step") };
    let just_less = rest.minus(unit).map_err(|overflow| Stop::Failed(overflow.to_string()))?;
    if earned(engine, rest)?.is_zero() {
        return wrong(&format!("another {rest} earns nothing"));
    }
    if !just_less.is_zero() && !earned(engine, just_less)?.is_zero() {
        return wrong(&format!("another {just_less} earns already"));
    }
    Ok(json!(carried))
}

fn earned(engine: &Engine, amount: Money) -> Result<Amount, Stop> {
    let quote = engine.quote(&json!({ "lines": [{ "sku": "amount", "gross": amount }] }), false)?;
    Ok(quote.pointer(&format!("/earned/{POINTS}")).and_then(number).unwrap_or(Amount::ZERO))
}
