//! Programs whose points are kept, lost, given away and earned on every occasion.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use super::shop::{Shop, decimal, lean, money, perhaps, shop};
use super::words::{expiry, selector};

/// The signal that points wait for, the event that rules are about, and the budget.
pub(crate) const SIGNAL: &str = "delivered";
pub(crate) const EVENT: &str = "review";
pub(crate) const BUDGET: &str = "launch";
pub(crate) const REWARDS: [&str; 2] = ["mug", "swap"];

const SPANS: [&str; 5] = ["day", "week", "month", "year", "lifetime"];

/// A shop of the whole vocabulary, with everything that can happen to points outside of orders.
pub(crate) fn keeping() -> impl Strategy<Value = Shop> {
    shop().prop_flat_map(|shop| {
        let digits = shop.digits;
        let wallets = (wallet(), wallet(), earning(digits), earning(digits));
        let rules = (occasions(digits), orders(digits), multipliers(), perhaps(expiry()));
        (Just(shop), wallets, rules).prop_map(
            |(mut shop, (points, stamps, rules, stamp_rules), (occasions, orders, multipliers, gift))| {
                let own = shop.file["wallets"][0]["digits"].as_u64().unwrap_or(0);
                for (number, words) in [(0, points), (0, rules), (1, stamps), (1, stamp_rules)] {
                    for (word, value) in words.as_object().into_iter().flatten() {
                        shop.file["wallets"][number][word] = value.clone();
                    }
                }
                shop.section("accruals").extend(orders);
                shop.section("accruals").extend(occasions);
                // An award by hand or by the unit may have no more digits than its wallet: here it has none.
                debug_assert!(own <= 2);
                shop.file["multipliers"] = json!(multipliers);
                shop.section("budgets").push(json!({ "id": BUDGET, "points": "900" }));
                let gives = lean(json!({ "wallet": "points", "points": "40", "expiry": gift }));
                shop.file["rewards"] = json!([
                    { "id": REWARDS[0], "cost": { "points": "30" }, "at_most": 3 },
                    { "id": REWARDS[1], "cost": { "wallet": "stamps", "points": "3" }, "gives": gives },
                ]);
                shop
            },
        )
    })
}

fn period() -> impl Strategy<Value = Value> {
    select(vec![json!("1 day"), json!("10 days"), json!("1 month"), json!("3 months"), json!("1 year")])
}

/// How a wallet keeps and loses points.
fn wallet() -> impl Strategy<Value = Value> {
    let again = (period(), period()).prop_map(|(within, good)| json!({ "within": within, "good_for": good }));
    let gift = (select(vec!["keep", "renew"]), perhaps((1..30_i64).prop_map(|least| json!(least))));
    let gift = gift.prop_map(|(expiry, minimum)| lean(json!({ "expiry": expiry, "minimum": minimum })));
    let dates = (perhaps(period()), perhaps(extension()), perhaps(decay()), perhaps(again));
    let more = (gift, perhaps(vesting()), select(vec!["earning", "vesting"]), perhaps(Just(json!("own"))));
    (dates, more).prop_map(|((grace, extension, decay, again), (gift, vesting, from, issuer))| {
        lean(json!({
            "grace": grace, "extension": extension, "decay": decay, "reinstatement": again, "transfer": gift,
            "vesting": vesting, "expiry_from": from, "issuer": issuer,
        }))
    })
}

/// Activity gives points a later last day.
pub(crate) fn extension() -> impl Strategy<Value = Value> {
    let ways = subsequence(vec!["accrual", "redemption", "order"], 1..=3);
    (expiry(), perhaps(period()), ways)
        .prop_map(|(expiry, most, on)| lean(json!({ "expiry": expiry, "at_most": most, "on": on })))
}

/// Without activity points are lost.
pub(crate) fn decay() -> impl Strategy<Value = Value> {
    let decay = (period(), period(), 1..=10_000_i64, perhaps((1..40_i64).prop_map(|least| json!(least))));
    decay.prop_map(|(after, every, rate, least)| {
        lean(json!({ "after": after, "every": every, "percent": decimal(rate, 2), "at_least": least }))
    })
}

/// What all rules of a wallet keep to.
fn earning(digits: u8) -> impl Strategy<Value = Value> {
    let combine = select(vec!["highest", "sum", "product"]);
    (limits(), combine, perhaps(base()), Just(digits)).prop_map(|(limits, combine, base, _)| {
        lean(json!({ "limits": limits, "multipliers": combine, "base": base }))
    })
}

pub(crate) fn vesting() -> impl Strategy<Value = Value> {
    prop_oneof![
        period().prop_map(|after| json!({ "after": after })),
        Just(json!({ "signal": SIGNAL })),
        period().prop_map(|after| json!({ "after": after, "signal": SIGNAL })),
    ]
}

pub(crate) fn limits() -> impl Strategy<Value = Value> {
    let limit = (select(SPANS.to_vec()), 20..900_i64);
    let limit = limit.prop_map(|(per, points)| json!({ "per": per, "points": points }));
    proptest::collection::vec(limit, 0..2).prop_map(Value::from)
}

