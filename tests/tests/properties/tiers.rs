//! Tiers: what changes where a member stands, and what must not.

use dangol::{Action, Change, Event, Instant, Member, Program, Quote, TierStanding};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::config;
use super::deed::id;
use super::keeping::SIGNAL;
use super::ladder::{CLUB, HAPPENING, ladder, standing};
use super::shop::{TIERS, lean};
use super::visit::{at, read};

/// A program with ladders, a member, and what happens.
#[derive(Clone, Debug)]
pub(crate) struct Climb {
    file: Value,
    member: Value,
    steps: Vec<(i64, Value)>,
}

/// The day that lies so many days after the first one.
fn on_day(days: i64) -> String {
    (at(0).0.date_naive() + chrono::TimeDelta::days(days)).to_string()
}

fn file() -> impl Strategy<Value = Value> {
    let zone = select(vec!["UTC", "Asia/Seoul", "America/Havana"]);
    (ladder(0), zone, select(vec!["february_28", "march_1"])).prop_map(|(ladder, zone, leap_day)| {
        json!({
            "format": 1, "id": "climb", "version": "1", "currency": "KRW", "zone": zone, "leap_day": leap_day, "tiers": ladder,
            "wallets": [{ "id": "points", "tender": { "value": "1", "excess": "reduce" } }, { "id": "stamps" }],
            "accruals": [
                { "id": "base", "award": { "percent": "10" } },
                { "id": "gold", "award": { "percent": "5" }, "when": { "tier_at_least": TIERS[2] } },
                { "id": "told", "on": { "event": HAPPENING }, "award": { "fixed": "7" } },
                { "id": "stamp", "wallet": "stamps", "award": { "fixed": "1" } },
                { "id": "soon", "on": { "event": SIGNAL }, "award": { "fixed": "1" }, "vesting": { "signal": SIGNAL } },
            ],
        })
    })
}

/// An order of so much, or something that is done outside of one; `null` where only time passes.
fn deed() -> impl Strategy<Value = Value> {
    let correct = (0..40_i64, -3_000..9_000_i64, -1..2_i32, any::<bool>()).prop_map(|(ago, spend, orders, club)| {
        let ladder = if club { json!(CLUB) } else { Value::Null };
        json!({ "correct_activity": lean(json!({ "ago": ago, "spend": spend.to_string(), "orders": orders, "ladder": ladder, "reason": "r" })) })
    });
    let tier = || select(TIERS.to_vec());
    prop_oneof![
        6 => (1..20_000_i64).prop_map(|price| json!({ "order": price })),
        1 => Just(Value::Null),
        1 => Just(json!({ "event": { "name": HAPPENING, "units": 2 } })),
        1 => Just(json!({ "signal": { "signal": SIGNAL } })),
        1 => (tier(), proptest::option::of(0..50_i64)).prop_map(|(tier, last)| json!({ "set_tier": lean(json!({ "tier": tier, "last": last, "reason": "r" })) })),
        1 => Just(json!({ "end_tier": { "reason": "r" } })),
        1 => tier().prop_map(|tier| json!({ "try_tier": { "tier": tier } })),
        1 => correct,
    ]
}

fn member() -> impl Strategy<Value = Value> {
    let spend = proptest::collection::btree_map(0..400_i64, 1..20_000_i64, 0..3);
    (standing(on_day), proptest::option::of(-800..1_i64), spend).prop_map(|(mut tiers, joined, spend)| {
        // What only another program, or a hand, can have left is for the next review.
        if let Some(standing) = tiers.pointer_mut("/status").and_then(Value::as_object_mut) {
            standing.remove("falls_on");
            if standing.values().any(|value| value.to_string().contains("gone")) {
                tiers = Value::Null;
            }
        }
        let days = spend.iter().rev();
        let activity: Vec<Value> =
            days.map(|(ago, spend)| json!({ "on": on_day(-1 - ago), "spend": spend.to_string() })).collect();
        let lot = json!({ "id": "old/1", "points": "500", "earned_at": "2025-06-01T00:00:00Z" });
        lean(json!({
            "id": "m1", "tiers": tiers, "joined_on": joined.map(on_day), "activity": activity,
            "wallets": { "points": { "lots": [lot] } },
        }))
    })
}

pub(crate) fn climb(most: usize) -> impl Strategy<Value = Climb> {
    let wait = prop_oneof![Just(0_i64), 0..72_i64, 0..1_500_i64, 0..6_000_i64];
    let steps = proptest::collection::vec((wait, deed()), 1..most);
    (file(), member(), steps).prop_map(|(file, member, steps)| Climb { file, member, steps })
}

fn order(program: &Program, member: &Member, price: &Value, now: Instant) -> Quote {
    let basket = read(&json!({ "lines": [{ "sku": "s", "price": price }] }));
    program.quote(member, &basket, now).unwrap_or_else(|error| panic!("{error}"))
}

