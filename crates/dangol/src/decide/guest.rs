//! Guests: nobody who is known, so no points pay.

use crate::model::{Offered, Reason, Refused, Subject};
use crate::rule::Facts;

use super::spend::Payment;

/// The payment of an order of a guest: nothing, and every wallet that was offered is refused.
pub(super) fn payment(facts: &Facts<'_>) -> Payment {
    let offered = facts.basket.points.iter().filter(|(_, offered)| **offered != Offered::None);
    let refused =
        offered.map(|(id, _)| Refused { what: Subject::Wallet, id: id.to_string(), reason: Reason::Guest });
    Payment { tenders: Vec::new(), refused: refused.collect(), paid: vec![0; facts.lines.len()] }
}
