//! Booking what was quoted: an order and its events, with nothing decided anew.

use serde::Serialize;

use std::collections::BTreeMap;

use crate::ledger::Draw;
use crate::model::{
    Accrual, Applied, Back, Change, CouponHolder, Event, Order, Placed, ProgramRef, Quote, TierCause,
    TierPreview,
};
use crate::program::digest;
use crate::value::{Id, Instant, Money, Points};

impl Quote {
    /// Books the quote under an order id that the host chose: the order to keep, and the events to store and apply.
    ///
    /// A guest's order makes no events, except of another member whose coupon it uses. The order id is the operation's id: booking it twice is told apart when the
    /// events are applied.
    #[must_use]
    pub fn place(&self, order: Id) -> Placed {
        if self.guest {
            let by = Author { program: &self.program, operation: &order, content: content(&self.lines) };
            let events = self.taken_from_others(&order).into_values().flat_map(|(holder, changes)| {
                by.events(&holder.member, holder.member_version, changes.into_iter())
            });
            let events = events.collect();
            return Placed { order: self.booked(order), events };
        }
        let mut changes: Vec<(Instant, Change)> =
            self.overdue.iter().map(|due| (due.at, due.change.clone())).collect();
        changes.extend(self.changes(&order).into_iter().map(|change| (self.at, change)));
        let by = Author { program: &self.program, operation: &order, content: content(&self.lines) };
        let mut others = self.taken_from_others(&order);
        let mut common = Vec::new();
        if let Some(pool) = &self.pool {
            // What the order does to shared points happens to the pool; what time did to each stays with it.
            let of_order = changes.split_off(self.overdue.len());
            let of_pool = |change: &Change| self.wallet(change).is_some_and(|id| pool.wallets.contains(id));
            let (shared, own) = of_order.into_iter().partition(|(_, change)| of_pool(change));
            changes.extend::<Vec<_>>(own);
            let due = pool.overdue.iter().map(|due| (due.at, due.change.clone()));
            let mut shared: Vec<_> = shared;
            if let Some((_, changes)) = others.remove(&pool.member) {
                shared.extend(changes);
            }
            common = by.events(&pool.member, pool.member_version, due.chain(shared));
        }
        let mut events = by.events(&self.member, self.member_version, changes.into_iter());
        events.extend(common);
        for (holder, changes) in others.into_values() {
            events.extend(by.events(&holder.member, holder.member_version, changes.into_iter()));
        }
        Placed { order: self.booked(order), events }
    }

    /// The order as the host keeps it.
    fn booked(&self, id: Id) -> Order {
        Order { id, quote: self.clone(), hash: self.hash(), back: Back::default(), returns: Vec::new() }
    }

    /// The first 128 bits of the SHA-256 of the quote as JSON, in hexadecimal digits: two quotes that decide the same in
    /// every detail have the same, and a quote that was changed has another one.
    #[must_use]
    pub fn hash(&self) -> Option<Id> {
        digest(&serde_json::to_string(self).ok()?, 16).parse().ok()
    }

    /// What happens to other members whose coupons are used, by their ids.
    fn taken_from_others(&self, order: &Id) -> BTreeMap<Id, (CouponHolder, Vec<(Instant, Change)>)> {
        let mut others: BTreeMap<Id, (CouponHolder, Vec<(Instant, Change)>)> = BTreeMap::new();
        for applied in &self.applied {
            let (Some(coupon), Some(holder)) = (&applied.coupon, &applied.holder) else { continue };
            let change = Change::CouponSent {
                coupon: coupon.id.clone(),
                offer: coupon.offer.clone(),
                to: self.member.clone(),
                order: Some(order.clone()),
            };
            let entry = others.entry(holder.member.clone()).or_insert_with(|| (holder.clone(), Vec::new()));
            entry.1.push((self.at, change));
        }
        others
    }

    /// The wallet that a change of the order is about.
    fn wallet<'a>(&'a self, change: &'a Change) -> Option<&'a Id> {
        match change {
            Change::AmountCarried { tally } => {
                let carried = self.carried.iter().find(|carried| carried.rule == tally.of);
                carried.map(|carried| &carried.wallet)
            }
            other => other.wallet(),
        }
    }

    /// What money pays for the goods, without delivery and fees.
    fn spend(&self) -> Money {
        // A quote that was made here has no less net than points pay.
        self.net.minus(self.paid_with_points).unwrap_or(Money::ZERO)
    }

