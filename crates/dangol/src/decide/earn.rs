//! Accrual: what each rule grants on what the customer pays with money.

use std::collections::BTreeMap;

use crate::error::InputError;
use crate::model::{Accrual, Reason, Refused, Subject};
use crate::program::Compiled;
use crate::rule::{AccrualRule, Base, Facts, Granting, Wallet, window_refusal};
use crate::value::{Id, Money, Overflow, Points};

use super::discount::Discounts;
use super::keep;

/// What the rules grant, by id, and which do not.
pub(super) fn accruals(
    program: &Compiled,
    facts: &Facts<'_>,
    discounts: &Discounts,
    paid: &[i64],
) -> Result<(Vec<Accrual>, Vec<Refused>), InputError> {
    let mut answers: Vec<(&AccrualRule, Result<Accrual, Reason>)> = Vec::new();
    for rule in program.accruals() {
        answers.push((rule, accrual(program, rule, facts, discounts, paid)?));
    }
    let best = best_of_groups(&answers);
    let (mut granted, mut refused) = (Vec::new(), Vec::new());
    for (rule, answer) in answers {
        let winner = rule.group.as_ref().and_then(|group| best.get(group));
        match (answer, winner) {
            (Err(reason), _) => refused.push(refusal(rule, reason)),
            (Ok(_), Some((best, _))) if **best != rule.id => {
                refused.push(refusal(rule, Reason::BetterChoice { chosen: vec![(*best).clone()] }));
            }
            (Ok(accrual), _) => granted.push(accrual),
        }
    }
    Ok((granted, refused))
}

fn refusal(rule: &AccrualRule, reason: Reason) -> Refused {
    Refused { what: Subject::Accrual, id: rule.id.to_string(), reason }
}

/// For each group the rule that grants the most; ties go to the earlier id.
fn best_of_groups<'a>(
    answers: &[(&'a AccrualRule, Result<Accrual, Reason>)],
) -> BTreeMap<&'a Id, (&'a Id, Points)> {
    let mut best: BTreeMap<&Id, (&Id, Points)> = BTreeMap::new();
    for (rule, answer) in answers {
        let (Some(group), Ok(accrual)) = (&rule.group, answer) else { continue };
        let known = best.entry(group).or_insert((&rule.id, accrual.points));
        if known.1 < accrual.points {
            *known = (&rule.id, accrual.points);
        }
    }
    best
}

/// What one rule grants, or why it grants nothing.
fn accrual(
    program: &Compiled,
    rule: &AccrualRule,
    facts: &Facts<'_>,
    discounts: &Discounts,
    paid: &[i64],
) -> Result<Result<Accrual, Reason>, InputError> {
    if let Some(reason) = window_refusal(rule.from, rule.until, facts.today) {
        return Ok(Err(reason));
    }
    if let Some(reason) = rule.when.as_ref().and_then(|when| when.refusal(facts)) {
        return Ok(Err(reason));
    }
    let Some(wallet) = program.wallet(rule.wallet.as_ref()) else { return Ok(Err(Reason::NoEffect)) };
    let digits = program.currency().digits();
    let (mut amounts, mut units, mut lines) = (Vec::new(), 0_u64, 0_usize);
    for number in facts.matching(rule.lines.as_ref()) {
        let Some(line) = facts.lines.get(number).filter(|line| line.earns) else { continue };
        let at = |list: &[i64]| list.get(number).copied().unwrap_or(0);
        let left = at(&discounts.rest.money);
        amounts.push(Money::of_units(left.checked_sub(at(paid)).ok_or(Overflow)?, digits)?);
        lines = lines.saturating_add(1);
        if left > 0 {
            let free = discounts.rest.free.get(number).copied().unwrap_or(0);
            units = units.saturating_add(line.units.map_or(0, i64::unsigned_abs).saturating_sub(free));
        }
    }
    if lines == 0 {
        return Ok(Err(Reason::NoMatchingLine));
    }
    let granting = Granting { rounding: wallet.rounding, digits: wallet.digits };
    let (points, how) = rule.award.grant(&Base { amounts: &amounts, units }, granting)?;
    if points.is_zero() {
        return Ok(Err(Reason::NoEffect));
    }
    let (expires_on, grace_until) = keep::with_grace(wallet, expiry(rule, wallet, facts));
    Ok(Ok(Accrual {
        rule: rule.id.clone(),
        wallet: wallet.id.clone(),
        points,
        how,
        expires_on,
        grace_until,
        usable_from: None,
        awaits: None,
        issuer: None,
    }))
}

fn expiry(rule: &AccrualRule, wallet: &Wallet, facts: &Facts<'_>) -> Option<crate::value::Day> {
    rule.expiry.as_ref().or(wallet.expiry.as_ref())?.last_day(facts.today)
}
