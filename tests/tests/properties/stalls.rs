//! Shops whose orders goods come back of: offers, points and limits that mostly take effect, and what reaching a tier brings.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::coupons::terms as coupon;
use super::keeping::{bands, base, decay, extension, limits, multipliers, vesting};
use super::ladder::ladder;
use super::offers::PURSE;
use super::shop::{Shop, TIERS, award, decimal, lean, money, perhaps, rounding};
use super::words::{expiry, selector};

/// A small shop where offers, points and limits mostly take effect.
pub(crate) fn plain() -> impl Strategy<Value = Shop> {
    select(vec![("KRW", 0_u8), ("USD", 2)]).prop_flat_map(|(currency, digits)| {
        let rules = (proptest::collection::vec(rule(digits), 1..4), multipliers());
        let offers = (proptest::collection::vec(offer(digits), 0..4), perhaps(welcome(digits)));
        (rules, offers, wallet(), ladder(digits), rounding(digits)).prop_map(
            move |((rules, multipliers), (offers, welcome), wallet, ladder, lines)| {
                let named = |all: Vec<Value>, names: [&str; 4]| -> Vec<Value> {
                    let with = |(mut one, id): (Value, &str)| {
                        one["id"] = json!(id);
                        one
                    };
                    all.into_iter().zip(names).map(with).collect()
                };
                let mut offers = named(offers, ["of1", "of2", "of3", "of4"]);
                offers.extend(Some(welcome).filter(|offer| !offer.is_null()));
                let file = json!({
                    "format": 1, "id": "shop", "version": "1", "currency": currency, "line_rounding": lines,
                    "wallets": [wallet, { "id": "stamps", "expiry": { "after": "1 month" } }], "tiers": ladder,
                    "lanes": [{ "id": "all", "choose": "all" }], "offers": offers,
                    "accruals": named(rules, ["r1", "r2", "r3", "r4"]), "multipliers": multipliers,
                    "budgets": [{ "id": PURSE, "amount": decimal(9_000, digits) }],
                });
                Shop { file, digits }.granting()
            },
        )
    })
}

fn wallet() -> impl Strategy<Value = Value> {
    let tender = select(vec![
        json!({ "value": "1", "step": "1", "excess": "reduce" }),
        json!({ "value": "0.5", "step": "2", "excess": "reduce" }),
        json!({ "value": "2", "step": "1", "excess": "reduce" }),
        json!({ "value": "1", "step": "1", "excess": "reduce", "lines": { "categories": ["x"] } }),
    ]);
    let order = select(vec!["soonest_expiry", "oldest_first", "newest_first", "smallest_first"]);
    let how = (0..=2_u8, rounding(0), select(vec!["line", "rule"]));
    let kept = (perhaps(vesting()), perhaps(extension()), perhaps(decay()));
    (how, perhaps(expiry()), tender, order, kept).prop_map(
        |((digits, rounding, at), expiry, tender, order, (vesting, extension, decay))| {
            lean(json!({
                "id": "points", "digits": digits, "rounding": { "mode": rounding["mode"], "at": at }, "expiry": expiry,
                "tender": tender, "burn_order": order, "vesting": vesting,
                "extension": extension, "decay": decay,
            }))
        },
    )
}

fn rule(digits: u8) -> impl Strategy<Value = Value> {
    let award = prop_oneof![4 => award(digits).boxed(), 1 => bands(digits).boxed()];
    let over = select(vec![Value::Null, Value::Null, json!("month"), json!("year"), json!("lifetime")]);
    let more = (
        perhaps(limits()),
        perhaps(base()),
        perhaps(Just(json!(["card"]))),
        select(vec!["points", "points", "stamps"]),
        issuer(),
    );
    (award, perhaps(selector()), over, more).prop_map(|(award, lines, over, (limits, base, tenders, wallet, issuer))| {
        let money = ["percent", "per_amount", "bands"].iter().any(|word| award.get(word).is_some());
        let of_money = |value: Value| if money { value } else { Value::Null };
        lean(json!({
            "award": award, "lines": lines, "over": of_money(over), "limits": limits, "base": if lines.is_null() { of_money(base) } else { Value::Null },
            "tenders": of_money(tenders), "wallet": wallet, "issuer": issuer,
        }))
    })
}

