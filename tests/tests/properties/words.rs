//! The words that rules of every kind are written with: conditions, selectors, expiry.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use super::shop::{CHANNELS, CODES, NAMES, TENDERS, TIERS, WORDS, money};

pub(crate) fn expiry() -> impl Strategy<Value = Value> {
    select(vec![
        json!({ "after": "30 days" }),
        json!({ "after": "1 month" }),
        json!({ "end_of": { "unit": "month", "after": "3 months" } }),
        json!({ "after": "1 year" }),
        json!({ "end_of": { "unit": "quarter" } }),
        json!({ "end_of": { "unit": "year", "after": "30 days" } }),
        json!({ "latest_of": [{ "after": "1 month" }, { "after": "30 days" }] }),
        json!({ "earliest_of": [{ "after": "1 year" }, { "end_of": { "unit": "half_year", "after": "1 month" } }] }),
        json!({ "by_earn_date": [{ "from": "2027-01-01", "expiry": { "after": "10 days" } }, { "expiry": { "after": "1 month" } }] }),
        json!({ "by_earn_date": [{ "from": "2026-06-01", "expiry": { "after": "1 month" } }] }),
    ])
}

fn words(from: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(from, 1..=from.len())
}

pub(crate) fn selector() -> impl Strategy<Value = Value> {
    prop_oneof![
        words(&NAMES).prop_map(|skus| json!({ "skus": skus })),
        words(&WORDS).prop_map(|categories| json!({ "categories": categories })),
        (words(&WORDS), words(&WORDS)).prop_map(|(words, tags)| json!({ "categories": words, "tags": tags })),
        words(&WORDS).prop_map(|tags| json!({ "except": { "tags": tags } })),
        (words(&WORDS), words(&NAMES), words(&WORDS)).prop_map(|(words, skus, categories)| {
            json!({ "tags": words, "except": { "skus": skus, "categories": categories } })
        }),
    ]
}

pub(crate) fn condition(digits: u8) -> impl Strategy<Value = Value> {
    let days = words(&["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
    let leaf = prop_oneof![
        money(30_000, digits).prop_map(|money| json!({ "spend": { "at_least": money } })),
        select(TIERS.to_vec()).prop_map(|tier| json!({ "tier_at_least": tier })),
        days.prop_map(|days| json!({ "weekdays": days })),
        (0..24_u32, 0..24_u32).prop_filter_map("the same hour", |(from, until)| {
            let clock = |hour: u32| format!("{hour:02}:00");
            (from != until).then(|| json!({ "hours": { "from": clock(from), "until": clock(until) } }))
        }),
        (selector(), 1..4_u32)
            .prop_map(|(lines, units)| json!({ "contains": { "lines": lines, "units": units } })),
        (1..3_u32, 0..3_u32)
            .prop_map(|(from, more)| json!({ "order_number": { "from": from, "until": from + more } })),
        (1..6_u32).prop_map(|units| json!({ "contains": { "units": units } })),
        occasion().prop_map(|occasion| json!({ "birthday": occasion })),
        occasion().prop_map(|occasion| json!({ "anniversary": occasion })),
        select(vec!["30 days", "1 month", "1 year"]).prop_map(|period| json!({ "tenure_at_least": period })),
        (1..20_u32, 0..2_000_u32).prop_map(|(least, more)| {
            json!({ "balance": { "wallet": "stamps", "at_least": least, "at_most": least + more } })
        }),
        select(CODES.to_vec()).prop_map(|code| json!({ "code_shown": code })),
        words(&CHANNELS).prop_map(|channels| json!({ "channel_in": channels })),
        words(&TENDERS).prop_map(|tenders| json!({ "tender_in": tenders })),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 1..3).prop_map(|all| json!({ "all": all })),
            proptest::collection::vec(inner.clone(), 1..3).prop_map(|any| json!({ "any": any })),
            inner.prop_map(|not| json!({ "not": not })),
        ]
    })
}

fn occasion() -> impl Strategy<Value = Value> {
    let around = (0..184_u32, 0..184_u32);
    prop_oneof![
        select(vec!["day", "month"]).prop_map(|word| json!(word)),
        around.prop_map(|(before, after)| json!({ "before": before, "after": after })),
    ]
}
