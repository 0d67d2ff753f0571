//! Days and hours: `dates`, `weekdays`, `nth_weekday` and `hours`.

use std::collections::BTreeSet;

use super::truth::{Truth, World, possible};
use crate::rule::condition::Dates;
use crate::rule::{Condition, window_refusal};
use crate::value::{Clock, Day, Weekday};

/// So many days have every place that a day of the week can have in a month, counted from its start and from its end.
const EVERY_KIND: u32 = 800;

/// A moment.
#[derive(Clone, Copy)]
struct Moment {
    day: Day,
    weekday: Weekday,
    clock: Clock,
}

impl World for Moment {
    fn says(&self, condition: &Condition) -> Option<Truth> {
        let holds = match condition {
            Condition::Dates(Dates { from, until }) => window_refusal(*from, *until, self.day).is_none(),
            Condition::Weekdays(kind) => kind.0.contains(&self.weekday),
            Condition::NthWeekday(kind) => kind.holds_on(self.day, self.weekday),
            Condition::Hours(kind) => kind.holds_at(self.weekday, self.clock),
            _ => return None,
        };
        Some(holds.into())
    }
}

/// Whether the conditions leave no moment.
pub(super) fn forbid(together: &[&Condition], all: &[&Condition]) -> bool {
    let (Ok(midnight), Ok(end)) = ("00:00".parse::<Clock>(), "24:00".parse::<Clock>()) else { return false };
    let (mut days, mut clocks, mut found) = (BTreeSet::new(), BTreeSet::from([midnight]), 0_usize);
    for condition in all {
        match condition {
            Condition::Dates(dates) => {
                days.extend(dates.from);
                days.extend(dates.until.and_then(Day::next));
            }
            Condition::Hours(hours) => {
                clocks.extend([hours.from, hours.until].into_iter().filter(|clock| *clock < end));
            }
            Condition::Weekdays(_) | Condition::NthWeekday(_) => {}
            _ => continue,
        }
        found = found.saturating_add(1);
    }
    // One such condition by itself can hold.
    found > 1 && !kinds(&days).into_iter().any(|day| some_hour(together, day, &clocks))
}

fn some_hour(together: &[&Condition], day: Day, clocks: &BTreeSet<Clock>) -> bool {
    let moment = |clock: &Clock| Moment { day, weekday: day.weekday(), clock: *clock };
    clocks.iter().map(moment).any(|moment| possible(together, &moment))
}

/// Days of every kind between each two of the days on which something begins or is over, before them and after them.
fn kinds(turns: &BTreeSet<Day>) -> Vec<Day> {
    let any_day = || "2001-01-01".parse::<Day>().ok();
    let before = turns.first().map(|first| first.back(EVERY_KIND)).or_else(any_day);
    let mut found = Vec::new();
    for start in before.iter().chain(turns) {
        let mut seen = BTreeSet::new();
        let mut next = Some(*start);
        for _ in 0..EVERY_KIND {
            let Some(day) = next.filter(|day| day == start || !turns.contains(day)) else { break };
            if seen.insert(kind(day)) {
                found.push(day);
            }
            next = day.next();
        }
    }
    found
}

/// All that conditions can tell about a day between two turns: its day of the week, and which one of the month it is.
fn kind(day: Day) -> (Weekday, u32, u32) {
    let last = day.end_of_month().map_or(31, Day::day);
    let sevens = |days: u32| days.checked_div(7).unwrap_or(0);
    (day.weekday(), sevens(day.day().saturating_sub(1)), sevens(last.saturating_sub(day.day())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_day_comes_within_so_many_days() {
        // 1st to 5th from the start go with 5th to 1st from the end in nine ways.
        for year in [2001, 2026, 2096, 2199] {
            let start: Day = format!("{year}-01-01").parse().unwrap();
            assert_eq!(kinds(&BTreeSet::from([start])).iter().filter(|day| **day >= start).count(), 63);
        }
    }
}
