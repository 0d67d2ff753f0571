//! What a policy says, and which of its words cannot matter to a case.

use dangol::Amount;
use serde_json::Value;

use super::scope::Scope;
use super::{Stop, returns, tiers};
use crate::cases::keys::{Keys, whole};

/// The words of a policy that are translated.
#[derive(Clone, Debug, Default)]
pub(super) struct Policy {
    pub(super) together: Together,
    pub(super) rounding: Rounding,
    pub(super) split: Split,
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
    pub(super) tiers: tiers::Terms,
    pub(super) returns: returns::Returns,
}

/// Which discounts come together, in which order, and what they see of one another.
#[derive(Clone, Debug, Default)]
pub(super) struct Together {
    pub(super) stacking: Option<String>,
    pub(super) rule_order: Option<String>,
    pub(super) scope_order: Vec<String>,
    pub(super) conditions_see: Option<String>,
    /// The scope and the choice of each phase.
    pub(super) phases: Vec<(String, String)>,
    /// Which one of rules takes effect that never come together.
    pub(super) single: Option<String>,
    /// Whether rules that nothing tells apart are a mistake.
    pub(super) ties_are_errors: bool,
    /// What a rule stops that says it does.
    pub(super) stops: Option<String>,
    /// Whether one percentage of the whole order takes effect at most.
    pub(super) one_order_percent: bool,
    /// Whether the actions of one rule all look at the original price of a unit.
    pub(super) actions_on_original: bool,
    /// Whether a manual discount replaces codes for the same thing.
    pub(super) manual_replaces: bool,
    /// Whether rules without a code take no effect.
    pub(super) no_automatic: bool,
    /// Whether amounts off the order are taken off delivery, too.
    pub(super) touches_shipping: bool,
    /// Which units come first where not all are touched.
    pub(super) dearest_first: bool,
}

/// How discounts, and what lines cost, are rounded.
#[derive(Clone, Debug, Default)]
pub(super) struct Rounding {
    pub(super) mode: Option<String>,
    pub(super) at: Option<String>,
    /// Where discounts of the whole order are rounded.
    pub(super) order_at: Option<String>,
    /// Whether what rounding cut off a line goes on to the next.
    pub(super) carries: bool,
}

/// How an amount is spread over lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Split {
    pub(super) weights: Option<String>,
    pub(super) shares: Option<String>,
    pub(super) rest: Option<String>,
}

/// A word that cannot matter unless …
type Matters = (&'static str, fn(&Scope) -> bool);

/// Words that the engine has no choice for. Each is passed over only where it cannot change what the case expects;
/// where it can, the case is not supported.
const ONLY_MATTERS_IF: [Matters; 2] = [
    // A step of cash is about prices and never about points.
    ("currency_rounding", |scope| scope.prices),
    // With one date for purchase and booking both bases are the same day; a second date is a word of its own.
    ("delay_basis", |_| false),
];

/// Words whose value must be the engine's own way, or must not matter.
const ENGINE_WAY: [(Matters, &str); 7] = [
    (("payment_instruments", |scope| scope.prices), "\"after_discounts\""),
    (("floor_at_zero", |scope| scope.offers > 0), "true"),
    (("respect_min_price", |scope| scope.least_prices && scope.offers > 0), "true"),
    (("exclusive", |scope| scope.exclusive), "\"highest_priority_exclusive_wins\""),
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
        percent_digits(&mut keys, scope)?;
        lot_tie_break(&mut keys, scope)?;
        let policy = Policy {
            together: Together::read(&mut keys)?,
            rounding: Rounding::read(&mut keys)?,
            split: Split::read(&mut keys)?,
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
            tiers: tiers::Terms::read(&mut keys)?,
            returns: returns::Returns::read(&mut keys, scope.returns)?,
        };
        keys.finish()?;
        Ok(policy)
    }
}

