//! What of an order earns points.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;

/// What of an order earns points: what the customer pays for the goods with money, unless it says otherwise.
///
/// `{"discounts": "before", "points_paid": "included"}` counts the prices on the labels, whatever is paid how (the
/// switches of NICE and Cafe24). Where both a rule and its wallet have a base, the rule's counts as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EarningBase {
    /// Discounts.
    #[serde(default)]
    pub discounts: DiscountsCount,
    /// What points pay.
    #[serde(default)]
    pub points_paid: PointsCount,
    /// The tax that lines contain (`tax` of a line, or its `taxes` that are included); included where left out. Tax that
    /// comes on top never counts.
    #[serde(default = "Counting::included")]
    pub tax: Counting,
    /// What delivery costs (`shipping` of a basket); excluded where left out. Only rules without `lines` count it.
    #[serde(default)]
    pub shipping: Counting,
    /// What else is charged (`fees` of a basket); excluded where left out. Only rules without `lines` count it.
    #[serde(default)]
    pub fees: Counting,
}

/// How discounts change what earns points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DiscountsCount {
    /// What is left after all offers earns.
    #[default]
    After,
    /// The amount before offers earns.
    Before,
    /// Only lines that no offer touched earn.
    UndiscountedLines,
    /// Only orders in which no offer took anything off earn.
    UndiscountedOrders,
}

/// How points that pay change what earns points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PointsCount {
    /// What points pay does not earn.
    #[default]
    Excluded,
    /// What points pay earns like money.
    Included,
    /// An order that points pay a part of earns nothing.
    NoAccrual,
}

/// Whether something counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// It does not count.
    #[default]
    Excluded,
    /// It counts.
    Included,
}

impl Counting {
    fn included() -> Counting {
        Counting::Included
    }
}

impl Default for EarningBase {
    fn default() -> EarningBase {
        EarningBase::USUAL
    }
}

impl EarningBase {
    /// The base of a program that says nothing about it.
    pub(crate) const USUAL: EarningBase = EarningBase {
        discounts: DiscountsCount::After,
        points_paid: PointsCount::Excluded,
        tax: Counting::Included,
        shipping: Counting::Excluded,
        fees: Counting::Excluded,
    };

    /// Delivery and fees belong to no line, so a rule about some lines cannot count them.
    pub(super) fn check_for_lines(self, check: &mut Check) {
        for (field, counting) in [("shipping", self.shipping), ("fees", self.fees)] {
            if counting == Counting::Included {
                let message = "belongs to no line: a rule with `lines` cannot count it";
                check.at(field, |check| check.problem(Code::Contradiction, message));
            }
        }
    }
}
