//! Where a member stands on each ladder, and what the days that count add up to.

use std::cell::RefCell;

use dangol::{Amount, Gauge, Gauged, Quiet, QuietLadder, Shown};

use super::numbers::{Days, blank};
use super::{day, number};
use crate::node::{Kind, Node, Spans};
use crate::units::Units;

/// So many days back the first days that count are worked out at once: longer ago few members did something last.
const KNOWN: usize = 400;

/// The ladders of the program, as the columns show them.
pub(super) struct Ladders<'a> {
    activity: Option<(&'a Node, &'a Spans, Days<'a>)>,
    /// What counts on ladders that count in their own way.
    other: Option<&'a Node>,
    earlier: Option<&'a Node>,
    ladders: Vec<Ladder<'a>>,
}

struct Ladder<'a> {
    quiet: &'a QuietLadder,
    tiers: Option<&'a Node>,
    sums: Vec<Sum<'a>>,
    scratch: RefCell<Vec<Shown>>,
}

/// One gauge.
struct Sum<'a> {
    gauge: &'a Gauge,
    ladder: &'a QuietLadder,
    what: What<'a>,
    /// The first day that counts today; nothing where all do.
    first: Option<i32>,
    /// The same so many days ago.
    firsts: Vec<i32>,
}

/// What is added up.
enum What<'a> {
    Nothing,
    Numbers(Units<'a>),
    Orders(Option<Units<'a>>),
    Visits(Option<Units<'a>>),
    /// The entries of a map that have that name.
    Entries(&'a Node, &'a Spans, &'a Node, Units<'a>, &'a str),
}

impl<'a> Ladders<'a> {
    pub(super) fn new(quiet: &'a Quiet, table: &'a Node) -> Option<Ladders<'a>> {
        let mut items = None;
        let activity = match table.field("activity") {
            None => None,
            Some(Node { kind: Kind::Nothing, .. }) => None,
            Some(node) => {
                let Kind::List(spans, days) = &node.kind else { return None };
                items = Some(days.as_ref());
                Some((node, spans, Days::of(days.field("on")?)?))
            }
        };
        let other = items.and_then(|items| items.field("ladders"));
        let today = number(quiet.today())?;
        let one = |ladder: &'a QuietLadder| {
            let sums = ladder.gauges().iter().map(|gauge| Sum::new(ladder, gauge, items, today));
            let (tiers, scratch) = (table.field("tiers"), RefCell::default());
            Some(Ladder { quiet: ladder, tiers, sums: sums.collect::<Option<_>>()?, scratch })
        };
        let ladders = quiet.ladders().iter().map(one).collect::<Option<_>>()?;
        Some(Ladders { activity, other, earlier: table.field("earlier"), ladders })
    }

    /// Whether every standing is as it was, where the latest event lay on `since` or later; on the latest day that is known
    /// where there was none.
    pub(super) fn is_quiet(&self, row: usize, today: i32, since: Option<i32>) -> bool {
        let (first, days) = match &self.activity {
            Some((node, spans, on)) if !node.is_null(row) => {
                let (first, end) = spans.of(row);
                let Some(days) = on.run(first, end) else { return false };
                (first, days)
            }
            _ => (0, [].as_slice()),
        };
        let since = since.or_else(|| days.iter().copied().max()).unwrap_or(today);
        let end = first.saturating_add(days.len());
        let own = || self.other.is_some_and(|other| (first..end).any(|at| !blank(Some(other), at)));
        self.ladders.is_empty()
            || (blank(self.earlier, row)
                && !own()
                && self.ladders.iter().all(|ladder| ladder.is_quiet(row, (first, days), (since, today))))
    }
}

impl Ladder<'_> {
    fn is_quiet(&self, row: usize, days: (usize, &[i32]), (since, today): (i32, i32)) -> bool {
        let Some(Standing { tier, kept }) = self.standing(row, today) else { return false };
        let mut shown = self.scratch.borrow_mut();
        shown.clear();
        for sum in &self.sums {
            let Some(one) = sum.shown(days, since, today) else { return false };
            shown.push(one);
        }
        self.quiet.is_quiet(tier, kept, &shown)
    }

    /// Where the member stands; nothing where that takes more than a look.
    fn standing(&self, row: usize, today: i32) -> Option<Standing<'_>> {
        let beginning = Standing { tier: None, kept: false };
        let Some(tiers) = self.tiers.filter(|tiers| !tiers.is_null(row)) else { return Some(beginning) };
        let (node, at) = match &tiers.kind {
            Kind::Fields(_) => (tiers.field(self.quiet.id().as_str()), row),
            Kind::Map(spans, keys, values) => entry(spans, keys, row, self.quiet.id().as_str())
                .map_or((None, row), |at| (Some(values.as_ref()), at)),
            Kind::List(spans, items) => {
                let (keys, values) = items.pair()?;
                entry(spans, keys, row, self.quiet.id().as_str()).map_or((None, row), |at| (Some(values), at))
            }
            _ => return None,
        };
        let Some(node) = node.filter(|node| !node.is_null(at)) else { return Some(beginning) };
        let Kind::Fields(fields) = &node.kind else { return None };
        let mut standing = beginning;
        for (name, field) in fields {
            if field.is_null(at) {
                continue;
            }
            match name.as_str() {
                "tier" => standing.tier = Some(field.text(at)?),
                "until" => {
                    // A tier whose time is over is looked at.
                    Days::of(field)?.get(at).filter(|until| *until >= today)?;
                    standing.kept = true;
                }
                "since" | "rises" => {}
                // A grace that runs, what was set by hand, and what is not known.
                _ => return None,
            }
        }
        Some(standing)
    }
}

