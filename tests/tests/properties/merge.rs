//! Tills that cannot ask anybody: whoever is heard first, and however often, the member ends at the same place.

use std::collections::BTreeMap;

use dangol::{Account, ActionDone, Done, Id, Instant, Member, Merged, Order, Program, RefundDone, Returned};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::config;
use super::standings::{NOTHING, differences};
use super::visit::read;

/// What one till does at a minute.
#[derive(Clone, Debug)]
enum Deed {
    Sale { prices: Vec<i64>, points: u32, coupon: bool },
    Grant(u32),
    Return { sale: usize, line: usize },
}

/// A till's number, the minute, and what it does.
type Step = (usize, u32, Deed);

fn program() -> Program {
    let file = json!({
        "format": 1, "id": "tills", "version": "1", "currency": "KRW",
        "wallets": [{ "id": "points", "tender": { "value": "1", "excess": "reduce" }, "expiry": { "after": "1 day" } }],
        "accruals": [
            { "id": "base", "award": { "percent": "10" }, "limits": [{ "per": "day", "points": "900" }] },
            { "id": "lift", "on": { "tier_reached": "gold" }, "award": { "fixed": "50" } },
        ],
        "offers": [
            { "id": "held", "coupon": {}, "benefit": { "amount_off": "300" } },
            { "id": "first", "limit": { "per_member": 1 }, "benefit": { "percent_off": "10" } },
        ],
        "tiers": { "window": "lifetime", "tiers": [{ "id": "basic" }, { "id": "gold", "enter": { "spend_at_least": "9000" } }] },
    });
    Program::from_json(&file.to_string()).unwrap_or_else(|error| panic!("{error}"))
}

fn member() -> Member {
    read(&json!({ "id": "m1",
        "wallets": { "points": { "lots": [{ "id": "g/1", "earned_at": "2025-12-01T00:00:00Z", "points": "1500" }] } },
        "coupons": [{ "id": "c/held", "offer": "held", "issued_at": "2025-12-01T00:00:00Z" }] }))
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (prop::collection::vec(1..6_000_i64, 1..3), 0..2_000_u32, any::<bool>())
            .prop_map(|(prices, points, coupon)| Deed::Sale { prices, points, coupon }),
        1 => (1..500_u32).prop_map(Deed::Grant),
        2 => (0..4_usize, 0..2_usize).prop_map(|(sale, line)| Deed::Return { sale, line }),
    ]
}

/// Three tills, each at its own minutes, which span three days.
fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((0..3_usize, 0..4_000_u32, deed()), 1..12)
}

fn at(minute: u32) -> Instant {
    let start: Instant = "2026-01-01T00:00:00Z".parse().unwrap_or_else(|error| panic!("{error}"));
    Instant(start.0 + chrono::TimeDelta::minutes(minute.into()))
}

