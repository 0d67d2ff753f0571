//! How finely the program works with money, and how it rounds, spreads and taxes.

use dangol::{Amount, Mode, Rounding};
use serde_json::{Map, Value, json};

use super::offers::Reach;
use super::policy;
use super::{Draft, Stop, rounding};

/// The most digits that the engine's money has after the point.
const FINEST: u8 = 9;
/// The digits of an amount, before and after the point.
const WIDEST: u8 = 15;

/// Which way discounts are rounded, and where.
pub(super) type Way = (&'static str, &'static str);

/// The fields of a program that say it.
pub(super) fn write(draft: &Draft) -> Result<Map<String, Value>, Stop> {
    let mut fields = Map::new();
    let keeps = draft.policy.rounding.keeps_fractions();
    let digits = if keeps { finest(draft) } else { draft.digits };
    if keeps {
        fields.insert("digits".into(), json!(digits));
    }
    if draft.policy.rounding.at.as_deref() == Some("total") {
        let coin = Amount::new(1, draft.digits).map_err(|_| Stop::unsupported("currency.minor_digits"))?;
        fields.insert("due_rounding".into(), json!({ "mode": mode(draft)?, "unit": coin }));
    }
    if draft.lines.price_digits > digits {
        let unit = matches!(draft.policy.rounding.at.as_deref(), Some("unit" | "unit_then_multiply"));
        let at = if unit { "unit" } else { "line" };
        fields.insert("price_digits".into(), json!(draft.lines.price_digits));
        fields.insert("line_rounding".into(), json!({ "mode": mode(draft)?, "at": at }));
    }
    let first = draft.percents.first().map(|reach| way(draft, *reach)).transpose()?;
    let discounts = discounts(draft, first)?;
    if !discounts.is_empty() {
        fields.insert("discounts".into(), Value::Object(discounts));
    }
    if draft.lines.taxed_within || draft.lines.taxed_on_top {
        let form = if draft.with_tax() { "with_tax" } else { "as_priced" };
        let groups = draft.policy.rounding.at.as_deref() == Some("tax_group");
        let at = if groups { "rate" } else { "line" };
        let tax = json!({ "offers_on": form, "rounding": { "mode": mode(draft)? }, "at": at });
        fields.insert("tax".into(), tax);
    }
    Ok(fields)
}

/// As many digits as there is room for beside the amounts of the case.
fn finest(draft: &Draft) -> u8 {
    let whole = Rounding::to_unit(Mode::Up).round(draft.lines.worth.0, 0).unwrap_or(Amount::ZERO);
    let before = u8::try_from(whole.units().to_string().len()).unwrap_or(WIDEST);
    // One digit is left for sums beside what the basket is worth.
    FINEST.min(WIDEST.saturating_sub(before).saturating_sub(1))
}

/// The mode of the policy; half up where it says nothing, and where nothing is rounded before the last digit there is.
fn mode(draft: &Draft) -> Result<&'static str, Stop> {
    match draft.policy.rounding.mode.as_deref() {
        None | Some("none") => Ok("half_up"),
        Some(mode) => rounding::mode(mode),
    }
}

/// How discounts are rounded, where percentages are, and how they are spread.
pub(super) fn discounts(draft: &Draft, way: Option<Way>) -> Result<Map<String, Value>, Stop> {
    let mut discounts = split(draft)?;
    if let Some((mode, at)) = way {
        discounts.insert("rounding".into(), json!({ "mode": mode }));
        discounts.insert("at".into(), json!(at));
    }
    Ok(discounts)
}

/// How a percentage of something is rounded.
pub(super) fn way(draft: &Draft, reach: Reach) -> Result<Way, Stop> {
    let policy::Rounding { at, order_at, carries, .. } = &draft.policy.rounding;
    let wide = reach >= Reach::Order;
    let at = order_at.as_ref().filter(|_| wide).or(at.as_ref());
    let mode = mode(draft)?;
    match at.map(String::as_str) {
        None | Some("line" | "line_per_rule") if *carries => Ok((mode, "running")),
        None | Some("line" | "line_per_rule" | "total") => Ok((mode, "line")),
        Some("order") => Ok((mode, "rule")),
        Some("tax_group") => Ok((mode, "tax_rate")),
        Some("unit" | "unit_then_multiply") if wide => Ok((mode, "rule")),
        // The price that is left of a unit is rounded: what is taken off it goes the other way.
        Some("unit") => Ok((mirrored(mode), "unit")),
        Some("unit_then_multiply") => Ok((mode, "unit")),
        Some(other) => Err(Stop::Unsupported(format!("policy.rounding.at: {other}"))),
    }
}

/// The mode in which a part is rounded where the rest is rounded in this one.
fn mirrored(mode: &'static str) -> &'static str {
    match mode {
        "half_up" => "half_down",
        "half_down" => "half_up",
        "up" => "down",
        "down" => "up",
        other => other,
    }
}

/// How amounts are spread over lines, where that is not the engine's usual way.
fn split(draft: &Draft) -> Result<Map<String, Value>, Stop> {
    let policy::Split { weights, shares, rest } = &draft.policy.split;
    let unknown =
        |word: &str, value: &str| Err(Stop::Unsupported(format!("policy.proration.{word}: {value}")));
    let weights = match weights.as_deref() {
        _ if draft.evenly => "even",
        None | Some("line_amount" | "remaining_amount" | "tax_group_amount") => "left",
        Some("unit_price") => "price",
        Some(other) => return unknown("weights", other),
    };
    let dearest = draft.policy.together.dearest_first;
    let rest = match rest.as_deref() {
        None | Some("largest_fraction" | "none") => "largest_fractions",
        Some("first_lines") => "first_lines",
        Some("last_line") => "last_line",
        Some("one_minor_unit_each_in_item_order") if dearest => "dearest_first",
        Some("one_minor_unit_each_in_item_order") => "first_lines",
        Some(other) => return unknown("remainder", other),
    };
    // A share is rounded like other amounts where nothing else is said and one line takes what that leaves.
    let said = shares.as_deref().or(draft.policy.rounding.mode.as_deref().filter(|_| rest == "last_line"));
    let shares = match said {
        None | Some("down" | "none") => "down",
        Some(half @ ("half_up" | "half_down")) => half,
        Some(other) => return unknown("rounding", other),
    };
    let mut split = Map::new();
    if (weights, shares, rest) != ("left", "down", "largest_fractions") {
        split.insert("split".into(), json!({ "weights": weights, "shares": shares, "rest": rest }));
    }
    Ok(split)
}

impl Draft {
    /// Whether discounts are worked out on prices with all their taxes: they are, unless amounts are spread by what
    /// lines cost as they are priced.
    pub(super) fn with_tax(&self) -> bool {
        matches!(self.policy.split.weights.as_deref(), None | Some("tax_group_amount"))
    }
}
