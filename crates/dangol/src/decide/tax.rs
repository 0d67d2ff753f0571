//! Taxes by rate: how amounts enter the engine, and what is added to them in the end.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::error::{Code, InputError};
use crate::model::{Line, TaxRate, TaxSum};
use crate::program::Compiled;
use crate::rule::{PriceForm, TaxPlace, TaxSet};
use crate::value::{Amount, Money, Overflow, Percent};

/// An amount as it enters the engine.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entered {
    /// In minor units.
    pub(super) gross: i64,
    /// The tax contained in it, in minor units.
    pub(super) tax: i64,
    /// Which of the sets its taxes are; nothing where it has none.
    pub(super) set: Option<usize>,
}

/// What the taxes of an order come to.
#[derive(Debug, Default)]
pub(super) struct Taxes {
    /// By rate, lowest first.
    pub(super) sums: Vec<TaxSum>,
    /// What comes on top of the amounts, in minor units.
    pub(super) added: i64,
}

/// What is priced, with what is said about its tax.
#[derive(Clone, Copy, Debug)]
pub(super) struct Priced<'a> {
    /// In minor units.
    pub(super) gross: i64,
    /// The tax contained in it, in minor units, where that is given.
    pub(super) tax: Option<i64>,
    /// Its taxes by rate.
    pub(super) taxes: &'a [TaxRate],
}

/// A price as it enters the engine; sets of taxes that are new are added. `at` is where a field of it stands.
pub(super) fn entered(
    program: &Compiled,
    priced: Priced<'_>,
    at: impl Fn(&str) -> String,
    sets: &mut Vec<TaxSet>,
) -> Result<Entered, InputError> {
    let Priced { gross, tax, taxes } = priced;
    if taxes.is_empty() {
        if tax.is_some_and(|tax| tax != 0) && program.file.tax.offers_on == PriceForm::WithoutTax {
            let message = "the program works without tax: give `taxes` with their rates in place of `tax`";
            return Err(InputError::new(Code::Contradiction, at("tax"), message));
        }
        return Ok(Entered { gross, tax: tax.unwrap_or(0), set: None });
    }
    if tax.is_some() {
        let message = "give `taxes`, or `tax` where rates do not matter, not both";
        return Err(InputError::new(Code::Contradiction, at("taxes"), message));
    }
    checked(taxes, || at("taxes"))?;
    let sorted = if taxes.is_sorted() { Cow::Borrowed(taxes) } else { Cow::Owned(by_rate(taxes)) };
    let number = match sets.iter().position(|set| set.is(&sorted)) {
        Some(number) => number,
        None => {
            sets.push(TaxSet::new(sorted.into_owned(), program.file.tax, program.currency().digits())?);
            sets.len().saturating_sub(1)
        }
    };
    let Some(set) = sets.get(number) else { return Ok(Entered { gross, tax: 0, set: None }) };
    let gross = set.entered(gross)?;
    Ok(Entered { gross, tax: set.contained(gross)?, set: Some(number) })
}

/// An amount that belongs to a price in the form in which that has entered, such as the least that it may become.
pub(super) fn alike(amount: i64, entered: Entered, sets: &[TaxSet]) -> Result<i64, Overflow> {
    let set = entered.set.and_then(|number| sets.get(number));
    Ok(set.map_or(Ok(amount), |set| set.entered(amount))?.min(entered.gross))
}

fn by_rate(taxes: &[TaxRate]) -> Vec<TaxRate> {
    let mut taxes = taxes.to_vec();
    taxes.sort_unstable();
    taxes
}

fn checked(taxes: &[TaxRate], path: impl Fn() -> String) -> Result<(), InputError> {
    if taxes.len() > Line::MAX_TAXES {
        let message = format!("at most {} taxes, found {}", Line::MAX_TAXES, taxes.len());
        return Err(InputError::new(Code::TooMany, path(), message));
    }
    for (index, rate) in taxes.iter().map(|tax| tax.rate.0).enumerate() {
        let error = |code, message| Err(InputError::new(code, format!("{}[{index}].rate", path()), message));
        if rate.is_negative() || rate > Amount::from(TaxSet::MOST) {
            return error(Code::OutOfRange, format!("must be from 0 to {}, found `{rate}`", TaxSet::MOST));
        }
        if rate.rescaled(TaxSet::RATE_DIGITS).is_none() {
            let most = TaxSet::RATE_DIGITS;
            return error(
                Code::TooManyDigits,
                format!("at most {most} digits after the point, found `{rate}`"),
            );
        }
    }
    Ok(())
}

/// The taxes on what is left of amounts after all discounts: each with the number of its set, in minor units.
pub(super) fn taxes(
    program: &Compiled,
    sets: &[TaxSet],
    amounts: impl Iterator<Item = (Option<usize>, i64)>,
) -> Result<Taxes, Overflow> {
    if sets.is_empty() {
        return Ok(Taxes::default());
    }
    let mut sums = Sums { rows: BTreeMap::new(), added: 0 };
    let mut of_sets: Vec<Option<i64>> = vec![None; sets.len()];
    for (number, amount) in amounts.filter_map(|(set, amount)| Some((set?, amount))) {
        let (Some(set), Some(sum)) = (sets.get(number), of_sets.get_mut(number)) else { continue };
        match program.file.tax.at {
            TaxPlace::Line => sums.add(set, amount)?,
            TaxPlace::Rate => *sum = Some(sum.unwrap_or(0).checked_add(amount).ok_or(Overflow)?),
        }
    }
    for (set, sum) in sets.iter().zip(of_sets) {
        if let Some(sum) = sum {
            sums.add(set, sum)?;
        }
    }
    let digits = program.currency().digits();
    let row = |(rate, row): (Percent, Row)| {
        let money = |units| Money::of_units(units, digits);
        let (base, tax) = (money(row.base)?, money(row.tax)?);
        Ok(TaxSum { rate, base, tax, added: money(row.added)?, of: money(row.of)? })
    };
    let rows = sums.rows.into_iter().map(row).collect::<Result<_, Overflow>>()?;
    Ok(Taxes { sums: rows, added: sums.added })
}

/// Bases and taxes by rate, in minor units.
struct Sums {
    rows: BTreeMap<Percent, Row>,
    added: i64,
}

/// What one rate comes to, in minor units.
#[derive(Default)]
struct Row {
    base: i64,
    tax: i64,
    added: i64,
    of: i64,
}

impl Sums {
    /// Adds the taxes on an amount. What it contains is rounded, and the base is what is left: they sum to the amount.
    fn add(&mut self, set: &TaxSet, amount: i64) -> Result<(), Overflow> {
        let base = amount.checked_sub(set.contained(amount)?).ok_or(Overflow)?;
        let mut before = None;
        for tax in set.of(amount) {
            let (rate, tax, contained) = tax?;
            let row = self.rows.entry(rate).or_default();
            // Two taxes of one rate have one base.
            if before != Some(rate) {
                row.base = row.base.checked_add(base).ok_or(Overflow)?;
                row.of = row.of.checked_add(amount).ok_or(Overflow)?;
            }
            row.tax = row.tax.checked_add(tax).ok_or(Overflow)?;
            if !contained {
                row.added = row.added.checked_add(tax).ok_or(Overflow)?;
                self.added = self.added.checked_add(tax).ok_or(Overflow)?;
            }
            before = Some(rate);
        }
        Ok(())
    }
}
