//! Multipliers: which of them apply to a line, and what they make of an award.

use std::collections::BTreeMap;

use crate::model::{Reason, Subject, UsedMultiplier};
use crate::program::Compiled;
use crate::rule::{AccrualRule, Base, Combine, Condition, Facts, Multiplier, Wallet, window_refusal};
use crate::value::{Amount, Fraction, Id, Money, Overflow, Place, Points};

use super::base::Part;
use super::{Earned, refusal};

/// The multipliers of the program as one order finds them.
#[derive(Debug)]
pub(super) struct Multipliers<'a> {
    /// By id.
    entries: Vec<Entry<'a>>,
    refused: Vec<(&'a Id, Reason)>,
}

/// A multiplier whose days and conditions hold.
#[derive(Debug)]
struct Entry<'a> {
    multiplier: &'a Multiplier,
    wallet: &'a Id,
    factor: Fraction,
    /// For each line whether it is multiplied; the whole order where there is nothing.
    lines: Option<Vec<bool>>,
    /// For each stretch of the order whether it is multiplied; all where there is nothing.
    stretches: Vec<bool>,
    /// The multipliers that were chosen instead.
    beaten_by: Vec<Id>,
    took_part: bool,
}

/// What multipliers make of the parts of one rule.
#[derive(Debug)]
pub(super) struct Factors {
    /// The factor of each part.
    parts: Vec<Fraction>,
    pub(super) used: Vec<UsedMultiplier>,
}

impl<'a> Multipliers<'a> {
    /// Those of offers take part where the offer was applied.
    pub(super) fn new(
        program: &'a Compiled,
        facts: &Facts<'_>,
        applied: impl Fn(&Id) -> bool,
    ) -> Multipliers<'a> {
        let mut found = Multipliers { entries: Vec::new(), refused: Vec::new() };
        let multipliers = program.multipliers();
        for multiplier in multipliers.filter(|multiplier| !multiplier.of_offer || applied(&multiplier.id)) {
            match entry(program, multiplier, facts) {
                Ok(entry) => found.entries.push(entry),
                Err(reason) => found.refused.push((&multiplier.id, reason)),
            }
        }
        found
    }

    /// Whether nothing is multiplied.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The factors of the parts of a rule; nothing where no multiplier applies to any.
    pub(super) fn factors(
        &mut self,
        rule: &AccrualRule,
        wallet: &Wallet,
        parts: &[Part],
    ) -> Result<Option<Factors>, Overflow> {
        if self.is_empty() {
            return Ok(None);
        }
        let fits = |entry: &Entry<'_>| *entry.wallet == wallet.id && entry.multiplier.multiplies(rule);
        let mine: Vec<usize> = numbers(&self.entries, fits);
        let mut used: Vec<usize> = Vec::new();
        let mut factors = Vec::with_capacity(parts.len());
        for part in parts {
            let applies = |number: &usize| self.entries.get(*number).is_some_and(|entry| entry.covers(part));
            let here: Vec<usize> = mine.iter().copied().filter(applies).collect();
            factors.push(self.combined(wallet.multipliers, &here, &mut used)?);
        }
        if used.is_empty() {
            return Ok(None);
        }
        used.sort_unstable();
        used.dedup();
        let mut told = Vec::with_capacity(used.len());
        for number in used {
            let Some(entry) = self.entries.get_mut(number) else { continue };
            entry.took_part = true;
            let Multiplier { id, factor, .. } = entry.multiplier;
            told.push(UsedMultiplier { id: id.clone(), factor: *factor });
        }
        Ok(Some(Factors { parts: factors, used: told }))
    }

    /// What the multipliers of one part make together; those that count are added to `used`.
    fn combined(
        &mut self,
        combine: Combine,
        here: &[usize],
        used: &mut Vec<usize>,
    ) -> Result<Fraction, Overflow> {
        let factor = |number: &usize| self.entries.get(*number).map_or(Fraction::ONE, |entry| entry.factor);
        match combine {
            Combine::Highest => Ok(self.highest(here, used)),
            Combine::Sum => {
                used.extend_from_slice(here);
                let more = here
                    .iter()
                    .try_fold(Fraction::ONE, |sum, number| sum.plus(factor(number).minus(Fraction::ONE)?))?;
                Ok(if more.is_negative() { Fraction::ZERO } else { more })
            }
            Combine::Product => {
                used.extend_from_slice(here);
                here.iter().try_fold(Fraction::ONE, |product, number| product.times(factor(number)))
            }
        }
    }

    /// The highest factor, ties by id; the others remember which one it was.
    fn highest(&mut self, here: &[usize], used: &mut Vec<usize>) -> Fraction {
        let factor = |number: &usize| self.entries.get(*number).map(|entry| entry.multiplier.factor);
        // Of equal ones the first: `max_by_key` would take the last.
        let best = here.iter().rev().max_by_key(|number| factor(number));
        let Some((best, chosen)) = best.and_then(|best| Some((*best, self.entries.get(*best)?))) else {
            return Fraction::ONE;
        };
        let (id, value) = (chosen.multiplier.id.clone(), chosen.factor);
        used.push(best);
        for number in here.iter().filter(|number| **number != best) {
            if let Some(entry) = self.entries.get_mut(*number)
                && !entry.beaten_by.contains(&id)
            {
                entry.beaten_by.push(id.clone());
            }
        }
        value
    }

    /// Notes every multiplier that took part in no accrual, and why.
    pub(super) fn refuse(self, earned: &mut Earned) {
        if self.entries.is_empty() && self.refused.is_empty() {
            return;
        }
        let mut refused = self.refused;
        for entry in self.entries {
            let id = &entry.multiplier.id;
            let mut granted = earned.accruals.iter().flat_map(|accrual| &accrual.multipliers);
            // Where nothing is left of an award, that is what a factor of nothing does.
            let nulled = entry.took_part && entry.factor == Fraction::ZERO;
            if granted.any(|used| used.id == *id) || nulled {
                continue;
            }
            refused.push(match entry.beaten_by {
                chosen if chosen.is_empty() => (id, Reason::NoEffect),
                chosen => (id, Reason::BetterChoice { chosen, by: None }),
            });
        }
        refused.sort_by_key(|(id, _)| *id);
        earned.refused.extend(refused.into_iter().map(|(id, why)| refusal(Subject::Multiplier, id, why)));
    }
}

