//! Generated programs and baskets: each offer takes off each line what the oracle says, and no other does.

use dangol::{Member, Program};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use super::config;
use super::walk::Sale;
use super::words::{decimal, lean, perhaps};

const SKUS: [&str; 3] = ["a", "b", "c"];
const IDS: [&str; 5] = ["o1", "o2", "o3", "o10", "x"];

/// An amount of money, mostly a small one: there rounding shows.
fn money(digits: u8) -> BoxedStrategy<Value> {
    prop_oneof![2 => 1..150_i64, 1 => 1..4_000_i64]
        .prop_map(move |units| json!(decimal(units, digits)))
        .boxed()
}

fn rate() -> BoxedStrategy<Value> {
    prop_oneof![
        Just(json!("100")),
        (1..100_i64).prop_map(|rate| json!(rate.to_string())),
        (1..9_999_i64).prop_map(|rate| json!(decimal(rate, 2)))
    ]
    .boxed()
}

fn policy(digits: u8, places: &[&'static str]) -> impl Strategy<Value = Value> + use<> {
    let mode = select(vec!["down", "down", "up", "half_up", "half_even", "half_down", "half_odd"]);
    let unit = perhaps(select(vec![5_i64, 10]).prop_map(move |unit| json!(decimal(unit, digits))));
    let weights = select(vec!["left", "left", "price", "units", "even"]);
    let rest = vec![
        "largest_fractions",
        "largest_fractions",
        "first_lines",
        "last_line",
        "dearest_first",
        "cumulative",
    ];
    let split = (weights, select(vec!["down", "down", "half_up", "half_down"]), select(rest));
    (mode, unit, select(places.to_vec()), split).prop_map(|(mode, unit, at, (weights, shares, rest))| {
        let rounding = lean(json!({ "mode": mode, "unit": unit }));
        json!({ "rounding": rounding, "at": at, "split": { "weights": weights, "shares": shares, "rest": rest } })
    })
}

fn lane(digits: u8) -> impl Strategy<Value = Value> {
    let choose = select(vec!["best", "best", "all", "first", "best_per_line"]);
    let combine = select(vec!["in_sequence", "in_sequence", "on_original", "added"]);
    let policies = (
        perhaps(policy(digits, &["line", "rule", "unit", "running"])),
        perhaps(policy(digits, &["line", "unit"])),
    );
    (choose, 1..4_u32, combine, perhaps(Just(json!("original"))), policies).prop_map(
        |(choose, most, combine, start, (any, by_line))| {
            let together = choose == "all" || (choose == "best" && most > 1);
            lean(json!({
                "choose": choose, "at_most": (choose == "best").then_some(most), "combine": together.then_some(combine),
                "starts_from": start, "discounts": if choose == "best_per_line" { by_line } else { any },
            }))
        },
    )
}

/// What is taken off each unit.
fn reduction(digits: u8) -> impl Strategy<Value = (&'static str, Value)> {
    prop_oneof![
        rate().prop_map(|rate| ("percent_off", rate)),
        money(digits).prop_map(|money| ("amount_off", money)),
        money(digits).prop_map(|money| ("price", money)),
    ]
}

fn tiered(digits: u8) -> impl Strategy<Value = Value> {
    let step = (1..4_i64, 1..200_i64, reduction(digits), rate());
    (any::<bool>(), any::<bool>(), proptest::collection::vec(step, 1..4)).prop_map(move |(units, marginal, steps)| {
        let (marginal, mut from) = (marginal && !units, (0, 0));
        let steps: Vec<Value> = steps.into_iter().map(|(count, amount, (word, value), rate)| {
            from = (from.0 + count, from.1 + amount);
            let start = if units { from.0.to_string() } else { decimal(from.1, digits) };
            let plain = marginal || (word == "price" && !units);
            if plain { json!({ "from": start, "percent_off": rate }) } else { json!({ "from": start, word: value }) }
        }).collect();
        json!({ "tiered": { "by": if units { "units" } else { "amount" }, "marginal": marginal, "steps": steps } })
    })
}

fn benefit(digits: u8) -> impl Strategy<Value = Value> {
    let times = || proptest::option::of(1..3_u32);
    let choose = || select(vec!["cheapest", "dearest", "first"]);
    let got = (1..3_u32, 1..3_u32, choose(), any::<bool>(), times(), reduction(digits));
    prop_oneof![
        3 => rate().prop_map(|rate| json!({ "percent_off": rate })),
        2 => money(digits).prop_map(|amount| json!({ "amount_off": amount })),
        1 => (money(digits), select(vec!["unit", "line"])).prop_map(|(amount, per)| json!({ "amount_off_each": { "amount": amount, "per": per } })),
        1 => (money(digits), select(vec!["unit", "order"])).prop_map(|(price, per)| json!({ "fixed_price": { "price": price, "per": per } })),
        2 => tiered(digits),
        2 => got.prop_map(|(buy, get, choose, partial, times, (word, value))| {
            json!({ "buy_get": lean(json!({ "buy": { "units": buy }, "get": { "units": get, "choose": choose }, "partial": partial, "at_most_times": times, word: value })) })
        }),
        1 => (money(digits), 1..4_u32, times()).prop_map(|(price, units, times)| {
            json!({ "bundle_price": lean(json!({ "price": price, "of": [{ "units": units }], "at_most_times": times })) })
        }),
    ]
}

fn offer(digits: u8) -> impl Strategy<Value = (Value, usize)> {
    let skus = perhaps(subsequence(SKUS.to_vec(), 1..=2).prop_map(|skus| json!({ "skus": skus })));
    let choose = select(vec!["cheapest", "dearest", "first"]);
    let number = || proptest::option::of(1..3_u32);
    let units = (choose, select(vec!["order", "order", "line"]), proptest::option::of(2..4_u32), (number(), number(), number())).prop_map(
        |(choose, per, size, (take, skip, most))| {
            lean(json!({ "choose": choose, "per": per, "of_every": size, "take": size.and(take), "skip": skip, "at_most": most }))
        },
    );
    let on = select(vec!["goods", "goods", "goods", "shipping", "everything"]);
    let beside = (
        perhaps(Just(json!("g"))),
        prop::bool::weighted(0.15),
        0..2_u32,
        perhaps(perhaps(select(vec![json!("line"), json!("lane"), json!("order")]))),
    );
    (benefit(digits), skus, perhaps(units), on, perhaps(money(digits)), beside, 0..9_usize).prop_map(
        |(benefit, lines, units, on, most, (group, exclusive, priority, stops), lane)| {
            let own = benefit.get("buy_get").is_some() || benefit.get("bundle_price").is_some();
            let goods = own || benefit["tiered"]["by"] == "units";
            let on = if goods { "goods" } else { on };
            let units = if own || on != "goods" { Value::Null } else { units };
            let offer = json!({
                "benefit": benefit, "lines": lines, "units": units, "on": on, "at_most": most, "group": group,
                "exclusive": exclusive, "priority": priority, "stops": stops,
            });
            (offer, lane)
        },
    )
}

fn program(digits: u8) -> impl Strategy<Value = Value> {
    let lanes = proptest::collection::vec(lane(digits), 1..4);
    let offers = proptest::collection::vec(offer(digits), 1..6);
    (lanes, offers, policy(digits, &["line", "rule", "unit", "running"])).prop_map(move |(mut lanes, offers, discounts)| {
        lanes.iter_mut().zip(["one", "two", "three"]).for_each(|(lane, id)| lane["id"] = json!(id));
        let offers: Vec<Value> = offers.into_iter().zip(IDS).map(|((mut offer, lane), id)| {
            let lane = &lanes[lane % lanes.len()];
            (offer["id"], offer["lane"]) = (json!(id), lane["id"].clone());
            if lane["choose"] != "best" {
                offer["exclusive"] = Value::Null;
            }
            if lane["choose"] == "best_per_line" {
                for field in ["units", "at_most", "group"] {
                    offer[field] = Value::Null;
                }
                let benefit = &offer["benefit"];
                let each = benefit.get("percent_off").is_some() || benefit.get("amount_off_each").is_some();
                if !each && benefit["fixed_price"]["per"] != "unit" {
                    offer["benefit"] = json!({ "percent_off": "37.5" });
                }
            }
            lean(offer)
        }).collect();
        let currency = if digits == 0 { "KRW" } else { "USD" };
        json!({ "format": 1, "id": "o", "version": "1", "currency": currency, "discounts": discounts, "lanes": lanes, "offers": offers })
    })
}

fn basket(digits: u8) -> impl Strategy<Value = Value> {
    let price = || prop_oneof![2 => 0..150_i64, 1 => 0..5_000_i64];
    let quantity = prop_oneof![4 => (1..5_i64).prop_map(|n| n.to_string()), 1 => (1..3_000_i64).prop_map(|n| decimal(n, 3))];
    let floor = perhaps(perhaps(price().prop_map(move |floor| json!(decimal(floor, digits)))));
    let line = (select(SKUS.to_vec()), price(), quantity, floor, prop::bool::weighted(0.9)).prop_map(
        move |(sku, price, quantity, floor, discountable)| {
            lean(json!({ "sku": sku, "price": decimal(price, digits), "quantity": quantity, "floor": floor, "discountable": discountable }))
        },
    );
    let shipping = prop_oneof![Just(0_i64), 0..300_i64];
    (proptest::collection::vec(line, 1..5), shipping)
        .prop_map(move |(lines, shipping)| json!({ "lines": lines, "shipping": decimal(shipping, digits) }))
}

/// An offer, and what it takes off each line.
type Told = (String, Vec<(usize, i64)>);

/// Each offer that took effect, with what it took off each line by number, delivery last.
fn found(program: &Value, basket: &Value) -> (Vec<Told>, bool) {
    let core =
        Program::from_json(&program.to_string()).unwrap_or_else(|error| panic!("{error} in {program}"));
    let read = |text: &str| serde_json::from_str(text).unwrap();
    let member: Member = serde_json::from_str(r#"{ "id": "m1" }"#).unwrap();
    let basket = serde_json::from_value(basket.clone()).unwrap();
    let quote = core
        .quote(&member, &basket, read("\"2026-03-04T12:00:00Z\""))
        .unwrap_or_else(|error| panic!("{error}"));
    let lines = quote
        .lines
        .iter()
        .map(|line| &line.discounts)
        .chain(quote.deliveries.iter().map(|one| &one.discounts));
    let lines: Vec<_> = lines.enumerate().collect();
    let applied = quote.applied.iter().map(|applied| {
        let own = lines.iter().flat_map(|(number, parts)| parts.iter().map(move |part| (*number, part)));
        let own = own
            .filter(|(_, part)| part.offer == applied.offer)
            .map(|(number, part)| (number, part.amount.units()));
        (applied.offer.to_string(), own.collect())
    });
    (applied.collect(), quote.optimal)
}

proptest! {
    #![proptest_config(config(384))]

    /// The offers that take effect, and what each takes off each line, are what the oracle finds by trying everything.
    #[test]
    fn every_offer_takes_what_the_oracle_says(
        (digits, program, basket) in select(vec![0_u8, 2]).prop_flat_map(|digits| (Just(digits), program(digits), basket(digits))),
    ) {
        let sale = Sale::new(&program, &basket, 10_i64.pow(digits.into()));
        let best = sale.best();
        let expected: Vec<Told> = best.taken.iter().map(|((lane, number), cut)| {
            let id = sale.lanes[*lane].1[*number]["id"].as_str().unwrap().to_owned();
            let mut parts: Vec<(usize, i64)> = cut.iter().map(|(portion, amount)| (portion.line, *amount)).collect();
            parts.sort_unstable();
            (id, parts)
        }).collect();
        let (found, optimal) = found(&program, &basket);
        prop_assert!(optimal);
        prop_assert_eq!(found, expected, "{} with {}", program, basket);
    }
}
