//! Rows of members for whom nothing is due, told from a look at their columns.
//!
//! The core says what has to be known ([`dangol::Quiet`]); here it is looked up, and added up. Where the columns of a table
//! do not show it, or a row is in doubt, the member is read and advanced as always.

mod known;
mod ladders;
mod numbers;
#[cfg(test)]
mod tests;
mod wallets;

use arrow_schema::{DataType, Schema, TimeUnit};
use chrono::{DateTime, TimeDelta, Utc};
use dangol::{Day, Instant, Quiet};

use self::ladders::Ladders;
use self::numbers::{Days, blank};
use self::wallets::Wallets;
use crate::node::{Kind, Node};

const DAY: i64 = 86_400_000_000;

/// The columns that tell.
pub(crate) struct QuietColumns<'a> {
    quiet: &'a Quiet,
    today: i32,
    until: i64,
    id: &'a Node,
    at: Option<&'a Node>,
    wallets: Option<Wallets<'a>>,
    coupons: Option<Coupons<'a>>,
    ladders: Ladders<'a>,
}

impl<'a> QuietColumns<'a> {
    /// The columns of a table of members; nothing where they do not show what has to be known. `known` are the columns that
    /// members have.
    pub(crate) fn new(quiet: &'a Quiet, table: &'a Node, known: Schema) -> Option<QuietColumns<'a>> {
        if !known::all_known(table, &DataType::Struct(known.fields)) {
            return None;
        }
        let at = table.field("at");
        if at.is_some_and(|at| !matches!(at.kind, Kind::Instant(..) | Kind::Nothing)) {
            return None;
        }
        let wallets = match table.field("wallets") {
            Some(node) => Some(Wallets::new(node)?),
            None => None,
        };
        Some(QuietColumns {
            quiet,
            today: number(quiet.today())?,
            until: quiet.until().0.timestamp_micros(),
            id: table.field("id")?,
            at,
            wallets,
            coupons: table.field("coupons").map(Coupons::new),
            ladders: Ladders::new(quiet, table)?,
        })
    }

    /// Whether nothing is due for the member of that row.
    pub(crate) fn is_quiet(&self, row: usize) -> bool {
        let Some(at) = self.latest(row) else { return false };
        self.id.text(row).is_some_and(|id| !id.is_empty())
            && self.wallets.as_ref().is_none_or(|wallets| wallets.is_quiet(row, self.today))
            && self.coupons.as_ref().is_none_or(|coupons| coupons.is_quiet(row, self.today))
            && self.stands(row, at)
    }

    /// Whether the member stands where he stood.
    fn stands(&self, row: usize, at: Option<i64>) -> bool {
        let Some(at) = at else { return self.ladders.is_quiet(row, self.today, None) };
        // No zone is a day away from UTC: mostly that is enough to know.
        let before = at.div_euclid(DAY).checked_sub(1).and_then(|day| i32::try_from(day).ok());
        if before.is_some_and(|day| self.ladders.is_quiet(row, self.today, Some(day))) {
            return true;
        }
        let day = DateTime::<Utc>::from_timestamp_micros(at).map(|at| self.quiet.day(Instant(at)));
        day.and_then(number).is_some_and(|day| self.ladders.is_quiet(row, self.today, Some(day)))
    }

    /// When the latest event took effect, where there was one; nothing where that lies too late.
    fn latest(&self, row: usize) -> Option<Option<i64>> {
        let Some(Node { kind: Kind::Instant(ticks, unit), .. }) = self.at.filter(|at| !at.is_null(row))
        else {
            return Some(None);
        };
        let ticks = ticks.value(row);
        let at = match unit {
            TimeUnit::Second => ticks.checked_mul(1_000_000)?,
            TimeUnit::Millisecond => ticks.checked_mul(1_000)?,
            TimeUnit::Microsecond => ticks,
            TimeUnit::Nanosecond => ticks.div_euclid(1_000),
        };
        (at <= self.until).then_some(Some(at))
    }
}

/// The days since 1970.
fn number(day: Day) -> Option<i32> {
    day.0.signed_duration_since(chrono::NaiveDate::default()).num_days().try_into().ok()
}

/// The day that lies so many days after the first of 1970.
fn day(days: i32) -> Option<Day> {
    let since = TimeDelta::try_days(days.into())?;
    chrono::NaiveDate::default().checked_add_signed(since).map(Day)
}

/// The coupons that a member holds.
struct Coupons<'a> {
    node: &'a Node,
    expires: Option<Days<'a>>,
    hold: Option<&'a Node>,
}

impl<'a> Coupons<'a> {
    fn new(node: &'a Node) -> Coupons<'a> {
        let items = match &node.kind {
            Kind::List(_, items) => Some(items),
            _ => None,
        };
        let field = |name| items.and_then(|items| items.field(name));
        Coupons { node, expires: field("expires_on").and_then(Days::of), hold: field("hold") }
    }

    /// Whether none ends before that day, and none is on hold.
    fn is_quiet(&self, row: usize, today: i32) -> bool {
        if blank(Some(self.node), row) {
            return true;
        }
        let (Kind::List(spans, _), Some(expires)) = (&self.node.kind, &self.expires) else { return false };
        let (first, end) = spans.of(row);
        let held = |coupon: usize| self.hold.is_some_and(|hold| !hold.is_null(coupon));
        expires.none_before(first, end, today) && !(first..end).any(held)
    }
}
