//! Booking: what was placed is what was quoted, and the member is the fold of the events.

use std::collections::BTreeMap;

use dangol::{Account, Amount, Change, Draw, Event, Id, Member, Money, Outcome, Points, Quote};
use proptest::prelude::*;
use proptest::sample::Index;

use super::config;
use super::visit::{history, read};

fn plus(sum: &mut Points, points: Points) {
    *sum = sum.plus(points).unwrap_or_else(|error| panic!("{error}"));
}

/// Granted = outstanding + spent + expired, and the outstanding points are those of the lots.
fn conserved(account: &Account) {
    let lots = Points::sum(account.lots().iter().map(|lot| lot.points));
    assert_eq!(lots, Ok(account.outstanding()));
    let used = account.outstanding().plus(account.spent()).and_then(|sum| sum.plus(account.expired()));
    assert_eq!(used, Ok(account.granted()));
    assert!(account.lots().iter().all(|lot| lot.points > Points::ZERO));
}

/// What the events say was granted, spent and expired in each wallet.
fn moved(events: &[Event]) -> BTreeMap<Id, [Points; 3]> {
    let mut moved: BTreeMap<Id, [Points; 3]> = BTreeMap::new();
    for event in events {
        match &event.change {
            Change::PointsEarned { wallet, points, .. } => {
                plus(&mut moved.entry(wallet.clone()).or_default()[0], *points)
            }
            Change::PointsSpent { wallet, points, .. } => {
                plus(&mut moved.entry(wallet.clone()).or_default()[1], *points)
            }
            Change::PointsExpired { wallet, points, .. } => {
                plus(&mut moved.entry(wallet.clone()).or_default()[2], *points)
            }
            _ => {}
        }
    }
    moved
}

fn totals(member: &Member) -> BTreeMap<Id, [Points; 3]> {
    let totals = |account: &Account| [account.granted(), account.spent(), account.expired()];
    member.wallets.iter().map(|(id, account)| (id.clone(), totals(account))).collect()
}

/// What money pays for the goods, without delivery and added taxes.
fn for_goods(quote: &Quote) -> Money {
    quote.net.minus(quote.paid_with_points).unwrap_or_else(|error| panic!("{error}"))
}

/// After the order the member has what the quote said.
fn as_quoted(quote: &Quote, after: &Member, first: bool) {
    for (wallet, balance) in &quote.balances {
        let usable = after.wallets.get(wallet).map_or(Points::ZERO, |account| account.usable(quote.on));
        assert_eq!(usable, *balance, "wallet {wallet}");
    }
    for tier in &quote.tiers {
        let held = after.tier(tier.ladder.as_str());
        // A tier that left the ladder is kept until another is reached, where no event was there before.
        let gone = held.is_some_and(|held| *held == "gone");
        assert!(held.is_none() || held == tier.after.as_ref() || gone, "{held:?} is not {tier:?}");
    }
    let today = after.activity.iter().find(|activity| activity.on == quote.on);
    assert!(today.is_some_and(|today| if first {
        today.spend == for_goods(quote)
    } else {
        today.spend >= for_goods(quote)
    }));
}

proptest! {
    #![proptest_config(config(128))]

    /// No point appears or vanishes: at every step what was granted is what is left, spent and expired, and the totals
    /// move by exactly what the events say.
    #[test]
    fn points_are_conserved(history in history(7)) {
        history.play(|before, _, events, after| {
            after.wallets.values().for_each(conserved);
            let mut expected = totals(before);
            for (wallet, moves) in moved(events) {
                let entry = expected.entry(wallet).or_default();
                entry.iter_mut().zip(moves).for_each(|(sum, points)| plus(sum, points));
            }
            assert_eq!(totals(after), expected);
        });
    }

    /// What is placed is what was quoted.
    #[test]
    fn placed_is_quoted(history in history(5)) {
        history.play(|before, quote, events, after| {
            let Some(quote) = quote else { return };
            let first = !before.activity.iter().any(|activity| activity.on == quote.on);
            as_quoted(quote, after, first);
            assert_eq!(after.orders, before.orders + 1);
            let spend = events.iter().find_map(|event| match &event.change {
                Change::OrderPlaced { spend, .. } => Some(*spend),
                _ => None,
            });
            assert_eq!(spend, Some(for_goods(quote)));
            assert_eq!(after.version, before.version + u64::try_from(events.len()).unwrap_or(0));
        });
    }

    /// Folding the events gives the same member however they are cut into pieces, and all of them again change nothing.
    #[test]
    fn the_fold_does_not_depend_on_its_pieces(history in history(6), cuts in proptest::collection::vec(any::<Index>(), 0..4)) {
        let mut events: Vec<Event> = Vec::new();
        let (end, _) = history.play(|_, _, more, _| events.extend_from_slice(more));
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(events.len() + 1)).collect();
        cuts.extend([0, events.len()]);
        cuts.sort_unstable();
        let (mut pieces, mut single): (Member, Member) = (read(&history.member), read(&history.member));
        for cut in cuts.windows(2) {
            pieces.apply_all(&events[cut[0]..cut[1]]).unwrap();
        }
        for event in &events {
            prop_assert_eq!(single.apply(event), Ok(Outcome::Changed));
        }
        prop_assert_eq!(&pieces, &end);
        prop_assert_eq!(&single, &end);
        prop_assert_eq!(single.apply_all(&events), Ok(Outcome::Repeated));
        prop_assert_eq!(single, end);
    }

    /// An event that is left out is missed, and nothing changes.
    #[test]
    fn a_missing_event_is_an_error(history in history(4), missing in any::<Index>()) {
        let mut events: Vec<Event> = Vec::new();
        history.play(|_, _, more, _| events.extend_from_slice(more));
        prop_assume!(events.len() > 1);
        events.remove(missing.index(events.len() - 1));
        let mut member: Member = read(&history.member);
        let before = member.clone();
        prop_assert!(member.apply_all(&events).is_err());
        prop_assert_eq!(member, before);
    }

    /// An event that takes more than there is changes nothing, also where some of its lots would do.
    #[test]
    fn an_event_that_does_not_fit_changes_nothing(history in history(6), extra in 0..3_000_i32) {
        history.play(|before, _, events, _| {
            let mut member = before.clone();
            for event in events {
                let mut greedy = event.clone();
                if let Change::PointsSpent { lots, .. } = &mut greedy.change {
                    let more = lots.last().map(|last| Draw { lot: last.lot.clone(), points: Points(Amount::from(extra)) });
                    lots.extend(more);
                    let (mut tried, intact) = (member.clone(), member.clone());
                    match tried.apply(&greedy) {
                        Err(_) => assert_eq!(tried, intact),
                        Ok(_) => tried.wallets.values().for_each(conserved),
                    }
                }
                assert_eq!(member.apply(event), Ok(Outcome::Changed));
            }
        });
    }
}
