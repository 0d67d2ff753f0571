//! Accrual: sums over a month, shares of tenders, multipliers, limits.

use dangol::{Member, Points, Program, Quote};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::config;
use super::shop::decimal;
use super::visit::{at, quoted, read};

/// A program with a wallet of two digits and that rule; other fields as given.
fn program(rule: &Value, more: &Value) -> Program {
    let mut file = json!({
        "format": 1, "id": "s", "version": "1", "currency": "USD",
        "wallets": [{ "id": "points", "digits": 2 }], "accruals": [rule],
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        file[name] = value.clone();
    }
    Program::from_json(&file.to_string()).unwrap_or_else(|error| panic!("{error}"))
}

fn priced(prices: &[i64]) -> Value {
    json!(prices.iter().map(|price| json!({ "sku": "s", "price": decimal(*price, 2) })).collect::<Vec<_>>())
}

/// What a member earns by these orders, one an hour.
fn played(program: &Program, orders: &[i64]) -> (Points, Vec<Quote>) {
    let mut member: Member = read(&json!({ "id": "m1" }));
    let (mut earned, mut quotes) = (Points::ZERO, Vec::new());
    for (number, price) in orders.iter().enumerate() {
        let hours = i64::try_from(number).unwrap_or(0);
        let quote = program.quote(&member, &read(&json!({ "lines": priced(&[*price]) })), at(hours));
        let quote = quote.unwrap_or_else(|error| panic!("{error}"));
        let events = quote.place(read(&json!(format!("o{number}")))).events;
        member.apply_all(&events).unwrap_or_else(|error| panic!("{error}"));
        earned = Points::sum(quote.accruals.iter().map(|accrual| accrual.points).chain([earned]))
            .unwrap_or_else(|error| panic!("{error}"));
        quotes.push(quote);
    }
    (earned, quotes)
}

fn award() -> impl Strategy<Value = Value> {
    prop_oneof![
        (1..2_000_i64).prop_map(|rate| json!({ "percent": decimal(rate, 2) })),
        (1..500_i64, 1..5_000_i64, select(vec!["whole", "proportional"])).prop_map(|(points, amount, steps)| {
            json!({ "per_amount": { "points": decimal(points, 2), "amount": decimal(amount, 2), "steps": steps } })
        }),
        (1..5_000_i64, 1..5_000_i64, 0..2_000_i64, 0..2_000_i64).prop_map(|(first, more, low, high)| {
            json!({ "bands": [
                { "up_to": decimal(first, 2), "percent": decimal(low, 2) },
                { "up_to": decimal(first + more, 2), "percent": decimal(high, 2) },
                { "percent": "1" },
            ] })
        }),
    ]
}

proptest! {
    #![proptest_config(config(192))]

    /// However a month's spend is split into orders, it earns what it would at once.
    #[test]
    fn any_split_of_a_months_spend_earns_the_same(
        award in award(),
        orders in proptest::collection::vec(0..20_000_i64, 1..8),
        mode in select(vec!["down", "up", "half_up", "half_even", "half_down", "half_odd"]),
    ) {
        let wallets = json!({ "wallets": [{ "id": "points", "digits": 2, "rounding": { "mode": mode } }] });
        let program = program(&json!({ "id": "base", "award": award, "over": "month" }), &wallets);
        let (whole, _) = played(&program, &[orders.iter().sum()]);
        let (split, quotes) = played(&program, &orders);
        // The sum is rounded each time, and what was rounded up stays granted.
        prop_assert_eq!(split, whole);
        for quote in &quotes {
            prop_assert!(quote.accruals.iter().all(|accrual| accrual.points > Points::ZERO));
        }
    }

    /// The shares of all tenders make the whole.
    #[test]
    fn the_shares_of_tenders_make_the_whole(
        prices in proptest::collection::vec(0..20_000_i64, 1..6),
        tenders in proptest::collection::vec(1..20_000_i64, 1..5),
    ) {
        let names = ["a", "b", "c", "d"];
        let rule = |name: &str| json!({ "id": name, "award": { "percent": "100" }, "tenders": [name] });
        let rules: Vec<Value> = names.iter().take(tenders.len()).map(|name| rule(name)).collect();
        let program = program(&Value::Null, &json!({ "accruals": rules }));
        let paid: serde_json::Map<String, Value> =
            names.iter().zip(&tenders).map(|(name, paid)| ((*name).to_owned(), json!(decimal(*paid, 2)))).collect();
        let quote = quoted(&program, &json!({ "id": "m1" }), &json!({ "lines": priced(&prices), "tenders": paid }), 0);
        let sum = Points::sum(quote.accruals.iter().map(|accrual| accrual.points)).unwrap();
        prop_assert_eq!(sum.0, quote.gross.0);
    }

    /// Multipliers never make points negative, a factor of one changes nothing, and one above it never takes any.
    #[test]
    fn multipliers_add_and_never_go_below_nothing(
        award in award(),
        prices in proptest::collection::vec(0..20_000_i64, 1..6),
        factors in proptest::collection::vec((0..4_000_i64, any::<bool>()), 1..4),
        combine in select(vec!["highest", "sum", "product"]),
        place in select(vec!["line", "rule"]),
    ) {
        let lines: Vec<Value> = prices.iter().enumerate().map(|(number, price)| {
            let tag = if number.is_multiple_of(2) { "even" } else { "odd" };
            json!({ "sku": "s", "price": decimal(*price, 2), "tags": [tag] })
        }).collect();
        let earned = |factors: &[(i64, bool)]| {
            let multipliers: Vec<Value> = ["x", "y", "z"].iter().zip(factors).map(|(id, (factor, all))| {
                let lines = if *all { json!({ "tags": ["even", "odd"] }) } else { json!({ "tags": ["even"] }) };
                json!({ "id": id, "factor": decimal(*factor, 3), "lines": lines })
            }).collect();
            let wallet = json!({ "id": "points", "digits": 2, "multipliers": combine, "rounding": { "at": place } });
            let program = program(
                &json!({ "id": "base", "award": award }),
                &json!({ "wallets": [wallet], "multipliers": multipliers }),
            );
            let quote = quoted(&program, &json!({ "id": "m1" }), &json!({ "lines": lines }), 0);
            quote.earned.values().next().copied().unwrap_or(Points::ZERO)
        };
        let (plain, multiplied) = (earned(&[]), earned(&factors));
        prop_assert!(multiplied >= Points::ZERO);
        prop_assert_eq!(plain, earned(&[(1_000, true)]));
        if factors.iter().all(|(factor, _)| *factor >= 1_000) {
            prop_assert!(multiplied >= plain, "{multiplied} < {plain}");
        }
    }

    /// Never more than the limit in its span, and exactly as much where there is more.
    #[test]
    fn a_limit_is_filled_and_never_passed(
        orders in proptest::collection::vec(0..20_000_i64, 1..8),
        limit in 1..20_000_i64,
        of_wallet in any::<bool>(),
    ) {
        let limits = json!([{ "per": "month", "points": decimal(limit, 2) }]);
        let mut rule = json!({ "id": "base", "award": { "percent": "50" } });
        let mut wallet = json!({ "id": "points", "digits": 2 });
        if of_wallet { wallet["limits"] = limits } else { rule["limits"] = limits }
        let (earned, _) = played(&program(&rule, &json!({ "wallets": [wallet] })), &orders);
        let unlimited: i64 = orders.iter().map(|price| price / 2).sum();
        prop_assert_eq!(earned.units(), unlimited.min(limit));
    }
}
