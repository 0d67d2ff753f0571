//! Offers of every kind, and what makes them fit their lanes.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use super::benefits::{benefit, suited};
use super::coupons::terms;
use super::shop::{NAMES, lean, money, perhaps};
use super::words::{condition, selector};

/// The money of this budget is what offers are given out of.
pub(crate) const PURSE: &str = "purse";

/// Which units an offer touches.
fn units() -> impl Strategy<Value = Value> {
    let choose = prop_oneof![Just("cheapest"), Just("dearest"), Just("first")];
    let per = prop_oneof![Just("order"), Just("line")];
    (choose, per, prop::option::of(2..4_u32), prop::option::of(1..3_u32), prop::option::of(1..3_u32), prop::option::of(1..3_u32)).prop_map(
        |(choose, per, size, take, skip, most)| {
            let take = size.and(take);
            lean(json!({ "choose": choose, "per": per, "of_every": size, "take": take, "skip": skip, "at_most": most }))
        },
    )
}

/// How often an offer may be used.
fn limit() -> impl Strategy<Value = Value> {
    perhaps(select(vec![
        json!({ "per_member": 2 }),
        json!({ "per_day": 1 }),
        json!({ "per_week": 1, "total": 5 }),
        json!({ "per_month": 2, "per_year": 3 }),
        json!({ "total": 3 }),
    ]))
}

/// By what an offer is there that does not apply by itself.
#[derive(Clone, Debug)]
enum Needs {
    Nothing,
    Code,
    Coupon(Value),
}

/// Which other offer it excludes, and how.
type Excludes = Option<(Index, &'static str)>;

/// An offer before its place is known, with whom it excludes.
fn offer(digits: u8) -> impl Strategy<Value = (Value, Excludes)> {
    let needs = prop_oneof![3 => Just(Needs::Nothing), 2 => Just(Needs::Code), 2 => terms(digits).prop_map(Needs::Coupon)];
    let what = (benefit(digits), perhaps(condition(digits)), perhaps(selector()), perhaps(units()));
    let scope = select(vec!["goods", "goods", "goods", "goods", "everything", "shipping"]);
    let beside = (any::<Index>(), perhaps(Just(json!("g"))), prop::bool::weighted(0.2), 0..3_u32, needs);
    let kind = select(vec!["offers", "offers", "groups", "lanes"]);
    let excludes = proptest::option::weighted(0.25, (any::<Index>(), kind));
    let stops = perhaps(perhaps(select(vec![json!("line"), json!("lane"), json!("order")])));
    let bounds =
        (limit(), prop::bool::weighted(0.2), perhaps(money(5_000, digits)), prop::bool::weighted(0.2));
    (what, scope, beside, excludes, stops, bounds).prop_map(
        |((benefit, when, lines, units), scope, (lane, group, exclusive, priority, needs), excludes, stops, bounds)| {
            let (limit, cost, most, budget) = bounds;
            let offer = json!({
                "benefit": benefit, "when": when, "lines": lines, "units": units, "on": scope, "lane": lane.index(1_000),
                "group": group, "exclusive": exclusive, "priority": priority, "stops": stops, "limit": limit,
                "at_most": most, "budget": budget.then_some(PURSE),
                "cost": cost.then(|| json!({ "wallet": "stamps", "points": "3" })),
                "coupon": if let Needs::Coupon(terms) = &needs { terms.clone() } else { Value::Null },
                "code": matches!(needs, Needs::Code),
            });
            (offer, excludes)
        },
    )
}

/// Up to so many offers for these lanes, each of which may have a benefit that takes nothing off in place of its own.
pub(crate) fn offers(
    digits: u8,
    extra: impl Strategy<Value = Value> + 'static,
) -> impl Strategy<Value = Vec<(Value, Excludes, Value)>> {
    let offer = (offer(digits), extra).prop_map(|((offer, excludes), extra)| (offer, excludes, extra));
    proptest::collection::vec(offer, 0..6)
}

/// The offers in lanes that exist, without what their lane cannot choose among.
pub(crate) fn fitting(offers: Vec<(Value, Excludes, Value)>, lanes: &Value) -> Vec<Value> {
    let lanes = lanes.as_array().map_or(&[][..], Vec::as_slice);
    let dice: Vec<Excludes> = offers.iter().map(|(_, excludes, _)| *excludes).collect();
    let fit = |(id, (mut offer, _, extra)): (&&str, (Value, Excludes, Value))| {
        offer["id"] = json!(id);
        offer["code"] = if offer["code"] == true { json!(format!("CODE-{id}")) } else { Value::Null };
        let number = offer["lane"].as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
        let Some(lane) = lanes.get(number.checked_rem(lanes.len()).unwrap_or(0)) else { return offer };
        offer["lane"] = lane["id"].clone();
        if matches!(lane["choose"].as_str(), Some("all" | "first")) && !extra.is_null() {
            offer["benefit"] = extra;
        }
        if lane["choose"] == "best_per_line" {
            for field in ["at_most", "budget", "cost", "group", "units"] {
                offer[field] = Value::Null;
            }
            offer["exclusive"] = json!(false);
            let benefit = &offer["benefit"];
            let each = ["percent_off", "amount_off_each"].iter().any(|word| benefit.get(word).is_some());
            if !each && benefit["fixed_price"]["per"] != "unit" {
                offer["benefit"] = json!({ "percent_off": "12.5" });
            }
        }
        suited(offer)
    };
    let mut fitted: Vec<Value> = NAMES.iter().zip(offers).map(fit).collect();
    for number in 0..fitted.len() {
        if let Some(excludes) = dice[number].and_then(|dice| excluded(&fitted, number, dice)) {
            fitted[number]["excludes"] = excludes;
        }
    }
    fitted
}

/// Whom an offer excludes: only offers after it, so that none excludes itself in a circle.
fn excluded(offers: &[Value], number: usize, (pick, kind): (Index, &'static str)) -> Option<Value> {
    let later = offers.len() - number - 1;
    if later == 0 {
        return None;
    }
    let other = &offers[number + 1 + pick.index(later)];
    let names = match kind {
        "groups" => &other["group"],
        "lanes" => &other["lane"],
        _ => &other["id"],
    };
    let field = if kind == "groups" { "group" } else { "lane" };
    let before = offers.iter().take(number).any(|earlier| kind != "offers" && earlier[field] == *names);
    (!names.is_null() && !before).then(|| json!({ kind: [names] }))
}
