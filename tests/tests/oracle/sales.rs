//! Generated programs and orders: what each order earns is what the oracle says.

use dangol::{Member, Program, Quote};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::accrual::{Book, Price, Sale};
use super::config;
use super::number::{Q, sum};
use super::words::{decimal, lean, perhaps};

const TAGS: [&str; 3] = ["x", "y", "z"];
const TENDERS: [&str; 3] = ["card", "cash", "gift"];
const SPANS: [&str; 6] = ["order", "day", "week", "month", "year", "lifetime"];
const RULES: [&str; 5] = ["a", "b", "cc", "d10", "d9"];

/// Whether every word of a list is in another one.
fn all(words: &Value, other: &Value) -> bool {
    let other = other.as_array().map_or(&[][..], Vec::as_slice);
    words.as_array().is_some_and(|words| words.iter().all(|word| other.contains(word)))
}

fn selector() -> impl Strategy<Value = Value> {
    let tags = || subsequence(TAGS.to_vec(), 1..=2).prop_map(Value::from);
    (perhaps(tags()), tags(), any::<bool>()).prop_map(|(tags, other, except)| {
        match (tags.is_null(), except) {
            (true, true) => json!({ "except": { "tags": other } }),
            (true, false) => json!({ "tags": other }),
            // What leaves out everything that it selects makes no sense.
            (false, _) if all(&tags, &other) => json!({ "tags": tags }),
            (false, _) => json!({ "tags": tags, "except": { "tags": other } }),
        }
    })
}

fn base(whole: bool) -> impl Strategy<Value = Value> {
    let discounts = select(vec!["after", "before", "undiscounted_lines", "undiscounted_orders"]);
    let points = select(vec!["excluded", "included", "no_accrual"]);
    let counting = || select(vec!["included", "excluded"]);
    (discounts, points, counting(), counting(), counting()).prop_map(move |(discounts, points, tax, shipping, fees)| {
        let charge = |word| if whole { word } else { "excluded" };
        json!({
            "discounts": discounts, "points_paid": points, "tax": tax, "shipping": charge(shipping), "fees": charge(fees),
        })
    })
}

fn limits(rule: bool) -> impl Strategy<Value = Value> {
    let limit = (select(SPANS.to_vec()), 1..400_i64, 1..4_u32, 0..3_u32);
    let limit = limit.prop_map(move |(per, points, times, which)| {
        let often = rule && per != "order" && which != 0;
        lean(json!({
            "per": per, "points": if often && which == 1 { Value::Null } else { json!(points) },
            "times": if often { json!(times) } else { Value::Null },
        }))
    });
    prop_oneof![2 => Just(json!([])), 1 => proptest::collection::vec(limit, 1..3).prop_map(Value::from)]
}

fn award(digits: u8) -> impl Strategy<Value = Value> {
    let money = move |most: i64| (1..most).prop_map(move |units| decimal(units, digits));
    prop_oneof![
        3 => (1..30_000_i64).prop_map(|rate| json!({ "percent": decimal(rate, 3) })),
        2 => (1..3_000_i64, money(4_000), select(vec!["whole", "started", "proportional"])).prop_map(
            |(points, amount, steps)| json!({ "per_amount": { "points": decimal(points, 2), "amount": amount, "steps": steps } })
        ),
        2 => (1..9_000_i64, 1..9_000_i64, 0..3_000_i64, 0..3_000_i64, any::<bool>()).prop_map(move |(first, more, low, high, open)| {
            let end = if open { Value::Null } else { json!(decimal(first + more + 500, digits)) };
            json!({ "bands": [
                { "up_to": decimal(first, digits), "percent": decimal(low, 2) },
                { "up_to": decimal(first + more, digits), "percent": decimal(high, 2) },
                lean(json!({ "up_to": end, "percent": "1.25" })),
            ] })
        }),
        1 => (1..5_u32).prop_map(|points| json!({ "per_unit": points })),
        1 => (1..90_u32).prop_map(|points| json!({ "fixed": points })),
        1 => (2..40_u32).prop_map(|to| json!({ "round_up": to })),
    ]
}

fn rule(digits: u8) -> impl Strategy<Value = Value> {
    let tenders = perhaps(subsequence(TENDERS.to_vec(), 1..=2).prop_map(Value::from));
    let words =
        (award(digits), perhaps(selector()), tenders, select(SPANS.to_vec()), perhaps(Just(json!("g"))));
    let more =
        (limits(true), perhaps(Just(json!("launch"))), any::<bool>(), base(true), base(false), 0..3_u32);
    (words, more).prop_map(
        |((award, lines, tenders, over, group), (limits, budget, stamps, whole, some, own))| {
            let money = ["percent", "per_amount", "bands"].iter().any(|word| award.get(word).is_some());
            let base = match own {
                0 if lines.is_null() => whole,
                0 => some,
                _ => Value::Null,
            };
            let of_money = |value: Value| if money { value } else { Value::Null };
            lean(json!({
                "award": award, "lines": lines, "base": base, "limits": limits,
                "budget": if stamps { Value::Null } else { budget },
                "tenders": of_money(tenders), "over": of_money(if own == 1 { json!(over) } else { Value::Null }),
                "wallet": if stamps { json!("stamps") } else { Value::Null },
                "group": if stamps { Value::Null } else { group },
            }))
        },
    )
}

