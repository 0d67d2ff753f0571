//! What offers take off, give and grant.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::alive::alive;
use super::shop::{decimal, lean, money, perhaps};
use super::words::selector;

/// Any benefit that takes something off.
pub(crate) fn benefit(digits: u8) -> impl Strategy<Value = Value> {
    prop_oneof![
        (1..=10_000_i64).prop_map(|rate| json!({ "percent_off": decimal(rate, 2) })),
        money(10_000, digits).prop_map(|amount| json!({ "amount_off": amount })),
        (money(3_000, digits), prop_oneof![Just("unit"), Just("line")])
            .prop_map(|(amount, per)| json!({ "amount_off_each": { "amount": amount, "per": per } })),
        (money(3_000, digits), prop_oneof![Just("unit"), Just("order")])
            .prop_map(|(price, per)| json!({ "fixed_price": { "price": price, "per": per } })),
        buy_get(digits),
        bundle(digits),
        tiered(digits),
    ]
}

/// What is taken off each unit.
fn reduction(digits: u8) -> impl Strategy<Value = Value> {
    prop_oneof![
        (1..=10_000_i64).prop_map(|rate| json!({ "percent_off": decimal(rate, 2) })),
        money(3_000, digits).prop_map(|amount| json!({ "amount_off": amount })),
        money(3_000, digits).prop_map(|price| json!({ "price": price })),
    ]
}

/// The fields of both.
fn with(mut one: Value, other: &Value) -> Value {
    for (name, value) in other.as_object().into_iter().flatten() {
        one[name] = value.clone();
    }
    one
}

fn buy_get(digits: u8) -> impl Strategy<Value = Value> {
    let choose = || select(vec!["cheapest", "dearest", "first"]);
    let bought = prop_oneof![
        3 => (1..4_u32).prop_map(|units| json!({ "units": units })),
        1 => money(20_000, digits).prop_map(|amount| json!({ "amount": amount })),
    ];
    let sides = (bought, perhaps(selector()), 1..4_u32, perhaps(selector()), choose());
    let limits = (any::<bool>(), proptest::option::of(1..3_u32), proptest::option::of(3..5_u32));
    (sides, reduction(digits), limits).prop_map(|(sides, reduction, (partial, times, units))| {
        let (bought, lines, count, others, choose) = sides;
        let buy = lean(with(json!({ "lines": lines }), &bought));
        let get = lean(json!({ "lines": others, "units": count, "choose": choose }));
        let offer = json!({ "buy": buy, "get": get, "partial": partial, "at_most_times": times, "at_most_units": units });
        json!({ "buy_get": lean(with(offer, &reduction)) })
    })
}

fn bundle(digits: u8) -> impl Strategy<Value = Value> {
    let part = (1..3_u32, perhaps(selector()))
        .prop_map(|(units, lines)| lean(json!({ "units": units, "lines": lines })));
    let parts = proptest::collection::vec(part, 1..4);
    let choose = select(vec!["cheapest", "dearest", "first"]);
    (money(20_000, digits), parts, choose, proptest::option::of(1..3_u32)).prop_map(|(price, of, choose, times)| {
        json!({ "bundle_price": lean(json!({ "price": price, "of": of, "choose": choose, "at_most_times": times })) })
    })
}

fn tiered(digits: u8) -> impl Strategy<Value = Value> {
    let step = (1..4_i64, 1..9_000_i64, 1..=10_000_i64, 1..3_000_i64, 0..3_u8);
    (any::<bool>(), any::<bool>(), proptest::collection::vec(step, 1..4)).prop_map(
        move |(units, marginal, steps)| {
            let mut from = (0, 0);
            let steps: Vec<Value> = steps
                .into_iter()
                .map(|(count, amount, rate, money, word)| {
                    from = (from.0 + count, from.1 + amount);
                    let start = if units { from.0.to_string() } else { decimal(from.1, digits) };
                    match word {
                        1 if !marginal => json!({ "from": start, "amount_off": decimal(money, digits) }),
                        2 if units => json!({ "from": start, "price": decimal(money, digits) }),
                        _ => json!({ "from": start, "percent_off": decimal(rate, 2) }),
                    }
                })
                .collect();
            let by = if units { "units" } else { "amount" };
            json!({ "tiered": { "by": by, "marginal": marginal, "steps": steps } })
        },
    )
}

/// What takes nothing off, for lanes that do not compare; sometimes nothing.
pub(crate) fn extra(digits: u8, award: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Value> {
    let every = prop_oneof![
        Just(Value::Null),
        (1..3_u32).prop_map(|units| json!({ "units": units })),
        money(9_000, digits).prop_map(|amount| json!({ "amount": amount })),
    ];
    let skus = select(vec![vec!["mug"], vec!["mug", "cup"]]);
    let gift = (skus, 1..3_u32, every, perhaps(money(5_000, digits))).prop_map(|(skus, units, every, price)| {
        json!({ "gift": lean(json!({ "skus": skus, "units": units, "for_every": every, "price": price })) })
    });
    let points = award.prop_map(|award| json!({ "bonus_points": { "award": award } }));
    let factor =
        (1..5_000_i64).prop_map(|factor| json!({ "multiply_points": { "factor": decimal(factor, 3) } }));
    perhaps(prop_oneof![gift, points, factor])
}

/// The offer without the fields that its benefit does not go with, and without what keeps it from ever applying.
pub(crate) fn suited(mut offer: Value) -> Value {
    let benefit = offer["benefit"].clone();
    let by_units = benefit["tiered"]["by"] == "units";
    let has = |word: &str| benefit.get(word).is_some();
    let points = has("bonus_points") || has("multiply_points");
    let beside = has("gift") || points;
    let own = beside || has("buy_get") || has("bundle_price");
    if own || (by_units && benefit["tiered"]["marginal"] == true) {
        offer["units"] = Value::Null;
    }
    if own || by_units || offer["on"] == "goods" {
        offer["on"] = Value::Null;
    }
    if !offer["on"].is_null() {
        // Delivery has no units.
        offer["units"] = Value::Null;
    }
    if beside {
        offer["at_most"] = Value::Null;
        offer["budget"] = Value::Null;
    }
    if points {
        // Rules have such names too, and points are not exchanged for points.
        offer["id"] = json!(format!("offer-{}", offer["id"].as_str().unwrap_or_default()));
        offer["cost"] = Value::Null;
    }
    alive(lean(offer))
}
