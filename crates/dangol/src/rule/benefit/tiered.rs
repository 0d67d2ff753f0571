//! `tiered`: the more is bought, the more is taken off.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AmountOff, Desk, FixedPrice, Given, PercentOff, Portion, PricePer, graduated, reduction};
use crate::check::Check;
use crate::error::Code;
use crate::model::{Arithmetic, Reason, Reduction};
use crate::value::{Amount, Money, Overflow, Percent};

/// `{"tiered": {"by": "amount", "steps": [{"from": "100", "percent_off": "10"}, {"from": "200", "percent_off": "20"}]}}`
/// takes 10 % off from 100 on and 20 % from 200 on, off all matching lines together: the step that is reached counts for
/// everything.
///
/// With `"marginal": true` each step is for what lies in its band only: 10 % of what lies between 100 and 200, 20 % of what
/// lies above. Counted by units, `"from": "10"` is reached by the tenth unit; in bands the dearest units come first, so the
/// later bands are about the cheapest. Weighed goods have no units and are left alone there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tiered {
    /// What steps are counted by.
    pub by: TieredBy,
    /// Whether each step is for its own band only, and not for everything.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub marginal: bool,
    /// The steps, the lowest first.
    pub steps: Vec<TieredStep>,
}

/// What steps are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TieredBy {
    /// What the matching lines cost together, as the lane sees it.
    Amount,
    /// How many units they have.
    Units,
}

/// A step, and what is taken off from there on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TieredStep {
    /// Where it begins, more than the step before: an amount of money, or a number of units.
    pub from: Amount,
    /// The share that is taken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent_off: Option<Percent>,
    /// The amount that is taken off everything together; not where `marginal` is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_off: Option<Money>,
    /// What each unit costs, where it costs more; only by units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
}

impl Tiered {
    pub(super) fn check(&mut self, check: &mut Check) {
        let (by, marginal) = (self.by, self.marginal);
        check.at("steps", |check| {
            check.not_empty(&self.steps);
            let mut below = None;
            check.each(&mut self.steps, |check, step| {
                check.at("from", |check| {
                    step.check_from(by, check);
                    if below.is_some_and(|below| step.from <= below) {
                        check.problem(
                            Code::OutOfRange,
                            format!("must be above the step before, found `{}`", step.from),
                        );
                    }
                });
                below = Some(step.from);
                reduction::check(step.percent_off, &mut step.amount_off, &mut step.price, check);
                let mut misfit = |field: &str, wrong: bool, message: &str| {
                    if wrong {
                        check.at(field, |check| check.problem(Code::Contradiction, message));
                    }
                };
                let money = "is for each unit: count `by` units, or use `amount_off`";
                misfit("price", by == TieredBy::Amount && step.price.is_some(), money);
                let band =
                    "a band has no amount of its own: use `percent_off` or `price`, or leave `marginal` out";
                misfit("amount_off", marginal && step.amount_off.is_some(), band);
            });
        });
    }

    /// What steps are compared with, and how far up they are reached.
    fn value(&self, given: &Given<'_>, desk: &Desk) -> Result<i64, Overflow> {
        match self.by {
            TieredBy::Amount => given.total(desk),
            TieredBy::Units => {
                let units = desk.portions.iter().filter_map(|portion| portion.units);
                Ok(units.fold(0_i64, i64::saturating_add))
            }
        }
    }

    /// The steps that are reached.
    fn reached(&self, given: &Given<'_>, desk: &Desk) -> Result<&[TieredStep], Overflow> {
        let value = self.value(given, desk)?;
        let reached = self.steps.iter().take_while(|step| self.from(**step, given) <= value).count();
        Ok(self.steps.get(..reached).unwrap_or_default())
    }

    /// Where a step begins: in minor units of money, or in units.
    pub(super) fn from(&self, step: TieredStep, given: &Given<'_>) -> i64 {
        let digits = if self.by == TieredBy::Amount { given.terms.digits } else { 0 };
        step.from.rescaled(digits).map_or(i64::MAX, Amount::units)
    }

    /// Leaves out what cannot be counted.
    fn keep(&self, portions: &mut Vec<Portion>) {
        if self.by == TieredBy::Units {
            portions.retain(|portion| portion.units.is_some());
        }
    }

    pub(super) fn take(&self, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
        self.keep(&mut desk.portions);
        let reached = self.reached(given, desk)?;
        match (reached.last(), self.marginal, self.by) {
            (None, _, _) => Ok(0),
            (Some(step), false, _) => step.take(given, desk),
            (Some(_), true, TieredBy::Amount) => graduated::take_by_amount(self, given, desk),
            (Some(_), true, TieredBy::Units) => graduated::take_by_units(self, given, desk),
        }
    }

    /// The most that any step up to the one that is reached takes off: after other offers a lower one may be reached.
    pub(super) fn bound(&self, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
        self.keep(&mut desk.portions);
        let mut most = 0_i64;
        for step in self.reached(given, desk)? {
            desk.parts.clear();
            most = most.max(step.take(given, desk)?);
        }
        Ok(most)
    }

    /// How much is missing to the first step.
    pub(super) fn refusal(&self, given: &Given<'_>, desk: &mut Desk) -> Option<Reason> {
        self.keep(&mut desk.portions);
        let (required, actual) = (self.from(*self.steps.first()?, given), self.value(given, desk).ok()?);
        if required <= actual {
            return None;
        }
        Some(match self.by {
            TieredBy::Amount => Reason::SpendTooLow {
                required: given.money(required).ok()?,
                actual: given.money(actual).ok()?,
            },
            TieredBy::Units => {
                Reason::TooFewUnits { required: required.unsigned_abs(), actual: actual.unsigned_abs() }
            }
        })
    }

    pub(super) fn arithmetic(&self, given: &Given<'_>, desk: &Desk) -> Result<Arithmetic, Overflow> {
        let step = self.reached(given, desk)?.last().copied();
        match (step, self.marginal, self.by) {
            (None, _, _) => Err(Overflow),
            (Some(step), false, _) => step.arithmetic(given, desk),
            (Some(_), true, TieredBy::Amount) => graduated::by_amount(self, given, desk),
            (Some(_), true, TieredBy::Units) => graduated::by_units(self, given, desk),
        }
    }
}

impl TieredStep {
    fn check_from(&mut self, by: TieredBy, check: &mut Check) {
        match by {
            TieredBy::Amount => {
                let mut from = Money(self.from);
                check.money(&mut from);
                self.from = from.0;
            }
            TieredBy::Units => {
                check.range(self.from, |from| from >= Amount::from(1), "at least 1");
                check.rate_digits(self.from, 0);
            }
        }
    }

    pub(super) fn reduction(self) -> Option<Reduction> {
        reduction::said(self.percent_off, self.amount_off, self.price)
    }

    /// Takes it off everything.
    fn take(self, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
        match self.reduction() {
            Some(Reduction::AmountOff(amount)) => AmountOff(amount).take(given, desk),
            Some(reduction) => reduction::take(reduction, given, desk),
            None => Ok(0),
        }
    }

    fn arithmetic(self, given: &Given<'_>, desk: &Desk) -> Result<Arithmetic, Overflow> {
        match self.reduction().ok_or(Overflow)? {
            Reduction::PercentOff(percent) => PercentOff(percent).arithmetic(given, desk),
            Reduction::AmountOff(amount) => AmountOff(amount).arithmetic(given, desk),
            Reduction::Price(price) => FixedPrice { price, per: PricePer::Unit }.arithmetic(given, desk),
        }
    }
}
