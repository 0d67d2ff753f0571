//! In which order lots are used up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Account, Draw, Lot};
use crate::value::{Day, Points};

/// In which order lots are used up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BurnOrder {
    /// What ends soonest first, then the oldest, then by id: the order that loses members the least.
    #[default]
    SoonestExpiry,
    /// The oldest first, then by id.
    OldestFirst,
    /// The newest first, then by id.
    NewestFirst,
    /// The smallest rest first, then by id.
    SmallestFirst,
}

impl Account {
    /// Which lots so many points would come from; fewer than asked for where there are not enough.
    #[must_use]
    pub fn plan(&self, points: Points, today: Day, order: BurnOrder) -> Vec<Draw> {
        self.plan_among(points, today, order, |_| true)
    }

    /// Which of these lots so many points would come from.
    pub(crate) fn plan_among(
        &self,
        points: Points,
        today: Day,
        order: BurnOrder,
        among: impl Fn(&Lot) -> bool,
    ) -> Vec<Draw> {
        let usable = self.not_ended(today).iter().filter(|lot| !lot.is_pending(today) && among(lot));
        if order == BurnOrder::SoonestExpiry {
            return draw_from(usable, points, Lot::free);
        }
        let mut sorted: Vec<&Lot> = usable.collect();
        match order {
            BurnOrder::SoonestExpiry => {}
            BurnOrder::OldestFirst => sorted.sort_by_key(|lot| (lot.earned_at, &lot.id)),
            BurnOrder::NewestFirst => sorted.sort_by_key(|lot| (std::cmp::Reverse(lot.earned_at), &lot.id)),
            BurnOrder::SmallestFirst => sorted.sort_by_key(|lot| (lot.points, &lot.id)),
        }
        draw_from(sorted.into_iter(), points, Lot::free)
    }
}

/// Draws from lots, one after the other, until the points are together; each lot gives what the function says it has.
pub(crate) fn draw_from<'a>(
    lots: impl Iterator<Item = &'a Lot>,
    points: Points,
    has: impl Fn(&Lot) -> Points,
) -> Vec<Draw> {
    let mut draws = Vec::with_capacity(lots.size_hint().1.unwrap_or(0).min(128));
    let mut left = points;
    for lot in lots {
        if left <= Points::ZERO {
            break;
        }
        let points = left.min(has(lot));
        if points > Points::ZERO {
            draws.push(Draw { lot: lot.id.clone(), points });
            left = left.minus(points).unwrap_or(Points::ZERO);
        }
    }
    draws
}
