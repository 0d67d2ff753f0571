//! Coupons that members hold: who gets one, when it is issued, and how long it can be used.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AccrualRule, Condition, Expiry, Occasion, window};
use crate::check::Check;
use crate::error::Code;
use crate::value::{CalendarUnit, Day, Id, Money, Period, Points};

/// An offer with `coupon` terms applies only with a coupon that was issued for it; `{}` issues them by hand, without an end.
///
/// A basket uses the member's coupons by itself, as its `coupons` says; a code need not be shown. One coupon is used in an
/// order, the one that ends first. An offer without effect uses none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CouponTerms {
    /// The first day on which coupons are issued; how long they can be used says `valid`, and the offer's own `from` and
    /// `until` hold besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue_from: Option<Day>,
    /// The last day on which coupons are issued, which still counts to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue_until: Option<Day>,
    /// How long a coupon can be used, counted from the day of issue, in the words of expiry: `{"after": "30 days"}`,
    /// `{"end_of": …}`; without an end where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid: Option<Expiry>,
    /// How long after the day of issue it can be used for the first time; at once where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usable_after: Option<Period>,
    /// Whether the holder may give it away, and another may use it by its code; it is personal where left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub transferable: bool,
    /// What issues a coupon by itself; only the host does, by hand, where left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issue: Vec<IssueTrigger>,
    /// How many days before a birthday or anniversary the coupon is issued, up to 60; on the day where left out. Who joins in
    /// the days before a birthday, or on it, gets the coupon on joining.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_before: Option<u8>,
    /// How many coupons are issued at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<CouponLimit>,
}

/// How many coupons of an offer are issued at most; at least one of the two is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CouponLimit {
    /// To one member, ever; what others give does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_member: Option<u64>,
    /// To all members together, as the host counts (`issued` of the action or basket). Where the host issues them by hand,
    /// the program's `codes` must be long enough for all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}

/// What issues a coupon: one word and what it needs, as in `{"on": "enrolment"}`. A coupon that a limit, the issue window
/// or a last day that has gone by stands against is not issued, and comes no second time for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IssueTrigger {
    /// Something that happens to a member, in the words of rules that grant points: `{"on": "birthday"}`.
    On(Occasion),
    /// An order is placed: `{"order": {"at_least": "50000"}}`. The coupon can be used from the next order on.
    Order(Box<OrderTrigger>),
    /// The first day of each month, quarter, half-year or year: `{"every": {"unit": "month", "tier_at_least": "gold"}}`. Reviews of
    /// that day come first.
    Every(EveryTrigger),
    /// The latest order is that long ago: `{"dormant": "90 days"}`; who never ordered gets none.
    Dormant(Period),
    /// Points are about to end: `{"points_expiring": {"within": "30 days", "at_least": "1000"}}`.
    PointsExpiring(ExpiringTrigger),
}

/// On which days a coupon is issued, and to whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EveryTrigger {
    /// The part of the calendar on whose first day it is issued.
    pub unit: CalendarUnit,
    /// The lowest tier whose members get it; every member where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier_at_least: Option<Id>,
}

/// Which orders issue a coupon; every order where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderTrigger {
    /// What money pays for the goods, after offers and points, without delivery and fees, must be so much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Money>,
    /// A condition on the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
}

/// Which points issue a coupon before they end: on the day that lies so long before the last day of a lot, for all that end
/// until then, unless the member still holds a coupon of the offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpiringTrigger {
    /// The wallet; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<Id>,
    /// How long before their last day.
    pub within: Period,
    /// How many points must end until then.
    pub at_least: Points,
}

impl CouponTerms {
    /// The terms must make sense, by themselves and with the first and last day of the offer.
    pub(super) fn check(&mut self, from: Option<Day>, until: Option<Day>, check: &mut Check) {
        if let (Some(from), Some(until)) = (self.issue_from, self.issue_until)
            && until < from
        {
            let message = format!("ends on {until}, before it starts on {from}: move one of them");
            check.at("issue_until", |check| check.problem(Code::Contradiction, message));
        }
        self.check_days(from, until, check);
        if let Some(valid) = &self.valid {
            check.at("valid", |check| valid.check(check));
        }
        if self.ends_before_it_starts() {
            let message = "a coupon would end before it can be used: make `valid` longer";
            check.at("usable_after", |check| check.problem(Code::Contradiction, message));
        }
        check.at("issue", |check| check.each(&mut self.issue, |check, trigger| trigger.check(check)));
        if let Some(days) = self.days_before {
            check.at("days_before", |check| match days {
                _ if !self.issue.iter().any(IssueTrigger::is_yearly) => {
                    check.problem(Code::Contradiction, "only for `birthday` and `anniversary`");
                }
                days if days > AccrualRule::MAX_DAYS_BEFORE => {
                    let most = AccrualRule::MAX_DAYS_BEFORE;
                    check.problem(Code::OutOfRange, format!("at most {most}, found `{days}`"));
                }
                _ => {}
            });
        }
        if let Some(limit) = self.limit {
            check.at("limit", |check| limit.check(&self.issue, check));
        }
    }

