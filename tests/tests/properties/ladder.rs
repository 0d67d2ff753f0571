//! Ladders of every kind, and where members stand on them.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::keeping::SIGNAL;
use super::shop::{TIERS, decimal, lean, perhaps};

/// What the host reports and a ladder counts, and the second ladder.
pub(crate) const HAPPENING: &str = "happening";
pub(crate) const CLUB: &str = "club";

/// A ladder of three tiers: the usual one, or one with everything that a ladder can say; and perhaps another one beside it.
pub(crate) fn ladder(digits: u8) -> BoxedStrategy<Value> {
    // Boxed: generators of whole shops are as large as all that is in them.
    let one = prop_oneof![usual(digits).boxed(), full(digits).boxed()];
    let club = prop_oneof![2 => Just(None), 1 => club(digits).prop_map(Some)];
    let ladders = (one, club).prop_map(|(ladder, club)| match club {
        None => ladder,
        Some(club) => json!([ladder, club]),
    });
    ladders.boxed()
}

/// A ladder of its own beside the first one: of orders that have arrived, of what the host reports, or of years.
fn club(digits: u8) -> impl Strategy<Value = Value> {
    let reach = move |units: i64, kind: u8| match kind {
        0 => spend(units, digits),
        1 => json!({ "events_at_least": { "event": HAPPENING, "count": units / 6_000 + 1 } }),
        _ => json!({ "any": [{ "tenure_at_least": "1 year" }, { "visits_at_least": units / 4_000 + 1 }] }),
    };
    let window = select(vec!["2 months", "calendar_year", "lifetime"]);
    let way = select(vec![Value::Null, json!(SIGNAL)]);
    (window, way, 1..20_000_i64, 0..3_u8, any::<bool>()).prop_map(
        move |(window, counts_after, units, kind, everybody)| {
            let lowest = if everybody { Value::Null } else { reach(units.min(3_000), 0) };
            lean(json!({ "id": CLUB, "window": window, "counts_after": counts_after, "tiers": [
                lean(json!({ "id": "friend", "enter": lowest })),
                { "id": "family", "enter": reach(units + 3_000, kind) },
            ] }))
        },
    )
}

fn usual(digits: u8) -> impl Strategy<Value = Value> {
    let window = select(vec!["30 days", "1 month", "6 months", "1 year"]);
    (window, 1..20_000_i64, 1..40_000_i64).prop_map(move |(window, silver, more)| {
        let silver = spend(silver, digits);
        let gold = spend(more.saturating_add(20_000), digits);
        json!({ "window": window, "tiers": [
            { "id": TIERS[0] }, { "id": TIERS[1], "enter": silver }, { "id": TIERS[2], "enter": gold },
        ] })
    })
}

fn spend(units: i64, digits: u8) -> Value {
    json!({ "spend_at_least": decimal(units, digits) })
}

/// A threshold that grows with the tier, and an easier one to keep it.
fn thresholds(digits: u8) -> impl Strategy<Value = [Value; 4]> {
    let of = move |units: i64, orders: u64, kind: u8| {
        let spend = spend(units, digits);
        let (orders, visits) = (json!({ "orders_at_least": orders }), json!({ "visits_at_least": orders }));
        let points = json!({ "points_at_least": { "points": (units / 20 + 1).to_string() } });
        let month = json!({ "within": { "window": "1 month", "reach": spend } });
        match kind {
            0 => spend,
            1 => json!({ "any": [spend, orders] }),
            2 => json!({ "all": [spend, visits] }),
            3 => json!({ "some": { "at_least": 2, "of": [spend, orders, points] } }),
            4 => points,
            5 => {
                json!({ "any": [{ "events_at_least": { "event": HAPPENING, "count": orders["orders_at_least"] } }, spend] })
            }
            6 => json!({ "all": [spend, { "tenure_at_least": format!("{} months", units / 5_000 + 1) }] }),
            _ => json!({ "any": [month, { "all": [orders, spend] }] }),
        }
    };
    (1_000..15_000_i64, 0..8_u8).prop_map(move |(units, kind)| {
        [of(units, 2, kind), of(units / 2, 1, kind), of(units * 3, 4, kind), of(units, 2, kind)]
    })
}

