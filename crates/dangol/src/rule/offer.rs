//! Offers: promotions that apply by themselves, and coupons that need a code.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::benefit::misfits;
use super::{Benefit, Condition, CouponTerms, Limit, Selector, UnitChoice, never, window};
use crate::check::Check;
use crate::error::Code;
use crate::value::{Day, Id, Money, Points, Text, normal_code};

/// An offer: when it applies, to which lines, what it takes off, and what it may be combined with.
///
/// With a `code` it applies only where that code is shown, which everybody may know; with `coupon` terms only for who holds
/// a coupon; without either it is a promotion. An offer
/// that takes nothing off is not used up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Its name in the program, unique among offers.
    pub id: Id,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// The lane in which it competes; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lane: Option<Id>,
    /// The code that must be shown; upper and lower case, full-width letters, blanks and hyphens do not matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// That a coupon is needed, and how coupons are issued and end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coupon: Option<CouponTerms>,
    /// Its first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Its last day, which still counts to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// When it applies; always where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Whether it is about goods, about delivery, or about both together.
    #[serde(default, skip_serializing_if = "OfferScope::is_default")]
    pub on: OfferScope,
    /// The lines that it touches; all where left out. For delivery the method stands for the article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Selector>,
    /// Which units of those lines; all where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<UnitChoice>,
    /// What it takes off.
    pub benefit: Benefit,
    /// The most that it takes off in one order; what is over is given back to the lines in proportion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Money>,
    /// Of offers of one lane with the same group, one at most takes effect; `excludes` reaches other lanes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Id>,
    /// Whether it takes effect only alone in its lane; where a lane does not choose the best, it drives out the others.
    #[serde(default)]
    pub exclusive: bool,
    /// The offers that do not take effect beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excludes: Option<Excludes>,
    /// What may no longer be discounted once it took effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stops: Option<Stops>,
    /// By which offers of a lane are ordered, as the lane says: the lower number first where it says nothing.
    #[serde(default)]
    pub priority: u32,
    /// How often it may be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// The budget, with an `amount`, out of which everything that it takes off is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Id>,
    /// The points that it costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<OfferCost>,
}

/// What an offer is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OfferScope {
    /// Goods.
    #[default]
    Goods,
    /// What delivery costs.
    Shipping,
    /// Goods and delivery together.
    Everything,
}

/// Offers that do not take effect beside another one.
///
/// Where the best are chosen, whichever leaves less to pay takes effect; elsewhere the one that excludes wins over others
/// of its lane, and over any of later lanes, while an offer that took effect in an earlier lane stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Excludes {
    /// These offers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<Id>,
    /// Offers of these groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Id>,
    /// Offers of these lanes; its own lane means all others of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lanes: Vec<Id>,
}

/// What may no longer be discounted once an offer took effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stops {
    /// The lines that it took something off (Magento's "discard subsequent rules").
    Line,
    /// Anything, by later offers of its lane.
    Lane,
    /// Anything, by any later offer (commercetools' stop after this discount).
    Order,
}

/// Points that an offer is exchanged for: ten stamps for a free drink.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferCost {
    /// The wallet; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<Id>,
    /// How many points.
    pub points: Points,
}

impl Offer {
    /// The most characters of an offer's code.
    pub const MAX_CODE: usize = 64;

    /// A code as it is compared: in capital letters of ordinary width, without blanks and hyphens.
    #[must_use]
    pub fn normal_code(code: &str) -> String {
        normal_code(code).into_owned()
    }

    /// Notes a problem unless the text can be a code.
    pub(super) fn check_code(code: &str, check: &mut Check) {
        let length = normal_code(code).chars().count();
        if length == 0 || length > Offer::MAX_CODE || code.chars().any(char::is_control) {
            let message = format!(
                "a code has 1 to {} letters, digits or other signs, and no control characters",
                Offer::MAX_CODE
            );
            check.problem(Code::InvalidValue, message);
        }
    }

