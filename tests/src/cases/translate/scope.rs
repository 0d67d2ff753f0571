//! What of a case its policy may matter to.

use serde_json::Value;

use super::basket::Lines;
use super::{offers, payments, returns, words};
use crate::cases::file::Setup;
use crate::cases::keys::Keys;

/// What of a case its policy may matter to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scope {
    /// How many discounts the priced baskets may get.
    pub(super) offers: usize,
    /// Whether one of them is a percentage.
    pub(super) percents: bool,
    /// Whether one of them keeps others away.
    pub(super) exclusive: bool,
    /// Whether a basket is priced.
    pub(super) prices: bool,
    /// Whether a line has a least price.
    pub(super) least_prices: bool,
    /// Whether points are used up.
    pub(super) spends: bool,
    /// Whether rules multiply points, and other rules grant fixed ones.
    pub(super) multiplies: bool,
    pub(super) fixed: bool,
    /// Whether anything comes back, whether by an amount, and whether points that paid do.
    pub(super) returns: bool,
    pub(super) amounts_back: bool,
    pub(super) rolls_back: bool,
}

/// A rule and its effect.
type Rule<'a> = (&'a Value, &'a Value);

/// Reads it off the rules, the steps and the basket.
pub(super) fn read(setup: &Setup, words: &[Keys], lines: &Lines) -> Scope {
    let rules: Vec<Rule<'_>> =
        setup.rules.iter().filter_map(|rule| Some((rule, rule.get("effect")?))).collect();
    let prices = words::prices(words);
    let discounts: Vec<Rule<'_>> =
        rules.iter().filter(|rule| prices && kind(rule, &offers::EFFECTS)).copied().collect();
    let flag =
        |name: &str| discounts.iter().any(|rule| rule.0.get(name).and_then(Value::as_bool) == Some(true));
    Scope {
        offers: discounts.len(),
        percents: discounts.iter().any(|rule| says(rule, "type", "percent_off")),
        exclusive: flag("exclusive"),
        prices: prices && (lines.basket.is_some() || !discounts.is_empty()),
        least_prices: lines.least_prices,
        spends: words::spends(words) || rules.iter().any(|rule| kind(rule, &payments::EFFECTS)),
        multiplies: rules.iter().any(|rule| says(rule, "mode", "multiply")),
        fixed: rules.iter().any(|rule| says(rule, "mode", "fixed")),
        returns: words::any(words, &returns::RETURNING),
        amounts_back: words::any(words, &["refund_amount"]),
        rolls_back: words::any(words, &["rollback_redemption"]),
    }
}

fn says(rule: &Rule<'_>, key: &str, start: &str) -> bool {
    rule.1.get(key).and_then(Value::as_str).is_some_and(|word| word.starts_with(start))
}

fn kind(rule: &Rule<'_>, kinds: &[&str]) -> bool {
    rule.1.get("type").and_then(Value::as_str).is_some_and(|kind| kinds.contains(&kind))
}
