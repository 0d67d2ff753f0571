//! Rules held against each other: groups first, then limits of wallets and budgets, by id.

use crate::error::InputError;
use crate::model::{Carried, Reason, Subject};
use crate::value::{Id, Points};

use super::limit::Meter;
use super::{Answer, Earned, refusal};

/// What is granted of all answers, which stand by the ids of their rules.
pub(super) fn settled<'a>(mut answers: Vec<Answer<'a>>, meter: &mut Meter<'a>) -> Result<Earned, InputError> {
    let groups = best_of_groups(&mut answers);
    let mut earned = Earned::default();
    let granted = answers.iter().filter(|answer| answer.result.is_ok()).count();
    earned.accruals.reserve_exact(granted);
    earned.refused.reserve_exact(answers.len());
    for answer in &mut answers {
        let (rule, wallet, counted) = (answer.rule, answer.wallet, answer.counted);
        let winner = answer.group.and_then(|number| groups.get(number)).map(|group| group.best);
        let reason = match &mut answer.result {
            Err(reason) => std::mem::replace(reason, Reason::NoEffect),
            Ok(_) if winner.is_some_and(|winner| *winner != rule.id) => {
                let chosen = winner.into_iter().cloned().collect();
                let reason = Reason::BetterChoice { chosen, by: None };
                earned.refused.push(refusal(Subject::Accrual, &rule.id, reason));
                continue;
            }
            Ok(grant) => match wallet {
                None => Reason::NoEffect,
                Some(wallet) => {
                    let mut accrual = grant.accrual(rule, wallet)?;
                    match meter.take(rule, wallet, &mut accrual)? {
                        Some(reason) => reason,
                        None => {
                            accrual.tallies = meter.tallies(rule, wallet, counted);
                            accrual.counted_on = meter.counted_on(wallet);
                            earned.accruals.push(accrual);
                            continue;
                        }
                    }
                }
            },
        };
        earned.refused.push(refusal(Subject::Accrual, &rule.id, reason));
        let counted = counted.filter(|amount| !amount.is_zero());
        if let (Some(amount), Some(wallet)) = (counted, wallet) {
            let (per, since) = (rule.over, meter.since(rule.over));
            let (rule, wallet) = (rule.id.clone(), wallet.id.clone());
            earned.carried.push(Carried { rule, wallet, per, since, amount, counted: None });
        }
    }
    Ok(earned)
}

/// A group with the rule that grants the most.
struct Group<'a> {
    id: &'a Id,
    best: &'a Id,
    points: Points,
}

/// The groups of the rules that grant something, which are told their numbers; ties go to the earlier id.
fn best_of_groups<'a>(answers: &mut [Answer<'a>]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for answer in answers {
        let (Some(id), Ok(grant)) = (&answer.rule.group, &answer.result) else { continue };
        let points = grant.points;
        // Rules of a group often stand together.
        let number = groups.iter().rposition(|group| group.id == id).unwrap_or(groups.len());
        answer.group = Some(number);
        match groups.get_mut(number) {
            Some(known) if known.points < points => {
                (known.best, known.points) = (&answer.rule.id, points);
            }
            Some(_) => {}
            None => groups.push(Group { id, best: &answer.rule.id, points }),
        }
    }
    groups
}
