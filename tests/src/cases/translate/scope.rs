//! What of a case its policy may matter to.

use std::collections::BTreeSet;

use serde_json::Value;

use super::basket::Lines;
use super::{offers, payments, words};
use crate::cases::file::Setup;
use crate::cases::keys::Keys;

/// What of a case its policy may matter to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scope {
    /// How many discounts the priced baskets may get.
    pub(super) offers: usize,
    /// Whether one of them is a percentage.
    pub(super) percents: bool,
    /// How many of them are percentages of the whole order.
    pub(super) order_percents: usize,
    /// How many of them are taken off each unit.
    pub(super) unit_offers: usize,
    /// Whether they are taken off different things: units, lines, the order.
    pub(super) several_scopes: bool,
    /// Whether one of them keeps others away, or those that follow.
    pub(super) exclusive: bool,
    pub(super) stops: bool,
    /// Whether the basket has several lines.
    pub(super) several_lines: bool,
    /// Whether an amount is spread over several lines whose shares are expected, or decide what is earned.
    pub(super) spread: bool,
    /// Whether a basket is priced.
    pub(super) prices: bool,
    /// Whether a line has a least price.
    pub(super) least_prices: bool,
    /// Whether delivery costs something.
    pub(super) shipping: bool,
    /// Whether points are used up.
    pub(super) spends: bool,
    /// Whether rules multiply points, and other rules grant fixed ones.
    pub(super) multiplies: bool,
    pub(super) fixed: bool,
}

/// A rule and its effect.
type Rule<'a> = (&'a Value, &'a Value);

/// Reads it off the rules, the steps and the basket.
pub(super) fn read(setup: &Setup, words: &[Keys], lines: &Lines, lines_expected: bool) -> Scope {
    let rules: Vec<Rule<'_>> =
        setup.rules.iter().filter_map(|rule| Some((rule, rule.get("effect")?))).collect();
    let prices = words::prices(words);
    let discounts: Vec<Rule<'_>> =
        rules.iter().filter(|rule| prices && kind(rule, &offers::EFFECTS)).copied().collect();
    let percents: Vec<&Rule<'_>> =
        discounts.iter().filter(|rule| says(rule, "type", "percent_off")).collect();
    let scopes: BTreeSet<&str> =
        discounts.iter().filter_map(|rule| rule.1.get("apply_to")?.as_str()).collect();
    let flag =
        |name: &str| discounts.iter().any(|rule| rule.0.get(name).and_then(Value::as_bool) == Some(true));
    let by_line = lines_expected || rules.iter().any(|rule| kind(rule, &["earn_points"]) && picks(rule));
    Scope {
        offers: discounts.len(),
        percents: !percents.is_empty(),
        order_percents: percents
            .iter()
            .filter(|rule| says(rule, "apply_to", "order") && !picks(rule))
            .count(),
        unit_offers: discounts.iter().filter(|rule| says(rule, "apply_to", "each_unit")).count(),
        several_scopes: scopes.len() > 1,
        exclusive: flag("exclusive"),
        stops: flag("stop_further"),
        several_lines: lines.count > 1,
        spread: words::any(words, &["prorate"])
            || by_line && discounts.iter().any(|rule| spreads(setup, rule) && lines.matching(rule) > 1),
        prices: prices && (lines.basket.is_some() || !discounts.is_empty()),
        least_prices: lines.least_prices,
        shipping: lines.shipping,
        spends: words::spends(words) || rules.iter().any(|rule| kind(rule, &payments::EFFECTS)),
        multiplies: rules.iter().any(|rule| says(rule, "mode", "multiply")),
        fixed: rules.iter().any(|rule| says(rule, "mode", "fixed")),
    }
}

fn says(rule: &Rule<'_>, key: &str, start: &str) -> bool {
    rule.1.get(key).and_then(Value::as_str).is_some_and(|word| word.starts_with(start))
}

fn kind(rule: &Rule<'_>, kinds: &[&str]) -> bool {
    rule.1.get("type").and_then(Value::as_str).is_some_and(|kind| kinds.contains(&kind))
}

/// Whether a rule is about certain lines only.
fn picks(rule: &Rule<'_>) -> bool {
    rule.0.get("match").or(rule.1.get("match")).is_some()
}

/// Whether one amount is spread over lines: a percentage is not where each line is rounded by itself.
fn spreads(setup: &Setup, rule: &Rule<'_>) -> bool {
    let wide = says(rule, "apply_to", "order") || says(rule, "apply_to", "matching_lines_total");
    let at = setup.policy.get("rounding").and_then(|rounding| rounding.get("at")).and_then(Value::as_str);
    let by_line = says(rule, "type", "percent_off") && matches!(at, None | Some("line" | "line_per_rule"));
    wide && !by_line
}
