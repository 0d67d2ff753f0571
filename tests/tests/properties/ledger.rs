//! The ledger under every deed: nothing is created, nothing is lost, and every sum is the sum of its parts.

use std::collections::BTreeMap;

use dangol::{Account, Change, Event, Id, Member, Money, Points, Program};
use proptest::prelude::*;
use proptest::sample::Index;

use super::config;
use super::deed::{Done, life};
use super::order::returns;
use super::visit::{at, read};

fn sum(all: impl IntoIterator<Item = Points>) -> Points {
    Points::sum(all).unwrap_or_else(|error| panic!("{error}"))
}

fn minus(from: Points, points: Points) -> Points {
    from.minus(points).unwrap_or_else(|error| panic!("{error}"))
}

/// What is there, less what was taken without being there.
fn worth(account: &Account) -> Points {
    minus(account.outstanding(), account.deficit())
}

/// Granted + deficit = outstanding + spent + expired + revoked + sent; lots and holds are what they say.
pub(crate) fn conserved(account: &Account) {
    let lots = account.lots();
    assert_eq!(sum(lots.iter().map(|lot| lot.points)), account.outstanding());
    let gone =
        sum([account.outstanding(), account.spent(), account.expired(), account.revoked(), account.sent()]);
    assert_eq!(sum([account.granted(), account.deficit()]), gone);
    for lot in lots {
        assert!(lot.points > Points::ZERO && lot.held >= Points::ZERO && lot.held <= lot.points, "{lot:?}");
        let draws = account.holds().iter().flat_map(|hold| &hold.lots).filter(|draw| draw.lot == lot.id);
        assert_eq!(sum(draws.map(|draw| draw.points)), lot.held);
    }
    assert!(account.deficit() >= Points::ZERO && account.granted() >= Points::ZERO);
}

/// By how much an event raises what is there less the deficit; it falls where the second is more.
fn moves(change: &Change) -> (Points, Points) {
    let points = change.points().unwrap_or(Points::ZERO);
    match change {
        Change::PointsEarned { .. }
        | Change::PointsGranted { .. }
        | Change::PointsReinstated { .. }
        | Change::PointsRestored { .. } => (points, Points::ZERO),
        Change::PointsSpent { .. }
        | Change::PointsExpired { .. }
        | Change::PointsDecayed { .. }
        | Change::PointsRevoked { .. }
        | Change::PointsSent { .. } => (Points::ZERO, points),
        _ => (Points::ZERO, Points::ZERO),
    }
}

/// Each wallet of each member moves by exactly what the events say.
fn moved(before: &Member, events: &[Event], after: &Member) {
    let mut expected: BTreeMap<&Id, Points> = BTreeMap::new();
    for (wallet, account) in &before.wallets {
        expected.insert(wallet, worth(account));
    }
    for event in events.iter().filter(|event| event.member == before.id) {
        let Some(wallet) = event.change.wallet() else { continue };
        let (more, less) = moves(&event.change);
        let entry = expected.entry(wallet).or_default();
        *entry = minus(sum([*entry, more]), less);
    }
    for (wallet, account) in &after.wallets {
        assert_eq!(expected.get(wallet).copied().unwrap_or_default(), worth(account), "{wallet}");
    }
}

/// What one member gives is what the other one gets, lot by lot.
fn given(events: &[Event]) {
    let sent = events.iter().flat_map(|event| match &event.change {
        Change::PointsSent { lots, .. } => lots.clone(),
        _ => Vec::new(),
    });
    let got = events.iter().filter_map(|event| match &event.change {
        Change::PointsGranted { because: dangol::Because::Gift(gift), points, .. } => {
            Some((gift.lot.clone(), *points))
        }
        _ => None,
    });
    assert_eq!(sent.map(|draw| (draw.lot, draw.points)).collect::<Vec<_>>(), got.collect::<Vec<_>>());
}

/// Balance = usable + pending + held = what expires when; what the shop owes is the sum of its parts.
fn parts(program: &Program, members: &[Member; 2], at: dangol::Instant) {
    let mut balances: BTreeMap<Id, Points> = BTreeMap::new();
    for member in members {
        for balance in program.balance(member, at).unwrap_or_else(|error| panic!("{error}")) {
            assert_eq!(sum([balance.usable, balance.pending, balance.held]), balance.balance, "{balance:?}");
            assert_eq!(sum(balance.expiring.iter().map(|part| part.points)), balance.balance);
            assert_eq!(sum(balance.waiting.iter().map(|part| part.points)), balance.pending);
            assert!(balance.deficit == Points::ZERO || balance.usable == Points::ZERO, "{balance:?}");
            let entry = balances.entry(balance.wallet).or_default();
            *entry = sum([*entry, balance.balance]);
        }
    }
    let rate = Some(read(&serde_json::json!("83.5")));
    let owed = program.liability(members, at, rate).unwrap_or_else(|error| panic!("{error}"));
    for total in &owed.totals {
        let own = || owed.entries.iter().filter(|entry| entry.wallet == total.wallet);
        assert_eq!(sum(own().map(|entry| entry.points)), total.points);
        assert_eq!(total.points, balances[&total.wallet]);
        let values: Option<Vec<Money>> = own().map(|entry| entry.value).collect();
        assert_eq!(values.map(|values| Money::sum(values).unwrap_or(Money::ZERO)), total.value);
    }
}