fn id(text: String) -> Id {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

/// One till: what it knows of the member, its orders as they stand and as they were placed, and what it did.
struct Till {
    member: Member,
    orders: BTreeMap<usize, (Order, Order)>,
    done: Vec<Done>,
}

/// What each till does from what it knows.
fn logs(program: &Program, steps: &[Step]) -> Vec<Vec<Done>> {
    let mut steps = steps.to_vec();
    steps.sort_by_key(|(_, minute, _)| *minute);
    let mut tills: Vec<Till> = Vec::new();
    tills.resize_with(3, || Till { member: member(), orders: BTreeMap::new(), done: Vec::new() });
    for (number, (till, minute, deed)) in steps.into_iter().enumerate() {
        let (name, now) = (id(format!("t{till}-{number}")), at(minute));
        let till = &mut tills[till];
        match deed {
            Deed::Sale { prices, points, coupon } => {
                let lines: Vec<Value> =
                    prices.iter().map(|price| json!({ "sku": "x", "price": price.to_string() })).collect();
                let coupons = if coupon { json!({}) } else { json!({ "coupons": "none" }) };
                let mut basket = json!({ "lines": lines, "points": { "points": points.to_string() } });
                if let (Value::Object(basket), Value::Object(more)) = (&mut basket, coupons) {
                    basket.extend(more);
                }
                let quote = program
                    .quote(&till.member, &read(&basket), now)
                    .unwrap_or_else(|error| panic!("{error}"));
                let placed = quote.place(name);
                till.member.apply_all(&placed.events).unwrap_or_else(|error| panic!("{error}"));
                let sale = till.orders.len();
                till.orders.insert(sale, (placed.order.clone(), placed.order.clone()));
                till.done.push(Done::Order(Box::new(placed.order)));
            }
            Deed::Grant(points) => {
                let action = read(&json!({ "grant": { "points": points.to_string(), "reason": "r" } }));
                let acted = program
                    .act(&till.member, &action, now, name.clone())
                    .unwrap_or_else(|error| panic!("{error}"));
                till.member.apply_all(&acted.events).unwrap_or_else(|error| panic!("{error}"));
                till.done.push(Done::Action(Box::new(ActionDone { action, now, operation: name })));
            }
            Deed::Return { sale, line } => {
                let Some((placed, order)) = till.orders.get_mut(&sale) else { continue };
                let lines =
                    [(id((line + 1).to_string()), "1".parse().unwrap_or_else(|error| panic!("{error}")))]
                        .into();
                let returned = Returned::Goods(dangol::GoodsBack { lines, ..Default::default() });
                let Ok(refund) = program.refund(&till.member, order, &returned, now, name.clone()) else {
                    continue;
                };
                till.member.apply_all(&refund.events).unwrap_or_else(|error| panic!("{error}"));
                order.record(&refund).unwrap_or_else(|error| panic!("{error}"));
                let order = placed.clone();
                till.done.push(Done::Refund(Box::new(RefundDone { order, returned, now, operation: name })));
            }
        }
    }
    tills.into_iter().map(|till| till.done).collect()
}

fn merge(program: &Program, done: &[Done]) -> Merged {
    program.merge(&member(), done).unwrap_or_else(|error| panic!("{error}"))
}

/// What was granted and is missing is what is there and what is gone.
fn conserved(account: &Account) {
    let have = account.granted().plus(account.deficit());
    let gone = [account.outstanding(), account.spent(), account.expired(), account.revoked(), account.sent()];
    assert_eq!(have, dangol::Points::sum(gone));
}

proptest! {
    #![proptest_config(config(96))]

    /// In whatever order tills are heard, the result is the same; what is heard twice counts once.
    #[test]
    fn it_does_not_matter_who_is_heard_first(steps in steps(), seed in any::<u64>()) {
        let program = program();
        let done: Vec<Done> = logs(&program, &steps).concat();
        let merged = merge(&program, &done);
        let mut shuffled = done.clone();
        // Any order will do, as long as it is another one each time.
        shuffled.sort_by_cached_key(|done| {
            let text = serde_json::to_string(done).unwrap_or_default();
            text.bytes().fold(seed, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
        });
        prop_assert_eq!(&merge(&program, &shuffled), &merged);
        let twice = merge(&program, &[done.clone(), shuffled].concat());
        prop_assert_eq!(&twice.member, &merged.member);
        prop_assert_eq!(&twice.events, &merged.events);
        let repeated = twice.outcomes.iter().filter(|outcome| outcome.repeated).count();
        prop_assert_eq!(repeated, done.len());
    }

    /// The events lead to the member, points are conserved, and what was sold stands as it was sold.
    #[test]
    fn everything_that_was_sold_counts(steps in steps()) {
        let program = program();
        let done: Vec<Done> = logs(&program, &steps).concat();
        let merged = merge(&program, &done);
        prop_assert!(merged.outcomes.iter().all(|outcome| outcome.error.is_none()), "{:?}", merged.outcomes);
        let mut folded = member();
        folded.apply_all(&merged.events).unwrap_or_else(|error| panic!("{error}"));
        prop_assert_eq!(&folded, &merged.member);
        merged.member.wallets.values().for_each(conserved);
        let back: Vec<&Id> = merged.orders.iter().filter(|order| {
            order.back.lines.len() == order.quote.lines.len()
        }).map(|order| &order.id).collect();
        let sold = done.iter().filter(|done| matches!(done, Done::Order(order) if !back.contains(&&order.id))).count();
        prop_assert_eq!(merged.member.orders, u64::try_from(sold).unwrap_or(u64::MAX));
    }

    /// One till alone ends where it stands.
    #[test]
    fn one_till_alone_is_as_it_was(steps in steps()) {
        let program = program();
        let alone: Vec<Step> = steps.into_iter().map(|(_, minute, deed)| (0, minute, deed)).collect();
        let done = logs(&program, &alone).concat();
        let merged = merge(&program, &done);
        prop_assert!(merged.outcomes.iter().all(|outcome| outcome.overdrawn.is_empty() && outcome.coupons_used_twice.is_empty()));
        let mut till = member();
        for one in &done {
            let events = match one {
                Done::Order(order) => order.quote.place(order.id.clone()).events,
                Done::Action(it) => program.act(&till, &it.action, it.now, it.operation.clone()).map(|acted| acted.events).unwrap_or_default(),
                Done::Refund(it) => {
                    let order = merged_order(&program, &done, &it.operation, &it.order);
                    program.refund(&till, &order, &it.returned, it.now, it.operation.clone()).map(|refund| refund.events).unwrap_or_default()
                }
            };
            till.apply_all(&events).unwrap_or_else(|error| panic!("{error}"));
        }
        prop_assert_eq!(differences(&lasting(&till), &lasting(&merged.member)), NOTHING);
    }
}

/// All that is known of a member, beside which events told of it.
fn lasting(member: &Member) -> Value {
    let mut value = json!(member);
    for field in ["version", "at", "operations"] {
        value[field] = Value::Null;
    }
    value
}

/// The order with the returns before that one.
fn merged_order(program: &Program, done: &[Done], until: &Id, order: &Order) -> Order {
    let before: Vec<Done> = done
        .iter()
        .take_while(|one| !matches!(one, Done::Refund(it) if it.operation == *until))
        .cloned()
        .collect();
    let known = merge(program, &before).orders.into_iter().find(|known| known.id == order.id);
    known.unwrap_or_else(|| order.clone())
}
