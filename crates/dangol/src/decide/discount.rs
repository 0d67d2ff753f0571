//! Offers, lane by lane: who may apply, and what each takes off.

use crate::error::InputError;
use crate::model::{Applied, Cost, LineDiscount, Reason, Refused, Subject};
use crate::program::Compiled;
use crate::rule::{ConditionsSee, Facts, Given, LineFacts, Offer, Part, Rest, window_refusal};
use crate::value::{Id, Money, Overflow, Points};

use super::coupons::{Shown, coupons};
use super::lane::Contest;
use super::overdue::misfit;
use super::purse::Purse;

/// What the offers did.
#[derive(Debug)]
pub(super) struct Discounts {
    pub(super) applied: Vec<Applied>,
    pub(super) refused: Vec<Refused>,
    /// What is left of each line; once all lanes are through, what it costs, whether or not points paid of that before.
    pub(super) rest: Rest,
    /// What was taken off each line.
    pub(super) lines: Vec<Vec<LineDiscount>>,
    pub(super) optimal: bool,
}

/// An offer that may apply to the basket, with the lines that it may touch.
#[derive(Debug)]
pub(super) struct Candidate<'a> {
    pub(super) offer: &'a Offer,
    pub(super) shown: Shown<'a>,
    pub(super) lines: Vec<usize>,
    pub(super) cost: Option<(Id, Points)>,
}

/// All lanes in their order, on what points that pay before offers left; `paid` is what they paid of each line.
pub(super) fn discounts(
    program: &Compiled,
    facts: &mut Facts<'_>,
    purse: &mut Purse<'_>,
    paid: &[i64],
) -> Result<Discounts, InputError> {
    let left = |(line, paid): (&LineFacts, &i64)| line.gross.saturating_sub(*paid);
    let mut state = Discounts {
        applied: Vec::new(),
        refused: Vec::new(),
        rest: Rest::new(facts.lines.iter().zip(paid).map(left).collect()),
        lines: vec![Vec::new(); facts.lines.len()],
        optimal: true,
    };
    let shown = coupons(program, facts, &mut state.refused);
    let original = facts.spend;
    for (lane, offers) in &program.lanes {
        facts.spend = match lane.conditions_see {
            ConditionsSee::Original => original,
            ConditionsSee::Left => total(&state.rest.money, program.currency().digits())?,
        };
        let mut candidates = Vec::new();
        for (index, offer) in offers.iter().filter_map(|index| Some((*index, program.offer(*index)?))) {
            let shown = shown.get(&index).copied();
            if (offer.code.is_some() || offer.coupon.is_some()) && shown.is_none() {
                continue;
            }
            match candidate(program, offer, shown.unwrap_or_default(), facts, purse, &state.rest) {
                Ok(candidate) => candidates.push(candidate),
                Err(reason) => state.refuse(Subject::Offer, offer.id.as_str(), reason),
            }
        }
        Contest { program, lane, candidates: &candidates, facts }.apply(purse, &mut state)?;
    }
    facts.spend = original;
    // What points paid is no discount: from here on the rest is what each line costs.
    state.rest.money.iter_mut().zip(paid).for_each(|(rest, paid)| *rest = rest.saturating_add(*paid));
    Ok(state)
}

/// Whether an offer may apply, or the first reason why not in the order that `Reason` documents.
fn candidate<'a>(
    program: &'a Compiled,
    offer: &'a Offer,
    shown: Shown<'a>,
    facts: &Facts<'_>,
    purse: &Purse<'_>,
    rest: &Rest,
) -> Result<Candidate<'a>, Reason> {
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
    if let Some(reason) = offer.when.as_ref().and_then(|when| when.refusal(facts)) {
        return Err(reason);
    }
    let discountable = |line: &usize| facts.lines.get(*line).is_some_and(|line| line.discountable);
    let lines: Vec<usize> = facts.matching(offer.lines.as_ref()).filter(discountable).collect();
    if lines.is_empty() {
        return Err(Reason::NoMatchingLine);
    }
    let cost = cost(program, offer, purse)?;
    let given = given(program, facts, &lines, rest);
    match offer.benefit.refusal(&given) {
        Some(reason) => Err(reason),
        None => Ok(Candidate { offer, shown, lines, cost }),
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

/// The lines of an offer with the program's rounding.
pub(super) fn given<'a>(
    program: &Compiled,
    facts: &'a Facts<'a>,
    lines: &'a [usize],
    rest: &'a Rest,
) -> Given<'a> {
    let policy = program.file.discounts;
    let digits = program.currency().digits();
    Given { facts, lines, rest, rounding: policy.rounding, place: policy.at, split: policy.split, digits }
}

/// The sum of what is left of each line.
pub(super) fn total(left: &[i64], digits: u8) -> Result<Money, Overflow> {
    let sum = left.iter().try_fold(0_i64, |sum, part| sum.checked_add(*part)).ok_or(Overflow)?;
    Money::of_units(sum, digits)
}

impl Discounts {
    pub(super) fn refuse(&mut self, what: Subject, id: &str, reason: Reason) {
        self.refused.push(Refused { what, id: id.to_owned(), reason });
    }

    /// Takes the parts off the lines and notes the offer as applied.
    pub(super) fn book(
        &mut self,
        program: &Compiled,
        lane: &Id,
        candidate: &Candidate<'_>,
        parts: &[Part],
        facts: &Facts<'_>,
        purse: &mut Purse<'_>,
    ) -> Result<(), InputError> {
        let offer = candidate.offer;
        let digits = program.currency().digits();
        let how = offer.benefit.arithmetic(&given(program, facts, &candidate.lines, &self.rest))?;
        let mut discount = Money::ZERO;
        for part in parts {
            let amount = Money::of_units(part.amount, digits)?;
            discount = discount.plus(amount)?;
            if let Some(taken) = self.lines.get_mut(part.line) {
                taken.push(LineDiscount { offer: offer.id.clone(), amount });
            }
        }
        self.rest.take(parts)?;
        let cost = candidate
            .cost
            .as_ref()
            .map(|(wallet, points)| paid(program, wallet, *points, purse))
            .transpose()?;
        self.applied.push(Applied {
            offer: offer.id.clone(),
            lane: lane.clone(),
            code: candidate.shown.code.map(str::to_owned),
            coupon: candidate.shown.coupon.cloned().map(Box::new),
            holder: candidate.shown.holder(),
            discount,
            how,
            cost,
            counted: offer.limit.is_some(),
        });
        Ok(())
    }
}

fn paid(program: &Compiled, wallet: &Id, points: Points, purse: &mut Purse<'_>) -> Result<Cost, InputError> {
    let order = program.wallet(Some(wallet)).map(|wallet| wallet.burn_order).unwrap_or_default();
    let lots = purse.draw(wallet, points, order).map_err(misfit)?;
    Ok(Cost { wallet: wallet.clone(), points, lots })
}