pub(crate) fn base() -> impl Strategy<Value = Value> {
    let discounts = select(vec!["after", "before", "undiscounted_lines", "undiscounted_orders"]);
    let counting = || select(vec!["included", "excluded"]);
    let points = select(vec!["excluded", "included", "no_accrual"]);
    (discounts, points, counting(), counting(), counting()).prop_map(|(discounts, points, tax, shipping, fees)| {
        json!({ "discounts": discounts, "points_paid": points, "tax": tax, "shipping": shipping, "fees": fees })
    })
}

pub(crate) fn bands(digits: u8) -> impl Strategy<Value = Value> {
    (1..9_000_i64, 1..9_000_i64, 0..3_000_i64, 0..3_000_i64).prop_map(move |(first, more, low, high)| {
        json!({ "bands": [
            { "up_to": decimal(first, digits), "percent": decimal(low, 2) },
            { "up_to": decimal(first + more, digits), "percent": decimal(high, 2) },
            { "percent": "1.25" },
        ] })
    })
}

/// Rules on orders with every word that looks beyond the order.
fn orders(digits: u8) -> impl Strategy<Value = Vec<Value>> {
    let award = prop_oneof![
        bands(digits),
        (1..3_000_i64).prop_map(|rate| json!({ "percent": decimal(rate, 2) })),
        (1..50_u32, money(3_000, digits))
            .prop_map(|(points, amount)| { json!({ "per_amount": { "points": points, "amount": amount } }) }),
    ];
    let over = select([&SPANS[..], &["order"]].concat());
    let rule = (award, over, limits(), perhaps(base()));
    let more =
        (perhaps(vesting()), perhaps(Just(json!(BUDGET))), perhaps(Just(json!(["card"]))), perhaps(expiry()));
    let round = (2..40_u32).prop_map(|to| json!({ "id": "round", "award": { "round_up": to } }));
    (proptest::collection::vec((rule, more), 0..3), perhaps(round)).prop_map(|(rules, round)| {
        let named = ["o1", "o2"].iter().zip(rules);
        let rules = named.map(|(id, ((award, over, limits, base), (vesting, budget, tenders, expiry)))| {
            lean(json!({
                "id": id, "award": award, "over": over, "limits": limits, "base": base, "vesting": vesting,
                "budget": budget, "tenders": tenders, "expiry": expiry,
            }))
        });
        rules.chain(Some(round).filter(|round| !round.is_null())).collect()
    })
}

pub(crate) fn multipliers() -> impl Strategy<Value = Vec<Value>> {
    let one = (0..5_000_i64, perhaps(selector()));
    proptest::collection::vec(one, 0..3).prop_map(|all| {
        let named = ["x1", "x2"].iter().zip(all);
        let lean = named.map(|(id, (factor, lines))| {
            lean(json!({ "id": id, "factor": decimal(factor, 3), "lines": lines }))
        });
        lean.collect()
    })
}

/// Rules on everything that is no order.
fn occasions(digits: u8) -> impl Strategy<Value = Vec<Value>> {
    let award = || {
        prop_oneof![
            (1..80_u32).prop_map(|points| json!({ "fixed": points })),
            (2..60_u32).prop_map(|to| json!({ "round_up": to })),
        ]
    };
    let when = || {
        perhaps((0..300_u32).prop_map(|most| json!({ "balance": { "wallet": "points", "at_most": most } })))
    };
    let event = prop_oneof![
        award(),
        bands(digits),
        (1..5_u32).prop_map(|points| json!({ "per_unit": points })),
        (1..3_000_i64).prop_map(|rate| json!({ "percent": decimal(rate, 2) })),
    ];
    let ons = vec![
        json!("enrolment"),
        json!("birthday"),
        json!("anniversary"),
        json!("referrer"),
        json!("referred"),
    ];
    let dates = || (perhaps(expiry()), perhaps(vesting()), limits());
    let rule = (award(), when(), dates(), perhaps((0..=60_u8).prop_map(|days| json!(days))));
    let rules = (subsequence(ons, 2..=5), proptest::collection::vec(rule, 5));
    (rules, (event, dates())).prop_map(|((ons, rules), (award, (expiry, vesting, limits)))| {
        let named = ["e1", "e2", "e3", "e4", "e5"].iter().zip(ons).zip(rules);
        let mut rules: Vec<Value> = named
            .map(|((id, on), (award, when, (expiry, vesting, limits), days))| {
                let yearly = on == "birthday" || on == "anniversary";
                let days = if yearly { days } else { Value::Null };
                lean(json!({
                    "id": id, "on": on, "award": award, "when": when, "expiry": expiry, "vesting": vesting,
                    "limits": limits, "days_before": days,
                }))
            })
            .collect();
        rules.push(lean(json!({
            "id": "ev", "on": { "event": EVENT }, "award": award, "expiry": expiry, "vesting": vesting, "limits": limits,
        })));
        rules
    })
}