/// Whose points they are.
fn issuer() -> impl Strategy<Value = Value> {
    perhaps(select(vec![json!("own"), json!("mall")]))
}

/// Points that reaching a tier brings.
pub(crate) fn arrivals() -> impl Strategy<Value = Vec<Value>> {
    let rule =
        (select(TIERS[1..].to_vec()), 1..200_u32, select(vec!["points", "points", "stamps"]), issuer());
    let rule = rule.prop_map(|(tier, points, wallet, issuer)| {
        lean(json!({ "on": { "tier_reached": tier }, "award": { "fixed": points }, "wallet": wallet, "issuer": issuer }))
    });
    proptest::collection::vec(rule, 0..3).prop_map(|mut rules| {
        rules.iter_mut().zip(["lift1", "lift2"]).for_each(|(rule, id)| rule["id"] = json!(id));
        rules
    })
}

/// A coupon that reaching a tier brings.
fn welcome(digits: u8) -> impl Strategy<Value = Value> {
    (select(TIERS[1..].to_vec()), money(900, digits), perhaps(expiry())).prop_map(|(tier, amount, valid)| {
        let coupon = lean(json!({ "issue": [{ "on": { "tier_reached": tier } }], "valid": valid }));
        json!({ "id": "welcome", "coupon": coupon, "benefit": { "amount_off": amount }, "lane": "all" })
    })
}

fn offer(digits: u8) -> impl Strategy<Value = Value> {
    let goods = prop_oneof![
        (1..=10_000_i64).prop_map(|rate| json!({ "percent_off": decimal(rate, 2) })),
        money(6_000, digits).prop_map(|amount| json!({ "amount_off": amount })),
        (1..3_u32, 1..3_u32).prop_map(|(buy, get)| {
            json!({ "buy_get": { "buy": { "units": buy }, "get": { "units": get, "choose": "cheapest" }, "percent_off": "100" } })
        }),
        (1..3_u32, money(900, digits)).prop_map(|(units, price)| {
            json!({ "gift": { "skus": ["mug", "cup"], "units": units, "for_every": { "units": 2 }, "price": price } })
        }),
        Just(json!({ "gift": { "skus": ["mug"], "units": 1 } })),
    ];
    let benefit = prop_oneof![
        5 => goods.prop_map(|benefit| (benefit, Value::Null)),
        1 => (1..=10_000_i64).prop_map(|rate| (json!({ "percent_off": decimal(rate, 2) }), json!("shipping"))),
        1 => Just((json!({ "percent_off": "100" }), json!("shipping"))),
    ];
    let when = perhaps(money(30_000, digits).prop_map(|least| json!({ "spend": { "at_least": least } })));
    let terms = (
        perhaps(coupon(digits)),
        prop::bool::weighted(0.2),
        perhaps(Just(json!({ "per_member": 2 }))),
        perhaps(Just(json!(PURSE))),
    );
    (benefit, when, perhaps(selector()), terms).prop_map(|((benefit, on), when, lines, (coupon, cost, limit, budget))| {
        let plain = !on.is_null() || benefit.get("gift").is_some() || benefit.get("buy_get").is_some();
        let beside = benefit.get("gift").is_some();
        lean(json!({
            "budget": if beside { Value::Null } else { budget }, "benefit": benefit, "on": on, "when": when, "lines": if plain { Value::Null } else { lines }, "lane": "all",
            "coupon": coupon, "limit": limit, "cost": cost.then(|| json!({ "wallet": "stamps", "points": "3" })),
        }))
    })
}
