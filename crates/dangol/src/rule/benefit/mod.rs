//! Benefits: what an offer takes off.

mod amount_off;
mod amount_off_each;
mod fixed_price;
mod given;
mod percent_off;

pub use amount_off::AmountOff;
pub use amount_off_each::{AmountOffEach, Each};
pub use fixed_price::{FixedPrice, PricePer};
pub use percent_off::PercentOff;

pub(crate) use given::{Desk, Given, Rest, Terms};

use given::Portion;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CountPer, UnitChoice};
use crate::check::Check;
use crate::model::{Arithmetic, Reason};
use crate::value::{Money, Overflow};

/// What an offer takes off: one word and what it needs, as in `{"percent_off": "10"}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is documented at its own type")]
pub enum Benefit {
    PercentOff(PercentOff),
    AmountOff(AmountOff),
    AmountOffEach(AmountOffEach),
    FixedPrice(FixedPrice),
}

impl Benefit {
    pub(crate) fn check(&mut self, check: &mut Check) {
        match self {
            Benefit::PercentOff(kind) => check.at("percent_off", |check| kind.check(check)),
            Benefit::AmountOff(kind) => check.at("amount_off", |check| kind.check(check)),
            Benefit::AmountOffEach(kind) => check.at("amount_off_each", |check| kind.check(check)),
            Benefit::FixedPrice(kind) => check.at("fixed_price", |check| kind.check(check)),
        }
    }

    /// What is missing for the benefit to have an effect at all.
    pub(crate) fn refusal(
        &self,
        given: &Given<'_>,
        units: Option<UnitChoice>,
        desk: &mut Desk,
    ) -> Option<Reason> {
        let choice = units?;
        given.stock(given.lines, desk);
        let count = |units: i64| units.unsigned_abs();
        let actual = match choice.per {
            CountPer::Order => {
                desk.stock.iter().fold(0_u64, |sum, stock| sum.saturating_add(count(stock.units)))
            }
            CountPer::Line => desk.stock.iter().map(|stock| count(stock.units)).max().unwrap_or(0),
        };
        let required = choice.least();
        (choice.touched(actual) == 0).then_some(Reason::TooFewUnits { required, actual })
    }

    /// What is taken off each line, never more than there is room for, and the sum, which is returned.
    ///
    /// `most` is the most that the offer takes in all.
    pub(crate) fn take(
        &self,
        given: &Given<'_>,
        units: Option<UnitChoice>,
        most: Option<i64>,
        desk: &mut Desk,
    ) -> Result<i64, Overflow> {
        desk.parts.clear();
        given.portions(units, desk);
        let sum = match self {
            Benefit::PercentOff(kind) => kind.take(given, desk)?,
            Benefit::AmountOff(kind) => kind.take(given, desk)?,
            Benefit::AmountOffEach(kind) => kind.take(given, desk)?,
            Benefit::FixedPrice(kind) => kind.take(given, desk)?,
        };
        let most = most.filter(|most| *most < sum);
        desk.uncut = if most.is_some() { sum } else { 0 };
        Ok(most.map_or(sum, |most| given.cut(most, desk)))
    }

    /// The arithmetic behind the last `take`.
    pub(crate) fn arithmetic(&self, given: &Given<'_>, desk: &Desk) -> Result<Arithmetic, Overflow> {
        match self {
            Benefit::PercentOff(kind) => kind.arithmetic(given, desk),
            Benefit::AmountOff(kind) => kind.arithmetic(given, desk),
            Benefit::AmountOffEach(kind) => kind.arithmetic(given, desk),
            Benefit::FixedPrice(kind) => kind.arithmetic(given, desk),
        }
    }

    /// What rounding took from what the last `take` would be exactly, where it computes a share.
    pub(crate) fn lost_to_rounding(&self, given: &Given<'_>, desk: &Desk) -> Option<Money> {
        match self {
            Benefit::PercentOff(kind) => kind.lost_to_rounding(given, desk),
            _ => None,
        }
    }

    /// The most that it can take off once other offers have taken theirs, when it takes off so much alone.
    ///
    /// A share of less is less, and an amount is capped by less. Where units are chosen it may be the turn of dearer ones.
    pub(crate) fn bound(
        &self,
        given: &Given<'_>,
        units: Option<UnitChoice>,
        alone: i64,
        desk: &mut Desk,
    ) -> Result<i64, Overflow> {
        let Some(choice) = units else { return Ok(alone) };
        let dearest = choice.dearest(given.unit_count(desk));
        let sum = self.take(given, Some(dearest), None, desk)?;
        // A price that does not divide evenly can round to a unit more on each line.
        let lines = i64::try_from(given.lines.len()).unwrap_or(i64::MAX);
        Ok(sum.saturating_add(lines))
    }

    /// Whether it is for all that matches together.
    pub(crate) fn is_for_order(&self) -> bool {
        matches!(self, Benefit::AmountOff(_))
            || matches!(self, Benefit::FixedPrice(kind) if kind.per == PricePer::Order)
    }

    /// Whether it works on each unit by itself.
    pub(crate) fn is_per_unit(&self) -> bool {
        match self {
            Benefit::AmountOffEach(kind) => kind.per == Each::Unit,
            Benefit::FixedPrice(kind) => kind.per == PricePer::Unit,
            Benefit::PercentOff(_) | Benefit::AmountOff(_) => false,
        }
    }
}
