//! What an order had added to limits, to sums of the running spans, and to budgets.

use std::collections::BTreeMap;

use crate::error::InputError;
use crate::model::{BackAccrual, BackSums, Change, Order, Tally, TallyEntry, TallyKind};
use crate::value::{Amount, Id, Money, Overflow, Points};

use super::parties::Parties;

/// How an accrual changes by a return, whichever way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moved {
    pub(super) points: Points,
    /// Whether none of its points are kept on the side of the goods that came back.
    pub(super) ends: bool,
}

/// Takes what accruals had added out of the tallies, or adds it again.
pub(super) fn correct(
    parties: &mut Parties<'_>,
    order: &Order,
    (before, after): (&BackSums, &BackSums),
    moved: &[Moved],
    more: bool,
) -> Result<(), InputError> {
    let mut by_owner: BTreeMap<Id, (Id, Vec<Tally>)> = BTreeMap::new();
    for (number, accrual) in order.quote.accruals.iter().enumerate() {
        let Some(moved) = moved.get(number).filter(|_| !accrual.tallies.is_empty()) else { continue };
        let money = |sums: &BackSums| sums.accruals.get(number).map_or(Ok(Money::ZERO), counted);
        let amount = difference(money(before)?, money(after)?)?;
        let something = |tally: &Tally| !tally.points.is_zero() || !tally.amount.is_zero() || tally.times > 0;
        let tallies = accrual.tallies.iter().map(|entry| tally(entry, *moved, amount)).filter(something);
        let tallies: Vec<Tally> = tallies.collect();
        let owner = parties.of_wallet(&accrual.wallet).map(|draft| draft.member.id.clone());
        if let Some(owner) = owner.filter(|_| !tallies.is_empty()) {
            let known = by_owner.entry(owner).or_insert_with(|| (accrual.wallet.clone(), Vec::new()));
            known.1.extend(tallies);
        }
    }
    for (wallet, tallies) in by_owner.into_values() {
        let change = Change::TalliesCorrected { order: order.id.clone(), tallies, more };
        parties.add_to_wallet(&wallet, change)?;
    }
    Ok(())
}

/// What rules that add up over a span had counted without granting points goes with the goods that counted.
pub(super) fn correct_carried(
    parties: &mut Parties<'_>,
    order: &Order,
    (before, after): (&BackSums, &BackSums),
    more: bool,
) -> Result<(), InputError> {
    for (number, carried) in order.quote.carried.iter().enumerate() {
        let at = |sums: &BackSums| sums.carried.get(number).copied().unwrap_or(Money::ZERO);
        let amount = difference(at(before), at(after))?;
        if amount.is_zero() {
            continue;
        }
        let TallyEntry { kind, of, per, since, .. } = carried.entry();
        let tallies = vec![Tally { kind, of, per, since, points: Points::ZERO, amount, times: 0 }];
        let change = Change::TalliesCorrected { order: order.id.clone(), tallies, more };
        parties.add_to_wallet(&carried.wallet, change)?;
    }
    Ok(())
}

fn tally(entry: &TallyEntry, moved: Moved, amount: Money) -> Tally {
    let TallyEntry { kind, of, per, since, .. } = entry.clone();
    // Only the span over which the rule adds up counts money.
    let counts = kind == TallyKind::Accrual && !entry.amount.is_zero();
    let amount = if counts { amount } else { Money::ZERO };
    Tally { kind, of, per, since, points: moved.points, amount, times: u64::from(moved.ends) }
}

fn counted(back: &BackAccrual) -> Result<Money, Overflow> {
    Money::sum(back.kept.iter().map(|kept| kept.money))
}

/// How far two amounts lie apart.
pub(super) fn difference(a: Money, b: Money) -> Result<Money, Overflow> {
    a.max(b).minus(a.min(b))
}

/// What goes back into budgets: points of accruals, and what offers had taken off that are released.
pub(super) fn budgets(
    order: &Order,
    moved: &[Moved],
    released: bool,
) -> Result<BTreeMap<Id, Amount>, Overflow> {
    let mut budgets: BTreeMap<Id, Amount> = BTreeMap::new();
    let mut give = |budget: &Id, amount: Amount| -> Result<(), Overflow> {
        let known = budgets.entry(budget.clone()).or_insert(Amount::ZERO);
        *known = known.plus(amount)?;
        Ok(())
    };
    for (accrual, moved) in order.quote.accruals.iter().zip(moved) {
        if let Some(budget) = accrual.budget.as_ref().filter(|_| !moved.points.is_zero()) {
            give(budget, moved.points.0)?;
        }
    }
    for applied in order.quote.applied.iter().filter(|_| released) {
        if let Some(budget) = &applied.budget {
            give(budget, applied.discount.0)?;
        }
    }
    Ok(budgets)
}
