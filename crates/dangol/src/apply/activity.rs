//! What orders add to a member's activity, and what is no longer kept day by day.

use std::collections::BTreeMap;

use crate::error::ApplyError;
use crate::model::{
    Activity, Change, Earlier, LadderActivity, LadderCount, LadderEarlier, Member, WaitingOrder,
};
use crate::value::{Amount, Day, Id, Money, Overflow, Points};

impl Member {
    /// What an order changes where it is placed, and where the signal comes that it waited for.
    pub(super) fn count_order(&mut self, change: &Change) -> Result<(), ApplyError> {
        match change {
            Change::OrderPlaced { order, on, spend, forget_before, counts } => {
                let first = forget_before.map(|first| first.min(*on));
                let earlier = first.map(|first| self.before(first)).transpose()?;
                self.place(order, *on, *spend, counts)?;
                if let (Some(first), Some(earlier)) = (first, earlier) {
                    self.activity.retain(|activity| activity.on >= first);
                    self.earlier = earlier;
                }
                Ok(())
            }
            Change::OrderCounted { order, ladder, on, spend } => {
                not_negative(*spend)?;
                let mut counts = self.known_day(*on).on_ladder(ladder);
                counts.spend = counts.spend.plus(*spend)?;
                counts.orders = counts.orders.saturating_add(1);
                self.on_day(*on, |day| _ = day.ladders.insert(ladder.clone(), counts));
                self.remember_counted(order, ladder, *on);
                Ok(())
            }
            Change::OrderReturned { order, on, whole, reopened, before, waiting } => {
                self.let_go(order, *whole && !reopened, waiting);
                match (whole, reopened) {
                    (true, true) => self.last_order_on = self.last_order_on.max(Some(*on)),
                    (true, false) => self.last_order_on = self.latest_without(*on, *before),
                    (false, _) => {}
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn place(&mut self, order: &Id, on: Day, spend: Money, counts: &[LadderCount]) -> Result<(), ApplyError> {
        not_negative(spend)?;
        let mut day = self.known_day(on);
        for count in counts {
            not_negative(count.spend)?;
            let mut ladder = day.on_ladder(&count.ladder);
            if count.awaits.is_none() {
                ladder.spend = ladder.spend.plus(count.spend)?;
                ladder.orders = ladder.orders.saturating_add(1);
            }
            day.ladders.insert(count.ladder.clone(), ladder);
        }
        day.spend = day.spend.plus(spend)?;
        day.orders = day.orders.saturating_add(1);
        self.on_day(on, |known| *known = day);
        for LadderCount { ladder, spend, awaits } in counts.iter().cloned() {
            let Some(awaits) = awaits else { continue };
            let order = order.clone();
            self.waiting_orders.push(WaitingOrder { order, ladder, spend, awaits, counted_on: None });
        }
        self.forget_orders(Member::MAX_WAITING_ORDERS, |waiting| waiting.counted_on.is_none());
        self.orders = self.orders.saturating_add(1);
        self.last_order_on = self.last_order_on.max(Some(on));
        Ok(())
    }

    /// The order's signal has come: the latest such orders are remembered.
    fn remember_counted(&mut self, order: &Id, ladder: &Id, on: Day) {
        let is_it = |waiting: &&mut WaitingOrder| waiting.order == *order && waiting.ladder == *ladder;
        if let Some(waiting) = self.waiting_orders.iter_mut().find(is_it) {
            waiting.counted_on = Some(on);
        }
        self.forget_orders(Member::MAX_COUNTED_ORDERS, |waiting| waiting.counted_on.is_some());
    }

    /// Keeps so many of the orders of that kind, the latest ones.
    fn forget_orders(&mut self, most: usize, kind: impl Fn(&WaitingOrder) -> bool) {
        let mut excess = self.waiting_orders.iter().filter(|one| kind(one)).count().saturating_sub(most);
        self.waiting_orders.retain(|waiting| {
            let goes = excess > 0 && kind(waiting);
            excess = excess.saturating_sub(usize::from(goes));
            !goes
        });
    }

    /// Goods of an order came back: what it counts when its signal comes is that; one that is wholly back waits no more.
    fn let_go(&mut self, order: &Id, whole: bool, waiting: &[LadderCount]) {
        if whole {
            self.waiting_orders.retain(|known| known.order != *order);
            return;
        }
        for LadderCount { ladder, spend, awaits } in waiting {
            let is_it = |known: &&mut WaitingOrder| known.order == *order && known.ladder == *ladder;
            if let Some(known) = self.waiting_orders.iter_mut().find(is_it) {
                known.spend = *spend;
            } else if let Some(awaits) = awaits.clone() {
                let (order, ladder) = (order.clone(), ladder.clone());
                self.waiting_orders.push(WaitingOrder {
                    order,
                    ladder,
                    spend: *spend,
                    awaits,
                    counted_on: None,
                });
            }
        }
    }

    /// The day of the latest order once the one of that day is gone, before which the latest was `before`.
    fn latest_without(&self, on: Day, before: Option<Day>) -> Option<Day> {
        if self.last_order_on != Some(on) || self.active_on(on).is_some_and(|day| day.orders > 1) {
            return self.last_order_on;
        }
        let others = self.activity.iter().filter(|day| day.orders > 0 && day.on != on);
        // Days that are no longer kept by themselves are older than those that are.
        let earlier = self.earlier.orders.saturating_sub(u64::from(self.kept_day(on).is_none()));
        others.map(|day| day.on).max().or_else(|| before.filter(|_| earlier > 0))
    }

    /// Adds to a day, or to what is no longer kept day by day; nothing can come to less than nothing.
    pub(super) fn correct(&mut self, change: &Change) -> Result<(), ApplyError> {
        let Change::ActivityCorrected { on, spend, orders, points, ladder, beside, .. } = change else {
            return Ok(());
        };
        let more = (*spend, i64::from(*orders));
        match on {
            Some(on) => {
                let mut day = self.known_day(*on);
                for other in beside {
                    let counts = day.on_ladder(other);
                    day.ladders.insert(other.clone(), counts);
                }
                if let Some(ladder) = ladder {
                    let counts = day.on_ladder(ladder);
                    let (spend, orders) = sum((counts.spend, counts.orders), more)?;
                    day.ladders.insert(ladder.clone(), LadderActivity { spend, orders });
                } else {
                    (day.spend, day.orders) = sum((day.spend, day.orders), more)?;
                }
                granted(&mut day.points, points)?;
                self.on_day(*on, |known| *known = day);
            }
            None => {
                let mut earlier = self.earlier.clone();
                for other in beside {
                    let counts = earlier.on_ladder(other);
                    earlier.ladders.insert(other.clone(), counts);
                }
                if let Some(ladder) = ladder {
                    let counts = earlier.on_ladder(ladder);
                    let (spend, orders) = sum((counts.spend, counts.orders), more)?;
                    let visits = counts.visits.min(orders);
                    earlier.ladders.insert(ladder.clone(), LadderEarlier { spend, orders, visits });
                } else {
                    (earlier.spend, earlier.orders) = sum((earlier.spend, earlier.orders), more)?;
                    earlier.visits = earlier.visits.min(earlier.orders);
                }
                granted(&mut earlier.points, points)?;
                self.earlier = earlier;
            }
        }
        if ladder.is_none() {
            self.orders = self.orders.saturating_add_signed(i64::from(*orders));
        }
        Ok(())
    }

    /// The points of a wallet that rules granted on that day, with so many more.
    pub(super) fn granted_on(&self, on: Day, wallet: &Id, more: Points) -> Result<Points, Overflow> {
        let known = self.active_on(on).and_then(|day| day.points.get(wallet)).copied();
        known.unwrap_or(Points::ZERO).plus(more)
    }

    /// The activity of a day as it is, which may be none.
    fn known_day(&self, on: Day) -> Activity {
        self.active_on(on).cloned().unwrap_or_else(|| Activity::none(on))
    }

    /// Changes the activity of a day, which is there from now on.
    pub(super) fn on_day(&mut self, on: Day, change: impl FnOnce(&mut Activity)) {
        if let Some(day) = self.activity.iter_mut().find(|activity| activity.on == on) {
            change(day);
        } else {
            let mut day = Activity::none(on);
            change(&mut day);
            self.activity.push(day);
            self.activity.sort_by_key(|activity| activity.on);
        }
    }

    /// What was done before that day, in all.
    fn before(&self, first: Day) -> Result<Earlier, Overflow> {
        let mut days = self.activity.iter().filter(|day| day.on < first);
        days.try_fold(self.earlier.clone(), Earlier::with)
    }
}

/// So many more points of each wallet, or fewer.
fn granted(known: &mut BTreeMap<Id, Points>, more: &BTreeMap<Id, Points>) -> Result<(), ApplyError> {
    for (wallet, more) in more {
        let sum = known.get(wallet).copied().unwrap_or(Points::ZERO).plus(*more)?;
        if sum < Points::ZERO {
            return Err(ApplyError::OutOfRange { field: "points", amount: sum.0 });
        }
        if sum.is_zero() {
            known.remove(wallet);
        } else {
            known.insert(wallet.clone(), sum);
        }
    }
    Ok(())
}

/// A sum with so much more, or less.
fn sum((spend, orders): (Money, u64), more: (Money, i64)) -> Result<(Money, u64), ApplyError> {
    let spend = spend.plus(more.0)?;
    not_negative(spend)?;
    let Some(orders) = orders.checked_add_signed(more.1) else {
        let missing = Amount::new(more.1, 0).unwrap_or(Amount::ZERO);
        return Err(ApplyError::OutOfRange { field: "orders", amount: missing });
    };
    Ok((spend, orders))
}

fn not_negative(spend: Money) -> Result<(), ApplyError> {
    if spend.0.is_negative() {
        return Err(ApplyError::OutOfRange { field: "spend", amount: spend.0 });
    }
    Ok(())
}
