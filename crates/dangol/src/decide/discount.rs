//! Offers: who may apply, and what is taken off in the end. Which of them do is found lane by lane.

use crate::error::InputError;
use crate::model::{Applied, Cost, LineDiscount, NearOffer, QuotedDelivery, Reason, Refused};
use crate::program::Compiled;
use crate::rule::{
    Condition, ConditionsSee, Desk, Facts, Given, Lane, Limit, LineFacts, Offer, Rest, Terms, window_refusal,
};
use crate::value::{Id, Money, Overflow, Points};

use super::coupons::{Shown, ShownOffers, coupons};
use super::delivery;
use super::gifts::Present;
use super::lane::Field;
use super::limit;
use super::near;
use super::overdue::misfit;
use super::plan::Plan;
use super::purse::Purse;
use super::search;
use super::state::State;
use super::telling::Outcome;

/// What the offers did.
#[derive(Debug)]
pub(super) struct Discounts {
    pub(super) applied: Vec<Applied>,
    pub(super) refused: Vec<Refused>,
    /// The offers that come closest.
    pub(super) near: Vec<NearOffer>,
    /// What each line costs, whether or not points paid of that before.
    pub(super) left: Vec<i64>,
    /// How many units of each line are free.
    pub(super) free: Vec<u64>,
    /// What was taken off each line.
    pub(super) lines: Vec<Vec<LineDiscount>>,
    pub(super) deliveries: Vec<QuotedDelivery>,
    /// What offers add.
    pub(super) gifts: Vec<Present>,
    /// Whether no other combination leaves less to pay.
    pub(super) optimal: bool,
    /// Where that is not proved: the most that any combination could take off.
    pub(super) bound: Option<Money>,
}

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

/// All lanes in their order, on what points that pay before offers left; `paid` is what they paid of each line.
pub(super) fn discounts<'a>(
    program: &'a Compiled,
    facts: &mut Facts<'a>,
    purse: &mut Purse<'_>,
    paid: &[i64],
) -> Result<Discounts, InputError> {
    let left = |(line, paid): (&LineFacts, &i64)| line.gross.saturating_sub(*paid);
    let mut money: Vec<i64> = facts.lines.iter().zip(paid).map(left).collect();
    money.extend(facts.deliveries.iter().map(|delivery| delivery.gross));
    let mut refused = Vec::new();
    let shown = coupons(program, facts, &mut refused);
    let rest = Rest::new(money);
    let original = facts.spend;
    let mut outcome = Outcome::new(program, rest.money.len(), refused);
    let start = State::new(rest, limit::left(program, facts.basket));
    let (mut state, plan, near);
    {
        let mut desk = Desk::default();
        let mut field = Field::new(program, facts, purse, &start.rest.money);
        for (lane, offers) in &program.lanes {
            let entrants = entrants(&field, (lane, offers), &shown, &start.rest, &mut desk);
            field.add(entrants);
        }
        let close = near::close(&field);
        let before = (!close.is_empty()).then(|| start.clone());
        let (first, all) = (field.first_choice(), field.lanes.len());
        state = start;
        field.play(0..first, &Plan::default(), &mut state, &mut desk, &mut outcome)?;
        plan = search::plan(&mut field, first, &state, &mut desk)?;
        field.play(first..all, &plan, &mut state, &mut desk, &mut outcome)?;
        (field.facts.spend, field.facts.sees_rest) = (original, false);
        near = match before {
            Some(before) => near::offers(&field, close, &before, &outcome.applied, &mut desk)?,
            None => Vec::new(),
        };
    }
    finish(program, facts, purse, Finished { state, plan, outcome, near }, paid)
}

/// Where the lanes ended.
struct Finished {
    state: State,
    plan: Plan,
    outcome: Outcome,
    near: Vec<NearOffer>,
}

/// What is left is what each line costs: what points paid is no discount. Points that offers cost are drawn now.
fn finish(
    program: &Compiled,
    facts: &mut Facts<'_>,
    purse: &mut Purse<'_>,
    finished: Finished,
    paid: &[i64],
) -> Result<Discounts, InputError> {
    let Finished { state, plan, mut outcome, near } = finished;
    let (mut left, free) = (state.rest.money, state.rest.free);
    left.iter_mut().zip(paid).for_each(|(rest, paid)| *rest = rest.saturating_add(*paid));
    if program.sees_rest {
        facts.rest.clone_from(&left);
    }
    let goods = facts.lines.len();
    let digits = program.currency().digits();
    let shipping = left.split_off(goods.min(left.len()));
    let mut lines = outcome.by_line();
    let Outcome { mut applied, refused, costs, gifts, .. } = outcome;
    let taken = lines.split_off(goods.min(lines.len()));
    let deliveries = delivery::quoted(&facts.deliveries, &shipping, taken, digits)?;
    for (applied, cost) in applied.iter_mut().zip(costs) {
        applied.cost = cost.map(|(wallet, points)| drawn(program, wallet, points, purse)).transpose()?;
    }
    let bound = plan.bound.map(|bound| Money::of_units(bound, digits)).transpose()?;
    let optimal = bound.is_none();
    Ok(Discounts { applied, refused, near, left, free, lines, deliveries, gifts, optimal, bound })
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
const USUAL: usize = 32;

fn entrants<'a>(
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
    match candidate.refusal(field, rest, desk).filter(|_| !asked_late) {
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
        let any = offer.benefit.grants_points();
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

/// The sum of what is left of each line.
pub(super) fn total(left: &[i64], digits: u8) -> Result<Money, Overflow> {
    let sum = left.iter().try_fold(0_i64, |sum, part| sum.checked_add(*part)).ok_or(Overflow)?;
    Money::of_units(sum, digits)
}

fn drawn(program: &Compiled, wallet: Id, points: Points, purse: &mut Purse<'_>) -> Result<Cost, InputError> {
    let order = program.wallet(Some(&wallet)).map(|wallet| wallet.burn_order).unwrap_or_default();
    let lots = purse.draw(&wallet, points, order).map_err(misfit)?;
    Ok(Cost { wallet, points, lots })
}
