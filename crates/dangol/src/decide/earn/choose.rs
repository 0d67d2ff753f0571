//! Rules held against each other: groups first, then limits of wallets and budgets, by id.

use std::collections::BTreeMap;

use crate::error::InputError;
use crate::model::{Carried, Reason, Subject};
use crate::value::{Id, Points};

use super::limit::Meter;
use super::{Answer, Earned, refusal};

/// What is granted of all answers, which stand by the ids of their rules.
pub(super) fn settled<'a>(answers: Vec<Answer<'a>>, meter: &mut Meter<'a>) -> Result<Earned, InputError> {
    let best = best_of_groups(&answers);
    let mut earned = Earned::default();
    let granted = answers.iter().filter(|answer| answer.result.is_ok()).count();
    earned.accruals.reserve_exact(granted);
    earned.refused.reserve(answers.len().saturating_sub(granted));
    for answer in answers {
        let rule = answer.rule;
        let winner = rule.group.as_ref().and_then(|group| best.get(group));
        let refused = match (answer.result, winner) {
            (Err(reason), _) => Some(reason),
            (Ok(_), Some((best, _))) if **best != rule.id => {
                let reason = Reason::BetterChoice { chosen: vec![(*best).clone()], by: None };
                earned.refused.push(refusal(Subject::Accrual, &rule.id, reason));
                continue;
            }
            (Ok(mut accrual), _) => match answer.wallet {
                None => Some(Reason::NoEffect),
                Some(wallet) => match meter.take(rule, wallet, &mut accrual)? {
                    Some(reason) => Some(reason),
                    None => {
                        accrual.tallies = meter.tallies(rule, wallet, answer.counted);
                        earned.accruals.push(*accrual);
                        None
                    }
                },
            },
        };
        let Some(reason) = refused else { continue };
        earned.refused.push(refusal(Subject::Accrual, &rule.id, reason));
        let counted = answer.counted.filter(|amount| !amount.is_zero());
        if let (Some(amount), Some(wallet)) = (counted, answer.wallet) {
            let (per, since) = (rule.over, meter.since(rule.over));
            let (rule, wallet) = (rule.id.clone(), wallet.id.clone());
            earned.carried.push(Carried { rule, wallet, per, since, amount });
        }
    }
    Ok(earned)
}

/// For each group the rule that grants the most; ties go to the earlier id.
fn best_of_groups<'a>(answers: &[Answer<'a>]) -> BTreeMap<&'a Id, (&'a Id, Points)> {
    let mut best: BTreeMap<&Id, (&Id, Points)> = BTreeMap::new();
    for Answer { rule, result, .. } in answers {
        let (Some(group), Ok(accrual)) = (&rule.group, result) else { continue };
        let known = best.entry(group).or_insert((&rule.id, accrual.points));
        if known.1 < accrual.points {
            *known = (&rule.id, accrual.points);
        }
    }
    best
}
