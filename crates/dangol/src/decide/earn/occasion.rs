//! Accrual without a basket: enrolment, birthdays, referrals, and events that the host names.

use std::collections::BTreeMap;

use crate::error::InputError;
use crate::model::{Member, Reason, Subject};
use crate::program::Compiled;
use crate::rule::AccrualRule;
use crate::value::{Amount, Id, Instant, Money, Overflow};

use super::base::{Part, Sum};
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
    pub(in crate::decide) budgets: BTreeMap<Id, Amount>,
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
    let part = Part {
        line: None,
        charge: None,
        money: money.map_or(0, Amount::units),
        units: happened.units.unwrap_or(1),
        stretch: 0,
    };
    let mut answers = Vec::new();
    for rule in rules {
        answers.push(match allowed(program, rule, &facts) {
            Err(reason) => Answer::no(rule, reason),
            Ok(wallet) => {
                let granting = Granting { program, facts: &facts, purse: &purse, meter: &meter };
                let parts = std::slice::from_ref(&part);
                granting.answer(rule, wallet, (Sum::of(parts)?, parts), None)?
            }
        });
    }
    let mut earned = settled(answers, &mut meter)?;
    // Nothing counts here that could come back.
    earned.accruals.iter_mut().for_each(|accrual| accrual.counted = Some(Vec::new()));
    Ok(earned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::Program;
    use crate::rule::Occasion;

    const PROGRAM: &str = r#"{
        "format": 1, "id": "t", "version": "1", "currency": "KRW", "zone": "+09:00",
        "wallets": [{ "id": "points", "limits": [{ "per": "month", "points": "600" }] }],
        "budgets": [{ "id": "launch", "points": "1000" }],
        "multipliers": [{ "id": "double", "factor": "2" }],
        "accruals": [
            { "id": "day", "on": "birthday", "award": { "fixed": "500" }, "when": { "birthday": "day" } },
            { "id": "photo", "on": { "event": "photo" }, "award": { "per_unit": "50" }, "budget": "launch" },
            { "id": "review", "on": { "event": "review" }, "award": { "percent": "5" }, "over": "month" },
            { "id": "round", "on": { "event": "photo" }, "award": { "round_up": "100" } },
            { "id": "order", "award": { "fixed": "9" } }
        ]
    }"#;

    /// What is granted, refused and carried on that occasion, in short.
    fn told(member: &str, on: &Occasion, amount: Option<&str>, units: Option<u64>, used: &str) -> String {
        let program = Program::from_json(PROGRAM).unwrap();
        let member: Member = serde_json::from_str(member).unwrap();
        let amount = amount.map(|amount| amount.parse().unwrap());
        let budgets = BTreeMap::from([("launch".parse().unwrap(), used.parse().unwrap())]);
        let now = "2026-03-04T12:00:00+09:00".parse().unwrap();
        let happened = Happened { amount, units, budgets };
        let chosen = |rule: &AccrualRule| rule.on == *on;
        let earned = occasion(program.compiled(), &member, chosen, &happened, now).unwrap();
        let granted = earned.accruals.iter().map(|accrual| {
            format!("{} {} in {} tallies", accrual.rule, accrual.points, accrual.tallies.len())
        });
        let refused = earned.refused.iter().map(|refused| {
            let reason = serde_json::to_value(&refused.reason).unwrap();
            format!("{} {}", refused.id, reason["code"].as_str().unwrap())
        });
        let carried = earned.carried.iter().map(|carried| format!("{} +{}", carried.rule, carried.amount));
        granted.chain(refused).chain(carried).collect::<Vec<_>>().join(", ")
    }

    fn event(name: &str) -> Occasion {
        Occasion::Event(name.parse().unwrap())
    }

    #[test]
    fn only_the_rules_of_the_occasion_grant_and_their_conditions_hold() {
        let birthday = r#"{ "id": "m1", "birthday": "--03-04" }"#;
        assert_eq!(told(birthday, &Occasion::Birthday, None, None, "0"), "day 500 in 1 tallies");
        let other = r#"{ "id": "m1", "birthday": "--03-05" }"#;
        assert_eq!(told(other, &Occasion::Birthday, None, None, "0"), "day not_birthday");
        assert_eq!(told(birthday, &Occasion::Enrolment, None, None, "0"), "");
    }

    #[test]
    fn an_event_brings_an_amount_or_units_and_nothing_multiplies_it() {
        let member = r#"{ "id": "m1" }"#;
        assert_eq!(told(member, &event("review"), Some("1000"), None, "0"), "review 50 in 2 tallies");
        assert_eq!(told(member, &event("review"), Some("19"), None, "0"), "review no_effect, review +19");
        assert_eq!(told(member, &event("review"), None, None, "0"), "review no_effect");
        assert_eq!(
            told(member, &event("photo"), None, Some(3), "900"),
            "photo 100 in 1 tallies, round no_effect"
        );
        assert_eq!(
            told(member, &event("photo"), None, Some(3), "1000"),
            "photo limit_reached, round no_effect"
        );
    }

    #[test]
    fn limits_and_balances_are_those_of_the_member() {
        let member = r#"{ "id": "m1",
            "wallets": { "points": { "lots": [{ "id": "o/1", "earned_at": "2026-01-01T00:00:00Z", "points": "30" }] } },
            "tallies": [{ "kind": "wallet", "of": "points", "per": "month", "since": "2026-03-01", "points": "500" }] }"#;
        assert_eq!(
            told(member, &event("photo"), None, Some(1), "0"),
            "photo 50 in 1 tallies, round 50 in 1 tallies"
        );
        let guest = r#"{ "id": "m1", "guest": true }"#;
        assert_eq!(told(guest, &event("photo"), None, Some(1), "0"), "photo guest, round guest");
    }
}
