//! Members, baskets and what happens to them over time.

use std::collections::BTreeMap;

use dangol::{Basket, Event, Instant, Member, Program, Quote};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use super::coupons::{counted, held, shown};
use super::ladder::standing;
use super::shop::{CHANNELS, NAMES, Shop, TENDERS, WORDS, decimal, lean, perhaps, shop};

/// A shop, a member, and what happens.
#[derive(Clone, Debug)]
pub(crate) struct History {
    pub(crate) shop: Shop,
    pub(crate) member: Value,
    pub(crate) steps: Vec<Step>,
}

/// Hours pass, and then an order is placed, or only time has passed.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) hours: i64,
    pub(crate) basket: Option<Value>,
}

/// The instant so many hours after the beginning of 2026.
pub(crate) fn at(hours: i64) -> Instant {
    let start: Instant = "2026-01-01T00:00:00Z".parse().unwrap_or_else(|_| panic!("an instant"));
    Instant(start.0 + chrono::TimeDelta::hours(hours))
}

/// The typed form of what a generator wrote.
pub(crate) fn read<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error} in {value}"))
}

/// One basket of one member in one shop, at some hour.
pub(crate) fn visit() -> impl Strategy<Value = (Shop, Value, Value, i64)> {
    visit_to(shop())
}

/// One basket of one member in one of these shops, at some hour.
pub(crate) fn visit_to(
    shop: impl Strategy<Value = Shop>,
) -> impl Strategy<Value = (Shop, Value, Value, i64)> {
    shop.prop_flat_map(|shop| {
        let (member, basket) = (member(&shop), basket(&shop));
        (Just(shop), member, basket, 0..20_000_i64)
    })
}

/// Up to so many steps of one member in one shop.
pub(crate) fn history(most: usize) -> impl Strategy<Value = History> {
    shop().prop_flat_map(move |shop| {
        let step = (0..2_000_i64, proptest::option::weighted(0.75, basket(&shop)));
        let steps =
            proptest::collection::vec(step.prop_map(|(hours, basket)| Step { hours, basket }), 1..most);
        (Just(shop.clone()), member(&shop), steps).prop_map(|(shop, member, steps)| History {
            shop,
            member,
            steps,
        })
    })
}

/// The day that lies so many days after the first one.
fn on_day(days: i64) -> String {
    (at(0).0.date_naive() + chrono::TimeDelta::days(days)).to_string()
}

/// A member with lots, perhaps a tier and a birthday.
pub(crate) fn member(shop: &Shop) -> impl Strategy<Value = Value> + use<> {
    let money = shop.digits;
    let digits =
        shop.file["wallets"][0]["digits"].as_u64().and_then(|digits| u8::try_from(digits).ok()).unwrap_or(0);
    let lot = (1..2_000_i64, proptest::option::of(0..700_i64), 0..8_000_i64);
    let lots = |most: usize| proptest::collection::vec(lot.clone(), 0..most);
    let spend = proptest::collection::btree_map(0..300_i64, 1..20_000_i64, 0..3);
    let coupons = held(shop);
    (lots(4), lots(3), 0..3_u64, standing(on_day), (any::<bool>(), proptest::option::of(-800..100_i64)), (spend, coupons))
        .prop_map(move |(points, stamps, orders, tiers, (birthday, joined), (spend, coupons))| {
            let day = on_day;
            let lots = |lots: &[(i64, Option<i64>, i64)], digits| -> Vec<Value> {
                let numbered = lots.iter().enumerate();
                let lot = |(number, (units, expires, earned)): (usize, &(i64, Option<i64>, i64))| {
                    let (id, points) = (format!("old/{number}"), decimal(*units, digits));
                    lean(json!({ "id": id, "points": points, "earned_at": at(-earned), "expires_on": expires.map(day) }))
                };
                numbered.map(lot).collect()
            };
            let activity: Vec<Value> = spend
                .iter()
                .rev()
                .map(|(ago, spend)| json!({ "on": day(-1 - ago), "spend": decimal(*spend, money) }))
                .collect();
            lean(json!({
                "id": "m1", "orders": orders, "tiers": tiers, "birthday": birthday.then_some("--02-29"),
                "joined_on": joined.map(day), "activity": activity, "coupons": coupons,
                "wallets": { "points": { "lots": lots(&points, digits) }, "stamps": { "lots": lots(&stamps, 0), "spent": "4" } },
            }))
        })
}

