//! Generated ladders and histories: after every order and every night the member stands where the oracle says.

use dangol::{Instant, Member, Program};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::calendar::{Day, Ends, Minute, Term, Zone, written};
use super::config;
use super::ladders::{Fall, Ladder, Tier};
use super::steps::{Climber, Goal, Span, Window};

/// Windows, and the reviews that fit them.
fn times() -> impl Strategy<Value = (Window, Option<Option<Span>>, bool)> {
    let month = Some(Some(Span::Months(1)));
    let days = |days: u64| Window::Last(Term::Days(days));
    let months = |months: u32| Window::Last(Term::Months(months));
    let span = Window::Span;
    // The flag says whether members may wait for reviews: where something leaves a window, or on days of the calendar.
    let fitting = vec![
        (days(30), None, false),
        (days(45), Some(None), false),
        (months(1), month, true),
        (months(3), None, false),
        (months(3), month, true),
        (months(6), Some(Some(Span::Months(3))), true),
        (months(12), Some(Some(Span::Tier)), false),
        (months(12), Some(Some(Span::Membership)), true),
        (span(Span::Months(1)), None, true),
        (span(Span::Months(3)), None, true),
        (span(Span::Months(3)), month, true),
        (span(Span::Months(3)), Some(None), false),
        (span(Span::Months(6)), None, true),
        (span(Span::Months(12)), month, true),
        (span(Span::YearFrom(3)), None, true),
        (span(Span::YearFrom(7)), Some(Some(Span::Months(6))), true),
        (span(Span::Membership), None, true),
        (Window::Lifetime, None, false),
        (Window::Lifetime, month, true),
    ];
    select(fitting)
}

/// What two tiers ask for, the higher one more, and what keeps them, no more than what lifts to them.
fn goals() -> impl Strategy<Value = [Goal; 4]> {
    let one = |kind: u8, money: i64, count: usize| {
        let (spend, orders, visits) = (Goal::Spend(money), Goal::Orders(count), Goal::Visits(count));
        let soon = Goal::Within(Window::Last(Term::Days(20)), Box::new(Goal::Spend(money)));
        match kind {
            0 | 1 => spend,
            2 => orders,
            3 => visits,
            4 => Goal::Some(1, vec![spend, visits]),
            5 => Goal::Some(2, vec![spend, orders]),
            6 => Goal::Some(2, vec![spend, orders, visits]),
            _ => Goal::Some(1, vec![soon, orders]),
        }
    };
    let money = (200..1_500_i64, 1..1_500_i64, 0..100_i64);
    (0..8_u8, money, 1..4_usize, 1..4_usize).prop_map(move |(kind, (first, more, keep), count, above)| {
        let easier = |money: i64| (money * keep / 100).max(1);
        [
            one(kind, first, count),
            one(kind, easier(first), count.div_ceil(2)),
            one(kind, first + more, count + above),
            one(kind, easier(first + more), count),
        ]
    })
}

fn ladder() -> impl Strategy<Value = Ladder> {
    let term = prop_oneof![(1..70_u64).prop_map(Term::Days), (1..8_u32).prop_map(Term::Months)];
    let validity = prop_oneof![
        (1..40_u64).prop_map(|days| Ends::After(Term::Days(days))),
        (1..14_u32).prop_map(|months| Ends::After(Term::Months(months))),
        (1..4_u32).prop_map(|months| Ends::EndOfMonth(Some(Term::Months(months)))),
        Just(Ends::EndOfMonth(None)),
    ];
    let fall = select(vec![Fall::ToQualified, Fall::ToQualified, Fall::OneStep, Fall::Never]);
    let choices = (any::<bool>(), fall, of(term), of(validity), any::<[bool; 3]>());
    (times(), goals(), choices).prop_map(
        |((window, review, may_wait), [low, keep_low, high, keep_high], choices)| {
            let (waits, fall, grace, validity, [base, keeps, also]) = choices;
            let keep = |goal: Goal, own: bool| own.then_some(goal);
            let mut tiers = vec![
                Tier { enter: Some(low), keep: keep(keep_low, keeps) },
                Tier { enter: Some(high), keep: keep(keep_high, also) },
            ];
            if base {
                tiers.insert(0, Tier { enter: None, keep: None });
            }
            let grace = grace.filter(|_| fall != Fall::Never);
            Ladder { window, review, at_once: !(waits && may_wait), fall, grace, validity, tiers }
        },
    )
}

