//! Offers: who may apply, and what is taken off in the end. Which of them do is found lane by lane.

use std::collections::BTreeMap;

use crate::error::InputError;
use crate::model::{Applied, Cost, LineDiscount, QuotedDelivery, Reason, Refused};
use crate::program::Compiled;
use crate::rule::{ConditionsSee, Desk, Facts, Given, Lane, LineFacts, Offer, Rest, Terms, window_refusal};
use crate::value::{Id, Money, Overflow, Points};

use super::coupons::{Shown, coupons};
use super::delivery;
use super::lane::Field;
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
    /// What each line costs, whether or not points paid of that before.
    pub(super) left: Vec<i64>,
    /// How many units of each line are free.
    pub(super) free: Vec<u64>,
    /// What was taken off each line.
    pub(super) lines: Vec<Vec<LineDiscount>>,
    pub(super) deliveries: Vec<QuotedDelivery>,
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
    let state;
    let plan;
    {
        let mut desk = Desk::default();
        let mut field = Field::new(program, facts, purse, &rest.money);
        for (lane, offers) in &program.lanes {
            let entrants = entrants(&field, (lane, offers), &shown, &rest, &mut desk);
            field.lanes.push(entrants);
        }
        plan = search::plan(&mut field, &rest)?;
        state = field.play(&plan, State::new(rest), &mut outcome)?;
    }
    (facts.spend, facts.left) = (original, None);
    finish(program, facts, purse, Finished { state, plan, outcome }, paid)
}

/// Where the lanes ended.
struct Finished {
    state: State,
    plan: Plan,
    outcome: Outcome,
}

/// What is left is what each line costs: what points paid is no discount. Points that offers cost are drawn now.
fn finish(
    program: &Compiled,
    facts: &Facts<'_>,
    purse: &mut Purse<'_>,
    finished: Finished,
    paid: &[i64],
) -> Result<Discounts, InputError> {
    let Finished { state, plan, outcome } = finished;
    let (mut left, free) = (state.rest.money, state.rest.free);
    let goods = facts.lines.len();
    let digits = program.currency().digits();
    let shipping = left.split_off(goods.min(left.len()));
    left.iter_mut().zip(paid).for_each(|(rest, paid)| *rest = rest.saturating_add(*paid));
    let Outcome { mut applied, refused, taken: mut lines, costs, .. } = outcome;
    let taken = lines.split_off(goods.min(lines.len()));
    let deliveries = delivery::quoted(&facts.deliveries, &shipping, taken, digits)?;
    for (applied, cost) in applied.iter_mut().zip(costs) {
        applied.cost = cost.map(|(wallet, points)| drawn(program, wallet, points, purse)).transpose()?;
    }
    let bound = plan.bound.map(|bound| Money::of_units(bound, digits)).transpose()?;
    Ok(Discounts { applied, refused, left, free, lines, deliveries, optimal: bound.is_none(), bound })
}

/// The offers of one lane that may apply, and why the others do not, whatever other offers do.
#[derive(Debug)]
pub(super) struct Entrants<'a> {
    pub(super) lane: &'a Lane,
    pub(super) candidates: Vec<Candidate<'a>>,
    pub(super) refused: Vec<(&'a Offer, Reason)>,
}

fn entrants<'a>(
    field: &Field<'a, '_>,
    (lane, offers): (&'a Lane, &'a [usize]),
    shown: &BTreeMap<usize, Shown<'a>>,
    rest: &Rest,
    desk: &mut Desk,
) -> Entrants<'a> {
    let mut entrants = Entrants { lane, candidates: Vec::new(), refused: Vec::new() };
    // Conditions that look at what other offers left are asked when those are known.
    let now = lane.conditions_see == ConditionsSee::Original;
    for (index, offer) in offers.iter().filter_map(|index| Some((*index, field.program.offer(*index)?))) {
        let shown = shown.get(&index).copied();
        if (offer.code.is_some() || offer.coupon.is_some()) && shown.is_none() {
            continue;
        }
        match candidate(field, offer, shown.unwrap_or_default(), now, rest, desk) {
            Ok(candidate) => entrants.candidates.push(candidate),
            Err(reason) => entrants.refused.push((offer, reason)),
        }
    }
    entrants
}

/// Whether an offer may apply, or the first reason why not in the order that `Reason` documents.
fn candidate<'a>(
    field: &Field<'a, '_>,
    offer: &'a Offer,
    shown: Shown<'a>,
    now: bool,
    rest: &Rest,
    desk: &mut Desk,
) -> Result<Candidate<'a>, Reason> {
    let facts = &*field.facts;
    if facts.member.guest && (offer.limit.is_some() || offer.cost.is_some()) {
        return Err(Reason::Guest);
    }
    if let Some(reason) = window_refusal(offer.from, offer.until, facts.today) {
        return Err(reason);
    }
    if let Some(limit) = offer.limit {
        let used = facts.member.uses.get(&offer.id).copied().unwrap_or(0);
        if used >= limit.per_member {
            return Err(Reason::UsedUp { limit: limit.per_member, used });
        }
    }
    if let Some(reason) = offer.when.as_ref().filter(|_| now).and_then(|when| when.refusal(facts)) {
        return Err(reason);
    }
    let discountable = |line: &usize| facts.line(*line).is_some_and(|line| line.discountable);
    let lines: Vec<usize> = facts.matching_in(offer.on, offer.lines.as_ref()).filter(discountable).collect();
    if lines.is_empty() {
        return Err(Reason::NoMatchingLine);
    }
    let cost = cost(field.program, offer, field.purse)?;
    let most = offer.at_most.and_then(|most| most.0.rescaled(field.terms.digits)).map(|most| most.units());
    let candidate = Candidate { offer, shown, lines, cost, most };
    let given = Given {
        facts,
        lines: &candidate.lines,
        rest,
        base: None,
        closed: &[],
        terms: field.terms,
        adds: false,
        consumes: false,
    };
    match offer.benefit.refusal(&given, offer.units, desk).filter(|_| now) {
        Some(reason) => Err(reason),
        None => Ok(candidate),
    }
}

/// What the offer costs, which the member must be able to pay.
fn cost(program: &Compiled, offer: &Offer, purse: &Purse<'_>) -> Result<Option<(Id, Points)>, Reason> {
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

/// How the program rounds and spreads discounts.
pub(super) fn terms(program: &Compiled) -> Terms {
    let policy = program.file.discounts;
    let digits = program.currency().digits();
    Terms { rounding: policy.rounding, place: policy.at, split: policy.split, digits }
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
