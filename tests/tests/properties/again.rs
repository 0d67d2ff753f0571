//! Doing something again, looking at another time, asking in another order: what must make no difference.

use std::cell::RefCell;

use dangol::{Action, Change, Code, Event, Instant, Member, Outcome};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::json;

use super::config;
use super::deed::{id, life};
use super::order::{shuffle, shuffle_offers, unordered};
use super::visit::{at, basket, read};

fn changes(events: &[Event]) -> Vec<(Instant, Change)> {
    events.iter().map(|event| (event.at, event.change.clone())).collect()
}

/// The member without the names of operations, which differ by when somebody looked.
fn nameless(mut member: Member) -> Member {
    member.operations.clear();
    member
}

/// Instants at which something may change: when holds end, around midnight in most zones.
fn edges(member: &Member) -> Vec<Instant> {
    let holds = member.wallets.values().flat_map(dangol::Account::holds).filter_map(|hold| hold.until);
    let lots = member.wallets.values().flat_map(dangol::Account::lots);
    let days = lots.flat_map(|lot| [lot.expires_on, lot.grace_until, lot.usable_from]).flatten();
    let midnights = days.flat_map(|day| {
        let start = Instant(day.0.and_time(chrono::NaiveTime::MIN).and_utc());
        [0, 24, 15, -9].map(|hours| Instant(start.0 + chrono::TimeDelta::hours(hours)))
    });
    holds.chain(midnights).collect()
}

proptest! {
    #![proptest_config(config(48))]

    /// Time passes the same however often it is written, with holds, decay, birthdays, deficits and vesting under way.
    #[test]
    fn every_advance_composes(life in life(9), stops in proptest::collection::vec((any::<bool>(), 0..6_000_i64, any::<Index>()), 1..4)) {
        let (members, hours) = life.live(|_| {});
        let program = life.shop.program();
        let end = at(hours + 9_000);
        for member in members {
            let edges = edges(&member);
            let first = at(hours).max(member.at.unwrap_or(at(hours)));
            let mut stops: Vec<Instant> = stops.iter().map(|(edge, later, pick)| {
                if *edge && !edges.is_empty() { edges[pick.index(edges.len())] } else { at(hours + later) }
            }).filter(|stop| first <= *stop && *stop <= end).collect();
            stops.push(end);
            stops.sort_unstable();
            let (mut often, mut once) = (member.clone(), member);
            let mut parts = Vec::new();
            for stop in stops {
                let balance = program.balance(&often, stop).unwrap();
                let events = program.advance(&often, stop).unwrap();
                often.apply_all(&events).unwrap();
                prop_assert_eq!(balance, program.balance(&often, stop).unwrap());
                parts.extend(changes(&events));
            }
            let whole = program.advance(&once, end).unwrap();
            once.apply_all(&whole).unwrap();
            prop_assert_eq!(parts, changes(&whole));
            prop_assert_eq!(nameless(once), nameless(often));
        }
    }

    /// Whatever was done is done once: again with the same content it changes nothing, with another it is an error, in
    /// every later state.
    #[test]
    fn every_deed_is_done_once(life in life(12)) {
        let asked: RefCell<Vec<(usize, Action, String)>> = RefCell::default();
        let booked: RefCell<Vec<Vec<Event>>> = RefCell::default();
        life.live(|done| {
            if let Some((action, acted)) = &done.acted && acted.refused.is_none() {
                asked.borrow_mut().push((done.me, action.clone(), acted.operation.to_string()));
            }
            booked.borrow_mut().push(done.events.clone());
            let other: Action = read(&json!({ "grant": { "points": "7", "reason": "another" } }));
            for (who, action, operation) in &*asked.borrow() {
                let (me, friend) = (&done.after[*who], &done.after[1 - *who]);
                let again = done.program.act(me, action, done.now, id(operation)).unwrap();
                assert!(again.repeated && again.events.is_empty(), "{again:?}");
                let error = done.program.act(me, &other, done.now, id(operation)).unwrap_err();
                assert_eq!((error.0.code, error.0.path.as_str()), (Code::OperationReused, "operation"));
                let gift: Action = read(&json!({ "transfer": { "points": "7", "to": me } }));
                match done.program.act(friend, &gift, done.now, id(operation)) {
                    Ok(acted) => assert!(acted.refused.is_some(), "{acted:?}"),
                    Err(error) => assert_eq!(error.0.code, Code::OperationReused),
                }
            }
            for events in &*booked.borrow() {
                for member in &done.after {
                    let own: Vec<Event> = events.iter().filter(|event| event.member == member.id).cloned().collect();
                    let mut again = member.clone();
                    assert_eq!(again.apply_all(&own), Ok(Outcome::Repeated));
                    assert_eq!(again, *member);
                }
            }
        });
    }

    /// An action is answered the same whether or not what is due was written before, and always with the same bytes.
    #[test]
    fn an_action_counts_what_is_due(life in life(10)) {
        life.live(|done| {
            let Some((action, acted)) = &done.acted else { return };
            let mut written = done.before[done.me].clone();
            written.apply_all(&done.program.advance(&written, done.now).unwrap()).unwrap();
            let again = done.program.act(&done.before[done.me], action, done.now, acted.operation.clone()).unwrap();
            assert_eq!(serde_json::to_string(&again).unwrap(), serde_json::to_string(acted).unwrap());
            let after = done.program.act(&written, action, done.now, acted.operation.clone()).unwrap();
            assert_eq!((&after.refused, &after.accruals), (&acted.refused, &acted.accruals));
            written.apply_all(&after.events.iter().filter(|event| event.member == written.id).cloned().collect::<Vec<_>>()).unwrap();
            if acted.refused.is_none() {
                assert_eq!(nameless(written), nameless(done.after[done.me].clone()));
            }
        });
    }

    /// Shuffling lines, codes, rules, multipliers and wallets changes no amount, also for members with a history.
    #[test]
    fn shuffling_changes_nothing_later(
        (life, basket) in life(7).prop_flat_map(|life| { let basket = basket(&life.shop); (Just(life), basket) }),
        dice in proptest::collection::vec(any::<Index>(), 6),
    ) {
        let (members, hours) = life.live(|_| {});
        let (mut shop, mut shuffled) = (life.shop.clone(), basket.clone());
        let quote = shop.program().quote(&members[0], &read(&basket), at(hours)).unwrap();
        for list in ["lines", "codes"] {
            shuffle(&mut shuffled[list], &dice);
        }
        for section in ["accruals", "multipliers", "rewards"] {
            shuffle(&mut shop.file[section], &dice);
        }
        shuffle_offers(&mut shop, &dice);
        let other = shop.program().quote(&members[0], &read(&shuffled), at(hours)).unwrap();
        prop_assert_eq!(unordered(&quote), unordered(&other));
    }
}