fn wallet(id: &'static str, most: u8) -> impl Strategy<Value = Value> {
    let mode = select(vec!["down", "up", "half_up", "half_even", "half_down", "half_odd"]);
    let rounding = (mode, select(vec!["line", "rule"]), perhaps(select(vec![json!("10"), json!("3")])));
    let rounding =
        rounding.prop_map(|(mode, at, unit)| lean(json!({ "mode": mode, "at": at, "unit": unit })));
    let combine = select(vec!["highest", "sum", "product"]);
    (0..=most, rounding, combine, perhaps(base(true)), limits(false)).prop_map(
        move |(digits, rounding, combine, base, limits)| {
            let tender = if id == "points" { json!({ "value": "1", "step": "1", "excess": "reduce" }) } else { Value::Null };
            lean(json!({
                "id": id, "digits": digits, "rounding": rounding, "multipliers": combine, "base": base, "limits": limits,
                "tender": tender,
            }))
        },
    )
}

fn offers(digits: u8) -> impl Strategy<Value = Vec<Value>> {
    let benefit = prop_oneof![
        (1..=10_000_i64).prop_map(|rate| json!({ "percent_off": decimal(rate, 2) })),
        (1..3_000_i64).prop_map(move |amount| json!({ "amount_off": decimal(amount, digits) })),
    ];
    proptest::collection::vec((benefit, perhaps(selector())), 0..2).prop_map(|offers| {
        let offers = offers.into_iter().zip(["o1", "o2"]);
        offers
            .map(|((benefit, lines), id)| {
                lean(json!({ "id": id, "benefit": benefit, "lines": touching(lines) }))
            })
            .collect()
    })
}

/// The lines of an offer, or all where these leave out everything that they select.
fn touching(lines: Value) -> Value {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let (named, left_out) = (list(&lines["tags"]), list(&lines["except"]["tags"]));
    let nothing = !named.is_empty() && named.iter().all(|tag| left_out.contains(tag));
    if nothing { Value::Null } else { lines }
}

/// A program, and beside its own fields `x_digits`, the digits of its currency.
pub(crate) fn program() -> impl Strategy<Value = Value> {
    select(vec![("KRW", 0_u8), ("USD", 2)]).prop_flat_map(|(currency, digits)| {
        let multiplier =
            (0..4_000_i64, perhaps(selector()), any::<bool>(), perhaps((0..5_usize).prop_map(Value::from)));
        let rules =
            (proptest::collection::vec(rule(digits), 1..6), proptest::collection::vec(multiplier, 0..4));
        let rest = vec!["largest_fractions", "first_lines", "last_line", "dearest_first", "cumulative"];
        let split = (select(vec!["down", "half_up", "half_down"]), select(rest))
            .prop_map(|(shares, rest)| json!({ "shares": shares, "rest": rest }));
        let wallets = (wallet("points", 2), wallet("stamps", 1));
        (rules, wallets, offers(digits), split, 1..900_i64).prop_map(
            move |((rules, multipliers), wallets, offers, split, budget)| {
                let mut rules: Vec<Value> = rules;
                rules.iter_mut().zip(RULES).for_each(|(rule, id)| rule["id"] = json!(id));
                let multipliers = multipliers.into_iter().zip(["x1", "x2", "x3"]);
                let multipliers = multipliers.map(|((factor, lines, stamps, only), id)| {
                    let fits = |rule: &&Value| {
                        let grows =
                            rule["award"].get("fixed").is_none() && rule["award"].get("round_up").is_none();
                        let span = rule["over"].as_str().unwrap_or("order");
                        grows && span == "order" && (rule["wallet"] == "stamps") == stamps
                    };
                    let named =
                        only.as_u64().and_then(|only| rules.get(usize::try_from(only).unwrap())).filter(fits);
                    lean(json!({
                        "id": id, "factor": decimal(factor, 3), "lines": lines,
                        "wallet": if stamps { json!("stamps") } else { Value::Null },
                        "accruals": named.map(|rule| json!([rule["id"]])),
                    }))
                });
                json!({
                    "format": 1, "id": "o", "version": "1", "currency": currency, "x_digits": digits,
                    "discounts": { "split": split }, "wallets": [wallets.0, wallets.1], "offers": offers,
                    "multipliers": multipliers.collect::<Vec<_>>(), "accruals": rules,
                    "budgets": [{ "id": "launch", "points": budget }],
                })
            },
        )
    })
}

