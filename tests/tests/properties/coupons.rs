//! Coupons: what offers say of them, which ones a member holds, and which of them a basket may use.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use super::shop::{Shop, decimal, lean, money, perhaps};
use super::visit::at;
use super::words::expiry;

/// That an offer needs a coupon, and how those are issued.
pub(crate) fn terms(digits: u8) -> impl Strategy<Value = Value> {
    let trigger = prop_oneof![
        perhaps(money(20_000, digits))
            .prop_map(|money| json!({ "order": lean(json!({ "at_least": money })) })),
        select(vec!["enrolment", "birthday", "anniversary"]).prop_map(|occasion| json!({ "on": occasion })),
        Just(json!({ "dormant": "30 days" })),
        Just(json!({ "on": { "tier_reached": "gold" } })),
        Just(json!({ "points_expiring": { "wallet": "stamps", "within": "30 days", "at_least": "3" } })),
    ];
    let wait = perhaps(Just(json!("1 day")));
    let days = perhaps((0..61_u8).prop_map(|days| json!(days)));
    (perhaps(expiry()), wait, any::<bool>(), perhaps(trigger), days).prop_map(
        |(valid, wait, transferable, trigger, days)| {
            let yearly = trigger["on"] == "birthday" || trigger["on"] == "anniversary";
            let days = if yearly { days } else { Value::Null };
            let issue = if trigger.is_null() { Value::Null } else { json!([trigger]) };
            let transferable = transferable.then_some(true);
            lean(json!({
                "valid": valid, "usable_after": wait, "transferable": transferable, "issue": issue,
                "days_before": days,
            }))
        },
    )
}

/// The offers of a shop that need a coupon.
fn offers(shop: &Shop) -> Vec<Value> {
    let offers = shop.file["offers"].as_array().into_iter().flatten();
    offers.filter(|offer| !offer["coupon"].is_null()).map(|offer| offer["id"].clone()).collect()
}

/// The last day of a coupon, its first, and whether it has a code.
type Dice = (Option<i64>, Option<i64>, bool);

/// Up to two coupons of each offer, some of them with codes, or at an end, or not usable yet.
pub(crate) fn held(shop: &Shop) -> impl Strategy<Value = Vec<Value>> + use<> {
    let day = |days: i64| (at(0).0.date_naive() + chrono::TimeDelta::days(days)).to_string();
    let mut twice = offers(shop);
    twice.extend(twice.clone());
    let count = twice.len();
    let coupon = (
        proptest::option::weighted(0.4, -5..700_i64),
        proptest::option::weighted(0.1, 0..300_i64),
        any::<bool>(),
    );
    (subsequence(twice, 0..=count), proptest::collection::vec(coupon, count)).prop_map(move |(offers, coupons)| {
        let numbered = offers.iter().zip(coupons).enumerate();
        let coupon = |(number, (offer, (ends, from, code))): (usize, (&Value, Dice))| {
            lean(json!({
                "id": format!("old{number}/{}", offer.as_str().unwrap_or_default()), "offer": offer, "issued_at": at(-200),
                "code": code.then(|| format!("MINE{number}")), "expires_on": ends.map(day), "usable_from": from.map(day),
            }))
        };
        numbered.map(coupon).collect()
    })
}

/// What a basket says about coupons: which of those that are held, codes that may be of some, and printed ones.
pub(crate) fn shown(shop: &Shop) -> impl Strategy<Value = Value> + use<> {
    let offers = offers(shop);
    let ids = ["old0/", "old1/"]
        .iter()
        .flat_map(|id| offers.iter().map(move |offer| format!("{id}{}", offer.as_str().unwrap_or_default())));
    let ids: Vec<String> = ids.collect();
    let count = ids.len();
    let choice = prop_oneof![
        3 => Just(Value::Null),
        1 => Just(json!("none")),
        2 => subsequence(ids, 0..=count).prop_map(|ids| json!(ids)),
    ];
    let printed = subsequence(offers.clone(), 0..=offers.len().min(1));
    let codes = subsequence(vec!["MINE0", "MINE1", "NOBODY", "Friend"], 0..=2);
    (choice, printed, codes).prop_map(|(choice, printed, codes)| {
        let mut codes: Vec<String> = codes.into_iter().map(str::to_owned).collect();
        let bearer: Vec<Value> = printed
            .iter()
            .map(|offer| {
                codes.push("PRINTED".to_owned());
                json!({ "coupon": { "id": "printed/1", "offer": offer, "code": "PRINTED", "issued_at": at(-200) } })
            })
            .collect();
        let bearer = if bearer.is_empty() { Value::Null } else { json!(bearer) };
        json!({ "coupons": choice, "bearer": bearer, "codes": codes })
    })
}

/// What the host counts: how often offers with a limit in total were used, and how much of the budget.
pub(crate) fn counted(shop: &Shop) -> impl Strategy<Value = Value> + use<> {
    let limited = shop.file["offers"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|offer| !offer["limit"]["total"].is_null());
    let limited: Vec<String> = limited.filter_map(|offer| offer["id"].as_str()).map(str::to_owned).collect();
    let (digits, count) = (shop.digits, limited.len());
    let uses = proptest::collection::vec(proptest::option::weighted(0.8, 0..4_u32), count);
    (uses, proptest::option::weighted(0.8, 0..5_000_i64)).prop_map(move |(uses, spent)| {
        let uses = limited.iter().zip(uses).filter_map(|(id, uses)| Some((id.clone(), json!(uses?))));
        let spent = spent.map(|spent| json!({ super::offers::PURSE: decimal(spent, digits) }));
        json!({ "uses": uses.collect::<serde_json::Map<_, _>>(), "budgets": spent })
    })
}
