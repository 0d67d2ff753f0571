//! Lanes: which offers compete, in which order they come, and what each of them sees.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::DiscountPolicy;
use crate::check::Check;
use crate::error::Code;
use crate::value::{DiscountPlace, Id};

/// Offers that compete with one another. Lanes follow one another in the order of the program; each sees what earlier
/// lanes left of the prices.
///
/// A few words in place of priority, exclusive, stackable and stop-processing (the idea is Solidus'). The defaults are
/// what a customer would call fair and an accountant exact: the best offer, on what is left, conditions on the original.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lane {
    /// Its name.
    pub id: Id,
    /// Which of its offers take effect.
    #[serde(default)]
    pub choose: Choose,
    /// The most offers that may take effect together where the best are chosen; 1 where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// What those that take effect together see of one another.
    #[serde(default, skip_serializing_if = "OfferCombine::is_default")]
    pub combine: OfferCombine,
    /// The prices with which the lane begins.
    #[serde(default, skip_serializing_if = "StartsFrom::is_default")]
    pub starts_from: StartsFrom,
    /// What conditions on the worth of the basket look at.
    #[serde(default)]
    pub conditions_see: ConditionsSee,
    /// Whether a unit may serve several offers of the lane.
    #[serde(default, skip_serializing_if = "UnitUse::is_default")]
    pub units: UnitUse,
    /// By what its offers are ordered: the first word that tells two apart; `priority`, then `id` where left out.
    ///
    /// Where the list ends in neither `id` nor `document`, two offers that it does not tell apart are a problem of the
    /// program (ERPNext's rule).
    #[serde(default = "Lane::default_order", skip_serializing_if = "Lane::is_default_order")]
    pub order: Vec<OrderKey>,
    /// How discounts of the lane are rounded and spread, in place of the program's `discounts`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discounts: Option<DiscountPolicy>,
    /// Lanes with the same name here are rivals: only one of them takes effect, the one that leaves the least to pay
    /// (commercetools' best deal).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rivals: Option<Id>,
}

/// Which offers of a lane take effect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Choose {
    /// The combination of at most `at_most` offers that leaves the least to pay in the whole order; ties go to fewer
    /// coupons, then to fewer offers, then to the earlier ones.
    #[default]
    Best,
    /// For each line the offer that takes the most off it.
    BestPerLine,
    /// The first in order that has an effect, and no other.
    First,
    /// All of them, in order.
    All,
}

/// What offers that take effect together see of one another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OfferCombine {
    /// Each works on what the earlier ones left: 10 % and 10 % of 100 are 19.
    #[default]
    InSequence,
    /// Each works on the prices with which the lane began: 10 % and 10 % of 100 are 20. It never takes more than is left.
    OnOriginal,
    /// Percentages are added and rounded once: 10 % and 15 % are 25 %. Other offers work as with `on_original`.
    Added,
}

/// The prices with which a lane begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StartsFrom {
    /// What earlier lanes left.
    #[default]
    Left,
    /// The prices before any offer; what is taken is never more than what earlier lanes left.
    Original,
}

/// What conditions on the worth of the basket look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConditionsSee {
    /// The basket before any offer.
    #[default]
    Original,
    /// What earlier lanes left of it, and points that pay before offers.
    Left,
    /// What earlier lanes and the earlier offers of this lane left; not where the best are chosen.
    Running,
}

/// Whether a unit may serve several offers of a lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitUse {
    /// It may; but a unit that is free is no longer among those that an offer counts.
    #[default]
    Shared,
    /// A unit that one offer counted or discounted is gone for the others (django-oscar's rule). Where the best are
    /// chosen, every order of the offers is tried.
    Consumed,
}

/// By what offers of a lane are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderKey {
    /// The lower `priority` first.
    Priority,
    /// The higher `priority` first.
    PriorityDescending,
    /// As they stand in the program.
    Document,
    /// By id, shorter ones first.
    Id,
    /// Offers on articles, then on tags, then on categories, then on everything.
    Specific,
    /// Offers on units, then on lines, then on the goods together, then on delivery.
    Scope,
}

impl OfferCombine {
    fn is_default(&self) -> bool {
        *self == OfferCombine::default()
    }
}

impl StartsFrom {
    fn is_default(&self) -> bool {
        *self == StartsFrom::default()
    }
}

impl UnitUse {
    fn is_default(&self) -> bool {
        *self == UnitUse::default()
    }
}

impl Lane {
    /// The lane of programs that declare none.
    pub(crate) fn default_lane() -> Option<Lane> {
        Some(Lane {
            id: "offers".parse().ok()?,
            choose: Choose::Best,
            at_most: None,
            combine: OfferCombine::default(),
            starts_from: StartsFrom::default(),
            conditions_see: ConditionsSee::Original,
            units: UnitUse::default(),
            order: Lane::default_order(),
            discounts: None,
            rivals: None,
        })
    }

    fn default_order() -> Vec<OrderKey> {
        vec![OrderKey::Priority, OrderKey::Id]
    }

    fn is_default_order(order: &[OrderKey]) -> bool {
        *order == *Lane::default_order()
    }

    /// Whether its order tells any two offers apart.
    pub(crate) fn order_is_total(&self) -> bool {
        self.order.iter().any(|key| matches!(key, OrderKey::Document | OrderKey::Id))
    }

    pub(crate) fn check(&self, check: &mut Check) {
        let best = self.choose == Choose::Best;
        check.at("at_most", |check| match self.at_most {
            Some(0) => check.problem(Code::OutOfRange, "must be at least 1, found `0`"),
            Some(_) if !best => {
                check.problem(
                    Code::Contradiction,
                    "only a lane that chooses the best has `at_most`: leave it out",
                );
            }
            _ => {}
        });
        let mut contradiction = |field: &str, holds: bool, why: &str| {
            if holds {
                check.at(field, |check| check.problem(Code::Contradiction, why));
            }
        };
        contradiction(
            "conditions_see",
            self.conditions_see == ConditionsSee::Running
                && matches!(self.choose, Choose::Best | Choose::BestPerLine),
            "offers that compete are compared on the same basket: use `left`, or choose `all` or `first`",
        );
        let together = best && self.at_most.unwrap_or(1) > 1 || self.choose == Choose::All;
        contradiction(
            "combine",
            self.combine != OfferCombine::default() && !together,
            "only offers that take effect together see one another: choose `all`, or the best with `at_most`",
        );
        contradiction(
            "units",
            self.units == UnitUse::Consumed && !together,
            "only offers that take effect together can use up units: choose `all`, or the best with `at_most`",
        );
        let elsewhere = self.combine != OfferCombine::default() || self.starts_from != StartsFrom::default();
        contradiction(
            "units",
            self.units == UnitUse::Consumed && elsewhere,
            "a unit that is used up has no original price: leave `combine` and `starts_from` out",
        );
        let place = self.discounts.map(|policy| policy.at);
        let together =
            matches!(place, Some(DiscountPlace::Running | DiscountPlace::Rule | DiscountPlace::TaxRate));
        contradiction(
            "discounts",
            self.choose == Choose::BestPerLine && together,
            "what is chosen for each line is rounded for it: round at the `line` or the `unit`",
        );
        if let Some(policy) = self.discounts {
            check.at("discounts", |check| policy.check(check));
        }
        check.at("order", |check| {
            check.not_empty(&self.order);
            for (place, key) in self.order.iter().enumerate() {
                if self.order.iter().take(place).any(|earlier| earlier == key) {
                    check.entry(place, |check| check.problem(Code::DuplicateId, "is there twice"));
                }
            }
        });
    }
}
