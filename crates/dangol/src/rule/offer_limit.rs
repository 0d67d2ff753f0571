//! How often an offer may be used.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::value::Span;

/// How often an offer may be used: `{"per_member": 3, "per_day": 1}`; at least one limit.
///
/// An offer is used by an order in which it takes effect, once however much it takes off, and not by one in which it has no
/// effect. Spans are those of the calendar in the program's zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// In how many orders one member may use it, ever; any number where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_member: Option<u64>,
    /// In how many orders one member may use it on a day; any number where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_day: Option<u64>,
    /// In how many orders one member may use it in a week, from Monday to Sunday; any number where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_week: Option<u64>,
    /// In how many orders one member may use it in a calendar month; any number where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_month: Option<u64>,
    /// In how many orders one member may use it in a calendar year; any number where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_year: Option<u64>,
    /// In how many orders all members together, and guests, may use it. The host counts the orders whose `applied` has the
    /// offer and passes the number with each basket (`uses`); where it does not, the offer is refused. Two orders at the
    /// same time can both be the last: only the host's count is shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}

impl Limit {
    /// The limits of one member in spans that begin anew, with their fields.
    const SPANS: [(Span, &str); 4] = [
        (Span::Day, "per_day"),
        (Span::Week, "per_week"),
        (Span::Month, "per_month"),
        (Span::Year, "per_year"),
    ];

    /// The limit of a span.
    fn per(&self, span: Span) -> Option<u64> {
        match span {
            Span::Order => None,
            Span::Day => self.per_day,
            Span::Week => self.per_week,
            Span::Month => self.per_month,
            Span::Year => self.per_year,
            Span::Lifetime => self.per_member,
        }
    }

    /// The limits of one member in spans of the calendar, shortest first.
    pub(crate) fn spans(&self) -> impl Iterator<Item = (Span, u64)> {
        Limit::SPANS.into_iter().filter_map(|(span, _)| Some((span, self.per(span)?)))
    }

    /// Whether it counts what one member uses.
    pub(crate) fn is_of_member(&self) -> bool {
        self.per_member.is_some() || self.spans().next().is_some()
    }

    pub(super) fn check(&self, check: &mut Check) {
        let all = Limit::SPANS.iter().map(|(span, field)| (*field, self.per(*span)));
        let all: Vec<(&str, u64)> = all
            .chain([("per_member", self.per_member), ("total", self.total)])
            .filter_map(|(field, limit)| Some((field, limit?)))
            .collect();
        if all.is_empty() {
            check.problem(
                Code::MissingField,
                "give `per_member`, `per_day`, `per_month`, `total` or another limit",
            );
        }
        for (place, (field, limit)) in all.iter().enumerate() {
            check.at(field, |check| {
                if *limit == 0 {
                    check.problem(
                        Code::OutOfRange,
                        "must be at least 1, found `0`: leave the limit out for any number",
                    );
                    return;
                }
                let longer = all.iter().skip(place.saturating_add(1));
                let mut longer = longer.filter(|(other, _)| lies_in(field, other));
                if let Some((other, most)) = longer.find(|(_, most)| most < limit) {
                    let message =
                        format!("is never reached: `{other}` allows {most}; lower it, or leave it out");
                    check.problem(Code::Contradiction, message);
                }
            });
        }
    }
}

/// Whether every span of the first limit lies wholly in one of the second, which stands later: weeks do not in months.
fn lies_in(field: &str, later: &str) -> bool {
    field != "per_week" || later == "per_member" || later == "total"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_may_lie_in_two_months() {
        assert!(
            lies_in("per_day", "per_week")
                && lies_in("per_month", "per_year")
                && lies_in("per_week", "total")
        );
        assert!(!lies_in("per_week", "per_month") && !lies_in("per_week", "per_year"));
    }
}
