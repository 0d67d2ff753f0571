//! W3 in the engine: which lots the points come from, and the event that takes them.

use dangol::{BurnOrder, Change, Day, Draw, Event, Id, Instant, Member, Points, ProgramRef};

use crate::Outcome;
use crate::convert::{WALLET, day, instant};
use crate::fixture::Lots;

/// A redemption that can be repeated on copies of one member.
#[derive(Clone, Debug)]
pub struct Redemption {
    wallet: Id,
    points: Points,
    today: Day,
    at: Instant,
    operation: Id,
    program: ProgramRef,
}

impl Redemption {
    /// The redemption of the workload.
    pub fn new(lots: &Lots) -> Outcome<Redemption> {
        let id = |text: &str| text.parse::<Id>();
        Ok(Redemption {
            wallet: id(WALLET)?,
            points: Points::of_units(lots.redeem, 0)?,
            today: day(lots.today)?,
            at: instant(i64::from(lots.today).saturating_mul(86_400))?,
            operation: id("o1")?,
            program: ProgramRef { id: id("w3")?, version: id("1")?, hash: id("0")? },
        })
    }

    /// The event that takes the points, lot by lot.
    #[must_use]
    pub fn event(&self, member: &Member) -> Event {
        let account = member.wallets.get(&self.wallet);
        let lots = account.map(|account| account.plan(self.points, self.today, BurnOrder::SoonestExpiry));
        Event {
            member: member.id.clone(),
            version: member.version.saturating_add(1),
            operation: self.operation.clone(),
            step: 1,
            at: self.at,
            program: self.program.clone(),
            content: None,
            change: Change::PointsSpent {
                wallet: self.wallet.clone(),
                points: self.points,
                lots: lots.unwrap_or_default(),
                deficit: Points::ZERO,
                offer: None,
                reward: None,
                hold: None,
                reason: None,
            },
        }
    }

    /// Plans and applies, and returns how many lots were touched.
    pub fn run(&self, member: &mut Member) -> Outcome<usize> {
        let event = self.event(member);
        member.apply(&event)?;
        Ok(draws(&event).len())
    }
}

/// The lots of an event that spends points.
#[must_use]
pub fn draws(event: &Event) -> &[Draw] {
    match &event.change {
        Change::PointsSpent { lots, .. } => lots,
        _ => &[],
    }
}
