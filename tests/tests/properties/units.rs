//! Units that are bought, got and bundled, against trying everything.

use dangol::Quote;
use proptest::prelude::*;
use proptest::sample::subsequence;
use serde_json::{Value, json};

use super::config;
use super::visit::quoted;

/// A unit of an article, and its price.
type Unit = (&'static str, i64);

fn units() -> impl Strategy<Value = Vec<Unit>> {
    let unit = (proptest::sample::select(vec!["a", "b", "c"]), 0..30_i64);
    proptest::collection::vec(unit, 1..7)
}

fn skus() -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(vec!["a", "b", "c"], 1..=3)
}

/// What an offer takes off these units, each a line of its own.
fn priced(benefit: &Value, units: &[Unit]) -> Quote {
    let program = json!({
        "format": 1, "id": "s", "version": "1", "currency": "KRW", "offers": [{ "id": "o", "benefit": benefit }],
    });
    let program = dangol::Program::from_json(&program.to_string());
    let program = program.unwrap_or_else(|error| panic!("{error}"));
    let lines: Vec<Value> =
        units.iter().map(|(sku, price)| json!({ "sku": sku, "price": price.to_string() })).collect();
    quoted(&program, &json!({ "id": "m1" }), &json!({ "lines": lines }), 0)
}

/// Every way to give each unit one of so many roles.
fn ways(units: usize, roles: usize) -> impl Iterator<Item = Vec<usize>> {
    (0..roles.pow(u32::try_from(units).unwrap_or(0))).map(move |mut number| {
        let role = |_| {
            let role = number % roles;
            number /= roles;
            role
        };
        (0..units).map(role).collect()
    })
}

proptest! {
    #![proptest_config(config(256))]

    /// A bundle takes off the most that any way to fill bundles takes off, and never makes anything dearer.
    #[test]
    fn bundles_are_the_best_of_all_bundles(
        units in units(),
        price in 0..40_i64,
        parts in proptest::collection::vec((1..3_usize, skus()), 1..4),
    ) {
        let of: Vec<Value> =
            parts.iter().map(|(units, skus)| json!({ "units": units, "lines": { "skus": skus } })).collect();
        let quote = priced(&json!({ "bundle_price": { "price": price.to_string(), "of": of } }), &units);
        let mut best = 0;
        // Free goods are worth nothing to a bundle, and are not in any.
        let paid: Vec<Unit> = units.iter().copied().filter(|(_, price)| *price > 0).collect();
        for way in ways(paid.len(), parts.len() + 1) {
            let times: Vec<Option<usize>> = parts.iter().enumerate().map(|(number, (size, skus))| {
                let mine = || way.iter().zip(&paid).filter(|(role, _)| **role == number);
                let count = mine().count();
                (count % size == 0 && mine().all(|(_, (sku, _))| skus.contains(sku))).then_some(count / size)
            }).collect();
            if let Some(Some(first)) = times.first() && times.iter().all(|times| *times == Some(*first)) {
                let worth: i64 =
                    way.iter().zip(&paid).filter(|(role, _)| **role < parts.len()).map(|(_, (_, price))| *price).sum();
                best = best.max(worth - price * i64::try_from(*first).unwrap_or(0));
            }
        }
        prop_assert_eq!(quote.discount.units(), best);
    }

    /// Of all ways to buy some units and get others for nothing, the one counts that takes the most off.
    #[test]
    fn what_is_got_is_the_best_that_can_be(
        units in units(),
        (bought, buys) in (1..4_usize, skus()),
        (got, gets) in (1..4_usize, skus()),
        (partial, amount) in (any::<bool>(), prop::bool::weighted(0.3)),
        most in proptest::option::of(1..3_usize),
    ) {
        let need = if amount { bought * 10 } else { bought };
        let mut buy = json!({ "lines": { "skus": buys } });
        buy[if amount { "amount" } else { "units" }] = json!(need);
        let offer = json!({ "buy_get": {
            "buy": buy, "get": { "lines": { "skus": gets }, "units": got, "choose": "dearest" },
            "percent_off": "100", "partial": partial, "at_most_times": most,
        } });
        let quote = priced(&offer, &units);
        let paid: Vec<Unit> = units.iter().copied().filter(|(_, price)| *price > 0).collect();
        let mut best = 0;
        for way in ways(paid.len(), 3) {
            let of = |role: usize| way.iter().zip(&paid).filter(move |(mine, _)| **mine == role).map(|(_, unit)| unit);
            let fits = of(1).all(|(sku, _)| buys.contains(sku)) && of(2).all(|(sku, _)| gets.contains(sku));
            let worth = |role: usize| of(role).map(|(_, price)| *price).sum::<i64>();
            let have = if amount { usize::try_from(worth(1)).unwrap_or(0) } else { of(1).count() };
            let times = (have / need).min(most.unwrap_or(usize::MAX));
            let count = of(2).count();
            let full = count % got == 0 || partial;
            if fits && full && count <= times.saturating_mul(got) {
                best = best.max(worth(2));
            }
        }
        if amount {
            // With amounts, units are taken in order where trying everything can leave one out for two others.
            prop_assert!(quote.discount.units() <= best && (best == 0 || quote.discount.units() > 0));
        } else {
            prop_assert_eq!(quote.discount.units(), best);
        }
    }
}
