//! Birthdays and anniversaries: what rules grant when they come round, without anybody being in the shop.

use std::collections::BTreeMap;

use crate::error::InputError;
use crate::model::{Change, Member};
use crate::program::Compiled;
use crate::rule::{AccrualRule, Occasion};
use crate::value::{Day, Id, Instant};

use super::{earn, place};

/// The rules that apply on one day, by what comes round and how many days before it they grant.
type Due<'a> = BTreeMap<Instant, Vec<(Day, &'a AccrualRule)>>;

/// Since when a member's birthdays count: the latest event or the day of joining, whichever is later; a member of whom
/// neither is known has none.
pub(super) fn since(program: &Compiled, member: &Member) -> Option<Instant> {
    member.at.max(member.joined_on.map(|day| program.zone().start_of(day)))
}

/// The first open instant from `since` until that one at which a birthday or anniversary grants points.
pub(super) fn next(
    program: &Compiled,
    member: &Member,
    since: Instant,
    until: Instant,
    open: impl Fn(Instant) -> bool,
) -> Result<Option<(Instant, Vec<Change>)>, InputError> {
    if !program.yearly || member.guest {
        return Ok(None);
    }
    for (at, rules) in due(program, member, since, until) {
        if !open(at) {
            continue;
        }
        let chosen = |rule: &AccrualRule| rules.iter().any(|(_, due)| due.id == rule.id);
        let earned = earn::occasion(program, member, chosen, &earn::Happened::nothing(), at)?;
        let mut changes = Vec::new();
        for accrual in &earned.accruals {
            let on = rules.iter().find(|(_, rule)| rule.id == accrual.rule).map(|(on, _)| on.to_string());
            // The day names the lot, and not who looked first.
            let Some(day) = on.and_then(|on| on.parse::<Id>().ok()) else { continue };
            let lot = day.part(&accrual.rule);
            // A rule whose days changed may come round twice; what it granted for a day is granted once.
            let known = member.wallets.get(&accrual.wallet).map_or(&[][..], |account| account.lots());
            if !known.iter().any(|known| known.id == lot) {
                changes.push(place::earned(accrual, lot));
            }
        }
        if !changes.is_empty() {
            return Ok(Some((at, changes)));
        }
    }
    Ok(None)
}

/// When which rules are due, soonest first.
fn due<'a>(program: &'a Compiled, member: &Member, since: Instant, until: Instant) -> Due<'a> {
    let mut due = Due::new();
    let (first, last) = (program.zone().day(since).year(), program.zone().day(until).year());
    for rule in program.accruals().filter(|rule| rule.on.is_yearly()) {
        // One that is granted early may belong to a day of the next year.
        for year in first..=last.saturating_add(1) {
            let Some(on) = falls_on(program, member, rule, year) else { continue };
            let at = on.days_before(rule.days_before.unwrap_or(0)).map(|day| program.zone().start_of(day));
            if let Some(at) = at.filter(|at| since <= *at && *at <= until) {
                due.entry(at).or_default().push((on, rule));
            }
        }
    }
    due
}

/// The day of that year on which what the rule is about comes round.
fn falls_on(program: &Compiled, member: &Member, rule: &AccrualRule, year: i32) -> Option<Day> {
    let leap_day = program.file.leap_day;
    match rule.on {
        Occasion::Birthday => member.birthday?.kept_in(year, leap_day),
        Occasion::Anniversary => {
            let joined = member.joined_on.filter(|joined| joined.year() < year)?;
            Day::kept(year, joined.month(), joined.day(), leap_day)
        }
        _ => None,
    }
}
