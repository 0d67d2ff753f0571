//! One lane: which of its candidates take effect.

use crate::error::InputError;
use crate::model::{Reason, Subject};
use crate::program::Compiled;
use crate::rule::{Choose, Facts, Given, Lane, Part};
use crate::value::{Id, Overflow, Place};

use super::discount::{Candidate, Discounts, given};
use super::purse::Purse;
use super::search;

/// A lane with those of its offers that may apply.
pub(super) struct Contest<'a> {
    pub(super) program: &'a Compiled,
    pub(super) lane: &'a Lane,
    pub(super) candidates: &'a [Candidate<'a>],
    pub(super) facts: &'a Facts<'a>,
}

impl Contest<'_> {
    /// Applies the lane to what earlier lanes left.
    pub(super) fn apply(&self, purse: &mut Purse<'_>, state: &mut Discounts) -> Result<(), InputError> {
        match self.lane.choose {
            Choose::All => self.all(purse, state),
            Choose::BestPerLine => self.best_per_line(purse, state),
            Choose::Best => self.best(purse, state),
        }
    }

    /// Every candidate in order, each on what is left.
    fn all(&self, purse: &mut Purse<'_>, state: &mut Discounts) -> Result<(), InputError> {
        let mut parts = Vec::new();
        for candidate in self.candidates {
            if let Some((wallet, required)) = &candidate.cost {
                let actual = purse.usable(wallet);
                if actual < *required {
                    let reason =
                        Reason::NotEnoughPoints { wallet: wallet.clone(), required: *required, actual };
                    state.refuse(Subject::Offer, candidate.offer.id.as_str(), reason);
                    continue;
                }
            }
            if candidate.offer.benefit.take(&self.given(candidate, state), &mut parts)? == 0 {
                state.refuse(Subject::Offer, candidate.offer.id.as_str(), Reason::NoEffect);
            } else {
                self.book(candidate, &parts, purse, state)?;
            }
        }
        Ok(())
    }

    /// For each line the candidate that takes the most off it; ties go to the earlier one.
    fn best_per_line(&self, purse: &mut Purse<'_>, state: &mut Discounts) -> Result<(), InputError> {
        let mut best: Vec<(i64, usize)> = vec![(0, usize::MAX); self.facts.lines.len()];
        let mut parts = Vec::new();
        let mut effective = vec![false; self.candidates.len()];
        for ((number, candidate), effective) in self.candidates.iter().enumerate().zip(&mut effective) {
            let given = Given { place: Place::Line, ..self.given(candidate, state) };
            *effective = candidate.offer.benefit.take(&given, &mut parts)? > 0;
            for part in &parts {
                if let Some(best) = best.get_mut(part.line).filter(|best| best.0 < part.amount) {
                    *best = (part.amount, number);
                }
            }
        }
        for ((number, candidate), effective) in self.candidates.iter().enumerate().zip(effective) {
            let won = |line: &usize| {
                let best = best.get(*line).filter(|best| best.1 == number)?;
                Some(Part { line: *line, amount: best.0, free: 0 })
            };
            let won: Vec<Part> = candidate.lines.iter().filter_map(won).collect();
            if !won.is_empty() {
                // The arithmetic is that of the lines that were won.
                let lines = won.iter().map(|part| part.line).collect();
                let winner = Candidate { offer: candidate.offer, shown: candidate.shown, lines, cost: None };
                self.book(&winner, &won, purse, state)?;
            } else if effective {
                let chosen = winners(self.candidates, &best, &candidate.lines);
                state.refuse(Subject::Offer, candidate.offer.id.as_str(), Reason::BetterChoice { chosen });
            } else {
                state.refuse(Subject::Offer, candidate.offer.id.as_str(), Reason::NoEffect);
            }
        }
        Ok(())
    }

    /// The combination that leaves the least to pay.
    fn best(&self, purse: &mut Purse<'_>, state: &mut Discounts) -> Result<(), InputError> {
        let at_most = usize::try_from(self.lane.at_most.unwrap_or(1)).map_err(|_| Overflow)?;
        let found = search::best(self.program, self.candidates, self.facts, purse, &state.rest, at_most)?;
        state.optimal &= found.optimal;
        let id = |number: &usize| self.candidates.get(*number).map(|candidate| candidate.offer.id.clone());
        let chosen: Vec<Id> = found.chosen.iter().filter_map(id).collect();
        let mut parts = Vec::new();
        for candidate in found.chosen.iter().filter_map(|number| self.candidates.get(*number)) {
            candidate.offer.benefit.take(&self.given(candidate, state), &mut parts)?;
            self.book(candidate, &parts, purse, state)?;
        }
        for ((number, candidate), alone) in self.candidates.iter().enumerate().zip(found.alone) {
            if !found.chosen.contains(&number) {
                let better = || Reason::BetterChoice { chosen: chosen.clone() };
                let reason = if alone == 0 { Reason::NoEffect } else { better() };
                state.refuse(Subject::Offer, candidate.offer.id.as_str(), reason);
            }
        }
        Ok(())
    }

    fn given<'a>(&'a self, candidate: &'a Candidate<'_>, state: &'a Discounts) -> Given<'a> {
        given(self.program, self.facts, &candidate.lines, &state.rest)
    }

    fn book(
        &self,
        candidate: &Candidate<'_>,
        parts: &[Part],
        purse: &mut Purse<'_>,
        state: &mut Discounts,
    ) -> Result<(), InputError> {
        state.book(self.program, &self.lane.id, candidate, parts, self.facts, purse)
    }
}

/// The offers that won these lines, each once, in their order.
fn winners(candidates: &[Candidate<'_>], best: &[(i64, usize)], lines: &[usize]) -> Vec<Id> {
    let mut numbers: Vec<usize> =
        lines.iter().filter_map(|line| best.get(*line)).map(|best| best.1).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
        .iter()
        .filter_map(|number| candidates.get(*number))
        .map(|winner| winner.offer.id.clone())
        .collect()
}
