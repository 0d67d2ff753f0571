//! Accrual: what each rule grants, in the order that `Accrual` documents, and why others grant nothing.

mod base;
mod choose;
mod grant;
mod limit;
mod multiply;
mod occasion;
mod share;
mod stretch;

use crate::error::InputError;
use crate::model::{Accrual, Carried, CountedPart, Reason, Refused, Subject};
use crate::program::Compiled;
use crate::rule::{AccrualRule, Award, EarningBase, Facts, Wallet, window_refusal};
use crate::value::{Id, Money, Overflow};

use super::discount::Discounts;
use super::extras::Charges;
use super::purse::Purse;
use super::tier::Crossed;

use base::{Bases, Part, Sum};
use choose::settled;
use grant::{Grant, Granting};
use limit::Meter;
use multiply::Multipliers;

pub(super) use base::{on_ladder, parts_on_ladder};
pub(super) use occasion::{Happened, occasion};

/// What rules grant.
#[derive(Debug, Default)]
pub(super) struct Earned {
    /// By the ids of the rules.
    pub(super) accruals: Vec<Accrual>,
    pub(super) refused: Vec<Refused>,
    /// What rules counted without granting points.
    pub(super) carried: Vec<Carried>,
}

/// What rules on orders look at: the basket after its offers and points were worked out.
#[derive(Clone, Copy)]
pub(super) struct Till<'a> {
    pub(super) program: &'a Compiled,
    pub(super) facts: &'a Facts<'a>,
    pub(super) discounts: &'a Discounts,
    /// What points pay on each line, in minor units.
    pub(super) paid: &'a [i64],
    pub(super) charges: Charges,
    pub(super) purse: &'a Purse<'a>,
    /// Where the order earns otherwise than at the rate of the tier before it.
    pub(super) crossed: Option<&'a Crossed>,
}

impl<'a> Till<'a> {
    /// An order that earns at the rate of the tier before it.
    pub(super) fn new(
        program: &'a Compiled,
        facts: &'a Facts<'a>,
        discounts: &'a Discounts,
        paid: &'a [i64],
        charges: Charges,
        purse: &'a Purse<'a>,
    ) -> Till<'a> {
        Till { program, facts, discounts, paid, charges, purse, crossed: None }
    }
}

/// What one rule grants before it is held against the others, or why it grants nothing.
#[derive(Debug)]
struct Answer<'a> {
    rule: &'a AccrualRule,
    wallet: Option<&'a Wallet>,
    result: Result<Grant, Reason>,
    /// The money that the rule counted, where it adds up over a span.
    counted: Option<Money>,
    /// The number of its group among those whose rules grant something.
    group: Option<usize>,
}

/// What the rules on orders grant, by id, and which do not.
pub(super) fn accruals(till: &Till<'_>) -> Result<Earned, InputError> {
    let (program, facts) = (till.program, till.facts);
    // Points of an offer are granted where the offer took effect.
    let applied = |id: &Id| till.discounts.applied.iter().any(|applied| applied.offer == *id);
    let rules = program.accruals().filter(|rule| rule.on.is_order());
    let rules = rules.filter(|rule| !rule.of_offer || applied(&rule.id));
    if facts.member.guest {
        let refused = rules.map(|rule| refusal(Subject::Accrual, &rule.id, Reason::Guest)).collect();
        return Ok(Earned { refused, ..Earned::default() });
    }
    let mut meter = Meter::new(program, facts.member, facts.today, &facts.basket.budgets);
    let mut multipliers = Multipliers::new(program, facts, applied);
    let mut answers = Vec::with_capacity(program.accruals.len());
    let (mut bases, mut parts) = (Bases::default(), Vec::new());
    for rule in rules {
        answers.push(answer(till, rule, &mut multipliers, &meter, (&mut bases, &mut parts))?);
    }
    let mut earned = settled(answers, &mut meter)?;
    note_counted(till, &mut earned, (&mut bases, &mut parts))?;
    multipliers.refuse(&mut earned);
    Ok(earned)
}

/// What one rule grants on an order; `parts` is room to work in, `bases` what was worked out for earlier rules.
fn answer<'a>(
    till: &Till<'a>,
    rule: &'a AccrualRule,
    multipliers: &mut Multipliers<'_>,
    meter: &Meter<'_>,
    (bases, parts): (&mut Bases, &mut Vec<Part>),
) -> Result<Answer<'a>, Overflow> {
    let (wallet, stretches) = match allowed_in(till, rule) {
        Ok(found) => found,
        Err(reason) => return Ok(Answer::no(rule, reason)),
    };
    parts.clear();
    let divided = till.crossed.filter(|crossed| !crossed.ends.is_empty() && rule.award.grows());
    let by_part =
        rule.tenders.is_some() || !multipliers.is_empty() || rule.rounds_lines(wallet) || divided.is_some();
    let mut sum = match base::counted(till, rule, wallet, bases, by_part.then_some(&mut *parts))? {
        Ok(sum) => sum,
        Err(reason) => return Ok(Answer::no(rule, reason)),
    };
    if let Some(tenders) = &rule.tenders {
        if let Some(reason) = share::keep(till.program, &till.facts.basket.tenders, tenders, parts)? {
            return Ok(Answer::no(rule, reason));
        }
        sum = Sum::of(parts)?;
    }
    if let Some(crossed) = divided {
        stretch::divide(till.program, crossed, parts)?;
        parts.retain(|part| stretches.get(part.stretch).is_none_or(|allowed| *allowed));
        sum = Sum::of(parts)?;
    }
    let factors = multipliers.factors(rule, wallet, parts)?;
    let by_parts = rule.tenders.is_some() || divided.is_some() || factors.is_some();
    let counted = (by_parts && rule.award.grows()).then(|| {
        let factor = |number: usize| factors.as_ref().and_then(|factors| factors.of(number));
        base::kept(till, parts, factor)
    });
    let Till { program, facts, purse, .. } = *till;
    let mut answer = Granting { program, facts, purse, meter }.answer(rule, wallet, (sum, parts), factors)?;
    if let Ok(grant) = &mut answer.result {
        grant.counted = counted.transpose()?;
    }
    Ok(answer)
}