/// The action, whose days are told from today; nothing where the program has no such ladder or trial.
fn action(deed: &Value, today: chrono::NaiveDate) -> Action {
    let mut deed = deed.clone();
    let day = |days: &Value, sign: i64| today + chrono::TimeDelta::days(sign * days.as_i64().unwrap_or(0));
    if let Some(Value::Object(correct)) = deed.get_mut("correct_activity") {
        let ago = correct.remove("ago").unwrap_or_default();
        correct.insert("on".into(), json!(day(&ago, -1)));
    }
    if let Some(Value::Object(set)) = deed.get_mut("set_tier")
        && let Some(last) = set.remove("last")
    {
        set.insert("until".into(), json!(day(&last, 1)));
    }
    read(&deed)
}

impl Climb {
    fn program(&self) -> Program {
        Program::from_json(&self.file.to_string()).unwrap_or_else(|error| panic!("{error}: {}", self.file))
    }

    /// Lets it happen.
    pub(crate) fn live(&self) -> (Program, Member, i64) {
        let (program, mut member, mut hours) = (self.program(), read::<Member>(&self.member), 0);
        for (number, (wait, deed)) in self.steps.iter().enumerate() {
            hours += wait;
            let (now, operation) = (at(hours), id(&format!("op{number}")));
            let events = if deed.is_null() {
                program.advance(&member, now).unwrap_or_else(|error| panic!("{error}"))
            } else if let Some(price) = deed.get("order") {
                order(&program, &member, price, now).place(operation).events
            } else {
                let today = self.day(now);
                // What the program does not know, and what was not there to be taken away, is told and not done.
                program
                    .act(&member, &action(deed, today), now, operation)
                    .map_or_else(|_| Vec::new(), |acted| acted.events)
            };
            member.apply_all(&events).unwrap_or_else(|error| panic!("{error}"));
        }
        (program, member, hours)
    }

    fn day(&self, now: Instant) -> chrono::NaiveDate {
        let zone: dangol::Zone = read(&self.file["zone"]);
        zone.day(now).0
    }

    fn says(&self, word: &str) -> bool {
        self.file["tiers"].to_string().contains(&format!("\"{word}\""))
    }
}

fn tiers(program: &Program, member: &Member, now: Instant) -> Vec<TierStanding> {
    program.tiers(member, now).unwrap_or_else(|error| panic!("{error}"))
}

fn acted(program: &Program, member: &Member, deed: &Value, now: Instant, name: &str) -> Member {
    let done =
        program.act(member, &read(deed), now, id(name)).unwrap_or_else(|error| panic!("{error}: {deed}"));
    assert!(done.refused.is_none(), "{:?}", done.refused);
    let mut after = member.clone();
    after.apply_all(&done.events).unwrap_or_else(|error| panic!("{error}"));
    after
}

fn advanced(program: &Program, member: &Member, now: Instant) -> (Member, Vec<Event>) {
    let events = program.advance(member, now).unwrap_or_else(|error| panic!("{error}"));
    let mut after = member.clone();
    after.apply_all(&events).unwrap_or_else(|error| panic!("{error}"));
    (after, events)
}

fn changes(events: &[Event]) -> Vec<(Instant, Change)> {
    events.iter().map(|event| (event.at, event.change.clone())).collect()
}

/// Whether nothing that was done waits for the next order to lift the member, as it does where it came from elsewhere.
fn settled(standing: &TierStanding) -> bool {
    !standing.next.as_ref().is_some_and(|next| next.reached)
}

