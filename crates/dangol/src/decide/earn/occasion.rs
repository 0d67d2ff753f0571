//! Accrual without a basket: enrolment, birthdays, referrals, and events that the host names.

use std::collections::BTreeMap;

use crate::error::InputError;
use crate::model::{Member, Reason, Subject};
use crate::program::Compiled;
use crate::rule::Occasion;
use crate::value::{Amount, Id, Instant, Money, Overflow, Points};

use super::base::Part;
use super::choose::settled;
use super::grant::Granting;
use super::limit::Meter;
use super::{Answer, Earned, allowed, refusal};
use crate::decide::purse::Purse;
use crate::decide::resolve;

/// What the rules on that occasion grant a member at that instant, by id, and which do not.
///
/// The member is as of that instant: what time has changed before is applied. An amount and units come with events only;
/// `budgets` tells what was given out of each budget before.
#[cfg_attr(not(test), expect(dead_code, reason = "for the verbs that have no basket"))]
pub(in crate::decide) fn occasion(
    program: &Compiled,
    member: &Member,
    on: &Occasion,
    amount: Option<Money>,
    units: Option<u64>,
    budgets: &BTreeMap<Id, Points>,
    now: Instant,
) -> Result<Earned, InputError> {
    let rules = program.accruals().filter(|rule| rule.on == *on);
    if member.guest {
        let refused = rules.map(|rule| refusal(Subject::Accrual, &rule.id, Reason::Guest)).collect();
        return Ok(Earned { refused, ..Earned::default() });
    }
    let facts = resolve::moment(program, member, &resolve::NO_BASKET, now)?;
    let purse = Purse::new(member, facts.today);
    let mut meter = Meter::new(program, member, facts.today, budgets);
    let digits = program.currency().digits();
    let money = amount.map(|amount| amount.0.rescaled(digits).ok_or(Overflow)).transpose()?;
    let part = Part { line: None, money: money.map_or(0, Amount::units), units: units.unwrap_or(0) };
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
