//! One lane: which of its candidates take effect.

use crate::error::InputError;
use crate::model::{Reason, Subject};
use crate::program::Compiled;
use crate::rule::{Choose, Facts, Given, Lane, Part};
use crate::value::{Id, Overflow, Place};

use super::discount::{Candidate, Discounts, given};
use super::purse::Purse;
use super::search;

/// Applies a lane to what earlier lanes left.
pub(super) fn apply(
    program: &Compiled,
    lane: &Lane,
    candidates: &[Candidate<'_>],
    facts: &Facts<'_>,
    purse: &mut Purse<'_>,
    state: &mut Discounts,
) -> Result<(), InputError> {
    match lane.choose {
        Choose::All => all(program, lane, candidates, facts, purse, state),
        Choose::BestPerLine => best_per_line(program, lane, candidates, facts, purse, state),
        Choose::Best => best(program, lane, candidates, facts, purse, state),
    }
}

/// Every candidate in order, each on what is left.
fn all(
    program: &Compiled,
    lane: &Lane,
    candidates: &[Candidate<'_>],
    facts: &Facts<'_>,
    purse: &mut Purse<'_>,
    state: &mut Discounts,
) -> Result<(), InputError> {
    let mut parts = Vec::new();
    for candidate in candidates {
        if let Some((wallet, required)) = &candidate.cost {
            let actual = purse.usable(wallet);
            if actual < *required {
                let reason = Reason::NotEnoughPoints { wallet: wallet.clone(), required: *required, actual };
                state.refuse(Subject::Offer, candidate.offer.id.as_str(), reason);
                continue;
            }
        }
        let discount = {
            let given = given(program, facts, &candidate.lines, &state.rest);
            candidate.offer.benefit.take(&given, &mut parts)?
        };
        if discount == 0 {
            state.refuse(Subject::Offer, candidate.offer.id.as_str(), Reason::NoEffect);
        } else {
            state.book(program, &lane.id, candidate, &parts, facts, purse)?;
        }
    }
    Ok(())
}

/// For each line the candidate that takes the most off it; ties go to the earlier one.
fn best_per_line(
    program: &Compiled,
    lane: &Lane,
    candidates: &[Candidate<'_>],
    facts: &Facts<'_>,
    purse: &mut Purse<'_>,
    state: &mut Discounts,
) -> Result<(), InputError> {
    let mut best: Vec<(i64, usize)> = vec![(0, usize::MAX); facts.lines.len()];
    let mut parts = Vec::new();
    let mut effective = vec![false; candidates.len()];
    for (number, candidate) in candidates.iter().enumerate() {
        let given = Given { place: Place::Line, ..given(program, facts, &candidate.lines, &state.rest) };
        candidate.offer.benefit.take(&given, &mut parts)?;
        if let (false, Some(effective)) = (parts.is_empty(), effective.get_mut(number)) {
            *effective = true;
        }
        for part in &parts {
            if let Some(best) = best.get_mut(part.line).filter(|best| best.0 < part.amount) {
                *best = (part.amount, number);
            }
        }
    }
    for ((number, candidate), effective) in candidates.iter().enumerate().zip(effective) {
        let won = |line: &usize| {
            best.get(*line).filter(|best| best.1 == number).map(|best| Part {
                line: *line,
                amount: best.0,
                free: 0,
            })
        };
        let won: Vec<Part> = candidate.lines.iter().filter_map(won).collect();
        if !won.is_empty() {
            // The arithmetic is that of the lines that were won.
            let lines = won.iter().map(|part| part.line).collect();
            let winner = Candidate { offer: candidate.offer, code: candidate.code, lines, cost: None };
            state.book(program, &lane.id, &winner, &won, facts, purse)?;
        } else if effective {
            let chosen = winners(candidates, &best, &candidate.lines);
            state.refuse(Subject::Offer, candidate.offer.id.as_str(), Reason::BetterChoice { chosen });
        } else {
            state.refuse(Subject::Offer, candidate.offer.id.as_str(), Reason::NoEffect);
        }
    }
    Ok(())
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

/// The combination that leaves the least to pay.
fn best(
    program: &Compiled,
    lane: &Lane,
    candidates: &[Candidate<'_>],
    facts: &Facts<'_>,
    purse: &mut Purse<'_>,
    state: &mut Discounts,
) -> Result<(), InputError> {
    let at_most = usize::try_from(lane.at_most.unwrap_or(1)).map_err(|_| Overflow)?;
    let found = search::best(program, candidates, facts, purse, &state.rest, at_most)?;
    state.optimal &= found.optimal;
    let id = |number: &usize| candidates.get(*number).map(|candidate| candidate.offer.id.clone());
    let chosen: Vec<Id> = found.chosen.iter().filter_map(id).collect();
    let mut parts = Vec::new();
    for candidate in found.chosen.iter().filter_map(|number| candidates.get(*number)) {
        {
            let given = given(program, facts, &candidate.lines, &state.rest);
            candidate.offer.benefit.take(&given, &mut parts)?;
        }
        state.book(program, &lane.id, candidate, &parts, facts, purse)?;
    }
    for ((number, candidate), alone) in candidates.iter().enumerate().zip(found.alone) {
        if !found.chosen.contains(&number) {
            let reason =
                if alone == 0 { Reason::NoEffect } else { Reason::BetterChoice { chosen: chosen.clone() } };
            state.refuse(Subject::Offer, candidate.offer.id.as_str(), reason);
        }
    }
    Ok(())
}