fn full(digits: u8) -> impl Strategy<Value = Value> {
    let windows = [
        ("3 months", None),
        ("6 months", Some("calendar_month")),
        ("1 year", Some("tier_year")),
        ("calendar_month", None),
        ("calendar_half_year", Some("calendar_quarter")),
        ("year_from_march", Some("calendar_month")),
        ("membership_year", None),
        ("lifetime", None),
    ];
    let validity = prop_oneof![
        Just(json!({ "after": "3 months" })),
        Just(json!({ "end_of": { "unit": "quarter", "after": "1 month" } })),
        Just(json!({ "end_of": { "unit": "month" } })),
    ];
    let choices = (
        select(vec!["at_once", "at_once", "at_review"]),
        select(vec!["to_qualified", "to_qualified", "one_step", "never"]),
        perhaps(select(vec!["10 days", "1 month"]).prop_map(Value::from)),
        perhaps(validity),
        any::<(bool, bool, bool)>(),
        (any::<bool>(), prop::bool::weighted(0.2), select(vec!["old_rate", "new_rate"])),
    );
    (select(windows.to_vec()), thresholds(digits), choices).prop_map(
        |((window, review), [silver, keep, gold, hold], (upgrade, downgrade, grace, validity, flags, more))| {
            let (tries, waits, crossing) = more;
            let (keeps, base, everybody) = flags;
            let grace = if downgrade == "never" { Value::Null } else { grace };
            // What is reviewed always has no reviews to rise at.
            let upgrade = if ["lifetime", "3 months"].contains(&window) { "at_once" } else { upgrade };
            let kept = |keep: Value| if keeps { keep } else { Value::Null };
            let lowest = if everybody { Value::Null } else { json!({ "orders_at_least": 1 }) };
            let crossing = if waits || upgrade == "at_review" { Value::Null } else { json!(crossing) };
            let trial = json!({ "lasts": "20 days", "reach": { "orders_at_least": 1 } });
            let shipping = json!({ "shipping": "included", "discounts": "before" });
            let tier = |id: &str, enter: Value, keep: Value| {
                let trial = if tries { trial.clone() } else { Value::Null };
                lean(json!({ "id": id, "enter": enter, "keep": keep, "trial": trial, "forfeits": ["stamps"] }))
            };
            lean(json!({
                "window": window, "review": review, "upgrade": upgrade, "downgrade": downgrade, "grace": grace,
                "validity": validity, "base": if base { shipping } else { Value::Null }, "crossing": crossing,
                "counts_after": if waits { json!(SIGNAL) } else { Value::Null },
                "tiers": [
                    lean(json!({ "id": TIERS[0], "enter": lowest })),
                    tier(TIERS[1], silver, kept(keep)),
                    tier(TIERS[2], gold, kept(hold)),
                ],
            }))
        },
    )
}

/// Where a member stands: nowhere yet, on a tier from elsewhere, on one that the program no longer has, or as the library left
/// it.
pub(crate) fn standing(day: impl Fn(i64) -> String + 'static) -> impl Strategy<Value = Value> {
    let tier = select(vec![TIERS[0], TIERS[1], TIERS[2], "gone"]);
    let days = (
        proptest::option::of(-300..0_i64),
        proptest::option::of(-20..60_i64),
        proptest::option::of(1..30_i64),
    );
    let floor = proptest::option::of((-40..0_i64, proptest::option::of(0..60_i64), any::<bool>()));
    let kept = (tier, days, floor).prop_map(move |(tier, (since, until, falls), floor)| {
        let floor = floor.map(|(since, until, trial)| {
            let trial = trial && until.is_some();
            json!({ "tier": TIERS[2], "since": day(since), "until": until.map(&day), "trial": trial, "earned": tier })
        });
        let held = if floor.is_some() { TIERS[2] } else { tier };
        let standing = json!({
            "tier": held, "since": since.map(&day), "until": until.map(&day), "falls_on": falls.map(&day),
            "floor": floor.map(lean),
        });
        json!({ "status": lean(standing) })
    });
    perhaps(kept)
}
