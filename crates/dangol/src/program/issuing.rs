//! Which offers issue coupons by themselves, and on what.

use crate::rule::{CouponTerms, IssueTrigger, Occasion, Offer};

/// The numbers of the offers of which coupons are issued by themselves, each list by id.
#[derive(Debug)]
pub(crate) struct Issuing {
    /// When an order is placed.
    pub(crate) by_orders: Vec<usize>,
    /// As time passes.
    pub(crate) by_time: Vec<usize>,
    /// On other occasions.
    pub(crate) by_occasions: Vec<usize>,
}

impl Issuing {
    pub(super) fn new(offers: &[Offer]) -> Issuing {
        let which = |holds: fn(&IssueTrigger) -> bool| {
            let with = |terms: &CouponTerms| terms.issue.iter().any(holds);
            let issuing =
                offers.iter().enumerate().filter(|(_, offer)| offer.coupon.as_ref().is_some_and(with));
            let mut issuing: Vec<usize> = issuing.map(|(index, _)| index).collect();
            issuing.sort_by_key(|index| offers.get(*index).map(|offer| &offer.id));
            issuing
        };
        Issuing {
            by_orders: which(IssueTrigger::is_of_order),
            by_time: which(IssueTrigger::is_of_time),
            by_occasions: which(
                |trigger| matches!(trigger, IssueTrigger::On(on) if *on != Occasion::Order && !on.is_yearly()),
            ),
        }
    }
}
