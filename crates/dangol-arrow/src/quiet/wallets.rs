//! The lots of every wallet of a member.

use super::numbers::{Days, blank, zero};
use crate::node::{Kind, Node, Spans};

/// The wallets of a table of members.
pub(super) struct Wallets<'a> {
    node: &'a Node,
    accounts: Vec<Account<'a>>,
    /// The accounts of each row, where they are entries of a map; otherwise each wallet has a field.
    spans: Option<&'a Spans>,
}

/// One wallet, or all of them where they are entries of a map.
struct Account<'a> {
    node: &'a Node,
    lots: Option<Lots<'a>>,
    holds: Option<&'a Node>,
    deficit: Option<&'a Node>,
}

struct Lots<'a> {
    node: &'a Node,
    spans: &'a Spans,
    expires: Option<Days<'a>>,
    grace: Option<Days<'a>>,
}

impl<'a> Wallets<'a> {
    /// Nothing where the columns do not show the lots.
    pub(super) fn new(node: &'a Node) -> Option<Wallets<'a>> {
        let (accounts, spans) = match &node.kind {
            Kind::Nothing => (Vec::new(), None),
            Kind::Fields(fields) => {
                (fields.iter().map(|(_, node)| Account::new(node)).collect::<Option<Vec<_>>>()?, None)
            }
            Kind::Map(spans, _, values) => (vec![Account::new(values)?], Some(spans)),
            Kind::List(spans, items) => (vec![Account::new(items.pair()?.1)?], Some(spans)),
            _ => return None,
        };
        Some(Wallets { node, accounts, spans })
    }

    pub(super) fn is_quiet(&self, row: usize, today: i32) -> bool {
        if self.node.is_null(row) {
            return true;
        }
        match self.spans {
            None => self.accounts.iter().all(|account| account.is_quiet(row, today)),
            Some(spans) => {
                let (first, end) = spans.of(row);
                self.accounts.iter().all(|account| (first..end).all(|at| account.is_quiet(at, today)))
            }
        }
    }
}

impl<'a> Account<'a> {
    fn new(node: &'a Node) -> Option<Account<'a>> {
        let Kind::Fields(_) = &node.kind else { return None };
        let lots = match node.field("lots") {
            Some(lots) => Lots::new(lots)?,
            None => None,
        };
        Some(Account { node, lots, holds: node.field("holds"), deficit: node.field("deficit") })
    }

    fn is_quiet(&self, at: usize, today: i32) -> bool {
        self.node.is_null(at)
            || (self.lots.as_ref().is_none_or(|lots| lots.is_quiet(at, today))
                && blank(self.holds, at)
                && zero(self.deficit, at))
    }
}

impl<'a> Lots<'a> {
    /// `None` where the columns do not show them, `Some(None)` where there are none in the whole table.
    fn new(node: &'a Node) -> Option<Option<Lots<'a>>> {
        let (spans, items) = match &node.kind {
            Kind::List(spans, items) => (spans, items),
            Kind::Nothing => return Some(None),
            _ => return None,
        };
        let Kind::Fields(_) = &items.kind else { return None };
        let days = |name: &str| match items.field(name) {
            None => Some(None),
            Some(node) if matches!(node.kind, Kind::Nothing) => Some(None),
            Some(node) => Days::of(node).map(Some),
        };
        Some(Some(Lots { node, spans, expires: days("expires_on")?, grace: days("grace_until")? }))
    }

    /// Whether none has ended.
    fn is_quiet(&self, at: usize, today: i32) -> bool {
        if self.node.is_null(at) {
            return true;
        }
        let Some(expires) = &self.expires else { return true };
        let (first, end) = self.spans.of(at);
        if expires.none_before(first, end, today) {
            return true;
        }
        // A grace goes on after the last day.
        let grace = |lot: usize| self.grace.as_ref().and_then(|grace| grace.get(lot));
        (first..end).all(|lot| expires.get(lot).is_none_or(|last| grace(lot).unwrap_or(last) >= today))
    }
}
