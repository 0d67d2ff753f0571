//! What a tier asks for: measures of what a member did, alone or together.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::TierWindow;
use crate::check::Check;
use crate::error::Code;
use crate::value::{Id, Money, Period, Points};

/// What a member must have done, in the ladder's window: one measure, as `{"spend_at_least": "300000"}`, or several
/// together, as `{"any": [{"orders_at_least": 10}, {"spend_at_least": "3000000"}]}`.
///
/// Spending points changes no measure, and neither does expiry. What is exactly reached is reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Threshold {
    /// What was spent, as the ladder's `base` counts it.
    SpendAtLeast(Money),
    /// The points that rules granted, whether or not they were spent since, can be used yet, or expired.
    PointsAtLeast(PointsThreshold),
    /// How many orders.
    OrdersAtLeast(u64),
    /// On how many days there was an order.
    VisitsAtLeast(u64),
    /// How long ago the member joined, whatever the window.
    TenureAtLeast(Period),
    /// How often something happened that the host reports by `event`, or how many units of it.
    EventsAtLeast(EventsThreshold),
    /// Something in another window than the ladder's: `{"within": {"window": "1 month", "reach": {…}}}`.
    Within(Box<Within>),
    /// All of them.
    All(Vec<Threshold>),
    /// One of them at least.
    Any(Vec<Threshold>),
    /// So many of them at least.
    Some(SomeOf),
}

/// Points that rules granted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointsThreshold {
    /// The wallet; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<Id>,
    /// How many points.
    pub points: Points,
}

/// Something that the host reports by `event`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventsThreshold {
    /// The name of the event.
    pub event: Id,
    /// How often, or how many units of it in all.
    pub count: u64,
}

/// A threshold in a window of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Within {
    /// The window.
    pub window: TierWindow,
    /// What must be reached in it.
    pub reach: Threshold,
}

/// So many of several.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SomeOf {
    /// How many of them must be reached.
    pub at_least: u32,
    /// Of which.
    pub of: Vec<Threshold>,
}

impl SomeOf {
    /// How many, as lists are counted.
    pub(crate) fn count(&self) -> usize {
        usize::try_from(self.at_least).unwrap_or(usize::MAX)
    }
}

impl Threshold {
    /// The word that stands for it in a program file.
    fn word(&self) -> &'static str {
        match self {
            Threshold::SpendAtLeast(_) => "spend_at_least",
            Threshold::PointsAtLeast(_) => "points_at_least",
            Threshold::OrdersAtLeast(_) => "orders_at_least",
            Threshold::VisitsAtLeast(_) => "visits_at_least",
            Threshold::TenureAtLeast(_) => "tenure_at_least",
            Threshold::EventsAtLeast(_) => "events_at_least",
            Threshold::Within(_) => "within",
            Threshold::All(_) => "all",
            Threshold::Any(_) => "any",
            Threshold::Some(_) => "some",
        }
    }

    /// Every measure in it, with its window.
    pub(crate) fn each<'a>(&'a self, window: TierWindow, visit: &mut impl FnMut(&'a Threshold, TierWindow)) {
        match self {
            Threshold::Within(within) => within.reach.each(within.window, visit),
            Threshold::All(of) | Threshold::Any(of) | Threshold::Some(SomeOf { of, .. }) => {
                of.iter().for_each(|one| one.each(window, visit));
            }
            leaf => visit(leaf, window),
        }
    }

    pub(super) fn check(&mut self, window: TierWindow, check: &mut Check) {
        let word = self.word();
        check.at(word, |check| match self {
            Threshold::SpendAtLeast(money) => check.positive_money(money),
            Threshold::PointsAtLeast(PointsThreshold { wallet, points }) => {
                let digits = check.wallet(wallet.as_ref());
                check.at("points", |check| check.positive_points(points, digits));
            }
            Threshold::OrdersAtLeast(count) => positive(*count, check),
            Threshold::VisitsAtLeast(count) => {
                positive(*count, check);
                if let Some(days) = window.most_days().filter(|days| days < count) {
                    let message = format!(
                        "nobody can reach it: a window of `{window}` has at most {days} days, and a visit is a day with an \
                         order; lower it, or count orders"
                    );
                    check.problem(Code::Contradiction, message);
                }
            }
            Threshold::EventsAtLeast(events) => check.at("count", |check| positive(events.count, check)),
            Threshold::TenureAtLeast(_) => {}
            Threshold::Within(within) => {
                let Within { window, reach } = &mut **within;
                let window = *window;
                check.at("reach", |check| check.deeper(|check| reach.check(window, check)));
            }
            Threshold::All(of) | Threshold::Any(of) => nested(of, window, check),
            Threshold::Some(SomeOf { at_least, of }) => {
                let count = of.len();
                check.at("of", |check| nested(of, window, check));
                let most = u32::try_from(count).unwrap_or(u32::MAX);
                if *at_least == 0 || (*at_least > most && most > 0) {
                    let message = format!("must be from 1 to {most}, the number of thresholds, found `{at_least}`");
                    check.at("at_least", |check| check.problem(Code::OutOfRange, message));
                }
            }
        });
    }

    /// Whether everybody who reaches this reaches the other one too, as far as that can be told.
    pub(super) fn implies(&self, window: TierWindow, other: &Threshold, others: TierWindow) -> bool {
        use Threshold as T;
        match (self, other) {
            (T::Within(within), other) => within.reach.implies(within.window, other, others),
            (one, T::Within(within)) => one.implies(window, &within.reach, within.window),
            (one, T::All(of)) => of.iter().all(|other| one.implies(window, other, others)),
            (T::Any(of), other) => of.iter().all(|one| one.implies(window, other, others)),
            // Of so many, one at least is among those that are left when all others are taken away.
            (T::Some(some), other) if some.count() < some.of.len() => {
                let enough = some.of.iter().filter(|one| one.implies(window, other, others)).count();
                some.of.len() < enough.saturating_add(some.count())
            }
            (one, T::Any(of)) => of.iter().any(|other| one.implies(window, other, others)),
            (one, T::Some(some)) => {
                let met = some.of.iter().filter(|other| one.implies(window, other, others)).count();
                some.count() <= met
            }
            (T::All(of) | T::Some(SomeOf { of, .. }), other) => {
                of.iter().any(|one| one.implies(window, other, others))
            }
            (T::TenureAtLeast(one), T::TenureAtLeast(other)) => one.is_at_least(*other),
            (one, other) => window == others && one.leaf_implies(other),
        }
    }

    fn leaf_implies(&self, other: &Threshold) -> bool {
        use Threshold as T;
        match (self, other) {
            (T::SpendAtLeast(one), T::SpendAtLeast(other)) => other <= one,
            (T::PointsAtLeast(one), T::PointsAtLeast(other)) => {
                one.wallet == other.wallet && other.points <= one.points
            }
            // Who came on so many days has ordered as often.
            (T::OrdersAtLeast(one), T::OrdersAtLeast(other))
            | (T::VisitsAtLeast(one), T::VisitsAtLeast(other) | T::OrdersAtLeast(other)) => other <= one,
            (T::EventsAtLeast(one), T::EventsAtLeast(other)) => {
                one.event == other.event && other.count <= one.count
            }
            _ => false,
        }
    }
}

fn positive(count: u64, check: &mut Check) {
    if count == 0 {
        check.problem(Code::OutOfRange, "must be at least 1, found `0`");
    }
}

fn nested(of: &mut [Threshold], window: TierWindow, check: &mut Check) {
    check.not_empty(of);
    check.deeper(|check| check.each(of, |check, one| one.check(window, check)));
}