impl Entry<'_> {
    fn covers(&self, part: &Part) -> bool {
        if self.stretches.get(part.stretch).is_some_and(|covered| !covered) {
            return false;
        }
        let Some(lines) = &self.lines else { return true };
        part.line.and_then(|line| lines.get(line).copied()).unwrap_or(false)
    }
}

/// The multiplier with the lines that it is about, or why it does not apply to the order.
fn entry<'a>(
    program: &'a Compiled,
    multiplier: &'a Multiplier,
    facts: &Facts<'_>,
) -> Result<Entry<'a>, Reason> {
    if let Some(reason) = window_refusal(multiplier.from, multiplier.until, facts.today) {
        return Err(reason);
    }
    let stretches = match &multiplier.when {
        Some(when) => in_stretches(facts, when)?,
        None => Vec::new(),
    };
    let lines = multiplier.lines.as_ref().map(|selector| {
        let mut lines = vec![false; facts.lines.len()];
        for number in facts.matching(Some(selector)) {
            if let Some(line) = lines.get_mut(number) {
                *line = true;
            }
        }
        lines
    });
    if lines.as_ref().is_some_and(|lines| !lines.contains(&true)) {
        return Err(Reason::NoMatchingLine);
    }
    let wallet = program.wallet(multiplier.wallet.as_ref()).ok_or(Reason::NoEffect)?;
    let factor = Fraction::of(multiplier.factor).map_err(|_| Reason::NoEffect)?;
    let (wallet, beaten_by) = (&wallet.id, Vec::new());
    Ok(Entry { multiplier, wallet, factor, lines, stretches, beaten_by, took_part: false })
}

/// In which stretches of the order a condition holds, where there are several; or why in none.
fn in_stretches(facts: &Facts<'_>, when: &Condition) -> Result<Vec<bool>, Reason> {
    if facts.ranks.len() < 2 {
        return when.refusal(facts).map_or(Ok(Vec::new()), Err);
    }
    let refusals = facts.in_stretches(|| when.refusal(facts));
    let holds: Vec<bool> = refusals.iter().map(Option::is_none).collect();
    match refusals.into_iter().next().flatten() {
        Some(reason) if !holds.contains(&true) => Err(reason),
        _ => Ok(holds),
    }
}

fn numbers<T>(list: &[T], fits: impl Fn(&T) -> bool) -> Vec<usize> {
    list.iter().enumerate().filter(|(_, one)| fits(one)).map(|(number, _)| number).collect()
}

impl Factors {
    /// The factor of a part; nothing where it is 1.
    pub(super) fn of(&self, part: usize) -> Option<Amount> {
        self.parts.get(part).filter(|factor| **factor != Fraction::ONE).and_then(|factor| factor.amount())
    }

    /// The multiplied points of a rule, rounded as its wallet says; `digits` are those of the currency.
    pub(super) fn points(
        &self,
        rule: &AccrualRule,
        wallet: &Wallet,
        parts: &[Part],
        digits: u8,
    ) -> Result<Points, Overflow> {
        let exact = |money: i64, units: u64| {
            let base = Base { money: Money::of_units(money, digits)?, units, balance: Points::ZERO };
            rule.award.exact(&base, wallet.digits)
        };
        let rounding = wallet.rounding.rounding();
        let rounded =
            |points: Fraction| rounding.ratio(points.numerator(), points.denominator(), wallet.digits);
        let parts = parts.iter().zip(&self.parts);
        if wallet.rounding.at == Place::Line && rule.award.goes_by_line() {
            let mut sum = 0_i64;
            for (part, factor) in parts {
                let points = rounded(exact(part.money, part.units)?.times(*factor)?)?;
                sum = sum.checked_add(points).ok_or(Overflow)?;
            }
            return Points::of_units(sum, wallet.digits);
        }
        let mut all = (0_i64, 0_u64);
        let mut groups: BTreeMap<Fraction, (i64, u64)> = BTreeMap::new();
        for (part, factor) in parts {
            add(&mut all, part)?;
            if *factor != Fraction::ONE {
                add(groups.entry(*factor).or_default(), part)?;
            }
        }
        let mut points = exact(all.0, all.1)?;
        for (factor, (money, units)) in groups {
            points = points.plus(exact(money, units)?.times(factor.minus(Fraction::ONE)?)?)?;
        }
        // Steps that were begun can make less together than one by one.
        if points.is_negative() {
            return Points::of_units(0, wallet.digits);
        }
        Points::of_units(rounded(points)?, wallet.digits)
    }
}

fn add(sum: &mut (i64, u64), part: &Part) -> Result<(), Overflow> {
    sum.0 = sum.0.checked_add(part.money).ok_or(Overflow)?;
    sum.1 = sum.1.saturating_add(part.units);
    Ok(())
}