    pub(crate) fn check(&mut self, check: &mut Check) {
        if let Some(lane) = &self.lane {
            check.at("lane", |check| check.lane(lane));
        }
        if let Some(code) = &self.code {
            check.at("code", |check| Offer::check_code(code, check));
        }
        if let Some(coupon) = &mut self.coupon {
            check.at("coupon", |check| coupon.check(self.from, self.until, check));
            if self.code.is_some() {
                let message =
                    "an offer has one public `code` or `coupon` terms, not both: make two offers of it";
                check.at("coupon", |check| check.problem(Code::Contradiction, message));
            }
        }
        self.check_when(check);
        self.check_lines(check);
        for (field, message) in misfits(self) {
            check.at(field, |check| check.problem(Code::Contradiction, message));
        }
        if self.benefit.grants_points() && self.id.as_str().contains('/') {
            check.at("id", |check| {
                check.problem(Code::InvalidValue, "must not contain `/`: lots are named `order/offer`")
            });
        }
        if let Some(most) = &mut self.at_most {
            check.at("at_most", |check| check.positive_money(most));
        }
        self.check_scope(check);
        if let Some(limit) = &self.limit {
            check.at("limit", |check| limit.check(check));
        }
        if let Some(budget) = &self.budget {
            check.at("budget", |check| check.budget(budget, true));
        }
        if let Some(cost) = &mut self.cost {
            check.at("cost", |check| cost.check(check));
        }
    }
}

impl OfferScope {
    fn is_default(&self) -> bool {
        *self == OfferScope::default()
    }
}

impl Offer {
    /// Its days and its condition must make sense, and leave a chance that it applies.
    fn check_when(&mut self, check: &mut Check) {
        let never = never::found(self, check);
        let before = check.problems.len();
        window::check(self.from, self.until, check);
        if let Some(when) = &mut self.when {
            check.at("when", |check| when.check(check));
        }
        // What is wrong by itself is told first.
        if let Some(never) = never.filter(|_| check.problems.len() == before) {
            check.at(&never.path, |check| check.problem(Code::Contradiction, never.message));
        }
    }

    /// Its lines and what it does to them must make sense, and there can be such lines.
    fn check_lines(&mut self, check: &mut Check) {
        let before = check.problems.len();
        if let Some(lines) = &mut self.lines {
            check.at("lines", |check| lines.check(check));
        }
        if let Some(units) = self.units {
            check.at("units", |check| units.check(check));
        }
        self.benefit.belongs_to(&self.id);
        check.at("benefit", |check| self.benefit.check(check));
        if check.problems.len() == before {
            for never in never::without_lines(self) {
                check.at(&never.path, |check| check.problem(Code::Contradiction, never.message));
            }
        }
    }

    /// Delivery has no units, and excluding nothing says nothing.
    fn check_scope(&self, check: &mut Check) {
        if self.on != OfferScope::Goods && self.units.is_some() {
            check.at("units", |check| {
                check.problem(Code::Contradiction, "delivery has no units: leave it out, or leave `on` out")
            });
        }
        let own = |excludes: &Excludes| excludes.offers.iter().position(|id| *id == self.id);
        if let Some(place) = self.excludes.as_ref().and_then(own) {
            let message = "an offer never excludes itself: name the others, or leave this out";
            check.at(&format!("excludes.offers[{place}]"), |check| {
                check.problem(Code::Contradiction, message)
            });
        }
        let says_nothing = |excludes: &Excludes| {
            excludes.offers.is_empty() && excludes.groups.is_empty() && excludes.lanes.is_empty()
        };
        if self.excludes.as_ref().is_some_and(says_nothing) {
            check.at("excludes", |check| check.problem(Code::Empty, "name `offers`, `groups` or `lanes`"));
        }
    }

    /// Whether this offer does not stand beside the other one, whose lane is named.
    pub(crate) fn drives_out(&self, other: &Offer, lane: &Id) -> bool {
        self.excludes.as_ref().is_some_and(|excludes| {
            self.id != other.id
                && (excludes.offers.contains(&other.id)
                    || other.group.as_ref().is_some_and(|group| excludes.groups.contains(group))
                    || excludes.lanes.contains(lane))
        })
    }

    /// Whether it takes off by steps that count certain units: other offers may leave it dearer ones.
    pub(crate) fn steps_count_chosen_units(&self) -> bool {
        self.units.is_some() && matches!(self.benefit, Benefit::Tiered(_))
    }

    /// Where it stands by scope: units, lines, the goods together, delivery.
    pub(crate) fn breadth(&self) -> u8 {
        match self.on {
            OfferScope::Shipping => 3,
            _ if self.units.is_some() || self.benefit.is_per_unit() => 0,
            _ if self.lines.is_some() => 1,
            _ => 2,
        }
    }
}

impl OfferCost {
    pub(super) fn check(&mut self, check: &mut Check) {
        let digits = check.wallet(self.wallet.as_ref());
        check.at("points", |check| check.positive_points(&mut self.points, digits));
    }
}
