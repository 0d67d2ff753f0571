//! `amount_off`: a fixed amount off the matching lines together.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Desk, Given};
use crate::check::Check;
use crate::model::Arithmetic;
use crate::value::{Amount, Money, Overflow};

/// `{"amount_off": "1000"}` takes 1,000 off the matching lines together, spread as the program says.
///
/// It never takes more than there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct AmountOff(pub Money);

impl AmountOff {
    pub(super) fn check(&mut self, check: &mut Check) {
        check.positive_money(&mut self.0);
    }

    pub(super) fn take(self, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
        let amount = self.0.0.rescaled(given.terms.digits).map(Amount::units).ok_or(Overflow)?;
        let discount = amount.min(given.total(desk)?);
        Ok(given.spread(discount, desk))
    }

    /// What `take` would come to, where it goes by lines as wholes.
    pub(super) fn worth(self, given: &Given<'_>) -> Option<i64> {
        let amount = self.0.0.rescaled(given.terms.digits).map(Amount::units)?;
        let mut space = 0_i64;
        for (_, _, room) in given.plain()? {
            space = space.checked_add(room)?;
        }
        Some(amount.min(space))
    }

    pub(super) fn arithmetic(self, given: &Given<'_>, desk: &Desk) -> Result<Arithmetic, Overflow> {
        Ok(Arithmetic::Amount { amount: self.0, of: given.money(given.total(desk)?)? })
    }
}