/// Opening and all deltas are the closing, and each balance follows from the one before.
fn told(before: &Member, events: &[Event], after: &Member) {
    let own: Vec<Event> = events.iter().filter(|event| event.member == before.id).cloned().collect();
    let statements = before.statement(&own).unwrap_or_else(|error| panic!("{error}"));
    for statement in statements {
        let mut balance = statement.opening;
        for movement in &statement.movements {
            balance = sum([balance, movement.delta]);
            assert_eq!(balance, movement.balance);
            let (more, less) = moves(&movement.change);
            assert_eq!(movement.delta, minus(more, less));
        }
        assert_eq!(balance, statement.closing);
        assert_eq!(balance, after.wallets.get(&statement.wallet).map_or(Points::ZERO, worth));
    }
}

/// What an order booked is what its quote said.
fn booked(done: &Done<'_>) {
    let Some(quote) = &done.quote else { return };
    let me = &done.after[done.me];
    for balance in done.program.balance(me, done.now).unwrap_or_else(|error| panic!("{error}")) {
        assert_eq!(quote.balances.get(&balance.wallet), Some(&balance.usable), "{}", balance.wallet);
    }
    for (wallet, balance) in &quote.balances {
        assert_eq!(me.wallets.get(wallet).map_or(Points::ZERO, |account| account.usable(quote.on)), *balance);
    }
}

proptest! {
    #![proptest_config(config(48))]

    /// Points are neither made nor lost, whatever is done to them.
    #[test]
    fn every_deed_keeps_every_point(life in life(14)) {
        life.live(|done| {
            for (before, after) in done.before.iter().zip(&done.after) {
                after.wallets.values().for_each(conserved);
                moved(before, &done.events, after);
                told(before, &done.events, after);
            }
            given(&done.events);
        });
    }

    /// Balances and what the shop owes are the sums of their parts, now and later.
    #[test]
    fn every_balance_is_the_sum_of_its_parts(life in life(10), later in 0..9_000_i64) {
        let (members, hours) = life.live(|done| parts(done.program, &done.after, done.now));
        parts(&life.shop.program(), &members, at(hours + later));
    }

    /// What is booked is what was quoted, also with deficits, holds, vesting and limits.
    #[test]
    fn every_order_is_booked_as_quoted(life in life(12)) {
        life.live(booked);
    }

    /// The state is the fold of the events: a snapshot and what came later is the same as everything, also by way of
    /// JSON, and without the program.
    #[test]
    fn a_snapshot_and_later_events_are_all_events(life in life(10), cut in any::<Index>()) {
        let start: [Member; 2] = [read(&life.members[0]), read(&life.members[1])];
        let mut all: Vec<Event> = Vec::new();
        let (end, _) = life.live(|done| all.extend(done.events.iter().cloned()));
        let text = serde_json::to_string(&all).unwrap();
        let all: Vec<Event> = serde_json::from_str(&text).unwrap();
        for (start, end) in start.iter().zip(&end) {
            let own: Vec<Event> = all.iter().filter(|event| event.member == start.id).cloned().collect();
            let mut snapshot = start.clone();
            let (early, late) = own.split_at(cut.index(own.len() + 1));
            snapshot.apply_all(early).unwrap();
            let mut snapshot: Member = serde_json::from_str(&serde_json::to_string(&snapshot).unwrap()).unwrap();
            snapshot.apply_all(late).unwrap();
            prop_assert_eq!(&snapshot, end);
        }
    }

    /// Members, events, actions, answers and programs come back from JSON as they were.
    #[test]
    fn every_deed_returns_from_json(life in life(8)) {
        life.live(|done| {
            done.after.iter().for_each(returns);
            done.events.iter().for_each(returns);
            if let Some((action, acted)) = &done.acted {
                returns(action);
                returns(acted);
            }
            if let Some(quote) = &done.quote {
                returns(quote);
            }
        });
        let program = life.shop.program();
        let written = Program::from_json(&serde_json::to_string(program.file()).unwrap()).unwrap();
        prop_assert_eq!(program.hash(), written.hash());
    }
}
