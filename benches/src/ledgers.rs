//! The tasks of W3: points redeemed from the lots of a member.

use std::collections::BTreeMap;
use std::hint::black_box;

use dangol::wire::{self, ApplyRequest};
use dangol::{Member, Program};

use crate::ledger::{Redemption, draws};
use crate::measure::{Operation, Task};
use crate::workloads::{CAFE, same};
use crate::{Outcome, bound, convert, fixture};

/// An operation on a fresh copy of something, made outside the measurement.
struct OnCopies<T, F> {
    original: T,
    copies: Vec<T>,
    run: F,
}

impl<T: Clone, F: FnMut(&mut T)> Operation for OnCopies<T, F> {
    fn ready(&mut self, count: usize) {
        self.copies.clear();
        self.copies.resize(count, self.original.clone());
    }

    fn run(&mut self, count: usize) {
        for copy in self.copies.iter_mut().take(count) {
            (self.run)(copy);
        }
    }

    /// So few that they stay in the cache.
    fn most(&self) -> usize {
        16
    }
}

fn on_copies<T: Clone + 'static>(name: &str, original: T, run: impl FnMut(&mut T) + 'static) -> Task {
    Task { name: name.into(), operation: Box::new(OnCopies { original, copies: Vec::new(), run }) }
}

/// W3: 200 lots.
pub(crate) fn tasks() -> Outcome<Vec<Task>> {
    let (lots, _) = fixture::lots()?;
    let (member, redemption) = (convert::saver(&lots)?, Redemption::new(&lots)?);
    let events = vec![redemption.event(&member)];
    let text = serde_json::to_string(&ApplyRequest { member: member.clone(), events })?;
    let engine = on_copies("W3 engine", member, move |member: &mut Member| {
        let _ = black_box(redemption.run(black_box(member)));
    });
    let (points, today, mut draws) = (lots.redeem, lots.today, Vec::new());
    let by_hand = on_copies("W3 by hand", bound::Lots::new(&lots.lots), move |lots: &mut bound::Lots| {
        black_box(black_box(lots).redeem(points, today, &mut draws));
    });
    let program = Program::from_json(CAFE)?;
    let wire = Task::new("W3 wire", move || {
        let _ = black_box(wire::call(&program, "apply", black_box(&text)));
    });
    Ok(vec![engine, by_hand, wire])
}

/// A member with 10,000 lots: the event alone, the whole action as a host asks for it, and what a till shows before.
pub(crate) fn hoard() -> Outcome<Vec<Task>> {
    let (lots, _) = fixture::lots()?;
    let (member, redemption) = (convert::hoarder(10_000, lots.today)?, Redemption::new(&lots)?);
    let program = Program::from_json(
        r#"{ "format": 1, "id": "hoard", "version": "1", "currency": "KRW",
             "wallets": [{ "id": "points", "tender": { "value": "1" } }] }"#,
    )?;
    let action: dangol::Action = serde_json::from_str(r#"{ "spend": { "points": "12000" } }"#)?;
    let now = convert::instant(i64::from(lots.today).saturating_mul(86_400))?;
    let (spender, shown, operation) = (member.clone(), program.clone(), "o1".parse::<dangol::Id>()?);
    let act = on_copies("W3x10000 act, and its event applied", spender, move |member: &mut Member| {
        let acted = program.act(black_box(member), &action, now, operation.clone());
        let _ = black_box(acted.map(|acted| member.apply(acted.events.first()?).ok()));
    });
    let viewer = member.clone();
    let balance = Task::new("W3x10000 balance", move || {
        let _ = black_box(shown.balance(black_box(&viewer), now));
    });
    let engine = on_copies("W3x10000 engine", member, move |member: &mut Member| {
        let _ = black_box(redemption.run(black_box(member)));
    });
    Ok(vec![engine, act, balance])
}

/// Whether engine, hand-written code and reference agree on W3; a sentence about the first difference.
pub(crate) fn agree() -> Outcome<()> {
    let (fixture, expected) = fixture::lots()?;
    let redemption = Redemption::new(&fixture)?;
    let mut member = convert::saver(&fixture)?;
    let event = redemption.event(&member);
    let mut drawn = Vec::new();
    for draw in draws(&event) {
        drawn.push((draw.lot.as_str().parse()?, draw.points.units()));
    }
    same("W3, engine", &drawn, &expected.draws)?;
    let (mut lots, mut drawn) = (bound::Lots::new(&fixture.lots), Vec::new());
    lots.redeem(fixture.redeem, fixture.today, &mut drawn);
    same("W3, by hand", &drawn, &expected.draws)?;
    redemption.run(&mut member)?;
    let mut left = BTreeMap::new();
    for lot in member.wallets.values().flat_map(|account| account.lots()) {
        left.insert(lot.id.as_str().parse::<u32>()?, lot.points.units());
    }
    same("W3, what is left", &left, &lots.open().collect())
}
