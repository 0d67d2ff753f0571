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

/// Until when birthdays and anniversaries were looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Since {
    pub(super) at: Instant,
    /// Whether those of that very instant were looked at, too.
    pub(super) done: bool,
}

impl Since {
    pub(super) fn is_before(self, at: Instant) -> bool {
        self.at < at || (self.at == at && !self.done)
    }
}

/// Since when a member's birthdays count: the latest event or the day of joining, whichever is later; a member of whom
/// neither is known has none before the first event.
pub(super) fn since(program: &Compiled, member: &Member) -> Option<Instant> {
    member.at.max(member.joined_on.map(|day| program.zone().start_of(day)))
}

/// The first instant after `since` and until that one at which a birthday or anniversary grants points.
pub(super) fn next(
    program: &Compiled,
    member: &Member,
    since: Option<Since>,
    until: Instant,
) -> Result<Option<(Instant, Vec<Change>)>, InputError> {
    let Some(since) = since.filter(|_| program.yearly && !member.guest) else { return Ok(None) };
    let (first, last) = (program.zone().day(since.at).year(), program.zone().day(until).year());
    for (at, rules) in (first..=last).flat_map(|year| due(program, member, since, until, year)) {
        let chosen = |rule: &AccrualRule| rules.iter().any(|(_, due)| due.id == rule.id);
        let earned = earn::occasion(program, member, chosen, &earn::Happened::nothing(), at)?;
        let mut changes = Vec::new();
        for accrual in &earned.accruals {
            let on = rules.iter().find(|(_, rule)| rule.id == accrual.rule).map(|(on, _)| on.to_string());
            // The day names the lot, and not who looked first.
            let Some(day) = on.and_then(|on| on.parse::<Id>().ok()) else { continue };
            let lot = day.part(&accrual.rule);
            // Where the rule or the zone was changed since, the same birthday may seem to come again.
            if !member.has_lot(&accrual.wallet, &lot) {
                changes.push(place::earned(accrual, lot));
            }
        }
        if !changes.is_empty() {
            return Ok(Some((at, changes)));
        }
    }
    Ok(None)
}

/// When which rules are due in that year, soonest first.
fn due<'a>(program: &'a Compiled, member: &Member, since: Since, until: Instant, year: i32) -> Due<'a> {
    let mut due = Due::new();
    for rule in program.accruals().filter(|rule| rule.on.is_yearly()) {
        // One that is granted early may belong to a day of the next year.
        for on in [year, year.saturating_add(1)] {
            let Some(on) = falls_on(program, member, &rule.on, on) else { continue };
            let day = on.days_before(rule.days_before.unwrap_or(0)).filter(|day| day.year() == year);
            let at = day.map(|day| program.zone().start_of(day));
            if let Some(at) = at.filter(|at| since.is_before(*at) && *at <= until) {
                due.entry(at).or_default().push((on, rule));
            }
        }
    }
    due
}

/// The day of that year on which a birthday or anniversary comes round.
pub(super) fn falls_on(program: &Compiled, member: &Member, occasion: &Occasion, year: i32) -> Option<Day> {
    let leap_day = program.file.leap_day;
    match occasion {
        Occasion::Birthday => member.birthday?.kept_in(year, leap_day),
        Occasion::Anniversary => {
            let joined = member.joined_on.filter(|joined| joined.year() < year)?;
            Day::kept(year, joined.month(), joined.day(), leap_day)
        }
        _ => None,
    }
}
