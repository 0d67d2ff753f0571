//! Lanes: how offers compete, and how what they take is rounded and spread.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::shop::{NAMES, lean, perhaps, rounding};

/// How amounts are spread over lines.
pub(crate) fn splits() -> impl Strategy<Value = Value> {
    let weights = select(vec!["left", "left", "price", "units", "even"]);
    let rest = ["largest_fractions", "first_lines", "last_line", "dearest_first", "cumulative"];
    (weights, select(vec!["down", "half_up", "half_down"]), select(rest.to_vec()))
        .prop_map(|(weights, shares, rest)| json!({ "weights": weights, "shares": shares, "rest": rest }))
}

/// How discounts are rounded and spread, rounded in one of these places.
pub(crate) fn policy(digits: u8, places: &[&'static str]) -> impl Strategy<Value = Value> + use<> {
    (rounding(digits), select(places.to_vec()), splits())
        .prop_map(|(rounding, at, split)| json!({ "rounding": rounding, "at": at, "split": split }))
}

/// All places where discounts can be rounded.
pub(crate) const PLACES: [&str; 5] = ["line", "rule", "unit", "running", "tax_rate"];

/// By what offers of a lane are ordered.
fn order() -> impl Strategy<Value = Value> {
    let orders = [json!(["id"]), json!(["document"]), json!(["priority_descending", "id"])];
    let more = [json!(["specific", "document"]), json!(["scope", "priority", "id"])];
    perhaps(select([orders.as_slice(), more.as_slice()].concat()))
}

/// A lane that makes sense, without its name.
fn lane(digits: u8) -> impl Strategy<Value = Value> {
    let choose = select(vec!["best", "best", "best", "best_per_line", "all", "first"]);
    let combine = select(vec!["in_sequence", "in_sequence", "on_original", "added"]);
    let seen = select(vec!["original", "original", "left", "running"]);
    let prices = (combine, select(vec!["left", "left", "original"]), prop::bool::weighted(0.3));
    let policies = (perhaps(policy(digits, &PLACES)), perhaps(policy(digits, &["line", "unit"])));
    (choose, 1..4_u32, prices, seen, order(), policies, prop::bool::weighted(0.15)).prop_map(
        |(choose, most, (combine, start, consumed), seen, order, (any, by_line), rival)| {
            let together = choose == "all" || (choose == "best" && most > 1);
            let combine = if together { combine } else { "in_sequence" };
            let consumed = consumed && together && combine == "in_sequence" && start == "left";
            let compares = choose == "best" || choose == "best_per_line";
            lean(json!({
                "choose": choose, "at_most": (choose == "best").then_some(most), "combine": combine, "starts_from": start,
                "units": consumed.then_some("consumed"), "order": order, "rivals": rival.then_some("rival"),
                "conditions_see": if compares && seen == "running" { "left" } else { seen },
                "discounts": if choose == "best_per_line" { by_line } else { any },
            }))
        },
    )
}

/// A few lanes of any kind.
pub(crate) fn lanes(digits: u8) -> impl Strategy<Value = Value> {
    proptest::collection::vec(lane(digits), 1..4).prop_map(|mut lanes| {
        lanes.iter_mut().zip(NAMES.iter().rev()).for_each(|(lane, id)| lane["id"] = json!(id));
        lanes.into()
    })
}

/// One lane of the best kind, as every other program has it.
pub(crate) fn best_lane() -> impl Strategy<Value = Value> {
    (1..4_u32).prop_map(|most| json!([{ "id": "lane", "choose": "best", "at_most": most }]))
}