/// A basket with codes of the shop and perhaps one that nobody knows.
pub(crate) fn basket(shop: &Shop) -> impl Strategy<Value = Value> + use<> {
    let digits = shop.digits;
    let mut codes: Vec<Value> = vec![json!("NOBODY"), json!("Friend")];
    codes.extend(
        shop.file["offers"].as_array().into_iter().flatten().filter_map(|offer| offer.get("code").cloned()),
    );
    let points = prop_oneof![
        Just(json!({})),
        Just(json!({ "points": "max" })),
        (1..300_u32).prop_map(|n| json!({ "points": n }))
    ];
    let redeemable = shop.file["wallets"][0].get("tender").is_some();
    let count = codes.len();
    let tenders = subsequence(TENDERS.to_vec(), 0..=2).prop_map(move |names| {
        names.iter().map(|name| (*name, decimal(1, digits))).collect::<BTreeMap<_, _>>()
    });
    let gone = subsequence(vec!["cup", "mug"], 0..=2);
    let how = (proptest::option::of(select(CHANNELS.to_vec())), tenders, gone, deliveries(digits));
    let beside = (shown(shop), counted(shop));
    (lines(digits), subsequence(codes, 0..=count), points, how, beside).prop_map(
        move |(lines, mut codes, points, (channel, tenders, gone, deliveries), (shown, counted))| {
            let points = if redeemable { points } else { json!({}) };
            codes.extend(shown["codes"].as_array().into_iter().flatten().cloned());
            codes.sort_by_key(Value::to_string);
            codes.dedup();
            let (shipping, deliveries) = if deliveries.is_array() { (Value::Null, deliveries) } else { (deliveries, Value::Null) };
            lean(json!({
                "lines": lines, "codes": codes, "points": points, "channel": channel, "tenders": tenders, "out_of_stock": gone,
                "shipping": shipping, "deliveries": deliveries, "coupons": shown["coupons"], "bearer": shown["bearer"],
                "uses": counted["uses"], "budgets": counted["budgets"],
            }))
        },
    )
}

/// What delivery costs: nothing, an amount, or one for each way of it.
fn deliveries(digits: u8) -> impl Strategy<Value = Value> {
    let way = (0..4_000_i64, perhaps(select(WORDS.to_vec()).prop_map(Value::from)), taxes());
    let way = way.prop_map(move |(price, method, taxes)| {
        lean(json!({ "price": decimal(price, digits), "method": method, "taxes": taxes }))
    });
    prop_oneof![
        2 => Just(Value::Null),
        1 => (0..4_000_i64).prop_map(move |price| json!(decimal(price, digits))),
        1 => proptest::collection::vec(way, 1..3).prop_map(Value::from),
    ]
}

/// Mostly no tax.
fn taxes() -> impl Strategy<Value = Value> {
    let taxes = [json!([{ "rate": "10" }]), json!([{ "rate": "7", "included": false }])];
    prop_oneof![4 => Just(Value::Null), 1 => select(taxes.to_vec())]
}

fn lines(digits: u8) -> impl Strategy<Value = Vec<Value>> {
    let quantity = prop_oneof![3 => (1..5_u32).prop_map(|n| n.to_string()), 1 => (1..3_000_i64).prop_map(|n| decimal(n, 3))];
    let words = || subsequence(WORDS.to_vec(), 0..=2);
    let line = (
        (prop_oneof![2 => 0..15_000_i64, 1 => 0..200_i64], quantity, words(), words()),
        (
            prop::bool::weighted(0.9),
            prop::bool::weighted(0.9),
            proptest::option::weighted(0.1, 0..20_000_i64),
        ),
        (
            select(NAMES.to_vec()),
            proptest::option::weighted(0.15, prop_oneof![0..12_000_i64, 0..200_i64]),
            taxes(),
        ),
    );
    let ids = subsequence(vec!["1", "2", "9", "10", "x"], 1..=5);
    (ids, proptest::collection::vec(line, 5)).prop_map(move |(ids, lines)| {
        let lines = ids.iter().zip(lines).map(|(id, ((price, quantity, categories, tags), (earns, discountable, gross), (sku, floor, taxes)))| {
            lean(json!({
                "id": id, "sku": sku, "price": decimal(price, digits), "quantity": quantity, "categories": categories,
                "tags": tags, "earns": earns, "discountable": discountable, "gross": gross.map(|gross| decimal(gross, digits)),
                "floor": floor.map(|floor| decimal(floor, digits)), "taxes": taxes,
            }))
        });
        lines.collect()
    })
}

/// Quotes what the generators wrote.
pub(crate) fn quoted(program: &Program, member: &Value, basket: &Value, hours: i64) -> Quote {
    let (member, basket): (Member, Basket) = (read(member), read(basket));
    let quote = program.quote(&member, &basket, at(hours));
    quote.unwrap_or_else(|error| panic!("the generator wrote nonsense: {error}"))
}

impl History {
    /// Lets it happen, and hands over each step: the member before, the quote where there is one, the events, the member after.
    pub(crate) fn play(
        &self,
        mut look: impl FnMut(&Member, Option<&Quote>, &[Event], &Member),
    ) -> (Member, i64) {
        let program = self.shop.program();
        let (mut member, mut hours): (Member, i64) = (read(&self.member), 0);
        for (number, step) in self.steps.iter().enumerate() {
            hours += step.hours;
            let quote = step.basket.as_ref().map(|basket| {
                let quote = program.quote(&member, &read(basket), at(hours));
                quote.unwrap_or_else(|error| panic!("{error}"))
            });
            let events = match &quote {
                Some(quote) => {
                    let order = format!("o{number}").parse().unwrap_or_else(|_| panic!("an id"));
                    quote.place(order).events
                }
                None => program.advance(&member, at(hours)).unwrap_or_else(|error| panic!("{error}")),
            };
            let mut after = member.clone();
            after.apply_all(&events).unwrap_or_else(|error| panic!("{error}"));
            look(&member, quote.as_ref(), &events, &after);
            member = after;
        }
        (member, hours)
    }
}
