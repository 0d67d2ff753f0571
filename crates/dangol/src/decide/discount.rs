//! Offers: what is taken off in the end, and what is told of it. Which offers do that is found lane by lane.

use crate::error::InputError;
use crate::model::{Applied, Cost, LineDiscount, NearOffer, QuotedDelivery, Refused};
use crate::program::Compiled;
use crate::rule::{Desk, Facts, LineFacts, Rest};
use crate::value::{Id, Money, Overflow, Points};

use super::candidate::{USUAL, entrants};
use super::coupons::coupons;
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
    /// How many units of each line are free. Empty where none is.
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
        let (may, not) = field.sizes();
        outcome.expect(may.min(USUAL), may.saturating_add(not).saturating_add(program.accruals.len()));
        let close = near::close(&field);
        let before = (!close.is_empty()).then(|| start.clone());
        let (first, all) = (field.first_choice(), field.lanes.len());
        state = start;
        field.play(0..first, &Plan::default(), &mut state, &mut desk, &mut outcome)?;
        plan = search::plan(&mut field, first, &mut state, &mut desk)?;
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
    let deliveries = delivery::quoted(facts, &shipping, taken, digits)?;
    for (place, wallet, points) in costs {
        if let Some(applied) = applied.get_mut(place) {
            applied.cost = Some(drawn(program, wallet, points, purse)?);
        }
    }
    let bound = plan.bound.map(|bound| Money::of_units(bound, digits)).transpose()?;
    let optimal = bound.is_none();
    Ok(Discounts { applied, refused, near, left, free, lines, deliveries, gifts, optimal, bound })
}

/// The sum of what is left of each line.
pub(super) fn total(left: &[i64], digits: u8) -> Result<Money, Overflow> {
    let sum = left.iter().try_fold(0_i64, |sum, part| sum.checked_add(*part)).ok_or(Overflow)?;
    Money::of_units(sum, digits)
}

fn drawn(program: &Compiled, wallet: Id, points: Points, purse: &mut Purse<'_>) -> Result<Cost, InputError> {
    let lots = purse.draw(&wallet, points, program.burn_order(&wallet)).map_err(misfit)?;
    Ok(Cost { wallet, points, lots })
}
