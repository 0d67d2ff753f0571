//! Who may apply: the offers of a lane with the lines that they may touch, and why others may not.

use crate::model::Reason;
use crate::program::Compiled;
use crate::rule::{Condition, ConditionsSee, Desk, Given, Lane, Limit, Offer, Rest, Terms, window_refusal};
use crate::value::{Id, Points};

use super::coupons::{Shown, ShownOffers};
use super::lane::Field;
use super::limit;
use super::purse::Purse;

/// An offer that may apply to the basket, with the lines that it may touch.
#[derive(Debug)]
pub(super) struct Candidate<'a> {
    pub(super) offer: &'a Offer,
    pub(super) shown: Shown<'a>,
    pub(super) lines: Vec<usize>,
    pub(super) cost: Option<(Id, Points)>,
    /// The most that it takes, in minor units.
    pub(super) most: Option<i64>,
    /// The number of the budget that it is given out of.
    pub(super) budget: Option<usize>,
    /// Whether its condition is asked only when it is known what other offers left.
    pub(super) asked_late: bool,
    /// The number of its group among those of its lane; nothing where it has none.
    pub(super) group: Option<usize>,
}

impl Candidate<'_> {
    /// Whether it is used up by taking effect, so that an equally good combination without it is better.
    pub(super) fn is_coupon(&self) -> bool {
        self.shown.code.is_some() || self.shown.coupon.is_some()
    }
}

/// The offers of one lane that may apply, and why the others do not, whatever other offers do.
#[derive(Debug)]
pub(super) struct Entrants<'a> {
    pub(super) lane: &'a Lane,
    /// How it rounds and spreads.
    pub(super) terms: Terms,
    pub(super) candidates: Vec<Candidate<'a>>,
    pub(super) refused: Vec<(&'a Offer, Reason)>,
}

/// Room is made for so many candidates of a lane at first.
pub(super) const USUAL: usize = 32;

pub(super) fn entrants<'a>(
    field: &Field<'a, '_>,
    (lane, offers): (&'a Lane, &'a [usize]),
    shown: &ShownOffers<'a>,
    rest: &Rest,
    desk: &mut Desk,
) -> Entrants<'a> {
    let (candidates, refused) = (Vec::with_capacity(offers.len().min(USUAL)), Vec::new());
    let mut entrants = Entrants { lane, terms: field.terms_of(lane), candidates, refused };
    let mut groups: Vec<&Id> = Vec::new();
    for (index, offer) in offers.iter().filter_map(|index| Some((*index, field.program.offer(*index)?))) {
        let shown = shown.get(index);
        if (offer.code.is_some() || offer.coupon.is_some()) && shown.is_none() {
            continue;
        }
        let late = asked_late(field.program, lane, offer);
        match candidate(field, offer, shown.unwrap_or_default(), late, rest, desk) {
            Ok(mut candidate) => {
                candidate.group = offer.group.as_ref().map(|group| number(&mut groups, group));
                entrants.candidates.push(candidate);
            }
            Err(reason) => entrants.refused.push((offer, reason)),
        }
    }
    entrants
}

/// The number of a group among those that are known, which it joins.
fn number<'a>(groups: &mut Vec<&'a Id>, group: &'a Id) -> usize {
    groups.iter().position(|known| *known == group).unwrap_or_else(|| {
        groups.push(group);
        groups.len().saturating_sub(1)
    })
}

/// Whether the offer's condition looks at what other offers left, and is asked when that is known.
pub(super) fn asked_late(program: &Compiled, lane: &Lane, offer: &Offer) -> bool {
    lane.conditions_see != ConditionsSee::Original
        || (program.sees_rest && offer.when.as_ref().is_some_and(Condition::looks_at_rest))
}

/// Whether an offer may apply, or the first reason why not in the order that `Reason` documents.
fn candidate<'a>(
    field: &Field<'a, '_>,
    offer: &'a Offer,
    shown: Shown<'a>,
    asked_late: bool,
    rest: &Rest,
    desk: &mut Desk,
) -> Result<Candidate<'a>, Reason> {
    let facts = &*field.facts;
    let limit = offer.limit.as_ref();
    let of_member = limit.is_some_and(Limit::is_of_member);
    let for_members = of_member || offer.cost.is_some() || offer.benefit.grants_points();
    if facts.member.guest && for_members {
        return Err(Reason::Guest);
    }
    if let Some(reason) = window_refusal(offer.from, offer.until, facts.today) {
        return Err(reason);
    }
    if let Some(reason) = limit.and_then(|limit| limit::used_up(offer, limit, facts)) {
        return Err(reason);
    }
    if let Some(reason) = offer.when.as_ref().filter(|_| !asked_late).and_then(|when| when.refusal(facts)) {
        return Err(reason);
    }
    let mut candidate = Candidate::matching(field, offer, shown)?;
    candidate.asked_late = asked_late;
    candidate.cost = cost(field.program, offer, field.purse)?;
    candidate.budget = limit::budget(field.program, offer, facts.basket)?;
    let changes = asked_late || offer.steps_count_chosen_units();
    match candidate.refusal(field, rest, desk).filter(|_| !changes) {
        Some(reason) => Err(reason),
        None => Ok(candidate),
    }
}

impl<'a> Candidate<'a> {
    /// An offer with the lines that it may touch; nothing is known yet about what it costs and what is left for it.
    pub(super) fn matching(
        field: &Field<'a, '_>,
        offer: &'a Offer,
        shown: Shown<'a>,
    ) -> Result<Candidate<'a>, Reason> {
        let facts = &*field.facts;
        // Points take nothing off.
        let any = offer.benefit.grants_points() || !facts.keeps_prices;
        let discountable = |line: &usize| any || facts.line(*line).is_some_and(|line| line.discountable);
        let matching = facts.matching_in(offer.on, offer.lines.as_ref());
        let mut lines = Vec::with_capacity(matching.total());
        lines.extend(matching.filter(discountable));
        if lines.is_empty() {
            return Err(Reason::NoMatchingLine);
        }
        let most =
            offer.at_most.and_then(|most| most.0.rescaled(field.terms.digits)).map(|most| most.units());
        Ok(Candidate { offer, shown, lines, cost: None, most, budget: None, asked_late: false, group: None })
    }

    /// What its benefit finds before any other offer.
    pub(super) fn given<'s>(&'s self, field: &'s Field<'_, '_>, rest: &'s Rest) -> Given<'s> {
        Given {
            facts: field.facts,
            lines: &self.lines,
            rest,
            base: None,
            closed: &[],
            terms: field.terms,
            adds: false,
            consumes: false,
        }
    }

    /// What is missing for its benefit to have an effect at all.
    pub(super) fn refusal(&self, field: &Field<'_, '_>, rest: &Rest, desk: &mut Desk) -> Option<Reason> {
        self.offer.benefit.refusal(&self.given(field, rest), self.offer.units, desk)
    }
}

/// What the offer costs, which the member must be able to pay.
pub(super) fn cost(
    program: &Compiled,
    offer: &Offer,
    purse: &Purse<'_>,
) -> Result<Option<(Id, Points)>, Reason> {
    let Some(cost) = &offer.cost else { return Ok(None) };
    let Some(wallet) = program.wallet(cost.wallet.as_ref()).map(|wallet| wallet.id.clone()) else {
        return Ok(None);
    };
    let (required, actual) = (cost.points, purse.usable(&wallet));
    if actual < required {
        return Err(Reason::NotEnoughPoints { wallet, required, actual });
    }
    Ok(Some((wallet, required)))
}
