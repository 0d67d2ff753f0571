//! What tills did without knowing of each other becomes one life of the member.
//!
//! Everything counts in one order, by time and then by name, so that it does not matter who comes first. What was sold stays
//! as it was sold: prices, discounts, points that were earned. Only what depends on the member is worked out anew: the lots
//! that points come from, deficits, tiers.

use std::collections::BTreeMap;

use crate::error::{Code, InputError};
use crate::ledger::Draw;
use crate::model::{
    ActionDone, Change, Done, Event, Member, MergeOutcome, Merged, Order, Overdrawn, RefundDone,
};
use crate::program::Program;
use crate::value::{Id, Instant, Points};

use super::draft::Draft;
use super::overdue::misfit;
use super::place::{Author, content};
use super::refund;

impl Program {
    /// Puts together what tills did with a member while they could not ask anybody: the same member, whatever the order in
    /// which they are heard.
    ///
    /// `member` is the member as all of them knew him, or as he was when they were last put together; `done` is everything
    /// since, of all tills. What is handed in twice counts once, by its operation's name and content. Points that two tills
    /// spent become a deficit; a coupon that two tills used is told. Nothing that was sold is priced again.
    ///
    /// A host that hears of tills one by one keeps the member of the last time and everything since, and merges anew.
    ///
    /// # Errors
    /// An [`InputError`] where the member cannot be worked with. What cannot count (another member's order, one that was
    /// changed after it was booked, an operation of one name with two contents, an order with a household, an action with two
    /// members) says so in its outcome, and everything else counts.
    pub fn merge(&self, member: &Member, done: &[Done]) -> Result<Merged, InputError> {
        let mut all: Vec<(Instant, Id, Option<Id>, &Done)> =
            done.iter().map(|done| (at(done), operation(done), asked(done), done)).collect();
        all.sort_by(|a, b| (a.0, &a.1, &a.2).cmp(&(b.0, &b.1, &b.2)));
        let mut merged =
            Merged { member: member.clone(), events: Vec::new(), orders: Vec::new(), outcomes: Vec::new() };
        let mut seen: BTreeMap<Id, Option<Id>> = BTreeMap::new();
        for (at, operation, asked, done) in all {
            let at = merged.member.at.map_or(at, |latest| latest.max(at));
            let mut outcome = MergeOutcome {
                operation: operation.clone(),
                at,
                repeated: seen.get(&operation) == Some(&asked),
                overdrawn: Vec::new(),
                coupons_used_twice: Vec::new(),
                refused: None,
                error: None,
            };
            if !outcome.repeated {
                match self.count(&mut merged, done, &mut outcome) {
                    Ok(events) => {
                        merged.member.apply_all(&events).map_err(misfit)?;
                        merged.events.extend(events);
                    }
                    Err(InputError(problem)) => outcome.error = Some(problem),
                }
                seen.entry(operation).or_insert(asked);
            }
            merged.outcomes.push(outcome);
        }
        Ok(merged)
    }

    /// The events of one operation.
    fn count(
        &self,
        merged: &mut Merged,
        done: &Done,
        outcome: &mut MergeOutcome,
    ) -> Result<Vec<Event>, InputError> {
        match done {
            Done::Order(order) => self.count_order(&merged.member, order, outcome),
            Done::Action(done) => {
                let ActionDone { action, operation, .. } = &**done;
                let acted = self.act(&merged.member, action, outcome.at, operation.clone())?;
                (outcome.repeated, outcome.refused) = (acted.repeated, acted.refused);
                let others = acted.events.iter().any(|event| event.member != merged.member.id);
                if others {
                    Err(wrong("action", "takes two members: do it where both are known"))
                } else {
                    Ok(acted.events)
                }
            }
            Done::Refund(done) => {
                let RefundDone { order, returned, operation, .. } = &**done;
                order.intact()?;
                let known = merged.orders.iter().position(|known| known.id == order.id);
                let order = known.and_then(|known| merged.orders.get(known)).unwrap_or(order);
                let at = outcome.at.max(order.quote.at);
                let refund = self.refund(&merged.member, order, returned, at, operation.clone())?;
                let mut order = order.clone();
                order.record(&refund)?;
                (outcome.repeated, outcome.refused) = (refund.repeated, refund.refused);
                match known.and_then(|known| merged.orders.get_mut(known)) {
                    Some(known) => *known = order,
                    None => merged.orders.push(order),
                }
                Ok(refund.events)
            }
        }
    }

