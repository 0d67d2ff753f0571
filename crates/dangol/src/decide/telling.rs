//! What is told of the offers: nothing while combinations are compared, everything when the lanes are played.

use crate::model::{Applied, LineDiscount, Reason, Refused, Subject};
use crate::program::Compiled;
use crate::rule::{Desk, Given, Lane, Offer};
use crate::value::{Id, Money, Overflow, Points};

use super::candidate::Candidate;
use super::gifts::Present;
use super::limit;

/// What is told of the offers of a lane.
pub(super) trait Telling {
    /// An offer took effect, as the desk has it.
    fn applied(
        &mut self,
        candidate: &Candidate<'_>,
        lane: &Lane,
        given: &Given<'_>,
        desk: &Desk,
    ) -> Result<(), Overflow>;

    /// An offer did not; the reason is made only where it is told.
    fn refused(&mut self, offer: &Offer, reason: impl FnOnce() -> Reason);
}

/// Nothing is told while combinations are compared.
pub(super) struct Silent;

impl Telling for Silent {
    fn applied(&mut self, _: &Candidate<'_>, _: &Lane, _: &Given<'_>, _: &Desk) -> Result<(), Overflow> {
        Ok(())
    }

    fn refused(&mut self, _: &Offer, _: impl FnOnce() -> Reason) {}
}

/// What is told of all lanes.
#[derive(Debug)]
pub(super) struct Outcome {
    digits: u8,
    pub(super) applied: Vec<Applied>,
    /// What applied offers cost, by their place among those.
    pub(super) costs: Vec<(usize, Id, Points)>,
    pub(super) refused: Vec<Refused>,
    /// How many lines and deliveries there are.
    lines: usize,
    /// What was taken off which line or delivery, in the order of the offers.
    taken: Vec<(usize, LineDiscount)>,
    /// What offers add.
    pub(super) gifts: Vec<Present>,
}

impl Outcome {
    pub(super) fn new(program: &Compiled, lines: usize, refused: Vec<Refused>) -> Outcome {
        Outcome {
            digits: program.currency().digits(),
            applied: Vec::new(),
            costs: Vec::new(),
            refused,
            lines,
            taken: Vec::new(),
            gifts: Vec::new(),
        }
    }

    /// Makes room for so many offers that take effect, and so many refusals, those of later rules included.
    pub(super) fn expect(&mut self, applied: usize, refused: usize) {
        self.applied.reserve_exact(applied);
        self.refused.reserve_exact(refused);
    }

    /// What was taken off each line, and then each delivery.
    pub(super) fn by_line(&mut self) -> Vec<Vec<LineDiscount>> {
        let mut counts = vec![0_usize; self.lines];
        for (line, _) in &self.taken {
            if let Some(count) = counts.get_mut(*line) {
                *count = count.saturating_add(1);
            }
        }
        let mut lines: Vec<Vec<LineDiscount>> = counts.into_iter().map(Vec::with_capacity).collect();
        for (line, discount) in self.taken.drain(..) {
            if let Some(list) = lines.get_mut(line) {
                list.push(discount);
            }
        }
        lines
    }
}

impl Telling for Outcome {
    fn applied(
        &mut self,
        candidate: &Candidate<'_>,
        lane: &Lane,
        given: &Given<'_>,
        desk: &Desk,
    ) -> Result<(), Overflow> {
        let offer = candidate.offer;
        let how = offer.benefit.arithmetic(given, desk)?;
        let lost = offer.benefit.lost_to_rounding(&how, given, desk);
        let sum = desk.taken();
        let mut discount = Money::of_units(sum, self.digits)?;
        let capped = desk.uncut > 0;
        self.taken.reserve(desk.parts.len());
        for part in desk.parts.iter().filter(|part| part.amount > 0) {
            let amount = Money::of_units(part.amount, self.digits)?;
            self.taken.push((part.line, LineDiscount { offer: offer.id.clone(), amount }));
        }
        let gift = Present::of(&offer.id, desk, self.digits)?;
        if let Some(gift) = &gift {
            discount = discount.plus(gift.value())?;
        }
        let touched = touched(offer, desk).or(gift.as_ref().map(Present::units));
        self.gifts.extend(gift);
        let cost = candidate.cost.clone();
        self.costs.extend(cost.map(|(wallet, points)| (self.applied.len(), wallet, points)));
        self.applied.push(Applied {
            offer: offer.id.clone(),
            lane: lane.id.clone(),
            code: candidate.shown.code.map(str::to_owned),
            coupon: candidate.shown.coupon.cloned().map(Box::new),
            holder: candidate.shown.holder(),
            discount,
            how,
            units: touched,
            lost_to_rounding: lost,
            capped: capped.then(|| Money::of_units(desk.uncut, self.digits)).transpose()?,
            capped_by: capped.then(|| candidate.capped_by(sum)),
            cost: None,
            counted: offer.limit.is_some() || offer.budget.is_some(),
            tallies: limit::tallies(offer, given.facts.today),
            budget: offer.budget.clone(),
        });
        Ok(())
    }

    fn refused(&mut self, offer: &Offer, reason: impl FnOnce() -> Reason) {
        self.refused.push(Refused { what: Subject::Offer, id: (&offer.id).into(), reason: reason() });
    }
}

/// How many units an offer reduces, where it chooses units.
fn touched(offer: &Offer, desk: &Desk) -> Option<u64> {
    if offer.benefit.picks_units() {
        let units = desk.portions.iter().filter_map(|portion| portion.units);
        return Some(units.fold(0_u64, |sum, units| sum.saturating_add(units.unsigned_abs())));
    }
    offer.units.map(|_| desk.parts.iter().fold(0_u64, |sum, part| sum.saturating_add(part.units)))
}
