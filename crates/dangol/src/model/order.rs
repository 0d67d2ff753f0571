//! What was sold and why: everything that a return will need.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Back, Charge, Event, Quote, Refund, Return, Returned};
use crate::error::{Code, InputError};
use crate::value::{Id, Overflow};

/// A quote that was booked. The host stores it and hands it back for a return.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// The id that the host gave it.
    pub id: Id,
    /// What was quoted is what was booked.
    pub quote: Quote,
    /// The first 128 bits of the SHA-256 of the quote, in hexadecimal digits: an order that was changed afterwards is told
    /// by it. Orders of older releases have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<Id>,
    /// What has come back of it so far.
    #[serde(default, skip_serializing_if = "Back::is_nothing")]
    pub back: Back,
    /// The returns, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returns: Vec<Return>,
}

/// An order and the events that it caused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Placed {
    /// The order, to be stored.
    pub order: Order,
    /// The events, to be stored and applied to the member, all or none.
    pub events: Vec<Event>,
}

impl Order {
    /// Notes in the order what [`Program::refund`](crate::Program::refund) found; what was refused or repeated changes
    /// nothing.
    ///
    /// # Errors
    /// [`Overflow`] beyond 15 digits; the order is then as before.
    pub fn record(&mut self, refund: &Refund) -> Result<(), Overflow> {
        let Some(returned) = refund.returned.as_deref().filter(|_| !refund.repeated) else { return Ok(()) };
        self.back.add(returned)?;
        self.back.sums.clone_from(&refund.sums);
        if returned.asked == Returned::Reopen {
            if let Some(latest) = self.returns.iter_mut().rev().find(|known| known.stands()) {
                latest.undone = true;
            }
            let standing = || self.returns.iter().filter(|known| known.stands());
            let gives = |charge: Charge| standing().any(|known| known.gives(charge));
            (self.back.shipping, self.back.fees) = (gives(Charge::Shipping), gives(Charge::Fees));
            self.back.void = standing().any(|known| known.asked == Returned::Void);
        } else {
            self.back.shipping |= returned.gives(Charge::Shipping);
            self.back.fees |= returned.gives(Charge::Fees);
            self.back.void |= returned.asked == Returned::Void;
        }
        self.returns.push(returned.clone());
        Ok(())
    }

    /// Whether its quote is the one that was booked: its hash says so. Orders of older releases have none, and are taken as
    /// they are.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        self.hash.is_none() || self.hash == self.quote.hash()
    }

    /// The same, with an error that says so.
    pub(crate) fn intact(&self) -> Result<(), InputError> {
        if self.is_intact() {
            return Ok(());
        }
        let message = "the order is not the one that was booked: its quote has another hash";
        Err(InputError::new(Code::WrongHash, "order.hash", message))
    }

    /// The latest return that was not taken back.
    pub(crate) fn latest_return(&self) -> Option<&Return> {
        self.returns.iter().rev().find(|known| known.stands())
    }
}
