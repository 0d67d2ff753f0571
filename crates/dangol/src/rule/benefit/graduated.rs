//! Steps that are each for their own band: what lies in a band is reduced by the band's rate.

use super::{Desk, Given, PercentOff, Portion, Tiered, TieredStep, reduction};
use crate::model::{Arithmetic, BandPart, Reduction, UnitBand};
use crate::rule::units::sort;
use crate::rule::{Choice, Stock};
use crate::value::{Overflow, Percent, product};

/// A percentage in ten thousandths of a percent is so much of the whole.
const WHOLE: i128 = 1_000_000;

/// The bands: where each begins and ends, which is open for the last.
fn bands<'a>(
    kind: &'a Tiered,
    given: &'a Given<'_>,
) -> impl Iterator<Item = (i64, i64, TieredStep)> + use<'a> {
    let ends = kind.steps.iter().skip(1).map(|step| kind.from(*step, given)).chain([i64::MAX]);
    kind.steps.iter().zip(ends).map(|(step, end)| (kind.from(*step, given), end, *step))
}

/// What lies in each band that is reached, with its rate.
fn amounts(kind: &Tiered, given: &Given<'_>, total: i64) -> Vec<(i64, Percent)> {
    let part = |(from, end, step): (i64, i64, TieredStep)| {
        let part = total.min(end).saturating_sub(from);
        Some((part, step.percent_off?)).filter(|(part, _)| *part > 0)
    };
    bands(kind, given).filter_map(part).collect()
}

/// The sum over the bands, rounded once and spread.
pub(super) fn take_by_amount(kind: &Tiered, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
    let total = given.total(desk)?;
    let mut sum = 0_i128;
    for (part, percent) in amounts(kind, given, total) {
        let share = product(part, PercentOff(percent).ten_thousandths());
        sum = sum.checked_add(share).ok_or(Overflow)?;
    }
    let discount = given.terms.rounding.ratio(sum, WHOLE, given.terms.digits)?;
    Ok(given.spread(discount.min(total), desk))
}

pub(super) fn by_amount(kind: &Tiered, given: &Given<'_>, desk: &Desk) -> Result<Arithmetic, Overflow> {
    let total = given.total(desk)?;
    let mut parts = Vec::new();
    for (part, percent) in amounts(kind, given, total) {
        parts.push(BandPart { percent, of: given.money(part)? });
    }
    Ok(Arithmetic::Bands { parts, of: given.money(total)? })
}

/// The units of each band that is reached, dearest first; those below the first band have no rate.
fn units(kind: &Tiered, given: &Given<'_>, portions: &[Portion]) -> Vec<(Option<Reduction>, Vec<Portion>)> {
    let stock = |portion: &Portion| {
        let units = portion.units.filter(|units| *units > 0)?;
        Some(Stock { line: portion.line, basis: portion.basis, units })
    };
    let mut stock: Vec<Stock> = portions.iter().filter_map(stock).collect();
    sort(&mut stock, Choice::Dearest);
    let first = kind.steps.first().map_or(i64::MAX, |step| kind.from(*step, given));
    let mut bands: Vec<(i64, i64, Option<Reduction>)> = vec![(1, first, None)];
    bands.extend(self::bands(kind, given).map(|(from, end, step)| (from, end, step.reduction())));
    let mut found = Vec::new();
    for (from, end, reduction) in bands {
        // Counted from one, and up to the unit before the end.
        let (from, end) = (from.saturating_sub(1), end.saturating_sub(1));
        let mut before = 0_i64;
        let mut portions = Vec::new();
        for stock in &stock {
            let inside = |unit: i64| unit.saturating_sub(before).clamp(0, stock.units);
            portions.extend(between(*stock, inside(from), inside(end), given));
            before = before.saturating_add(stock.units);
        }
        portions.sort_unstable_by_key(|portion| portion.line);
        if !portions.is_empty() {
            found.push((reduction, portions));
        }
    }
    found
}

/// The units of a line after so many and up to so many, so that all of them are worth no more than the line.
fn between(stock: Stock, from: i64, upto: i64, given: &Given<'_>) -> Option<Portion> {
    let mut portion = given.some(stock, upto).filter(|_| from < upto)?;
    if let Some(before) = given.some(stock, from) {
        portion.basis = portion.basis.saturating_sub(before.basis);
        portion.room = portion.room.saturating_sub(before.room);
    }
    portion.units = Some(upto.saturating_sub(from));
    Some(portion)
}

pub(super) fn take_by_units(kind: &Tiered, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
    let mut all = Vec::new();
    let mut sum = 0_i64;
    for (reduction, portions) in units(kind, given, &desk.portions) {
        match reduction {
            Some(reduction) => {
                desk.portions.clone_from(&portions);
                sum = sum.checked_add(reduction::take(reduction, given, desk)?).ok_or(Overflow)?;
            }
            // They are counted all the same.
            None => {
                for portion in &portions {
                    given.put(portion, 0, &mut desk.parts);
                }
            }
        }
        all.extend(portions);
    }
    all.sort_by_key(|portion| portion.line);
    desk.portions = all;
    Ok(sum)
}

pub(super) fn by_units(kind: &Tiered, given: &Given<'_>, desk: &Desk) -> Result<Arithmetic, Overflow> {
    let mut fresh = Desk::default();
    given.portions(None, &mut fresh);
    let mut parts = Vec::new();
    for (reduction, portions) in units(kind, given, &fresh.portions) {
        let Some(each) = reduction else { continue };
        let units = portions.iter().filter_map(|portion| portion.units).fold(0_i64, i64::saturating_add);
        let worth = portions.iter().fold(0_i64, |sum, portion| sum.saturating_add(portion.basis));
        parts.push(UnitBand { each, units: units.unsigned_abs(), of: given.money(worth)? });
    }
    Ok(Arithmetic::UnitBands { parts, of: given.money(given.total(desk)?)? })
}
