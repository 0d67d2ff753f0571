//! Accrual without a basket: enrolment, birthdays, referrals, and events that the host names.

use std::collections::BTreeMap;

use crate::error::InputError;
use crate::model::{Member, Reason, Subject};
use crate::program::Compiled;
use crate::rule::AccrualRule;
use crate::value::{Amount, Id, Instant, Money, Overflow, Points};

use super::base::Part;
use super::choose::settled;
use super::grant::Granting;
use super::limit::Meter;
use super::{Answer, Earned, allowed, refusal};
use crate::decide::purse::Purse;
use crate::decide::resolve;

/// What came with an occasion: amount and units come with events only; `budgets` tells what was given out of each
/// budget before.
#[derive(Clone, Debug, Default)]
pub(in crate::decide) struct Happened {
    pub(in crate::decide) amount: Option<Money>,
    pub(in crate::decide) units: Option<u64>,
    pub(in crate::decide) budgets: BTreeMap<Id, Points>,
}

impl Happened {
    pub(in crate::decide) fn nothing() -> Happened {
        Happened::default()
    }
}

/// What the chosen rules, which look at no basket, grant a member at that instant, by id, and which do not.
///
/// The member is as of that instant: what time has changed before is applied.
pub(in crate::decide) fn occasion(
    program: &Compiled,
    member: &Member,
    chosen: impl Fn(&AccrualRule) -> bool,
    happened: &Happened,
    now: Instant,
) -> Result<Earned, InputError> {
    let rules = program.accruals().filter(|rule| chosen(rule));
    if member.guest {
        let refused = rules.map(|rule| refusal(Subject::Accrual, &rule.id, Reason::Guest)).collect();
        return Ok(Earned { refused, ..Earned::default() });
    }
    let facts = resolve::moment(program, member, &resolve::NO_BASKET, now)?;
    let purse = Purse::new(member, facts.today);
    let mut meter = Meter::new(program, member, facts.today, &happened.budgets);
    let digits = program.currency().digits();
    let money = happened.amount.map(|amount| amount.0.rescaled(digits).ok_or(Overflow)).transpose()?;
    let part = Part { line: None, money: money.map_or(0, Amount::units), units: happened.units.unwrap_or(1) };
    let mut answers = Vec::new();
    for rule in rules {
        answers.push(match allowed(program, rule, &facts) {
            Err(reason) => Answer::no(rule, reason),
            Ok(wallet) => {
                let granting = Granting { program, facts: &facts, purse: &purse, meter: &meter };
                granting.answer(rule, wallet, &[part], None)?
            }
        });
    }
    settled(answers, &mut meter)
}
