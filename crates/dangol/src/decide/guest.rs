//! Guests: nobody who is known, so no points pay.

use crate::model::{Offered, Reason, Refused, Subject};
use crate::rule::Facts;

use super::spend::Payment;

/// No points of a guest pay: every wallet that was offered is refused.
pub(super) fn refuse_points(facts: &Facts<'_>, payment: &mut Payment) {
    let offered = facts.basket.points.iter().filter(|(_, offered)| **offered != Offered::None);
    let refused =
        offered.map(|(id, _)| Refused { what: Subject::Wallet, id: id.into(), reason: Reason::Guest });
    payment.refused.extend(refused);
}
