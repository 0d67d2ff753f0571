//! The tasks of W4: a monthly review of a member who has ordered every day for ten years.

use std::hint::black_box;

use dangol::{Basket, Instant, Line, Member, Program};

use crate::Outcome;
use crate::measure::Task;
use crate::workloads::same;

/// A ladder that looks at the last twelve months on the first of each month, by two measures.
const LADDER: &str = r#"{ "format": 1, "id": "daily", "version": "1", "currency": "KRW", "zone": "+09:00",
    "tiers": { "window": "12 months", "upgrade": "at_review", "review": "calendar_month",
        "validity": { "after": "6 months" }, "grace": "1 month", "tiers": [
            { "id": "basic" },
            { "id": "silver", "enter": { "spend_at_least": "500000" } },
            { "id": "gold", "enter": { "any": [{ "spend_at_least": "1700000" }, { "orders_at_least": 400 }] },
              "keep": { "spend_at_least": "1500000" } } ] } }"#;

/// How many days: ten years with their leap days.
const DAYS: i64 = 3_653;
/// What is spent on each day.
const PRICE: i64 = 4_800;

/// The first moment, 2016-01-15 at noon in Seoul.
const START: i64 = 1_452_826_800;

fn at(day: i64) -> Outcome<Instant> {
    crate::convert::instant(START.saturating_add(day.saturating_mul(86_400)))
}

/// The member after an order on each of so many days, each booked as a till books it.
fn regular(program: &Program, days: i64) -> Outcome<Member> {
    let mut member = Member::new("m1".parse()?);
    let basket =
        Basket { lines: vec![Line::new("latte".parse()?, PRICE.to_string().parse()?)], ..Basket::default() };
    for day in 0..days {
        let placed = program.quote(&member, &basket, at(day)?)?.place(format!("o{day}").parse()?);
        member.apply_all(&placed.events)?;
    }
    Ok(member)
}

/// The review of the next first of the month, alone and with the hand-written sum that it needs.
pub(crate) fn tasks() -> Outcome<Vec<Task>> {
    let program = Program::from_json(LADDER)?;
    let member = regular(&program, DAYS)?;
    // The last order was in the middle of a month; a month later one review is due.
    let until = at(DAYS.saturating_add(28))?;
    let (reviewed, ladder) = (member.clone(), program.clone());
    let engine = Task::new("W4 engine", move || {
        let _ = black_box(ladder.advance(black_box(&reviewed), until));
    });
    let told = member.clone();
    let standing = Task::new("W4 tiers", move || {
        let _ = black_box(program.tiers(black_box(&told), until));
    });
    let by_hand = Task::new("W4 by hand", move || {
        black_box(sum(black_box(&member)));
    });
    Ok(vec![engine, standing, by_hand])
}

/// The spend and the orders of all days that are kept, in won.
fn sum(member: &Member) -> (i64, u64) {
    let add = |(spend, orders): (i64, u64), day: &dangol::Activity| {
        (spend.saturating_add(day.spend.0.units()), orders.saturating_add(day.orders))
    };
    member.activity.iter().fold((0, 0), add)
}

/// How many bytes the member has as JSON after a year, and after ten.
pub(crate) fn bytes() -> Outcome<(usize, usize)> {
    let program = Program::from_json(LADDER)?;
    let of = |days: i64| Outcome::Ok(serde_json::to_string(&regular(&program, days)?)?.len());
    Ok((of(366)?, of(DAYS)?))
}

/// Whether engine and hand-written code agree on what was done, and whether a member stops growing.
pub(crate) fn agree() -> Outcome<()> {
    let program = Program::from_json(LADDER)?;
    let member = regular(&program, DAYS)?;
    let (spend, orders) = sum(&member);
    // The last of the days that the window has is that of the last order.
    same("W4, the days of the window", &(spend, orders), &(PRICE.saturating_mul(365), 365))?;
    same("W4, the tier", &member.tier("status").map(dangol::Id::as_str), &Some("gold"))?;
    let (year, decade) = bytes()?;
    let grown = decade.saturating_sub(year);
    if grown > 1_000 {
        return Err(format!("W4: {grown} bytes more after ten years than after one").into());
    }
    Ok(())
}
