//! Programs from the whole vocabulary.

use dangol::Program;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::benefits::extra;
use super::ladder::ladder;
use super::lanes::{PLACES, lanes, policy};
use super::offers::{PURSE, fitting, offers};
use super::words::{condition, expiry, selector};

/// A program file, and how many digits its currency has.
#[derive(Clone, Debug)]
pub(crate) struct Shop {
    pub(crate) file: Value,
    pub(crate) digits: u8,
}

impl Shop {
    /// The program, which must have no problem.
    pub(crate) fn program(&self) -> Program {
        let loaded = Program::from_json(&self.file.to_string());
        loaded.unwrap_or_else(|error| panic!("the generator wrote a program with a problem: {error}"))
    }

    /// With a rule that grants points of the first wallet, since ladders may count them.
    pub(crate) fn granting(mut self) -> Shop {
        let first = self.file["wallets"][0]["id"].clone();
        let of_first = |rule: &Value| rule.get("wallet").is_none_or(|wallet| *wallet == first);
        if !self.section("accruals").iter().any(of_first) {
            self.section("accruals").push(json!({ "id": "often", "award": { "fixed": "1" } }));
        }
        self
    }

    /// The entries of a section.
    pub(crate) fn section(&mut self, name: &str) -> &mut Vec<Value> {
        self.file[name].as_array_mut().unwrap_or_else(|| panic!("there is no section {name}"))
    }
}

/// Names of different lengths, since ids sort by length first.
pub(crate) const NAMES: [&str; 6] = ["a", "b", "cc", "d10", "d9", "zz"];
pub(crate) const WORDS: [&str; 3] = ["x", "y", "z"];
pub(crate) const CHANNELS: [&str; 2] = ["app", "pos"];
pub(crate) const TENDERS: [&str; 2] = ["card", "cash"];
/// Codes that conditions mention; the first is that of an offer too.
pub(crate) const CODES: [&str; 2] = ["code-a", "friend"];
pub(crate) const TIERS: [&str; 3] = ["basic", "silver", "gold"];

/// An amount of so many smallest units as text.
pub(crate) fn decimal(units: i64, digits: u8) -> String {
    dangol::Amount::new(units, digits).map(|amount| amount.to_string()).unwrap_or_default()
}

/// The object without the fields that are null.
pub(crate) fn lean(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let present = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(present.collect::<Map<_, _>>())
        }
        other => other,
    }
}

/// A program of any currency, with lanes of every kind.
pub(crate) fn shop() -> impl Strategy<Value = Shop> {
    shop_with(|digits| lanes(digits).boxed())
}

/// A program of any currency with these lanes, by the digits of the currency.
pub(crate) fn shop_with(lanes: fn(u8) -> BoxedStrategy<Value>) -> impl Strategy<Value = Shop> {
    select(vec![("KRW", 0_u8), ("USD", 2), ("KWD", 3)]).prop_flat_map(move |(currency, digits)| {
        let zone = select(vec!["UTC", "+09:00", "Asia/Seoul", "America/Havana", "Europe/Paris"]);
        let zone = (zone, select(vec!["february_28", "march_1"]));
        let head = (zone, rounding(digits), policy(digits, &PLACES), wallets(), ladder(digits));
        let offers = offers(digits, extra(digits, award(digits)));
        let purse = (money(8_000, digits), select(vec!["trim", "refuse"]));
        let rules = (accruals(digits), lanes(digits), offers, purse);
        (head, rules).prop_map(
            move |(((zone, leap_day), lines, discounts, wallets, ladder), (accruals, lanes, offers, purse))| {
                let offers = fitting(offers, &lanes);
                let file = json!({
                    "format": 1, "id": "shop", "version": "1", "currency": currency, "zone": zone, "leap_day": leap_day,
                    "line_rounding": lines, "discounts": discounts, "wallets": wallets, "tiers": ladder,
                    "accruals": accruals, "lanes": lanes, "offers": offers,
                    "budgets": [{ "id": PURSE, "amount": purse.0, "when_short": purse.1 }],
                });
                Shop { file, digits }.granting()
            },
        )
    })
}