    /// No coupon may begin after the offer's last day, nor end before its first one.
    fn check_days(&self, from: Option<Day>, until: Option<Day>, check: &mut Check) {
        let first =
            self.issue_from.and_then(|day| self.usable_after.map_or(Some(day), |wait| wait.after(day)));
        if let (Some(first), Some(until)) = (first, until)
            && until < first
        {
            let message = format!(
                "no coupon could be used: the first one from {first} on, the offer until {until}; issue earlier, or move \
                 `until`"
            );
            check.at("issue_from", |check| check.problem(Code::Contradiction, message));
        }
        // Coupons that are issued later end later, but for what expiries say that look at the day of issue.
        let last = match &self.valid {
            Some(Expiry::On(day)) => Some(day.last_day()),
            Some(valid @ (Expiry::After(_) | Expiry::EndOf(_))) => {
                self.issue_until.and_then(|day| valid.last_day(day))
            }
            _ => None,
        };
        let first = from.max(self.issue_from);
        if let (Some(last), Some(first)) = (last, first)
            && last < first
        {
            let message = format!(
                "no coupon could be used: the last one until {last}, the offer or its issue from {first} on; make `valid` \
                 longer, or start earlier"
            );
            check.at("valid", |check| check.problem(Code::Contradiction, message));
        }
    }

    /// Whether every coupon ends before it can be used, whenever it is issued.
    fn ends_before_it_starts(&self) -> bool {
        let (Some(Expiry::After(valid)), Some(wait)) = (&self.valid, self.usable_after) else { return false };
        // Periods of different units are compared on a day after which every month is long.
        let Ok(day) = "2001-01-01".parse::<Day>() else { return false };
        valid.0.after(day) < wait.after(day)
    }

    /// Why no coupon is issued on that day; both days count.
    pub(crate) fn window(&self, today: Day) -> Option<crate::model::Reason> {
        window::refusal(self.issue_from, self.issue_until, today)
    }
}

impl CouponLimit {
    fn check(self, issue: &[IssueTrigger], check: &mut Check) {
        if self.per_member.is_none() && self.total.is_none() {
            check
                .problem(Code::Empty, "give `per_member`, `total` or both; leave the field out for no limit");
        }
        for (field, limit) in [("per_member", self.per_member), ("total", self.total)] {
            if limit == Some(0) {
                check.at(field, |check| check.problem(Code::OutOfRange, "must be at least 1, found `0`"));
            }
        }
        if let (Some(one), Some(all)) = (self.per_member, self.total)
            && one > all
        {
            let message = format!("one member cannot get {one} of {all}: lower it, or raise `total`");
            check.at("per_member", |check| check.problem(Code::Contradiction, message));
        }
        let counted = |trigger: &IssueTrigger| matches!(trigger, IssueTrigger::Order(_));
        if self.total.is_some() && !issue.iter().all(counted) {
            let message = "only coupons that orders or the host issue can be counted: when time or an occasion \
                           issues one, nobody says how many there were";
            check.at("total", |check| check.problem(Code::Contradiction, message));
        }
    }
}

impl IssueTrigger {
    fn check(&mut self, check: &mut Check) {
        match self {
            IssueTrigger::On(Occasion::Order) => {
                let message =
                    "for orders write `{\"order\": {}}`, with `at_least` where it must be worth so much";
                check.at("on", |check| check.problem(Code::Contradiction, message));
            }
            IssueTrigger::On(occasion) => check.at("on", |check| occasion.check(check)),
            IssueTrigger::Every(every) => check.at("every", |check| {
                if let Some(tier) = &every.tier_at_least {
                    check.at("tier_at_least", |check| check.tier(tier));
                }
            }),
            IssueTrigger::Dormant(_) => {}
            IssueTrigger::Order(order) => check.at("order", |check| {
                if let Some(money) = &mut order.at_least {
                    check.at("at_least", |check| check.positive_money(money));
                }
                if let Some(when) = &mut order.when {
                    check.at("when", |check| when.check(check));
                }
            }),
            IssueTrigger::PointsExpiring(points) => check.at("points_expiring", |check| {
                let digits = check.wallet(points.wallet.as_ref());
                check.at("at_least", |check| check.positive_points(&mut points.at_least, digits));
            }),
        }
    }

    /// Whether an order issues the coupon.
    pub(crate) fn is_of_order(&self) -> bool {
        matches!(self, IssueTrigger::Order(_) | IssueTrigger::On(Occasion::TierReached(_)))
    }

    /// Whether the passing of time issues the coupon.
    pub(crate) fn is_of_time(&self) -> bool {
        let timed = matches!(
            self,
            IssueTrigger::Every(_) | IssueTrigger::Dormant(_) | IssueTrigger::PointsExpiring(_)
        );
        timed || self.is_yearly()
    }

    fn is_yearly(&self) -> bool {
        matches!(self, IssueTrigger::On(occasion) if occasion.is_yearly())
    }
}
