//! What keeps points alive and what wears them away: extension by activity, decay without it, a second chance.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Expiry;
use crate::check::Check;
use crate::error::Code;
use crate::value::{Day, Percent, Period, Points};

/// Activity gives all points of the wallet a new last day, where that is later than the one that they have.
///
/// With `"expiry": {"after": "18 months"}` on the wallet and in here, points die after 18 months without activity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// What counts as activity; earning and spending points of the wallet where left out.
    #[serde(default = "Extension::any")]
    pub on: Vec<ActiveBy>,
    /// The new last day, counted from the day of the activity.
    pub expiry: Expiry,
    /// The longest that points can live, counted from the day of earning; there is no limit where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Period>,
}

/// What counts as activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActiveBy {
    /// Points of the wallet are earned by an order or an action; what comes round by itself, as on birthdays, is none.
    Accrual,
    /// Points of the wallet are spent.
    Redemption,
    /// An order is placed, whether or not it moves points.
    Order,
}

/// Points of an inactive member wear away: so many percent, and at least so many, again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decay {
    /// How long points must not have been earned or spent; the first loss is on the day that lies so long after. A member
    /// of whom neither is known (`active_at`) loses nothing.
    pub after: Period,
    /// How much later each further loss is.
    pub every: Period,
    /// The share of the usable balance that is lost each time, rounded as the wallet rounds.
    pub percent: Percent,
    /// The fewest points that are lost each time, where there are as many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Points>,
}

/// Expired points can be brought back for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reinstatement {
    /// For how long after their last day they can be brought back.
    pub within: Period,
    /// How long they can be used then, counted from the day on which they are brought back.
    pub good_for: Period,
}

/// Members may give points to other members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferRule {
    /// Whether given points keep their last day, or get a new one.
    #[serde(default)]
    pub expiry: GiftExpiry,
    /// The fewest points that may be given at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Points>,
}

/// When given points expire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GiftExpiry {
    /// As they would have: a gift buys no time.
    #[default]
    Keep,
    /// As points that are earned on the day of the gift.
    Renew,
}

impl Extension {
    fn any() -> Vec<ActiveBy> {
        vec![ActiveBy::Accrual, ActiveBy::Redemption]
    }

    /// The last day of points that were earned on that day, after activity on `today`.
    pub(crate) fn last_day(&self, earned_on: Day, today: Day) -> Option<Day> {
        let last = self.expiry.last_day(today);
        let limit = self.at_most.and_then(|limit| limit.after(earned_on));
        match (last, limit) {
            (Some(last), Some(limit)) => Some(last.min(limit)),
            (last, limit) => last.or(limit),
        }
    }

    pub(super) fn check(&mut self, check: &mut Check) {
        check.at("on", |check| check.not_empty(&self.on));
        check.at("expiry", |check| self.expiry.check(check));
    }
}

impl Decay {
    pub(super) fn check(&mut self, check: &mut Check, digits: u8) {
        check.at("percent", |check| check.percent(self.percent, 100));
        if let Some(least) = &mut self.at_least {
            check.at("at_least", |check| check.positive_points(least, digits));
        }
    }

    /// The first day of loss after `latest`, for a member who was active last on `active`.
    pub(crate) fn next(self, active: Day, latest: Option<Day>) -> Option<Day> {
        let mut day = self.after.after(active)?;
        while latest.is_some_and(|latest| day <= latest) {
            day = self.every.after(day)?;
        }
        Some(day)
    }
}

impl TransferRule {
    pub(super) fn check(&mut self, check: &mut Check, digits: u8) {
        if let Some(minimum) = &mut self.minimum {
            check.at("minimum", |check| check.positive_points(minimum, digits));
        }
    }
}

/// Notes a problem unless every lead is there once.
pub(super) fn check_notices(leads: &[Period], check: &mut Check) {
    check.not_empty(leads);
    for (index, lead) in leads.iter().enumerate() {
        if leads.iter().take(index).any(|earlier| earlier == lead) {
            check.entry(index, |check| check.problem(Code::DuplicateId, format!("`{lead}` is there twice")));
        }
    }
}
