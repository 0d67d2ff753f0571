//! At which rate an order earns that lifts a member.

use std::collections::BTreeMap;

use crate::model::Member;
use crate::program::Compiled;
use crate::rule::{Crossing, Threshold, TierLadder, Upgrade};
use crate::value::{Day, Money, Overflow};

use super::reading::Reading;
use super::rise::{Counted, Order};
use super::standing::{Rank, Stand, above, ranks, stand};

/// An order that earns otherwise than at the rate of the tier before it.
#[derive(Debug)]
pub(in crate::decide) struct Crossed {
    /// The place on each ladder, for each stretch of the order.
    pub(in crate::decide) ranks: Vec<Vec<Option<usize>>>,
    /// Where each stretch but the last one ends, in what the order counts as spend.
    pub(in crate::decide) ends: Vec<Money>,
    /// What the order counts as spend on the ladder that splits it.
    pub(in crate::decide) total: Money,
}

/// What an order that counts so much on each ladder earns at; nothing where that is the tier before it.
pub(in crate::decide) fn crossed(
    program: &Compiled,
    member: &Member,
    today: Day,
    counted: Counted<'_>,
) -> Result<Option<Crossed>, Overflow> {
    let crosses = |ladder: &TierLadder| ladder.crossing != Crossing::OldRate;
    if member.guest || !program.ladders().iter().any(crosses) {
        return Ok(None);
    }
    let mut crossed =
        Crossed { ranks: vec![ranks(program, member, today)?], ends: Vec::new(), total: Money::ZERO };
    let mut changed = false;
    for (number, ladder) in program.ladders().iter().enumerate() {
        let spend = counted.on(number);
        if !crosses(ladder) || ladder.upgrade == Upgrade::AtReview || ladder.counts_after.is_some() {
            continue;
        }
        let stand = stand(program, ladder, member, today)?;
        let order = Order { spend, points: &BTreeMap::new(), counts: true };
        let reached = Reading::new(program, ladder, member, today).with_order(&order).qualified()?;
        if reached <= stand.earned {
            continue;
        }
        changed = true;
        if ladder.crossing == Crossing::NewRate {
            crossed.stand(number, reached.max(stand.held));
        } else {
            let before = Reading::new(program, ladder, member, today).spend(ladder.window)?;
            crossed.split(number, ladder, (stand, reached), before)?;
            crossed.total = spend;
        }
    }
    Ok(changed.then_some(crossed))
}

impl Crossed {
    /// The place on a ladder in every stretch.
    fn stand(&mut self, ladder: usize, rank: Rank) {
        for place in self.ranks.iter_mut().filter_map(|ranks| ranks.get_mut(ladder)) {
            *place = rank;
        }
    }

    /// One stretch more for each threshold that the order crosses.
    fn split(
        &mut self,
        number: usize,
        ladder: &TierLadder,
        (stand, reached): (Stand, Rank),
        before: Money,
    ) -> Result<(), Overflow> {
        let tiers = ladder.tiers.iter().enumerate();
        for (rank, tier) in tiers.take(above(reached)).skip(above(stand.earned)) {
            let Some(Threshold::SpendAtLeast(threshold)) = &tier.enter else { continue };
            self.ends.push(threshold.minus(before)?.max(Money::ZERO));
            let mut ranks = self.ranks.last().cloned().unwrap_or_default();
            if let Some(place) = ranks.get_mut(number) {
                *place = stand.held.max(Some(rank));
            }
            self.ranks.push(ranks);
        }
        Ok(())
    }
}