/// A basket, and how many hours after the one before it is bought.
pub(crate) fn sale(digits: u8) -> impl Strategy<Value = (Value, i64)> {
    let money = move |most: i64| (0..most).prop_map(move |units| decimal(units, digits));
    let quantity = prop_oneof![3 => (1..6_i64).prop_map(|n| n.to_string()), 1 => (1..3_000_i64).prop_map(|n| decimal(n, 3))];
    let tags = subsequence(TAGS.to_vec(), 0..=2);
    let line = (0..9_000_i64, 0..=100_i64, quantity, tags, prop::bool::weighted(0.9));
    let line = line.prop_map(move |(gross, share, quantity, tags, earns)| {
        json!({
            "sku": "s", "gross": decimal(gross, digits), "tax": decimal(gross * share / 100, digits),
            "quantity": quantity, "tags": tags, "earns": earns,
        })
    });
    let tenders = subsequence(TENDERS.to_vec(), 0..=3);
    let tenders = (tenders, 1..9_000_i64, 1..9_000_i64).prop_map(move |(names, one, two)| {
        let money = names
            .iter()
            .zip([one, two, 7])
            .map(|(name, money)| ((*name).to_owned(), json!(decimal(money, digits))));
        Value::Object(money.collect())
    });
    let used = prop_oneof![Just(0_i64), 1..60_i64];
    let hours = prop_oneof![Just(1_i64), 1..30_i64, 1..900_i64];
    let lines = proptest::collection::vec(line, 1..5);
    (lines, tenders, (money(900), money(400)), used, 0..300_i64, hours).prop_map(
        |(lines, tenders, (shipping, fees), used, budget, hours)| {
            let basket = json!({
                "lines": lines, "tenders": tenders, "shipping": shipping, "fees": fees, "points": { "points": used },
                "budgets": { "launch": budget },
            });
            (basket, hours)
        },
    )
}

pub(crate) fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error} in {value}"))
}

/// The order as the oracle sees it: prices are those of the quote, since it is about points only.
pub(crate) fn seen(basket: &Value, quote: &Quote, member: &Member) -> Sale {
    let money = |money: dangol::Money| Q::of(&json!(money));
    let price = |line: &dangol::QuotedLine| Price {
        gross: money(line.gross),
        net: money(line.net),
        paid: money(line.paid_with_points),
    };
    let spent = sum(quote.tenders.iter().map(|tender| Q::of(&json!(tender.points))));
    let there = |wallet: &str| Q::of(&json!(member.account(wallet).map(dangol::Account::outstanding)));
    let prices = quote.lines.iter().map(price).collect();
    Sale {
        basket: basket.clone(),
        prices,
        day: quote.on.0,
        balance: [there("points").minus(spent), there("stamps")],
    }
}

/// Some programs, each with orders at it.
pub(super) fn with_sales(
    programs: impl Strategy<Value = Value>,
    count: std::ops::Range<usize>,
) -> impl Strategy<Value = (Value, Vec<(Value, i64)>)> {
    programs.prop_flat_map(move |program| {
        let digits = if program["currency"] == "KRW" { 0 } else { 2 };
        (Just(program), proptest::collection::vec(sale(digits), count.clone()))
    })
}

/// The core's program, and a member who has 60 points already.
pub(super) fn counter(program: &Value) -> (Program, Member) {
    let mut file = program.clone();
    file.as_object_mut().unwrap().remove("x_digits");
    let core = Program::from_json(&file.to_string()).unwrap_or_else(|error| panic!("{error}"));
    let lot = json!({ "id": "old/1", "points": "60", "earned_at": "2025-12-01T00:00:00Z" });
    (core, read(&json!({ "id": "m1", "wallets": { "points": { "lots": [lot] } } })))
}

proptest! {
    #![proptest_config(config(192))]

    /// Order after order every rule grants what the oracle says, and no other rule grants anything.
    #[test]
    fn every_order_earns_what_the_oracle_says(
        (program, sales) in with_sales(program(), 1..6),
    ) {
        let (core, mut member) = counter(&program);
        let (mut book, mut minutes) = (Book::default(), 0);
        for (number, (basket, hours)) in sales.iter().enumerate() {
            minutes += hours * 60;
            let now = read(&json!(super::calendar::written(minutes)));
            let quote = core.quote(&member, &read(basket), now).unwrap_or_else(|error| panic!("{error}"));
            let expected = book.sell(&program, &seen(basket, &quote, &member));
            let found = quote.accruals.iter().map(|accrual| (accrual.rule.to_string(), Q::of(&json!(accrual.points))));
            prop_assert_eq!(found.collect::<Vec<_>>(), expected, "order {}: {:#?}", number, quote.refused);
            let events = quote.place(read(&json!(format!("op{number}")))).events;
            member.apply_all(&events).unwrap_or_else(|error| panic!("{error}"));
        }
    }
}