/// Notes what each line counted for what was granted or carried on, where that is not what money paid for it.
fn note_counted(
    till: &Till<'_>,
    earned: &mut Earned,
    (bases, parts): (&mut Bases, &mut Vec<Part>),
) -> Result<(), Overflow> {
    let all_earn = till.facts.lines.iter().all(|line| line.earns);
    let mut note = |rule: Option<&AccrualRule>| {
        let known = rule.and_then(|rule| Some((rule, till.program.wallet(rule.wallet.as_ref())?)));
        known.map_or(Ok(None), |(rule, wallet)| by_line(till, (rule, wallet, all_earn), (bases, parts)))
    };
    // All stand by the ids of the rules.
    let mut rules = till.program.accruals();
    for accrual in earned.accruals.iter_mut().filter(|accrual| accrual.counted.is_none()) {
        accrual.counted = note(rules.find(|rule| rule.id == accrual.rule))?;
    }
    let mut rules = till.program.accruals();
    for carried in &mut earned.carried {
        carried.counted = note(rules.find(|rule| rule.id == carried.rule))?;
    }
    Ok(())
}

/// What each line counts for a rule; nothing where that is what money paid for it.
fn by_line(
    till: &Till<'_>,
    (rule, wallet, all_earn): (&AccrualRule, &Wallet, bool),
    (bases, parts): (&mut Bases, &mut Vec<Part>),
) -> Result<Option<Vec<CountedPart>>, Overflow> {
    // What does not grow with the goods is granted for the lines that the rule names, or for the order as such.
    if rule.lines.is_none() && !rule.award.grows() {
        return Ok(None);
    }
    let usual = all_earn
        && rule.lines.is_none()
        && rule.tenders.is_none()
        && rule.base(wallet) == EarningBase::USUAL
        && !matches!(rule.award, Award::PerUnit(_))
        && !rule.rounds_lines(wallet);
    parts.clear();
    // What it counts was counted a moment ago.
    if usual || base::counted(till, rule, wallet, bases, Some(&mut *parts))?.is_err() {
        return Ok(None);
    }
    if let Some(tenders) = &rule.tenders {
        share::keep(till.program, &till.facts.basket.tenders, tenders, parts)?;
    }
    base::kept(till, parts, |_| None).map(Some)
}

/// The wallet of a rule, and in which stretches of the order it applies, where there are several; or why in none.
fn allowed_in<'a>(till: &Till<'a>, rule: &AccrualRule) -> Result<(&'a Wallet, Vec<bool>), Reason> {
    // What does not grow with the order is granted at the rate of its beginning.
    if till.facts.ranks.len() < 2 || !rule.award.grows() {
        return Ok((allowed(till.program, rule, till.facts)?, Vec::new()));
    }
    let answers = till.facts.in_stretches(|| allowed(till.program, rule, till.facts));
    let stretches: Vec<bool> = answers.iter().map(Result::is_ok).collect();
    // Where it applies nowhere, the first stretch tells why.
    let place = stretches.iter().position(|applies| *applies).unwrap_or(0);
    let answer = answers.into_iter().nth(place).unwrap_or(Err(Reason::NoEffect));
    answer.map(|wallet| (wallet, stretches))
}

/// The wallet of a rule whose days and conditions hold, or why they do not.
fn allowed<'a>(program: &'a Compiled, rule: &AccrualRule, facts: &Facts<'_>) -> Result<&'a Wallet, Reason> {
    if let Some(reason) = window_refusal(rule.from, rule.until, facts.today) {
        return Err(reason);
    }
    if let Some(reason) = rule.when.as_ref().and_then(|when| when.refusal(facts)) {
        return Err(reason);
    }
    program.wallet(rule.wallet.as_ref()).ok_or(Reason::NoEffect)
}

impl<'a> Answer<'a> {
    fn no(rule: &'a AccrualRule, reason: Reason) -> Answer<'a> {
        Answer { rule, wallet: None, result: Err(reason), counted: None, group: None }
    }
}

fn refusal(what: Subject, id: &Id, reason: Reason) -> Refused {
    Refused { what, id: id.into(), reason }
}
