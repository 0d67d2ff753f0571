//! The steps of a case before they are translated: what they have in common, and what they are about.

use serde_json::Value;

use super::Stop;
use crate::cases::file::Setup;
use crate::cases::keys::Keys;

/// The steps that price a basket.
const PRICING: [&str; 12] = [
    "price_basket",
    "earn_for_basket",
    "earn_for_amount",
    "earn_for_totals",
    "purchase",
    "quote",
    "quote_marginal",
    "evaluation_order",
    "place_order",
    "remaining_applications",
    "max_redeemable",
    "sell_gift_card",
];

/// The steps that use points up.
const SPENDING: [&str; 8] = [
    "redeem",
    "redeem_for_order",
    "redeem_reward",
    "clawback",
    "pay_with_wallet",
    "pay_with_gift_card",
    "expire_lot",
    "max_redeemable",
];

/// The steps as objects.
pub(super) fn read(steps: &[Value]) -> Result<Vec<Keys>, Stop> {
    steps.iter().map(|step| Keys::read("steps", step.clone())).collect()
}

/// What a step does.
pub(super) fn does(step: &Keys) -> String {
    step.clone().text("do").ok().flatten().unwrap_or_default()
}

pub(super) fn any(steps: &[Keys], words: &[&str]) -> bool {
    steps.iter().any(|step| words.contains(&does(step).as_str()))
}

pub(super) fn prices(steps: &[Keys]) -> bool {
    any(steps, &PRICING)
}

pub(super) fn spends(steps: &[Keys]) -> bool {
    any(steps, &SPENDING)
}

/// Whether a step names the code that is shown; where none does, every code is shown all the time.
pub(super) fn codes_are_named(steps: &[Keys]) -> bool {
    steps.iter().any(|step| step.has("code"))
}

/// The codes of all rules.
pub(super) fn codes(setup: &Setup) -> Vec<String> {
    let code = |rule: &Value| {
        let trigger = rule.pointer("/effect/trigger").and_then(Value::as_str);
        let inner = trigger.and_then(|trigger| trigger.strip_prefix("code:"));
        let outer = rule.pointer("/trigger/code").and_then(Value::as_str);
        inner.or(outer).map(str::to_owned)
    };
    let mut codes: Vec<String> = setup.rules.iter().filter_map(code).collect();
    codes.sort();
    codes.dedup();
    codes
}
