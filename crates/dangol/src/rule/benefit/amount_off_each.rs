//! `amount_off_each`: a fixed amount off each unit, or off each line.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Desk, Given, Portion};
use crate::check::Check;
use crate::model::Arithmetic;
use crate::value::{Amount, Money, Overflow};

/// `{"amount_off_each": {"amount": "500", "per": "unit"}}` takes 500 off each unit of the matching lines, at most what
/// the unit costs; with `"per": "line"` off each line once.
///
/// Weighed goods and deliveries count as one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AmountOffEach {
    /// How much.
    pub amount: Money,
    /// Off each unit where left out.
    #[serde(default)]
    pub per: Each,
}

/// Of what there is one or many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Each {
    /// Each unit.
    #[default]
    Unit,
    /// Each line.
    Line,
}

impl AmountOffEach {
    pub(super) fn check(&mut self, check: &mut Check) {
        check.at("amount", |check| check.positive_money(&mut self.amount));
    }

    /// How often the amount is taken off a portion.
    fn times(self, portion: &Portion) -> i64 {
        match self.per {
            Each::Unit => portion.units.unwrap_or(1),
            Each::Line => 1,
        }
    }

    pub(super) fn take(self, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
        let amount = self.amount.0.rescaled(given.terms.digits).map(Amount::units).ok_or(Overflow)?;
        let Desk { portions, parts, .. } = desk;
        let mut sum = 0_i64;
        for portion in portions {
            let wanted = amount.saturating_mul(self.times(portion)).min(portion.basis);
            sum = sum.checked_add(given.put(portion, wanted, parts)).ok_or(Overflow)?;
        }
        Ok(sum)
    }

    pub(super) fn arithmetic(self, given: &Given<'_>, desk: &Desk) -> Result<Arithmetic, Overflow> {
        let times = desk.portions.iter().fold(0_i64, |sum, portion| sum.saturating_add(self.times(portion)));
        let (amount, of) = (self.amount, given.money(given.total(desk)?)?);
        Ok(Arithmetic::AmountEach { amount, times: times.unsigned_abs(), of })
    }
}
