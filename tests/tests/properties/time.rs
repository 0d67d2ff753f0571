//! The passing of time: it does not matter how often somebody looks.

use dangol::{Change, Event, Instant, Member, Quote};
use proptest::prelude::*;

use super::config;
use super::visit::{at, history, read};

fn changes(events: &[Event]) -> Vec<(Instant, Change)> {
    events.iter().map(|event| (event.at, event.change.clone())).collect()
}

/// The member without the names of operations, which differ by when somebody looked.
fn nameless(mut member: Member) -> Member {
    member.operations.clear();
    member
}

/// The quote without what tells whether time was written.
fn timeless(mut quote: Quote) -> Quote {
    (quote.member_version, quote.overdue) = (0, Vec::new());
    quote
}

proptest! {
    #![proptest_config(config(192))]

    /// Advancing to one instant and then to a later one is advancing to the later one.
    #[test]
    fn advance_composes(history in history(4), first in 0..9_000_i64, more in 0..9_000_i64) {
        let program = history.shop.program();
        let (start, hours) = history.play(|_, _, _, _| {});
        let (mut twice, mut once) = (start.clone(), start);
        let mut parts = Vec::new();
        for until in [hours + first, hours + first + more] {
            let events = program.advance(&twice, at(until)).unwrap();
            twice.apply_all(&events).unwrap();
            parts.extend(changes(&events));
        }
        let whole = program.advance(&once, at(hours + first + more)).unwrap();
        once.apply_all(&whole).unwrap();
        prop_assert_eq!(parts, changes(&whole));
        prop_assert_eq!(nameless(once), nameless(twice));
    }

    /// A second look at the same instant finds nothing to do.
    #[test]
    fn advance_is_done_once(history in history(4), more in 0..9_000_i64) {
        let program = history.shop.program();
        let (mut member, hours) = history.play(|_, _, _, _| {});
        member.apply_all(&program.advance(&member, at(hours + more)).unwrap()).unwrap();
        prop_assert_eq!(program.advance(&member, at(hours + more)).unwrap(), []);
    }

    /// A quote is the same whether or not what is due was written before.
    #[test]
    fn a_quote_counts_what_is_due(history in history(4), more in 0..9_000_i64) {
        let program = history.shop.program();
        let (member, hours) = history.play(|_, _, _, _| {});
        let Some(basket) = history.steps.iter().find_map(|step| step.basket.as_ref()) else { return Ok(()) };
        let now = at(hours + more);
        let mut written = member.clone();
        written.apply_all(&program.advance(&member, now).unwrap()).unwrap();
        let before = program.quote(&member, &read(basket), now).unwrap();
        let after = program.quote(&written, &read(basket), now).unwrap();
        prop_assert!(after.overdue.is_empty());
        prop_assert_eq!(timeless(before), timeless(after));
    }
}