impl Together {
    fn read(keys: &mut Keys) -> Result<Together, Stop> {
        let most = keys.number("max_order_percentages")?;
        if most.is_some_and(|most| most != Amount::from(1)) {
            return Err(Stop::unsupported("policy.max_order_percentages above 1"));
        }
        let dearest_first = match keys.text("unit_choice")?.as_deref() {
            None | Some("cheapest_first") => false,
            Some("dearest_first") => true,
            Some(other) => return Err(Stop::Unsupported(format!("policy.unit_choice: {other}"))),
        };
        Ok(Together {
            stacking: keys.text("stacking")?,
            rule_order: keys.text("rule_order")?,
            scope_order: keys.names("scope_order")?.unwrap_or_default(),
            conditions_see: keys.text("conditions_see")?,
            phases: phases(keys)?,
            single: keys.text("single_rule_choice")?,
            ties_are_errors: word(keys, "tie_break", "error")?,
            stops: keys.text("stop_further_rules_scope")?,
            one_order_percent: most.is_some(),
            actions_on_original: word(keys, "unit_level_rules", "each_on_original_unit_price")?,
            manual_replaces: word(keys, "manual_discount", "replaces_code_in_same_scope")?,
            no_automatic: keys.flag("apply_automatic_rules")? == Some(false),
            touches_shipping: keys.flag("order_amount_touches_shipping")? == Some(true),
            dearest_first,
        })
    }
}

impl Rounding {
    fn read(keys: &mut Keys) -> Result<Rounding, Stop> {
        let Some(mut keys) = keys.keys("rounding")? else { return Ok(Rounding::default()) };
        let rounding = Rounding {
            mode: keys.text("mode")?,
            at: keys.text("at")?,
            order_at: keys.text("order_rules_at")?,
            carries: keys.flag("carry_error")? == Some(true),
        };
        keys.finish()?;
        Ok(rounding)
    }

    /// Whether nothing is rounded before the end.
    pub(super) fn keeps_fractions(&self) -> bool {
        self.mode.as_deref() == Some("none") || self.at.as_deref() == Some("total")
    }
}

impl Split {
    fn read(keys: &mut Keys) -> Result<Split, Stop> {
        let Some(mut keys) = keys.keys("proration")? else { return Ok(Split::default()) };
        let split = Split {
            weights: keys.text("weights")?,
            shares: keys.text("rounding")?,
            rest: keys.text("remainder")?,
        };
        // How the share of a line is spread over its units changes no line.
        keys.pass_over(&["then_within_line"]);
        keys.finish()?;
        Ok(split)
    }
}

fn phases(keys: &mut Keys) -> Result<Vec<(String, String)>, Stop> {
    let phase = |phase: Value| {
        let mut keys = Keys::read("policy.phases", phase)?;
        let both = (keys.text("scope")?.unwrap_or_default(), keys.text("pick")?.unwrap_or_default());
        keys.finish()?;
        Ok(both)
    };
    keys.list("phases").unwrap_or_default().into_iter().map(phase).collect()
}

/// Whether a word is there with the only value that is known.
fn word(keys: &mut Keys, key: &str, known: &str) -> Result<bool, Stop> {
    match keys.text(key)? {
        None => Ok(false),
        Some(value) if value == known => Ok(true),
        Some(value) => Err(Stop::Unsupported(format!("policy.{key}: {value}"))),
    }
}

/// Percentages have up to 4 digits here; what a source cuts off before it works with one is not translated.
fn percent_digits(keys: &mut Keys, scope: &Scope) -> Result<(), Stop> {
    match keys.take("percent_digits").filter(|_| scope.percents) {
        None => Ok(()),
        Some(digits) => Err(Stop::Unsupported(format!("policy.percent_digits: {digits}"))),
    }
}

/// Lots that end on the same day: the engine takes the older one, then the earlier id, which is the order of issue.
fn lot_tie_break(keys: &mut Keys, scope: &Scope) -> Result<(), Stop> {
    let names = keys.names("lot_tie_break")?.unwrap_or_default();
    let own = names.is_empty() || names == ["occurred_at", "id"] || names == ["occurred_at"];
    if own || !scope.spends { Ok(()) } else { Err(Stop::unsupported("policy.lot_tie_break")) }
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
