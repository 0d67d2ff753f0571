//! Limits and budgets of offers: how often they were used, and how much money is left for them.

use crate::error::{Code, InputError, suggestion};
use crate::model::{Basket, CapOf, Member, Reason, Tally, TallyEntry, TallyKind};
use crate::program::Compiled;
use crate::rule::{Budget, Facts, Limit, Offer, WhenShort};
use crate::value::{Amount, Day, Money, Overflow, Span};

use super::candidate::Candidate;
use super::lane::Field;
use super::state::State;

/// What a host counts for offers must be of offers that exist.
pub(super) fn uses(program: &Compiled, basket: &Basket) -> Result<(), InputError> {
    for id in basket.uses.keys() {
        if !program.file.offers.iter().any(|offer| offer.id == *id) {
            let near = suggestion(id.as_str(), program.file.offers.iter().map(|offer| offer.id.as_str()));
            let message = format!("no such offer: `{id}`{near}");
            return Err(InputError::new(Code::UnknownName, format!("basket.uses.{id}"), message));
        }
    }
    Ok(())
}

/// Whether the offer was used as often as allowed.
pub(super) fn used_up(offer: &Offer, limit: &Limit, facts: &Facts<'_>) -> Option<Reason> {
    let member = facts.member;
    if let Some(most) = limit.per_member {
        let used = member.uses.get(&offer.id).copied().unwrap_or(0);
        if used >= most {
            return Some(Reason::UsedUp { per: None, limit: most, used });
        }
    }
    for (per, most) in limit.spans() {
        let used = in_span(member, offer, per, facts.today);
        if used >= most {
            return Some(Reason::UsedUp { per: Some(per), limit: most, used });
        }
    }
    let total = limit.total?;
    match facts.basket.uses.get(&offer.id).copied() {
        None => Some(Reason::UsesUnknown),
        Some(used) => (used >= total).then_some(Reason::SoldOut { limit: total, used }),
    }
}

/// How often the member used an offer in the running span.
fn in_span(member: &Member, offer: &Offer, per: Span, today: Day) -> u64 {
    let tally = Tally::find(&member.tallies, TallyKind::Offer, &offer.id, per, per.start(today));
    tally.map_or(0, |tally| tally.times)
}

/// The tallies that a use of the offer is added to.
pub(super) fn tallies(offer: &Offer, today: Day) -> Vec<TallyEntry> {
    let entry = |(per, _): (Span, u64)| TallyEntry {
        kind: TallyKind::Offer,
        of: offer.id.clone(),
        per,
        since: per.start(today),
        amount: Money::ZERO,
    };
    offer.limit.iter().flat_map(Limit::spans).map(entry).collect()
}

/// What is left of each budget of the program in minor units: nothing of those that are of points, or that the host does
/// not count; an empty list where none is of money.
pub(super) fn left(program: &Compiled, basket: &Basket) -> Vec<i64> {
    if program.file.budgets.iter().all(|budget| budget.amount.is_none()) {
        return Vec::new();
    }
    let digits = program.currency().digits();
    let left = |budget: &Budget| {
        let left = budget.amount?.minus(Money(*basket.budgets.get(&budget.id)?)).ok()?;
        left.0.rescaled(digits).map(Amount::units)
    };
    program.file.budgets.iter().map(|budget| left(budget).unwrap_or(0).max(0)).collect()
}

/// The number of the budget that the offer is given out of, or why nothing is.
pub(super) fn budget(program: &Compiled, offer: &Offer, basket: &Basket) -> Result<Option<usize>, Reason> {
    let Some(id) = &offer.budget else { return Ok(None) };
    let number = program.file.budgets.iter().position(|budget| budget.id == *id);
    let limit = number.and_then(|number| program.file.budgets.get(number)?.amount);
    let (Some(limit), Some(used)) = (limit, basket.budgets.get(id)) else {
        return Err(Reason::BudgetUnknown { budget: id.clone() });
    };
    let used = Money(*used);
    if used >= limit {
        return Err(Reason::BudgetUsedUp { budget: id.clone(), limit, used });
    }
    Ok(number)
}

impl Candidate<'_> {
    /// What is left of its budget, where it has one.
    fn budget_left(&self, state: &State) -> Option<i64> {
        state.budgets.get(self.budget?).copied()
    }

    /// The most that it takes in this state: its own cap, or what is left of its budget.
    pub(super) fn cap(&self, state: &State) -> Option<i64> {
        match (self.most, self.budget_left(state)) {
            (Some(most), Some(left)) => Some(most.min(left)),
            (most, left) => most.or(left),
        }
    }

    /// What cut it down to so much.
    pub(super) fn capped_by(&self, taken: i64) -> CapOf {
        if self.most == Some(taken) { CapOf::Offer } else { CapOf::Budget }
    }

    /// Whether it takes nothing where its budget has too little left.
    pub(super) fn refuses(&self, program: &Compiled) -> bool {
        let budget = self.budget.and_then(|number| program.file.budgets.get(number));
        budget.is_some_and(|budget| budget.when_short == WhenShort::Refuse)
    }

    /// Whether so much is more than what is left of its budget.
    pub(super) fn exceeds(&self, taken: i64, state: &State) -> bool {
        self.budget_left(state).is_some_and(|left| left < taken)
    }
}

/// Why the budget of an offer leaves nothing for it, where it does not; `wanted` is what the offer would take.
pub(super) fn short(
    field: &Field<'_, '_>,
    candidate: &Candidate<'_>,
    wanted: i64,
    state: &State,
) -> Result<Option<Reason>, Overflow> {
    let Some(left) = candidate.budget_left(state).filter(|left| wanted > *left) else { return Ok(None) };
    let budget = candidate.budget.and_then(|number| field.program.file.budgets.get(number));
    let Some((id, limit)) = budget.and_then(|budget| Some((budget.id.clone(), budget.amount?))) else {
        return Ok(None);
    };
    let money = |minor| Money::of_units(minor, field.terms.digits);
    Ok(Some(if left == 0 {
        // Earlier offers of the order took the rest.
        Reason::BudgetUsedUp { budget: id, limit, used: limit }
    } else {
        Reason::BudgetTooSmall { budget: id, required: money(wanted)?, left: money(left)? }
    }))
}