#[derive(Clone, Copy)]
struct Standing<'a> {
    tier: Option<&'a str>,
    kept: bool,
}

/// The place of the entry of that name.
fn entry(spans: &Spans, keys: &Node, row: usize, name: &str) -> Option<usize> {
    let (first, end) = spans.of(row);
    (first..end).find(|at| keys.text(*at) == Some(name))
}

impl<'a> Sum<'a> {
    /// Nothing where the columns do not show it.
    fn new(
        ladder: &'a QuietLadder,
        gauge: &'a Gauge,
        items: Option<&'a Node>,
        today: i32,
    ) -> Option<Sum<'a>> {
        let field = |name: &str| items.and_then(|items| items.field(name));
        let orders = match field("orders") {
            Some(node) if !matches!(node.kind, Kind::Nothing) => Some(Some(Units::of(node)?)),
            _ => Some(None),
        };
        let what = match &gauge.of {
            Gauged::Spend => match field("spend") {
                Some(node) => What::Numbers(Units::of(node)?),
                None => What::Nothing,
            },
            Gauged::Orders => What::Orders(orders?),
            Gauged::Visits => What::Visits(orders?),
            Gauged::Points(wallet) => match field("points") {
                None => What::Nothing,
                Some(points) => of_points(points, wallet.as_str())?,
            },
        };
        let on = |today: i32| ladder.first(gauge, day(today)?).and_then(number);
        let first = on(today);
        let back = |days: usize| {
            let before = i32::try_from(days).ok().and_then(|days| today.checked_sub(days));
            before.and_then(on).unwrap_or(i32::MIN)
        };
        let firsts = if first.is_some() { (0..KNOWN).map(back).collect() } else { Vec::new() };
        Some(Sum { gauge, ladder, what, first, firsts })
    }

    /// The first day that counted on that day; all did where it is the first of all.
    fn first_on(&self, on: i32, today: i32) -> i32 {
        if self.first.is_none() {
            return i32::MIN;
        }
        let back = today.checked_sub(on).and_then(|back| usize::try_from(back).ok());
        match back.and_then(|back| self.firsts.get(back)) {
            Some(first) => *first,
            None => {
                day(on).and_then(|on| self.ladder.first(self.gauge, on)).and_then(number).unwrap_or(i32::MIN)
            }
        }
    }

    /// What the days add up to.
    fn shown(&self, (first, days): (usize, &[i32]), since: i32, today: i32) -> Option<Shown> {
        let (from_least, from_most) = (self.first.unwrap_or(i32::MIN), self.first_on(since, today));
        let (mut least, mut most) = (0_i64, 0_i64);
        let mut add = |on: i32, units: i64| {
            most = most.saturating_add(if on >= from_most { units } else { 0 });
            least = least.saturating_add(if on >= from_least && on <= since { units } else { 0 });
        };
        let rows = || days.iter().zip(first..);
        let mut digits = 0;
        match &self.what {
            What::Nothing => {}
            What::Numbers(units) => {
                digits = units.digits;
                match units.run(first, days.len()) {
                    Some(run) => days.iter().zip(run).for_each(|(on, units)| add(*on, *units)),
                    None => {
                        for (on, at) in rows() {
                            add(*on, units.get(at)?);
                        }
                    }
                }
            }
            What::Orders(orders) => {
                for (on, at) in rows() {
                    add(*on, count(orders.as_ref(), at)?);
                }
            }
            What::Visits(orders) => {
                for (on, at) in rows() {
                    add(*on, i64::from(count(orders.as_ref(), at)? > 0));
                }
            }
            What::Entries(map, spans, keys, units, name) => {
                digits = units.digits;
                for (on, at) in rows() {
                    if let Some(at) = entry(spans, keys, at, name).filter(|_| !map.is_null(at)) {
                        add(*on, units.get(at)?);
                    }
                }
            }
        }
        let amount = |units| Amount::new(units, digits).ok();
        Some(Shown { least: amount(least)?, most: amount(most)? })
    }
}

/// The orders of a day: one where it does not say.
fn count(orders: Option<&Units<'_>>, at: usize) -> Option<i64> {
    match orders {
        None => Some(1),
        Some(orders) if orders.is_null(at) => Some(1),
        Some(orders) => orders.get(at),
    }
}

fn of_points<'a>(points: &'a Node, wallet: &'a str) -> Option<What<'a>> {
    Some(match &points.kind {
        Kind::Nothing => What::Nothing,
        Kind::Fields(_) => match points.field(wallet) {
            // Where the whole is null its fields may hold anything.
            Some(_) if points.nulls.as_ref().is_some_and(|nulls| nulls.null_count() > 0) => return None,
            Some(node) => What::Numbers(Units::of(node)?),
            None => What::Nothing,
        },
        Kind::Map(spans, keys, values) => What::Entries(points, spans, keys, Units::of(values)?, wallet),
        Kind::List(spans, items) => {
            let (keys, values) = items.pair()?;
            What::Entries(points, spans, keys, Units::of(values)?, wallet)
        }
        _ => return None,
    })
}
