//! Booking what was quoted: an order and its events, with nothing decided anew.

use crate::model::{Change, Event, Order, Placed, ProgramRef, Quote};
use crate::value::{Id, Instant, Money};

impl Quote {
    /// Books the quote under an order id that the host chose: the order to keep, and the events to store and apply.
    ///
    /// A guest's order makes no events. The order id is the operation's id: booking it twice is told apart when the events are applied.
    #[must_use]
    pub fn place(&self, order: Id) -> Placed {
        if self.guest {
            return Placed { order: Order { id: order, quote: self.clone() }, events: Vec::new() };
        }
        let mut changes: Vec<(Instant, Change)> =
            self.overdue.iter().map(|due| (due.at, due.change.clone())).collect();
        changes.extend(self.changes(&order).into_iter().map(|change| (self.at, change)));
        let events = events(&self.member, self.member_version, &order, &self.program, changes.into_iter());
        Placed { order: Order { id: order, quote: self.clone() }, events }
    }

    /// What money pays for the goods, without delivery and fees.
    fn spend(&self) -> Money {
        // A quote that was made here has no less net than points pay.
        self.net.minus(self.paid_with_points).unwrap_or(Money::ZERO)
    }

    /// What the order itself changes: it counts, offers are used, points are spent and earned, the tier rises.
    fn changes(&self, order: &Id) -> Vec<Change> {
        let mut changes = vec![Change::OrderPlaced {
            order: order.clone(),
            on: self.on,
            spend: self.spend(),
            forget_before: self.forget_before,
        }];
        for applied in &self.applied {
            if applied.counted {
                let (order, offer, code) = (order.clone(), applied.offer.clone(), applied.code.clone());
                changes.push(Change::OfferUsed { order, offer, code });
            }
            if let Some(cost) = &applied.cost {
                let (wallet, points, lots) = (cost.wallet.clone(), cost.points, cost.lots.clone());
                changes.push(Change::PointsSpent {
                    wallet,
                    points,
                    lots,
                    offer: Some(applied.offer.clone()),
                });
            }
        }
        for tender in self.tenders.iter().filter(|tender| !tender.points.is_zero()) {
            let (wallet, points, lots) = (tender.wallet.clone(), tender.points, tender.lots.clone());
            changes.push(Change::PointsSpent { wallet, points, lots, offer: None });
        }
        for accrual in &self.accruals {
            changes.push(Change::PointsEarned {
                wallet: accrual.wallet.clone(),
                lot: order.part(&accrual.rule),
                rule: accrual.rule.clone(),
                points: accrual.points,
                expires_on: accrual.expires_on,
                tallies: accrual.tallies.clone(),
            });
        }
        changes.extend(self.carried.iter().map(|carried| Change::AmountCarried { tally: carried.entry() }));
        if let Some(tier) = self.tier.as_ref().filter(|tier| tier.now != tier.after) {
            let (from, to) = (Some(tier.now.clone()), tier.after.clone());
            changes.push(Change::TierChanged { from, to, spend: tier.spend });
        }
        changes
    }
}

/// Changes as events of one operation that follow the member's version.
pub(super) fn events(
    member: &Id,
    version: u64,
    operation: &Id,
    program: &ProgramRef,
    changes: impl Iterator<Item = (Instant, Change)>,
) -> Vec<Event> {
    let numbered = (1_u32..).zip(changes);
    let event = |(step, (at, change)): (u32, (Instant, Change))| Event {
        member: member.clone(),
        version: version.saturating_add(u64::from(step)),
        operation: operation.clone(),
        step,
        at,
        program: program.clone(),
        change,
    };
    numbered.map(event).collect()
}
