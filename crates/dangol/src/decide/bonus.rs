//! Offers that make points: whether any came of them is known only once points are worked out.

use crate::model::{Applied, Reason, Refused, Subject};
use crate::program::Compiled;

use super::discount::Discounts;
use super::earn::Earned;

/// An offer of which no points came did not take effect, for the reason that its points have.
pub(super) fn settle(program: &Compiled, discounts: &mut Discounts, earned: &mut Earned) {
    let hidden = &program.hidden;
    if hidden.is_empty() {
        return;
    }
    // What a rule of an offer says is the offer's to say.
    let is_hidden = |refused: &Refused| match refused.what {
        Subject::Accrual => hidden.accruals.iter().any(|rule| refused.id == *rule.id.as_str()),
        Subject::Multiplier => hidden.multipliers.iter().any(|one| refused.id == *one.id.as_str()),
        Subject::Code | Subject::Coupon | Subject::Offer | Subject::Wallet => false,
    };
    let all = std::mem::take(&mut earned.refused);
    let (mine, told): (Vec<Refused>, Vec<Refused>) = all.into_iter().partition(is_hidden);
    earned.refused = told;
    let granted = |applied: &Applied| {
        let mut accruals = earned.accruals.iter();
        accruals
            .any(|it| it.rule == applied.offer || it.multipliers.iter().any(|used| used.id == applied.offer))
    };
    let refused = &mut discounts.refused;
    discounts.applied.retain(|applied| {
        let makes_points =
            program.offer_of(&applied.offer).is_some_and(|offer| offer.benefit.grants_points());
        if !makes_points || granted(applied) {
            return true;
        }
        let why = mine.iter().find(|refused| refused.id == *applied.offer.as_str());
        let reason = why.map_or(Reason::NoEffect, |refused| refused.reason.clone());
        refused.push(Refused { what: Subject::Offer, id: (&applied.offer).into(), reason });
        false
    });
}
