//! What an offer may not say beside its benefit.

use super::{Benefit, Tiered, TieredBy};
use crate::check::Check;
use crate::error::Code;
use crate::rule::{Offer, OfferScope};

/// Fields of an offer that contradict its benefit, and what to do about it.
pub(crate) fn misfits(offer: &Offer) -> Vec<(&'static str, &'static str)> {
    let benefit = &offer.benefit;
    let bands = matches!(benefit, Benefit::Tiered(Tiered { by: TieredBy::Units, marginal: true, .. }));
    let (own, goods) = match benefit {
        Benefit::BuyGet(_) | Benefit::BundlePrice(_) | Benefit::Gift(_) => (true, true),
        Benefit::BonusPoints(_) | Benefit::MultiplyPoints(_) => (true, true),
        Benefit::Tiered(kind) => (bands, kind.by == TieredBy::Units),
        _ => (false, false),
    };
    let nothing_off = !benefit.takes_money();
    let found = [
        ("units", own && offer.units.is_some(), "the benefit counts units itself: leave it out"),
        ("on", goods && offer.on != OfferScope::Goods, "the benefit is about goods: leave it out"),
        ("budget", nothing_off && offer.budget.is_some(), "the benefit takes no money off: leave it out"),
        ("at_most", nothing_off && offer.at_most.is_some(), "the benefit takes no money off: leave it out"),
        (
            "cost",
            benefit.grants_points() && offer.cost.is_some(),
            "points are not exchanged for points: leave it out",
        ),
    ];
    found.into_iter().filter(|(_, holds, _)| *holds).map(|(field, _, message)| (field, message)).collect()
}

impl Check {
    /// Notes a problem where a number is given and is nothing.
    pub(super) fn count(&mut self, number: Option<u32>) {
        if number == Some(0) {
            self.problem(Code::OutOfRange, "must be at least 1, found `0`");
        }
    }
}
