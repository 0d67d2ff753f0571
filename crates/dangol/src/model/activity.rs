//! What a member did, day by day, as far as rules can still look at it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Member;
use crate::value::{Day, Id, Money, Overflow, Period, Points};

/// What a member did on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// The civil day in the program's zone.
    pub on: Day,
    /// What was paid for goods on that day, after discounts and points.
    #[serde(default)]
    pub spend: Money,
    /// How many orders were placed on that day; 1 where left out, as by older releases.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub orders: u64,
    /// The points that rules granted on that day, of wallets that a ladder counts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub points: BTreeMap<Id, Points>,
    /// How often something happened that the host reports, of events that a ladder counts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub events: BTreeMap<Id, u64>,
    /// What counts on ladders that count orders in their own way; what is said above counts where a ladder is not there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ladders: BTreeMap<Id, LadderActivity>,
}

/// What counts on one ladder of one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LadderActivity {
    /// What counts as spend.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub spend: Money,
    /// How many orders count.
    #[serde(default, skip_serializing_if = "is_none")]
    pub orders: u64,
}

/// What a member did on days that are no longer kept one by one: `{"spend": "1250000"}` for a member who comes from elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Earlier {
    /// What was paid for goods, after discounts and points.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub spend: Money,
    /// How many orders.
    #[serde(default, skip_serializing_if = "is_none")]
    pub orders: u64,
    /// On how many days.
    #[serde(default, skip_serializing_if = "is_none")]
    pub visits: u64,
    /// The points that rules granted, of wallets that a ladder counts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub points: BTreeMap<Id, Points>,
    /// How often something happened that the host reports, of events that a ladder counts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub events: BTreeMap<Id, u64>,
    /// What counts on ladders that count orders in their own way.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ladders: BTreeMap<Id, LadderEarlier>,
}

/// What counts on one ladder of days that are no longer kept one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LadderEarlier {
    /// What counts as spend.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub spend: Money,
    /// How many orders count.
    #[serde(default, skip_serializing_if = "is_none")]
    pub orders: u64,
    /// On how many days.
    #[serde(default, skip_serializing_if = "is_none")]
    pub visits: u64,
}

/// An order that does not count on a ladder before its signal, or did not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaitingOrder {
    /// The order.
    pub order: Id,
    /// The ladder.
    pub ladder: Id,
    /// What it will count as spend.
    pub spend: Money,
    /// The signal.
    pub awaits: Id,
    /// The civil day on which it was counted, where the signal has come: the latest ones are remembered for goods that come
    /// back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_on: Option<Day>,
}

fn one() -> u64 {
    1
}

fn is_one(orders: &u64) -> bool {
    *orders == 1
}

fn is_none(count: &u64) -> bool {
    *count == 0
}

impl Member {
    /// What was done on each day of the window that ends on that day, or on each that is kept.
    pub(crate) fn activity_in(&self, window: Option<Period>, today: Day) -> impl Iterator<Item = &Activity> {
        let before = window.and_then(|window| window.before(today));
        let counts = move |day: &&Activity| day.on <= today && before.is_none_or(|before| before < day.on);
        self.activity.iter().filter(counts)
    }

    /// The day itself where it is kept by itself, or is yet to be; nothing where it is part of what was done earlier.
    pub(crate) fn kept_day(&self, on: Day) -> Option<Day> {
        let kept = self.activity.iter().map(|day| day.on).min();
        let forgotten = kept.is_some_and(|first| on < first) && !self.earlier.is_nothing();
        (!forgotten).then_some(on)
    }

    /// The day of the latest order, where it is known.
    pub(crate) fn latest_order_on(&self) -> Option<Day> {
        // Members of older releases do not say it, but some of their activity.
        let ordered = self.activity.iter().filter(|day| day.orders > 0);
        self.last_order_on.or_else(|| ordered.map(|day| day.on).max())
    }
}

impl Activity {
    /// A day on which nothing was done.
    pub(crate) fn none(on: Day) -> Activity {
        let (points, events, ladders) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Activity { on, spend: Money::ZERO, orders: 0, points, events, ladders }
    }

    /// What counts on a ladder.
    pub(crate) fn on_ladder(&self, ladder: &Id) -> LadderActivity {
        let usual = LadderActivity { spend: self.spend, orders: self.orders };
        self.ladders.get(ladder).copied().unwrap_or(usual)
    }
}

impl LadderActivity {
    /// One visit where there was an order.
    pub(crate) fn visits(self) -> u64 {
        u64::from(self.orders > 0)
    }
}

impl LadderEarlier {
    /// The sum with another day.
    fn with(self, day: LadderActivity) -> Result<LadderEarlier, Overflow> {
        Ok(LadderEarlier {
            spend: self.spend.plus(day.spend)?,
            orders: self.orders.saturating_add(day.orders),
            visits: self.visits.saturating_add(day.visits()),
        })
    }
}

impl Earlier {
    pub(crate) fn is_nothing(&self) -> bool {
        *self == Earlier::default()
    }

    /// What counts on a ladder.
    pub(crate) fn on_ladder(&self, ladder: &Id) -> LadderEarlier {
        let usual = LadderEarlier { spend: self.spend, orders: self.orders, visits: self.visits };
        self.ladders.get(ladder).copied().unwrap_or(usual)
    }

    /// The sum with a day that is no longer kept by itself.
    pub(crate) fn with(mut self, day: &Activity) -> Result<Earlier, Overflow> {
        let ladders: Vec<Id> = self.ladders.keys().chain(day.ladders.keys()).cloned().collect();
        let sums = ladders.into_iter().map(|ladder| {
            let sum = self.on_ladder(&ladder).with(day.on_ladder(&ladder))?;
            Ok((ladder, sum))
        });
        self.ladders = sums.collect::<Result<_, Overflow>>()?;
        let usual = LadderEarlier { spend: self.spend, orders: self.orders, visits: self.visits };
        let usual = usual.with(LadderActivity { spend: day.spend, orders: day.orders })?;
        (self.spend, self.orders, self.visits) = (usual.spend, usual.orders, usual.visits);
        for (wallet, points) in &day.points {
            let known = self.points.entry(wallet.clone()).or_default();
            *known = known.plus(*points)?;
        }
        for (event, count) in &day.events {
            let known = self.events.entry(event.clone()).or_default();
            *known = known.saturating_add(*count);
        }
        Ok(self)
    }
}
