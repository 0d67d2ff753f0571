//! What rules granted, and how often offers were used, in the running spans of the calendar: how limits and sums over a
//! month remember.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Day, Id, Money, Overflow, Points, Span};

/// What one rule, or all rules of one wallet, granted in the running span, or how often an offer was used in it.
///
/// A member has one for each span that a limit, or `over`, of the program asks for. When the next span begins, the first
/// grant in it replaces the tally, so a member never has more of them than the program has such words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// Whether it is about a rule, a wallet or an offer.
    pub kind: TallyKind,
    /// The rule, wallet or offer.
    pub of: Id,
    /// The span: any but `order`.
    pub per: Span,
    /// The first day of the running span; a lifetime has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    /// The points granted in it.
    #[serde(default)]
    pub points: Points,
    /// The money that a rule counted in it, where the rule adds up over the span.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub amount: Money,
    /// How often points were granted in it, or how often the offer was used.
    #[serde(default)]
    pub times: u64,
}

/// What a tally is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TallyKind {
    /// A rule that grants points.
    Accrual,
    /// A wallet: all rules that grant points of it.
    Wallet,
    /// An offer: in how many orders it was used.
    Offer,
}

/// Which tally a grant or a use is added to; its points are those of the grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TallyEntry {
    /// Whether it is about a rule, a wallet or an offer.
    pub kind: TallyKind,
    /// The rule, wallet or offer.
    pub of: Id,
    /// The span.
    pub per: Span,
    /// The first day of the span; a lifetime has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    /// The money that the rule counted, where it adds up over the span.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub amount: Money,
}

impl Tally {
    /// The tally of the running span, where something was granted in it.
    pub(crate) fn find<'a>(
        tallies: &'a [Tally],
        kind: TallyKind,
        of: &Id,
        per: Span,
        since: Option<Day>,
    ) -> Option<&'a Tally> {
        let same = |tally: &&Tally| tally.is_of(kind, of, per) && tally.since == since;
        tallies.iter().find(same)
    }

    /// Adds a grant of so many points, given so many times; a tally of an earlier span is replaced.
    pub(crate) fn add(
        tallies: &mut Vec<Tally>,
        entry: &TallyEntry,
        points: Points,
        times: u64,
    ) -> Result<(), Overflow> {
        let TallyEntry { kind, of, per, since, amount } = entry;
        match tallies.iter_mut().find(|tally| tally.is_of(*kind, of, *per)) {
            Some(tally) if tally.since == *since => {
                let sums = (tally.points.plus(points)?, tally.amount.plus(*amount)?);
                (tally.points, tally.amount) = sums;
                tally.times = tally.times.saturating_add(times);
            }
            Some(tally) => *tally = entry.first(points, times),
            None => tallies.push(entry.first(points, times)),
        }
        Ok(())
    }

    /// The tally of that very span, where it is the running one.
    pub(crate) fn of_span<'a>(tallies: &'a mut [Tally], entry: &TallyEntry) -> Option<&'a mut Tally> {
        let TallyEntry { kind, of, per, since, .. } = entry;
        tallies.iter_mut().find(|tally| tally.is_of(*kind, of, *per) && tally.since == *since)
    }

    /// Puts the tally of a span right by so much, where that is the running one: less at most by what there is, or more.
    pub(crate) fn correct(tallies: &mut Vec<Tally>, by: &Tally, more: bool) -> Result<(), Overflow> {
        let Tally { kind, of, per, since, points, amount, times } = by.clone();
        let entry = TallyEntry { kind, of, per, since, amount };
        let Some(known) = Tally::of_span(tallies, &entry) else { return Ok(()) };
        if more {
            return Tally::add(tallies, &entry, points, times);
        }
        (known.points, known.amount) =
            (known.points.minus(points)?.max(Points::ZERO), known.amount.minus(amount)?.max(Money::ZERO));
        known.times = known.times.saturating_sub(times);
        Ok(())
    }

    fn is_of(&self, kind: TallyKind, of: &Id, per: Span) -> bool {
        self.per == per && self.kind == kind && self.of == *of
    }
}

impl TallyEntry {
    /// The tally of a span in which nothing was granted before.
    fn first(&self, points: Points, times: u64) -> Tally {
        let TallyEntry { kind, of, per, since, amount } = self.clone();
        Tally { kind, of, per, since, points, amount, times }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_span_replaces_the_tally_of_the_last() {
        let entry = |since: &str, amount: &str| TallyEntry {
            kind: TallyKind::Accrual,
            of: "base".parse().unwrap(),
            per: Span::Month,
            since: Some(since.parse().unwrap()),
            amount: amount.parse().unwrap(),
        };
        let points: Points = "50".parse().unwrap();
        let mut tallies = Vec::new();
        Tally::add(&mut tallies, &entry("2026-01-01", "1000"), points, 1).unwrap();
        Tally::add(&mut tallies, &entry("2026-01-01", "500"), Points::ZERO, 0).unwrap();
        let told = |tallies: &[Tally]| {
            let one = |tally: &Tally| format!("{} {} {}", tally.points, tally.amount, tally.times);
            tallies.iter().map(one).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(told(&tallies), "50 1500 1");
        Tally::add(&mut tallies, &entry("2026-02-01", "300"), points, 1).unwrap();
        assert_eq!(told(&tallies), "50 300 1");
    }
}
