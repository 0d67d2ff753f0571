//! `round_up`: what is missing to a round balance.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::value::{Amount, Fraction, Overflow, Points};

/// `{"round_up": "10"}` lifts what can be used of the wallet to the next multiple of 10: 7 points where the balance is
/// 43, and nothing where it is 40.
///
/// The balance is the one after the points that the order spends and before those that it earns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RoundUpAward(pub Points);

impl RoundUpAward {
    pub(super) fn check(&mut self, check: &mut Check, digits: u8) {
        check.positive_points(&mut self.0, digits);
    }

    pub(super) fn exact(self, balance: Points, digits: u8) -> Result<Fraction, Overflow> {
        let units = |points: Points| points.0.rescaled(digits).map(Amount::units).ok_or(Overflow);
        let (multiple, balance) = (units(self.0)?, units(balance)?);
        let over = balance.checked_rem_euclid(multiple).ok_or(Overflow)?;
        let missing = if over == 0 { 0 } else { multiple.saturating_sub(over) };
        Fraction::new(i128::from(missing), 1)
    }
}
