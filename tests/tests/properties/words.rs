//! The words that rules of every kind are written with: conditions, selectors, expiry.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use super::shop::{CHANNELS, CODES, NAMES, TENDERS, TIERS, WORDS, lean, money, perhaps};

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
        spend(digits),
        activity(digits),
        elsewhere(),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 1..3).prop_map(|all| json!({ "all": all })),
            proptest::collection::vec(inner.clone(), 1..3).prop_map(|any| json!({ "any": any })),
            inner.prop_map(|not| json!({ "not": not })),
        ]
    })
}

/// What certain lines are worth, before or after what others take off.
fn spend(digits: u8) -> impl Strategy<Value = Value> {
    let seen = select(vec!["before", "after"]);
    let words = |word: &'static str| json!(word);
    let counting = || perhaps(select(vec!["included", "excluded"]).prop_map(words));
    let bound = select(vec!["at_least", "at_most"]);
    (money(20_000, digits), perhaps(selector()), perhaps(seen.prop_map(words)), counting(), counting(), bound)
        .prop_map(|(money, lines, discounts, shipping, tax, bound)| {
            let seen = json!({ "lines": lines, "discounts": discounts, "shipping": shipping, "tax": tax, bound: money });
            json!({ "spend": lean(seen) })
        })
}

/// What the member did lately.
fn activity(digits: u8) -> impl Strategy<Value = Value> {
    let window = select(vec!["10 days", "1 month", "3 months"]);
    prop_oneof![
        (window.clone(), 1..4_u32).prop_map(|(window, n)| json!({ "orders_in": { "window": window, "at_least": n } })),
        (window.clone(), 0..3_u32).prop_map(|(window, n)| json!({ "orders_in": { "window": window, "at_most": n } })),
        (window.clone(), money(30_000, digits))
            .prop_map(|(window, money)| json!({ "spend_in": { "window": window, "at_least": money } })),
        window.clone().prop_map(|window| json!({ "dormant": { "for": window } })),
        (window, 1..500_u32)
            .prop_map(|(within, n)| json!({ "points_expiring": { "wallet": "stamps", "within": within, "at_least": n } })),
    ]
}

/// Who the member is, when and where.
fn elsewhere() -> impl Strategy<Value = Value> {
    let days = select(vec!["mon", "wed", "sat"]);
    prop_oneof![
        (0..60_u32, 0..40_u32).prop_map(|(from, more)| json!({ "age": { "from": from, "to": from + more } })),
        (select(vec![-2, -1, 1, 2, 5]), days)
            .prop_map(|(nth, day)| json!({ "nth_weekday": { "nth": nth, "day": day } })),
        words(&WORDS).prop_map(|segments| json!({ "segment_in": segments })),
        words(&WORDS).prop_map(|stores| json!({ "store_in": stores })),
        words(&WORDS).prop_map(|methods| json!({ "delivery_in": methods })),
        (select(vec!["member", "basket", "line"]), select(WORDS.to_vec()))
            .prop_map(|(of, word)| json!({ "attribute": { "of": of, "name": word, "is": true } })),
        (1..5_u32, 0..3_u32).prop_map(
            |(units, more)| json!({ "contains": { "units": units, "at_most": units + more, "per": "line" } })
        ),
    ]
}

fn occasion() -> impl Strategy<Value = Value> {
    let around = (0..184_u32, 0..184_u32);
    prop_oneof![
        select(vec!["day", "month"]).prop_map(|word| json!(word)),
        around.prop_map(|(before, after)| json!({ "before": before, "after": after })),
    ]
}