proptest! {
    #![proptest_config(config(192))]

    /// Spending points changes no measure and no standing.
    #[test]
    fn redeeming_changes_no_measure(climb in climb(8), more in 0..3_000_i64, points in 1..500_i64) {
        let (program, member, hours) = climb.live();
        let now = at(hours + more);
        let spend = json!({ "spend": { "points": points.to_string(), "shortfall": "deficit" } });
        let before = tiers(&program, &member, now);
        let after = tiers(&program, &acted(&program, &member, &spend, now, "spent"), now);
        for (before, after) in before.iter().zip(&after).filter(|(before, _)| settled(before)) {
            prop_assert_eq!(before, after);
        }
    }

    /// An order that is taken back at once, with all that it counted, leaves the member where he stood.
    #[test]
    fn a_full_return_restores_the_standing(climb in climb(8), more in 0..3_000_i64, price in 1..60_000_i64) {
        // Points that were granted count, whether or not they are there; they are taken back with the points.
        prop_assume!(!climb.says("points_at_least"));
        let (program, member, hours) = climb.live();
        let now = at(hours + more);
        let (member, _) = advanced(&program, &member, now);
        let back = |member: &Member, ladder: Option<&dangol::Id>, on: dangol::Day, spend: dangol::Money, orders: i64, name: &str| {
            let less = dangol::Money::ZERO.minus(spend).unwrap();
            let back = json!({ "on": on, "spend": less, "orders": -orders, "ladder": ladder, "reason": "came back" });
            acted(&program, member, &json!({ "correct_activity": lean(back) }), now, name)
        };
        let quote = order(&program, &member, &json!(price), now);
        let own = quote.tiers.iter().filter_map(|tier| tier.counts.as_ref()).filter(|counts| counts.awaits.is_none());
        let own: Vec<_> = own.map(|counts| (Some(&counts.ladder), counts.spend)).collect();
        // What waits to be found by the next look at what counts is found before, by one that changes nothing.
        // A day without an order says nothing of ladders that count in their own way: there they count what all others do.
        let ladders = if own.is_empty() { vec![None] } else { own.iter().map(|(ladder, _)| *ladder).collect() };
        let member = ladders.into_iter().enumerate().fold(member, |member, (number, ladder)| {
            let more = back(&member, ladder, quote.on, dangol::Money::ZERO, -1, &format!("more{number}"));
            back(&more, ladder, quote.on, dangol::Money::ZERO, 1, &format!("less{number}"))
        });
        let before = tiers(&program, &member, now);
        let events = order(&program, &member, &json!(price), now).place(id("bought")).events;
        let mut after = member.clone();
        after.apply_all(&events).unwrap();
        let counted = events.iter().find_map(|event| match &event.change {
            Change::OrderPlaced { spend, .. } => Some((None, *spend)),
            _ => None,
        });
        for (number, (ladder, spend)) in counted.into_iter().chain(own).enumerate() {
            after = back(&after, ladder, quote.on, spend, 1, &format!("back{number}"));
        }
        for (before, after) in before.iter().zip(&tiers(&program, &after, now)).filter(|(before, _)| settled(before)) {
            prop_assert_eq!(before, after);
        }
    }

    /// What was done before every window makes no difference.
    #[test]
    fn what_left_the_windows_is_forgotten(
        file in file(), recent in member(), older in proptest::collection::btree_map(1_200..3_000_i64, 1..90_000_i64, 1..6), price in 1..60_000_i64,
    ) {
        // What was there on the day of an old anniversary is told of the rise that it was.
        let words = file["tiers"].to_string();
        prop_assume!(!words.contains("\"lifetime\"") && !words.contains("tenure_at_least"));
        let mut recent = recent;
        // Without a day of joining a membership year is all of the membership.
        recent["joined_on"] = json!(on_day(-3_001));
        recent["at"] = json!(at(0));
        recent.as_object_mut().unwrap().remove("tiers");
        let mut longer = recent.clone();
        let old = older.iter().rev().map(|(ago, spend)| json!({ "on": on_day(-ago), "spend": spend.to_string() }));
        let all: Vec<Value> = old.chain(recent["activity"].as_array().into_iter().flatten().cloned()).collect();
        longer["activity"] = json!(all);
        let program = Climb { file, member: Value::Null, steps: Vec::new() }.program();
        let (recent, longer): (Member, Member) = (read(&recent), read(&longer));
        let quotes = [&recent, &longer].map(|member| order(&program, member, &json!(price), at(1)).tiers);
        prop_assert_eq!(&quotes[0], &quotes[1]);
        prop_assert_eq!(tiers(&program, &recent, at(1)), tiers(&program, &longer, at(1)));
    }

    /// Who was reviewed until an instant is not reviewed again, and stands where he stood before it was written.
    #[test]
    fn a_review_is_done_once(climb in climb(8), more in 0..9_000_i64) {
        let (program, member, hours) = climb.live();
        let now = at(hours + more);
        let (written, _) = advanced(&program, &member, now);
        prop_assert_eq!(advanced(&program, &written, now).1, []);
        prop_assert_eq!(tiers(&program, &member, now), tiers(&program, &written, now));
    }

    /// Reviews find the same however often somebody looks, also after what was done by hand.
    #[test]
    fn reviews_compose(climb in climb(8), stops in proptest::collection::vec(0..9_000_i64, 1..5)) {
        let (program, member, hours) = climb.live();
        let mut stops = stops;
        stops.sort_unstable();
        let (mut often, mut parts) = (member.clone(), Vec::new());
        for stop in &stops {
            let (after, events) = advanced(&program, &often, at(hours + stop));
            (often, parts) = (after, [parts, changes(&events)].concat());
        }
        let last = at(hours + stops.last().copied().unwrap_or(0));
        let (mut once, events) = advanced(&program, &member, last);
        prop_assert_eq!(parts, changes(&events));
        (once.operations, often.operations) = (Vec::new(), Vec::new());
        prop_assert_eq!(once, often);
    }
}
