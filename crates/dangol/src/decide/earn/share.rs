//! The part of a base that certain tenders pay.

use std::collections::BTreeMap;

use crate::model::Reason;
use crate::program::Compiled;
use crate::value::{Amount, Id, Money, Overflow, Split};

use super::base::Part;

/// Leaves of each part what the named tenders pay of it, or tells that they pay nothing.
///
/// The sum is split over all tenders of the basket by largest remainder, so the shares of all tenders make the whole;
/// what falls to the named ones is spread over the parts as the program spreads amounts over lines.
pub(super) fn keep(
    program: &Compiled,
    tenders: &BTreeMap<Id, Money>,
    named: &[Id],
    parts: &mut [Part],
) -> Result<Option<Reason>, Overflow> {
    if !named.iter().any(|tender| tenders.contains_key(tender)) {
        return Ok(Some(Reason::NoTender { required: named.to_vec() }));
    }
    let digits = program.currency().digits();
    let minor = |money: &Money| money.0.rescaled(digits).map(Amount::units).ok_or(Overflow);
    let weights = tenders.values().map(minor).collect::<Result<Vec<i64>, Overflow>>()?;
    let money: Vec<i64> = parts.iter().map(|part| part.money).collect();
    let total = money.iter().try_fold(0_i64, |sum, part| sum.checked_add(*part)).ok_or(Overflow)?;
    let mut shares = Vec::with_capacity(weights.len());
    Split::USUAL.shares(total, &weights, &mut shares);
    let mine = tenders.keys().zip(shares).filter(|(tender, _)| named.contains(*tender));
    let mine = mine.fold(0_i64, |sum, (_, share)| sum.saturating_add(share));
    let mut left = Vec::with_capacity(money.len());
    program.file.discounts.split.parts(mine, &money, &money, &mut left);
    for (part, money) in parts.iter_mut().zip(left) {
        part.money = money;
    }
    Ok(None)
}