fn mode() -> impl Strategy<Value = &'static str> {
    select(vec!["down", "up", "half_up", "half_even", "half_down", "half_odd"])
}

/// A part of something may be left out.
pub(crate) fn perhaps(value: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Value> {
    prop_oneof![2 => Just(Value::Null), 1 => value].boxed()
}

/// An amount up to so many smallest units, often a small one: there rounding shows.
pub(crate) fn money(most: i64, digits: u8) -> impl Strategy<Value = Value> {
    prop_oneof![3 => 1..=most, 1 => 1..=(most / 50).max(1)]
        .prop_map(move |units| json!(decimal(units, digits)))
}

pub(crate) fn rounding(digits: u8) -> impl Strategy<Value = Value> {
    (mode(), perhaps(select(vec![1_i64, 5, 10]).prop_map(move |unit| json!(decimal(unit, digits)))))
        .prop_map(|(mode, unit)| lean(json!({ "mode": mode, "unit": unit })))
}

fn wallets() -> impl Strategy<Value = Value> {
    let tender = prop_oneof![
        Just(json!({ "value": "1", "step": "1" })),
        Just(json!({ "value": "0.5", "step": "10", "minimum": "20" })),
        Just(json!({ "value": "1", "step": "1", "max_percent": "50", "minimum_balance": "100" })),
        Just(json!({ "value": "1", "step": "1", "before_offers": true, "excess": "reduce" })),
        Just(
            json!({ "value": "1", "step": "3", "lines": { "categories": ["x"] }, "maximum": "300", "automatic": "all" })
        ),
        Just(json!({ "value": "1", "step": "1", "automatic": { "expiring_within": "3 months" } })),
    ];
    let order = select(vec!["soonest_expiry", "oldest_first", "newest_first", "smallest_first"]);
    let points = (0..=2_u8, mode(), select(vec!["line", "rule"]), perhaps(expiry()), perhaps(tender), order);
    points.prop_map(|(digits, mode, at, expiry, tender, order)| {
        let points = json!({
            "id": "points", "digits": digits, "rounding": { "mode": mode, "at": at },
            "expiry": expiry, "tender": tender, "burn_order": order,
        });
        json!([lean(points), { "id": "stamps", "expiry": { "end_of": { "unit": "month", "after": "1 month" } } }])
    })
}

pub(crate) fn award(digits: u8) -> impl Strategy<Value = Value> {
    prop_oneof![
        (1..2_000_i64).prop_map(|rate| json!({ "percent": decimal(rate, 2) })),
        (1..2_000_i64, money(2_000, digits), select(vec!["whole", "started", "proportional"])).prop_map(
            |(points, amount, steps)| {
                json!({ "per_amount": { "points": decimal(points, 2), "amount": amount, "steps": steps } })
            }
        ),
        (1..4_u32).prop_map(|points| json!({ "per_unit": points.to_string() })),
        (1..500_u32).prop_map(|points| json!({ "fixed": points.to_string() })),
    ]
}

fn accruals(digits: u8) -> impl Strategy<Value = Value> {
    let rule = (
        award(digits),
        perhaps(condition(digits)),
        perhaps(selector()),
        perhaps(Just(json!("g"))),
        perhaps(expiry()),
        select(vec!["points", "points", "stamps"]),
    );
    proptest::collection::vec(rule, 0..4).prop_map(|rules| {
        let named = NAMES.iter().zip(rules);
        let rules = named.map(|(id, (award, when, lines, group, expiry, wallet))| {
            // Rules of one group must be of one wallet to be comparable.
            let group = if wallet == "points" { group } else { Value::Null };
            let rule = json!({ "id": id, "award": award, "when": when, "lines": lines, "group": group, "expiry": expiry, "wallet": wallet });
            lean(rule)
        });
        rules.collect()
    })
}
