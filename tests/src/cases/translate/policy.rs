//! What a policy says, and which of its words cannot matter to a case.

use dangol::Amount;
use serde_json::Value;

use super::Stop;
use super::scope::Scope;
use crate::cases::keys::{Keys, whole};

/// The words of a policy that are translated.
#[derive(Clone, Debug, Default)]
pub(super) struct Policy {
    pub(super) stacking: Option<String>,
    pub(super) rule_order: Option<String>,
    pub(super) conditions_see: Option<String>,
    /// Mode and place.
    pub(super) rounding: (Option<String>, Option<String>),
    pub(super) points_rounding: Option<(String, u8)>,
    pub(super) accrual_basis: Option<String>,
    pub(super) conversion: Option<(Amount, Amount)>,
    pub(super) carry_over: bool,
    pub(super) lot_consumption: Option<String>,
    pub(super) over_redemption: Option<String>,
    pub(super) deficit: bool,
    pub(super) clawback: Option<String>,
    /// The months by which a purchase re-dates all points, and whether it does so by the period of the new ones.
    pub(super) rolling_months: Option<u32>,
    pub(super) rolling: bool,
}

/// A word that cannot matter unless …
type Matters = (&'static str, fn(&Scope) -> bool);

/// Words that the engine has no choice for. Each is passed over only where it cannot change what the case expects;
/// where it can, the case is not supported.
const ONLY_MATTERS_IF: [Matters; 22] = [
    // Which discounts come together, and in which order: a single one comes alone.
    ("max_order_percentages", |scope| scope.order_percents > 1),
    ("phases", |scope| scope.offers > 1),
    ("exclusive", |scope| scope.exclusive),
    ("unit_level_rules", |scope| scope.unit_offers > 1),
    ("scope_order", |scope| scope.several_scopes),
    ("stop_further_rules_scope", |scope| scope.stops),
    ("manual_discount", |scope| scope.offers > 1),
    ("single_rule_choice", |scope| scope.offers > 1),
    ("tie_break", |scope| scope.offers > 1),
    ("apply_automatic_rules", |scope| scope.offers > 0),
    // Discounts that choose units are not translated, so that no unit is ever chosen.
    ("unit_choice", |_| false),
    ("respect_min_price", |scope| scope.least_prices && scope.offers > 0),
    // A step of cash is about prices and never about points.
    ("currency_rounding", |scope| scope.prices),
    // With one date for purchase and booking both bases are the same day; a second date is a word of its own.
    ("delay_basis", |_| false),
    // Returns are not translated: a case that has one never comes here.
    ("refund_pricing", |_| false),
    ("refund_points", |_| false),
    ("refund_rule_date", |_| false),
    ("refund_cap", |_| false),
    ("restore_redeemed", |_| false),
    ("balance_floor", |_| false),
    ("percent_digits", |_| false),
    ("tier_on_refund", |_| false),
];

/// Words whose value must be the engine's own way, or must not matter.
const ENGINE_WAY: [(Matters, &str); 6] = [
    (("payment_instruments", |scope| scope.prices), "\"after_discounts\""),
    (("order_amount_touches_shipping", |scope| scope.shipping && scope.offers > 0), "false"),
    (("floor_at_zero", |scope| scope.offers > 0), "true"),
    (("lot_never_expiring", |scope| scope.spends), "\"last\""),
    (("multiplier_scope", |scope| scope.multiplies), "\"matching_items\""),
    (
        ("accrual_order", |scope| scope.multiplies && scope.fixed),
        "[\"per_money_unit\",\"multipliers\",\"fixed_bonuses\"]",
    ),
];

impl Policy {
    pub(super) fn read(mut keys: Keys, scope: &Scope) -> Result<Policy, Stop> {
        for (word, matters) in ONLY_MATTERS_IF {
            if let Some(value) = keys.take(word).filter(|_| matters(scope)) {
                return Err(Stop::Unsupported(format!("policy.{word}: {value}")));
            }
        }
        for ((word, matters), way) in ENGINE_WAY {
            let own = |value: &Value| serde_json::from_str::<Value>(way).is_ok_and(|way| way == *value);
            let other = keys.take(word).filter(|value| matters(scope) && !own(value));
            if let Some(value) = other {
                return Err(Stop::Unsupported(format!("policy.{word}: {value}")));
            }
        }
        tie_break(&mut keys, scope)?;
        proration(&mut keys, scope)?;
        let policy = Policy {
            stacking: keys.text("stacking")?,
            rule_order: keys.text("rule_order")?,
            conditions_see: keys.text("conditions_see")?,
            rounding: rounding(&mut keys, scope)?,
            points_rounding: points_rounding(&mut keys)?,
            accrual_basis: keys.text("accrual_basis")?,
            conversion: conversion(&mut keys)?,
            carry_over: word(&mut keys, "accrual_remainder", "carry_over")?,
            lot_consumption: keys.text("lot_consumption")?,
            over_redemption: keys.text("over_redemption")?,
            deficit: word(&mut keys, "deficit", "absorbed_by_next_credit")?,
            clawback: keys.text("clawback")?,
            rolling_months: keys.number("rolling_window_months")?.and_then(whole),
            rolling: word(&mut keys, "rolling", "on_purchase")?,
        };
        keys.finish()?;
        Ok(policy)
    }
}

/// Whether a word is there with the only value that is known.
fn word(keys: &mut Keys, key: &str, known: &str) -> Result<bool, Stop> {
    match keys.text(key)? {
        None => Ok(false),
        Some(value) if value == known => Ok(true),
        Some(value) => Err(Stop::Unsupported(format!("policy.{key}: {value}"))),
    }
}

/// Lots that end on the same day: the engine takes the older one, then the earlier id, which is the order of issue.
fn tie_break(keys: &mut Keys, scope: &Scope) -> Result<(), Stop> {
    let names = keys.names("lot_tie_break")?.unwrap_or_default();
    let own = names.is_empty() || names == ["occurred_at", "id"] || names == ["occurred_at"];
    if own || !scope.spends { Ok(()) } else { Err(Stop::unsupported("policy.lot_tie_break")) }
}

/// Shares rounded down, and the rest to the largest fractions, is the engine's way to spread an amount.
fn proration(keys: &mut Keys, scope: &Scope) -> Result<(), Stop> {
    let Some(mut keys) = keys.keys("proration")?.filter(|_| scope.spread) else { return Ok(()) };
    let weights = keys.text("weights")?.unwrap_or_default();
    let rest = keys.text("remainder")?.unwrap_or_default();
    let mode = keys.text("rounding")?.unwrap_or_else(|| "down".into());
    let own = ["line_amount", "remaining_amount"].contains(&weights.as_str());
    if !own || rest != "largest_fraction" || mode != "down" {
        return Err(Stop::Unsupported(format!("policy.proration: {weights}, {mode}, {rest}")));
    }
    keys.finish()
}

/// How discounts are rounded matters to percentages only: amounts are not rounded.
fn rounding(keys: &mut Keys, scope: &Scope) -> Result<(Option<String>, Option<String>), Stop> {
    let Some(mut keys) = keys.keys("rounding")?.filter(|_| scope.percents) else { return Ok((None, None)) };
    // An error that is carried over comes from a line before.
    if scope.several_lines && keys.has("carry_error") {
        return Err(Stop::unsupported("policy.rounding.carry_error"));
    }
    keys.pass_over(&["carry_error"]);
    let found = (keys.text("mode")?, keys.text("at")?);
    let order = keys.text("order_rules_at")?;
    keys.finish()?;
    Ok((found.0, order.or(found.1)))
}

fn points_rounding(keys: &mut Keys) -> Result<Option<(String, u8)>, Stop> {
    let Some(mut keys) = keys.keys("points_rounding")? else { return Ok(None) };
    let mode = keys.text("mode")?.unwrap_or_else(|| "half_up".into());
    let digits = keys.number("digits")?.map_or(Some(0), whole);
    let digits = digits.and_then(|digits| u8::try_from(digits).ok());
    let digits = digits.ok_or_else(|| Stop::unsupported("policy.points_rounding.digits"))?;
    keys.finish()?;
    Ok(Some((mode, digits)))
}

fn conversion(keys: &mut Keys) -> Result<Option<(Amount, Amount)>, Stop> {
    let Some(mut keys) = keys.keys("conversion")? else { return Ok(None) };
    let rate = (keys.needed("points")?, keys.needed("amount")?);
    keys.finish()?;
    Ok(Some(rate))
}
