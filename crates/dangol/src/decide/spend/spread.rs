//! What points pay, on each line and by issuer.

use std::collections::BTreeMap;

use crate::ledger::Draw;
use crate::model::IssuerShare;
use crate::value::{Amount, Id, Money, Overflow, Points, Split};

/// Adds what points pay to what is paid of these lines, or of all, by what is left of them.
pub(super) fn over_lines(split: Split, worth: i64, net: &[i64], lines: Option<&[usize]>, paid: &mut [i64]) {
    let mut rest: Vec<i64> = net.iter().zip(&*paid).map(|(net, paid)| net.saturating_sub(*paid)).collect();
    if let Some(lines) = lines {
        let own = |line: &usize| lines.binary_search(line).is_ok();
        rest.iter_mut().enumerate().filter(|(line, _)| !own(line)).for_each(|(_, rest)| *rest = 0);
    }
    let mut parts = Vec::with_capacity(rest.len());
    split.parts(worth, &rest, &rest, &mut parts);
    for (paid, part) in paid.iter_mut().zip(parts) {
        *paid = paid.saturating_add(part);
    }
}

/// The issuers of what was drawn, with what their points pay of the value; none where no lot names one.
pub(super) fn over_issuers(
    split: Split,
    draws: &[Draw],
    issued: &BTreeMap<Id, Id>,
    digits: u8,
    value: Money,
) -> Result<Vec<IssuerShare>, Overflow> {
    if !draws.iter().any(|draw| issued.contains_key(&draw.lot)) {
        return Ok(Vec::new());
    }
    let mut sums: BTreeMap<Option<&Id>, i64> = BTreeMap::new();
    for draw in draws {
        let units = draw.points.0.rescaled(digits).map(Amount::units).ok_or(Overflow)?;
        let sum = sums.entry(issued.get(&draw.lot)).or_default();
        *sum = sum.checked_add(units).ok_or(Overflow)?;
    }
    let weights: Vec<i64> = sums.values().copied().collect();
    let mut parts = Vec::with_capacity(weights.len());
    split.shares(value.units(), &weights, &mut parts);
    let share = |((issuer, units), part): ((Option<&Id>, i64), i64)| {
        let (points, value) = (Points::of_units(units, digits)?, Money::of_units(part, value.0.digits())?);
        Ok(IssuerShare { issuer: issuer.cloned(), points, value })
    };
    sums.into_iter().zip(parts).map(share).collect()
}
