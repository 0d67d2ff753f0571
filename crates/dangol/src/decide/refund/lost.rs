//! What an order granted for reaching a tier goes where goods come back without which the tier was not reached.

use crate::decide::draft::Draft;
use crate::decide::tier;
use crate::error::InputError;
use crate::model::{BackSums, Change, TakenPoints, TierCause};
use crate::value::{Id, Points};

use super::Ask;
use super::counted::{Uncounted, uncount};
use super::parties::Parties;
use super::stand::Stand;

/// The tiers that were not reached then, of those for which the order granted something: none of those points are kept.
///
/// What they were may itself have counted on a ladder, so it is looked until nothing more is lost.
pub(super) fn lost(
    ask: &Ask<'_>,
    parties: &Parties<'_>,
    (before, after): (&Stand, &mut Stand),
    sums_before: &BackSums,
) -> Result<Vec<Id>, InputError> {
    let quote = &ask.order.quote;
    let granted = quote.accruals.iter().filter_map(|accrual| accrual.reached.as_ref());
    let reached = granted.chain(quote.issued.iter().filter_map(|issued| issued.reached.as_ref()));
    let reached: Vec<&Id> = reached.collect();
    let mut lost = Vec::new();
    let Some(own) = parties.own.as_ref().filter(|_| !reached.is_empty() && !after.whole) else {
        return Ok(lost);
    };
    loop {
        let mut trial = own.clone();
        let made = trial.made().count();
        uncount(&mut trial, &Uncounted::of(ask, (before, after), sums_before)?)?;
        trial.lift()?;
        let mut gone = Vec::new();
        for tier in &reached {
            if is_undone(&trial, made, tier) && !tier::has(trial.program, &trial.member, tier, trial.today)? {
                gone.push(Id::clone(tier));
            }
        }
        if gone.len() <= lost.len() {
            return Ok(lost);
        }
        lost = gone;
        let accruals = quote.accruals.iter().zip(&mut after.kept);
        for (accrual, kept) in accruals.filter(|_| quote.returns.earned != TakenPoints::None) {
            if accrual.reached.as_ref().is_some_and(|tier| lost.contains(tier)) {
                *kept = Points::of_units(0, kept.0.digits())?;
            }
        }
    }
}

/// Whether a rise to that tier was undone after so many changes.
fn is_undone(draft: &Draft<'_>, since: usize, tier: &Id) -> bool {
    let Some(place) = draft.program.place_of(tier) else { return false };
    let Some(ladder) = draft.program.ladders().get(place.ladder) else { return false };
    draft.made().skip(since).any(|change| match change {
        Change::TierChanged { ladder: id, to, because: TierCause::Undone, .. } if *id == ladder.id => {
            to.as_ref().and_then(|to| draft.program.place_of(to)).is_none_or(|to| to.rank < place.rank)
        }
        _ => false,
    })
}