    /// What the order itself changes: it counts, offers and coupons are used, points are spent and earned, the tier rises,
    /// coupons are issued.
    pub(super) fn changes(&self, order: &Id) -> Vec<Change> {
        let mut changes = vec![Change::OrderPlaced {
            order: order.clone(),
            on: self.on,
            spend: self.spend(),
            forget_before: self.forget_before,
            counts: self.tiers.iter().filter_map(|tier| tier.counts.as_deref().cloned()).collect(),
        }];
        for applied in &self.applied {
            if applied.counted || applied.coupon.is_some() {
                changes.push(used(order.clone(), applied));
            }
            if let Some(cost) = &applied.cost {
                let (wallet, points, lots) = (cost.wallet.clone(), cost.points, cost.lots.clone());
                let offer = Some(applied.offer.clone());
                changes.push(spent(wallet, points, lots, offer));
            }
        }
        for tender in self.tenders.iter().filter(|tender| !tender.points.is_zero()) {
            let (wallet, points, lots) = (tender.wallet.clone(), tender.points, tender.lots.clone());
            changes.push(spent(wallet, points, lots, None));
        }
        for accrual in &self.accruals {
            changes.push(earned(accrual, order.part(&accrual.rule)));
        }
        changes.extend(self.absorbed.iter().map(|(wallet, points)| self.absorption(order, wallet, *points)));
        changes.extend(self.extended.iter().cloned());
        changes.extend(self.carried.iter().map(|carried| Change::AmountCarried { tally: carried.entry() }));
        changes.extend(self.tiers.iter().filter_map(TierPreview::change));
        changes.extend(self.issued.iter().map(|issued| {
            let coupon = issued.held(order.part(&issued.offer), self.at, None);
            Change::CouponIssued { coupon, from: None }
        }));
        changes
    }

    /// The part of what the order earns that makes up for a deficit, rule by rule.
    fn absorption(&self, order: &Id, wallet: &Id, points: Points) -> Change {
        let earned = self.accruals.iter().filter(|accrual| accrual.wallet == *wallet);
        let (mut left, mut lots) = (points, Vec::new());
        for accrual in earned.filter(|accrual| accrual.counts_at_once()) {
            let taken = accrual.points.min(left);
            if !taken.is_zero() {
                lots.push(Draw { lot: order.part(&accrual.rule), points: taken });
                left = left.minus(taken).unwrap_or(Points::ZERO);
            }
        }
        Change::DeficitAbsorbed { wallet: wallet.clone(), points, lots }
    }
}

impl TierPreview {
    /// What the order does to the standing, where it does something.
    pub(super) fn change(&self) -> Option<Change> {
        let standing = self.standing.clone()?;
        let (ladder, from, by) = (self.ladder.clone(), self.now.clone(), self.by.clone());
        Some(Change::of_tier(ladder, from, TierCause::Rose, by, standing))
    }
}

/// What taking effect does to the limits and the budget of an offer.
pub(super) fn used(order: Id, applied: &Applied) -> Change {
    let Applied { offer, code, coupon, tallies, budget, discount, .. } = applied.clone();
    let (coupon, discount) = (coupon.map(|coupon| coupon.id), budget.is_some().then_some(discount));
    Change::OfferUsed { order, offer, code, coupon, tallies, budget, discount }
}

/// What a rule granted, as a lot of that name.
pub(super) fn earned(accrual: &Accrual, lot: Id) -> Change {
    Change::PointsEarned {
        wallet: accrual.wallet.clone(),
        lot,
        rule: accrual.rule.clone(),
        points: accrual.points,
        expires_on: accrual.expires_on,
        grace_until: accrual.grace_until,
        usable_from: accrual.usable_from,
        awaits: accrual.awaits.clone(),
        issuer: accrual.issuer.clone(),
        tallies: accrual.tallies.clone(),
        counted_on: accrual.counted_on,
    }
}

/// Points that were spent on an order.
fn spent(wallet: Id, points: Points, lots: Vec<Draw>, offer: Option<Id>) -> Change {
    let (deficit, reward, hold, reason) = (Points::ZERO, None, None, None);
    Change::PointsSpent { wallet, points, lots, deficit, offer, reward, hold, reason }
}

/// A short name of what was asked, by which an operation is known again.
pub(super) fn content(asked: &impl Serialize) -> Option<Id> {
    let text = serde_json::to_string(asked).ok()?;
    digest(&text, 8).parse().ok()
}

/// Who makes events: one operation under one program.
#[derive(Debug)]
pub(super) struct Author<'a> {
    pub(super) program: &'a ProgramRef,
    pub(super) operation: &'a Id,
    pub(super) content: Option<Id>,
}

impl Author<'_> {
    /// Changes as events that follow the member's version.
    pub(super) fn events(
        &self,
        member: &Id,
        version: u64,
        changes: impl Iterator<Item = (Instant, Change)>,
    ) -> Vec<Event> {
        let numbered = (1_u32..).zip(changes);
        let event = |(step, (at, change)): (u32, (Instant, Change))| Event {
            member: member.clone(),
            version: version.saturating_add(u64::from(step)),
            operation: self.operation.clone(),
            step,
            at,
            program: self.program.clone(),
            content: self.content.clone(),
            change,
        };
        numbered.map(event).collect()
    }
}
