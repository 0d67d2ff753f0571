//! Rules that stand behind offers: points that an offer makes are granted as any others.

use crate::rule::{AccrualRule, Benefit, Multiplier, Offer};
use crate::value::Id;

/// The rules of offers that make points, each under the id of its offer; they apply where the offer took effect.
#[derive(Debug, Default)]
pub(crate) struct Hidden {
    pub(crate) accruals: Vec<AccrualRule>,
    pub(crate) multipliers: Vec<Multiplier>,
}

impl Hidden {
    pub(super) fn new(offers: &[Offer]) -> Hidden {
        let mut hidden = Hidden::default();
        for offer in offers {
            match &offer.benefit {
                Benefit::BonusPoints(points) => hidden.accruals.push(AccrualRule::of_offer(offer, points)),
                Benefit::MultiplyPoints(points) => {
                    hidden.multipliers.push(Multiplier::of_offer(offer, points));
                }
                _ => {}
            }
        }
        hidden
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.accruals.is_empty() && self.multipliers.is_empty()
    }
}

/// The numbers of entries and of the hidden ones after them, by id.
pub(super) fn by_id<T>(written: &[T], hidden: &[T], id: impl Fn(&T) -> &Id) -> Vec<usize> {
    let mut all: Vec<(&Id, usize)> = written.iter().chain(hidden).map(id).zip(0..).collect();
    all.sort();
    all.into_iter().map(|(_, number)| number).collect()
}

/// The entry of that number, written or hidden.
pub(super) fn entry<'a, T>(written: &'a [T], hidden: &'a [T], number: usize) -> Option<&'a T> {
    written.get(number).or_else(|| hidden.get(number.checked_sub(written.len())?))
}
