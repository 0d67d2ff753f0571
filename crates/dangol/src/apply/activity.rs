//! What orders add to a member's activity, and what is no longer kept day by day.

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
                let waits = |waiting: &WaitingOrder| waiting.order == *order && waiting.ladder == *ladder;
                self.waiting_orders.retain(|waiting| !waits(waiting));
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
            self.waiting_orders.push(WaitingOrder { order: order.clone(), ladder, spend, awaits });
        }
        let excess = self.waiting_orders.len().saturating_sub(Member::MAX_WAITING_ORDERS);
        self.waiting_orders.drain(..excess);
        self.orders = self.orders.saturating_add(1);
        self.last_order_on = self.last_order_on.max(Some(on));
        Ok(())
    }

    /// Adds to a day, or to what is no longer kept day by day; nothing can come to less than nothing.
    pub(super) fn correct(&mut self, change: &Change) -> Result<(), ApplyError> {
        let Change::ActivityCorrected { on, spend, orders, ladder, beside, .. } = change else {
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
