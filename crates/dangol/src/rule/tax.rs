//! Taxes: in which form amounts enter the engine, and how tax is rounded.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::TaxRate;
use crate::value::{Overflow, Percent, Rounding, product, ten_to};

/// How a program works with the taxes of lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaxPolicy {
    /// In which form the amounts of lines enter everything: offers, conditions, points, tiers and the sums of the quote.
    #[serde(default)]
    pub offers_on: PriceForm,
    /// Which way tax is rounded, and to a multiple of what; down to the smallest unit where left out.
    #[serde(default)]
    pub rounding: Rounding,
    /// What tax is rounded for; each rate once where left out.
    #[serde(default)]
    pub at: TaxPlace,
}

impl TaxPolicy {
    /// Whether it says nothing of its own.
    pub(crate) fn is_default(&self) -> bool {
        *self == TaxPolicy::default()
    }
}

/// In which form the amounts of lines enter offers and all that follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PriceForm {
    /// As they are priced: with the taxes that are included, without the others.
    #[default]
    AsPriced,
    /// With all their taxes: 20 % off 115 where 100 is priced and 15 % come on top.
    WithTax,
    /// Without any tax, which then all comes on top.
    WithoutTax,
}

/// What tax is rounded for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TaxPlace {
    /// Each line by itself.
    Line,
    /// The sum of the lines that carry the same taxes, once for each rate.
    #[default]
    Rate,
}

/// The taxes that some lines of a basket carry together, as their amounts enter the engine.
#[derive(Clone, Debug)]
pub(crate) struct TaxSet {
    /// As the basket has them, by rate.
    source: Vec<TaxRate>,
    /// 100 %, in the units of the rates.
    hundred: i64,
    /// Each rate in these units, and whether amounts contain it once they have entered.
    rates: Vec<(Percent, i64, bool)>,
    rounding: Rounding,
    digits: u8,
}

impl TaxSet {
    /// The most digits of a rate that may stand after the point.
    pub(crate) const RATE_DIGITS: u8 = 4;
    /// The highest rate, in percent.
    pub(crate) const MOST: i32 = 1_000;

    /// Rates have at most so many digits after the point.
    pub(crate) fn new(source: Vec<TaxRate>, policy: TaxPolicy, digits: u8) -> Result<TaxSet, Overflow> {
        let contained = |tax: &TaxRate| match policy.offers_on {
            PriceForm::AsPriced => tax.included,
            PriceForm::WithTax => true,
            PriceForm::WithoutTax => false,
        };
        let rate = |tax: &TaxRate| {
            let units = tax.rate.0.rescaled(TaxSet::RATE_DIGITS).ok_or(Overflow)?.units();
            Ok((tax.rate, units, contained(tax)))
        };
        let rates = source.iter().map(rate).collect::<Result<_, Overflow>>()?;
        let hundred = ten_to(TaxSet::RATE_DIGITS)?.checked_mul(100).ok_or(Overflow)?;
        let hundred = i64::try_from(hundred).map_err(|_| Overflow)?;
        Ok(TaxSet { source, hundred, rates, rounding: policy.rounding, digits })
    }

    /// The rates, lowest first, each once.
    pub(crate) fn percents(&self) -> Vec<Percent> {
        let mut rates: Vec<Percent> = self.rates.iter().map(|(rate, ..)| *rate).collect();
        rates.dedup();
        rates
    }

    /// Whether these are the taxes; both are sorted.
    pub(crate) fn is(&self, taxes: &[TaxRate]) -> bool {
        self.source == taxes
    }

    /// The amount of a line in the form in which it enters the engine.
    pub(crate) fn entered(&self, gross: i64) -> Result<i64, Overflow> {
        let pairs = || self.source.iter().zip(&self.rates);
        let priced = pairs().filter(|(tax, _)| tax.included).map(|(_, (_, units, _))| *units);
        let below = i128::from(self.hundred).checked_add(priced.map(i128::from).sum()).ok_or(Overflow)?;
        let mut amount = gross;
        for (_, (_, units, contained)) in pairs().filter(|(tax, (.., contained))| tax.included != *contained)
        {
            let part = self.rounding.ratio(product(gross, *units), below, self.digits)?;
            // Rounding up to a large unit must not take out more than there is.
            let part = if *contained { Some(part) } else { part.min(amount).checked_neg() };
            amount = amount.checked_add(part.ok_or(Overflow)?).ok_or(Overflow)?;
        }
        Ok(amount)
    }

    /// Each rate with its tax on an amount that has entered the engine, and whether the amount contains it.
    pub(crate) fn of(&self, amount: i64) -> impl Iterator<Item = Result<(Percent, i64, bool), Overflow>> {
        let contained = self.rates.iter().filter(|(.., contained)| *contained);
        let contained = contained.map(|(_, units, _)| i128::from(*units)).sum::<i128>();
        let below = contained.saturating_add(i128::from(self.hundred));
        let mut left = amount;
        self.rates.iter().map(move |(rate, units, contained)| {
            let mut tax = self.rounding.ratio(product(amount, *units), below, self.digits)?;
            if *contained {
                tax = tax.min(left);
                left = left.saturating_sub(tax);
            }
            Ok((*rate, tax, *contained))
        })
    }

    /// The taxes that an amount contains once it has entered the engine.
    pub(crate) fn contained(&self, amount: i64) -> Result<i64, Overflow> {
        self.of(amount).try_fold(0_i64, |sum, tax| match tax? {
            (_, tax, true) => sum.checked_add(tax).ok_or(Overflow),
            (.., false) => Ok(sum),
        })
    }
}