    /// An order as it was sold, booked on the member as he is.
    fn count_order(
        &self,
        member: &Member,
        order: &Order,
        outcome: &mut MergeOutcome,
    ) -> Result<Vec<Event>, InputError> {
        order.intact()?;
        let quote = &order.quote;
        if quote.guest {
            return Ok(Vec::new());
        }
        refund::of_member(order, member)?;
        if quote.pool.is_some() {
            return Err(wrong(
                "order.quote.pool",
                "a household's points are booked where both members are known",
            ));
        }
        let content = content(&quote.lines);
        if let Some(known) = member.operations.iter().find(|known| known.id == order.id) {
            if known.content == content {
                outcome.repeated = true;
                return Ok(Vec::new());
            }
            return Err(InputError::reused("order.id", &order.id));
        }
        let mut draft = Draft::new(self.compiled(), member, outcome.at, &order.id, content.as_ref())?;
        for change in quote.changes(&order.id) {
            match change {
                // What follows from the member is worked out anew.
                Change::DeficitAbsorbed { .. }
                | Change::PointsExtended { .. }
                | Change::TierChanged { .. }
                | Change::TierReviewed { .. } => {}
                Change::PointsSpent { wallet, points, lots, offer, .. } => {
                    let spent = spent(&draft, (wallet, points, lots, offer), outcome)?;
                    draft.add(spent)?;
                }
                other => {
                    if let Change::OfferUsed { coupon: Some(coupon), .. } = &other
                        && used_before(&draft.member, coupon)
                    {
                        outcome.coupons_used_twice.push(coupon.clone());
                    }
                    draft.add(other)?;
                }
            }
        }
        draft.events(&Author { program: &quote.program, operation: &order.id, content: content.clone() })
    }
}

/// Points that an order spent: from the lots that it named as far as they are there, then from others, then as a deficit.
fn spent(
    draft: &Draft<'_>,
    (wallet, points, lots, offer): (Id, Points, Vec<Draw>, Option<Id>),
    outcome: &mut MergeOutcome,
) -> Result<Change, InputError> {
    let draws = draft.draw_first(&wallet, &lots, points)?;
    let taken = Draw::sum(&draws)?;
    let deficit = points.minus(taken)?;
    if !deficit.is_zero() {
        outcome.overdrawn.push(Overdrawn { wallet: wallet.clone(), missing: deficit });
    }
    let (reward, hold, reason) = (None, None, None);
    Ok(Change::PointsSpent { wallet, points, lots: draws, deficit, offer, reward, hold, reason })
}

/// Whether the member had the coupon, and has it no more.
fn used_before(member: &Member, coupon: &Id) -> bool {
    let held = member.coupons.iter().any(|held| held.id == *coupon);
    !held && member.past_coupons.iter().any(|past| past.coupon.id == *coupon)
}

fn wrong(path: &str, message: &str) -> InputError {
    InputError::new(Code::Contradiction, path, message)
}

fn at(done: &Done) -> Instant {
    match done {
        Done::Order(order) => order.quote.at,
        Done::Action(done) => done.now,
        Done::Refund(done) => done.now,
    }
}

fn operation(done: &Done) -> Id {
    match done {
        Done::Order(order) => order.id.clone(),
        Done::Action(done) => done.operation.clone(),
        Done::Refund(done) => done.operation.clone(),
    }
}

/// What was asked, by which the same is known again.
fn asked(done: &Done) -> Option<Id> {
    match done {
        Done::Order(order) => content(&order.quote),
        Done::Action(done) => content(&done.action),
        Done::Refund(done) => content(&(&done.order.id, &done.returned)),
    }
}
