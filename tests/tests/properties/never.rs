//! What is refused because it could never apply never does.

use dangol::{Member, Program};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use super::config;
use super::shop::{WORDS, lean, perhaps};
use super::visit::{at, read};

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn day() -> impl Strategy<Value = Value> {
    (1..40_u32).prop_map(|day| json!(format!("2026-{:02}-{:02}", 1 + day / 28, 1 + day % 28)))
}

fn words() -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(WORDS.to_vec(), 1..=2)
}

/// Conditions of each kind, on few things with few values, so that many contradict one another.
fn kinds() -> Vec<BoxedStrategy<Value>> {
    let bound = select(vec!["at_least", "at_most"]);
    let least = |n: u32| (1..n, 0..3_u32);
    vec![
        (day(), any::<bool>()).prop_map(|(day, from)| json!({ "dates": { if from { "from" } else { "until" }: day } })).boxed(),
        subsequence(DAYS.to_vec(), 1..4).prop_map(|days| json!({ "weekdays": days })).boxed(),
        (select(vec![-5, -1, 1, 2, 5]), select(DAYS.to_vec()))
            .prop_map(|(nth, day)| json!({ "nth_weekday": { "nth": nth, "day": day } })).boxed(),
        (0..24_u32, 1..24_u32, perhaps(subsequence(DAYS.to_vec(), 1..4).prop_map(|days| json!(days)))).prop_map(
            |(from, more, on)| {
                let clock = |hour: u32| format!("{:02}:00", hour % 24);
                json!({ "hours": lean(json!({ "from": clock(from), "until": clock(from + more), "on": on })) })
            }
        ).boxed(),
        (bound, 1..6_u32, perhaps(words().prop_map(|words| json!({ "tags": words }))), any::<bool>()).prop_map(
            |(bound, thousands, lines, tax)| {
                let tax = tax.then_some("excluded");
                json!({ "spend": lean(json!({ bound: thousands * 1_000, "lines": lines, "tax": tax })) })
            }
        ).boxed(),
        (least(4), perhaps(words().prop_map(|words| json!({ "tags": words })))).prop_map(|((units, more), lines)| {
            json!({ "contains": lean(json!({ "units": units, "at_most": units + more, "lines": lines })) })
        }).boxed(),
        least(40).prop_map(|(from, more)| json!({ "age": { "from": from, "to": from + 10 * more } })).boxed(),
        least(5).prop_map(|(from, more)| json!({ "order_number": { "from": from, "until": from + more } })).boxed(),
        words().prop_map(|words| json!({ "channel_in": words })).boxed(),
        words().prop_map(|words| json!({ "tender_in": words })).boxed(),
        words().prop_map(|words| json!({ "segment_in": words })).boxed(),
        (words(), any::<bool>()).prop_map(|(words, one)| {
            let asked = if one { json!({ "is": words[0] }) } else { json!({ "one_of": words }) };
            let mut condition = json!({ "of": "member", "name": "a" });
            condition[if one { "is" } else { "one_of" }] = asked[if one { "is" } else { "one_of" }].clone();
            json!({ "attribute": condition })
        }).boxed(),
    ]
}

/// Several of one kind that must hold together, some of them denied.
fn alike() -> impl Strategy<Value = Value> {
    let kind = (0..kinds().len()).prop_flat_map(|kind| {
        let one = (kinds().swap_remove(kind), prop::bool::weighted(0.25));
        proptest::collection::vec(one, 2..4)
    });
    kind.prop_map(|all| {
        let all = all.into_iter().map(|(one, denied)| if denied { json!({ "not": one }) } else { one });
        json!({ "all": all.collect::<Vec<_>>() })
    })
}

fn condition() -> impl Strategy<Value = Value> {
    let leaf = proptest::strategy::Union::new(kinds());
    leaf.prop_recursive(3, 12, 3, |inner| {
        let several = || proptest::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            2 => several().prop_map(|all| json!({ "all": all })),
            1 => several().prop_map(|any| json!({ "any": any })),
            1 => inner.clone().prop_map(|not| json!({ "not": not })),
        ]
    })
}

/// A member, a basket, and an hour.
fn world() -> impl Strategy<Value = (Value, Value, i64)> {
    let line = (1..4_u32, 1..3_u32, words(), 0..100_u32).prop_map(|(thousands, quantity, tags, tax)| {
        json!({ "sku": "a", "price": thousands * 1_000, "quantity": quantity, "tags": tags, "tax": tax })
    });
    let basket = (
        proptest::collection::vec(line, 1..4),
        perhaps(select(WORDS.to_vec()).prop_map(|word| json!(word))),
        subsequence(WORDS.to_vec(), 0..=3),
    );
    let member = (
        perhaps((1960..2026_i32).prop_map(|year| json!(format!("{year}-01-15")))),
        0..6_u32,
        subsequence(WORDS.to_vec(), 0..=3),
        perhaps(select(WORDS.to_vec()).prop_map(|word| json!({ "a": word }))),
    );
    (member, basket, 0..1_500_i64).prop_map(|(member, (lines, channel, tenders), hours)| {
        let (birthday, orders, segments, attributes) = member;
        let tenders: Value = tenders.into_iter().map(|tender| (tender.to_owned(), json!(1))).collect();
        let member = json!({
            "id": "m", "birthday": birthday, "orders": orders, "segments": segments, "attributes": attributes,
        });
        (lean(member), lean(json!({ "lines": lines, "channel": channel, "tenders": tenders })), hours)
    })
}

fn program(section: &str, entry: Value) -> Result<Program, dangol::ProgramError> {
    let mut file =
        json!({ "format": 1, "id": "t", "version": "1", "currency": "KRW", "wallets": [{ "id": "points" }] });
    file[section] = json!([lean(entry)]);
    Program::from_json(&file.to_string())
}

proptest! {
    #![proptest_config(config(400))]

    /// An offer that is refused since its conditions and days leave nothing has conditions and days that never hold.
    #[test]
    fn what_could_apply_is_never_refused(
        when in prop_oneof![1 => condition(), 3 => alike()], days in (perhaps(day()), perhaps(day())), worlds in proptest::collection::vec(world(), 40),
    ) {
        let offer = json!({ "id": "o", "benefit": { "percent_off": "10" }, "when": when, "from": days.0, "until": days.1 });
        let Err(error) = program("offers", offer) else { return Ok(()) };
        prop_assert!(error.problems().iter().all(|problem| problem.code == dangol::Code::Contradiction), "{error}");
        let rule = json!({ "id": "r", "award": { "fixed": 1 }, "when": when, "from": days.0, "until": days.1 });
        // Days that end before they start are told of either.
        let Ok(program) = program("accruals", rule) else { return Ok(()) };
        for (member, basket, hours) in worlds {
            let member: Member = read(&member);
            let quote = program.quote(&member, &read(&basket), at(hours));
            prop_assert!(quote.is_ok_and(|quote| quote.accruals.is_empty()), "{error} at {hours}: {basket}");
        }
    }
}
