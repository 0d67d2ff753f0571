//! What ladders of tiers are written with.

use serde_json::{Value, json};

use super::calendar::{Ends, Term};
use super::ladders::{Fall, Ladder, Tier};
use super::steps::{Goal, Span, Window};
use super::words::lean;

const MONTHS: [&str; 3] = ["march", "july", "december"];

impl Span {
    pub(crate) fn word(self) -> String {
        match self {
            Span::Months(months) => {
                let unit = match months {
                    1 => "month",
                    3 => "quarter",
                    6 => "half_year",
                    _ => "year",
                };
                format!("calendar_{unit}")
            }
            Span::YearFrom(month) => {
                let name = match month {
                    3 => MONTHS[0],
                    7 => MONTHS[1],
                    _ => MONTHS[2],
                };
                format!("year_from_{name}")
            }
            Span::Membership => "membership_year".to_owned(),
            Span::Tier => "tier_year".to_owned(),
        }
    }
}

impl Window {
    pub(crate) fn json(self) -> Value {
        match self {
            Window::Last(term) => term.json(),
            Window::Span(span) => json!(span.word()),
            Window::Lifetime => json!("lifetime"),
        }
    }
}

impl Goal {
    pub(crate) fn json(&self) -> Value {
        let all = |of: &[Goal]| of.iter().map(Goal::json).collect::<Vec<_>>();
        match self {
            Goal::Spend(least) => json!({ "spend_at_least": least.to_string() }),
            Goal::Orders(least) => json!({ "orders_at_least": least }),
            Goal::Visits(least) => json!({ "visits_at_least": least }),
            Goal::Within(window, goal) => {
                json!({ "within": { "window": window.json(), "reach": goal.json() } })
            }
            Goal::Some(1, of) => json!({ "any": all(of) }),
            Goal::Some(least, of) if *least == of.len() => json!({ "all": all(of) }),
            Goal::Some(least, of) => json!({ "some": { "at_least": least, "of": all(of) } }),
        }
    }
}

impl Ladder {
    pub(crate) fn json(&self) -> Value {
        let mut ladder = json!({
            "window": self.window.json(), "upgrade": if self.at_once { "at_once" } else { "at_review" },
            "downgrade": match self.fall {
                Fall::ToQualified => "to_qualified",
                Fall::OneStep => "one_step",
                Fall::Never => "never",
            },
        });
        let tier = |(rank, tier): (usize, &Tier)| {
            let goal = |goal: &Option<Goal>| goal.as_ref().map(Goal::json);
            lean(json!({ "id": format!("t{rank}"), "enter": goal(&tier.enter), "keep": goal(&tier.keep) }))
        };
        ladder["tiers"] = self.tiers.iter().enumerate().map(tier).collect();
        for (field, value) in [
            ("review", self.review.map(|span| span.map_or(json!("always"), |span| json!(span.word())))),
            ("grace", self.grace.map(Term::json)),
            ("validity", self.validity.map(Ends::json)),
        ] {
            ladder[field] = json!(value);
        }
        lean(ladder)
    }
}