/// An order of so much, or a night at which time is written; and how many minutes after the one before it.
fn visit() -> impl Strategy<Value = (Minute, Option<i64>)> {
    let days = |most: i64| (0..most).prop_map(|days| days * 1_440);
    let wait = prop_oneof![Just(0_i64), 1..1_500_i64, days(20), days(60), days(200), 0..90_000_i64];
    (wait, prop_oneof![4 => (1..900_i64).prop_map(Some), 1 => Just(None)])
}

fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error} in {value}"))
}

fn instant(at: Minute) -> Instant {
    read(&json!(written(at)))
}

/// A standing in one form, from the oracle.
fn expected(climber: &Climber) -> Value {
    let tier = climber.tier.map(|rank| format!("t{rank}"));
    json!([tier, climber.since, climber.until, climber.falls])
}

/// The same of the core, with the next review that finds another tier.
fn found(program: &Program, member: &Member, now: Minute) -> (Value, Value) {
    let tiers = program.tiers(member, instant(now)).unwrap_or_else(|error| panic!("{error}"));
    let standing = &tiers[0].standing;
    let review = tiers[0].review.as_ref();
    (
        json!([tiers[0].tier, standing.since, standing.until, standing.falls_on]),
        json!(review.map(|review| json!([review.on, review.tier]))),
    )
}

proptest! {
    #![proptest_config(config(192))]

    /// Order after order and night after night.
    #[test]
    fn members_stand_where_the_oracle_says(
        ladder in ladder(),
        zone in select(vec![("UTC", 0_i64), ("Asia/Seoul", 540), ("America/Phoenix", -420)]),
        leap in any::<bool>(),
        visits in proptest::collection::vec(visit(), 1..20),
    ) {
        climb(&ladder, Zone { name: zone.0, ahead: zone.1 }, leap, &visits);
    }
}

fn climb(ladder: &Ladder, zone: Zone, leap: bool, visits: &[(Minute, Option<i64>)]) {
    let file = json!({
        "format": 1, "id": "o", "version": "1", "currency": "KRW", "zone": zone.name, "tiers": ladder.json(),
    });
    let program = Program::from_json(&file.to_string()).unwrap_or_else(|error| panic!("{error}: {file}"));
    let day = |year, month, day| Day::from_ymd_opt(year, month, day).unwrap();
    let joined = if leap { day(2024, 2, 29) } else { day(2025, 12, 20) };
    let mut now = 197;
    let mut member: Member = read(&json!({ "id": "m1", "joined_on": joined, "at": written(now) }));
    let mut climber = Climber::new(ladder.clone(), joined, zone.day(now));
    for (number, (wait, money)) in visits.iter().enumerate() {
        now += wait;
        climber.pass(zone.day(now));
        let events = match money {
            None => program.advance(&member, instant(now)).unwrap_or_else(|error| panic!("{error}")),
            Some(money) => {
                climber.order(*money);
                let basket = read(&json!({ "lines": [{ "sku": "s", "price": money }] }));
                let quote =
                    program.quote(&member, &basket, instant(now)).unwrap_or_else(|error| panic!("{error}"));
                let after = climber.tier.map(|rank| format!("t{rank}"));
                assert_eq!(json!(quote.tiers[0].after), json!(after), "{number}: {file}");
                quote.place(read(&json!(format!("op{number}")))).events
            }
        };
        // Some nights are only looked at, and not written.
        if money.is_some() || number % 2 == 0 {
            member.apply_all(&events).unwrap_or_else(|error| panic!("{error}"));
        }
        let (standing, review) = found(&program, &member, now);
        assert_eq!(standing, expected(&climber), "{number}, {}: {file}", climber.today);
        // The next review that finds something may change no tier: then the oracle is not asked what comes after it.
        let last = number + 1 == visits.len();
        if last && (review.is_null() || review[1] != standing[0]) {
            let later = climber.changes(climber.today + chrono::Months::new(24));
            assert_eq!(
                review,
                json!(later.map(|(day, rank)| json!([day, rank.map(|rank| format!("t{rank}"))]))),
                "{number}: {file}"
            );
        }
    }
}
