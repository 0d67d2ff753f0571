//! A table of members answers what the engine answers member by member, however it is cut and by whatever number of threads.

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch};
use dangol::{Event, Instant, Member, Program};
use dangol_arrow::{Options, advance, columns_of, members_of};
use proptest::prelude::*;

use super::config;
use super::deed::{id, life};
use super::tiers::climb;
use super::visit::at;

/// The events of a table, as they are written.
fn events(batches: &[RecordBatch]) -> Vec<Event> {
    let text = |batch: &RecordBatch| -> Vec<Event> {
        let column = batch.column_by_name("event").unwrap_or_else(|| panic!("no events")).as_string::<i32>();
        let read = |row| serde_json::from_str(column.value(row)).unwrap_or_else(|error| panic!("{error}"));
        (0..column.len()).map(read).collect()
    };
    batches.iter().flat_map(text).collect()
}

/// What the engine answers one by one.
fn one_by_one(program: &Program, members: &[Member], until: Instant) -> (Vec<Event>, Vec<Member>) {
    let (mut all, mut changed) = (Vec::new(), Vec::new());
    for member in members {
        let events = program.advance(member, until).unwrap_or_else(|error| panic!("{error}"));
        if !events.is_empty() {
            let mut after = member.clone();
            after.apply_all(&events).unwrap_or_else(|error| panic!("{error}"));
            changed.push(after);
            all.extend(events);
        }
    }
    (all, changed)
}

/// The table answers the same, whole and cut in two.
fn same(program: &Program, members: &[Member], until: Instant, cut: usize) {
    let table = columns_of(program, members).unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(members_of(&table, 0).unwrap_or_else(|fault| panic!("{fault}")), members);
    let wanted = one_by_one(program, members, until);
    let cut = cut % members.len();
    for parts in [vec![table.clone()], vec![table.slice(0, cut), table.slice(cut, members.len() - cut)]] {
        for check_all in [false, true] {
            let threads = std::num::NonZeroUsize::new(1 + cut % 3);
            let options = Options { threads, check_all, ..Options::default() };
            let (mut happened, mut changed) = (Vec::new(), Vec::new());
            for part in &parts {
                let made =
                    advance(program, part, 0, until, &options).unwrap_or_else(|fault| panic!("{fault}"));
                happened.extend(events(&made.events));
                for members in &made.members {
                    changed.extend(members_of(members, 0).unwrap_or_else(|fault| panic!("{fault}")));
                }
            }
            assert_eq!((happened, changed), wanted);
        }
    }
}

/// Members like these, as often as a table needs several parts.
fn crowd(members: &[Member], most: usize) -> Vec<Member> {
    let name = |number: usize, member: &Member| Member { id: id(&format!("m{number}")), ..member.clone() };
    members.iter().cycle().take(most).enumerate().map(|(number, member)| name(number, member)).collect()
}

proptest! {
    #![proptest_config(config(48))]

    /// With everything that members do.
    #[test]
    fn a_table_lives_as_its_members(life in life(9), more in 0..9_000_i64, cut in 0..7_usize) {
        let (members, hours) = life.live(|_| {});
        let latest = members.iter().filter_map(|member| member.at).max().unwrap_or(at(hours));
        same(&life.shop.program(), &crowd(&members, 7), at(hours + more).max(latest), cut);
    }

    /// With ladders of every kind.
    #[test]
    fn a_table_climbs_as_its_members(climb in climb(8), more in 0..9_000_i64, cut in 0..5_usize) {
        let (program, member, hours) = climb.live();
        same(&program, &crowd(std::slice::from_ref(&member), 5), at(hours + more).max(member.at.unwrap_or(at(0))), cut);
    }
}
