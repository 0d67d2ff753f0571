//! How amounts came about, to be repeated with pencil and paper.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Amount, Id, Money, Percent, Points, Steps};

/// The arithmetic behind a discount or an accrual, enough to repeat it with pencil and paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum Arithmetic {
    /// A share of an amount.
    Percent {
        /// The rate.
        percent: Percent,
        /// The amount.
        of: Money,
    },
    /// So many points for each amount of money.
    PerAmount {
        /// The points of one step.
        points: Points,
        /// The money of one step.
        amount: Money,
        /// What counts of the last step.
        steps: Steps,
        /// The amount that was counted.
        of: Money,
    },
    /// Rates that change as the amount grows.
    Bands {
        /// What lies in each band, lowest first, without the empty ones.
        parts: Vec<BandPart>,
        /// The amount.
        of: Money,
    },
    /// So many points for each unit.
    PerUnit {
        /// The points of one unit.
        points: Points,
        /// How many units were counted.
        units: u64,
    },
    /// A fixed number of points.
    Fixed,
    /// What was missing to a round balance.
    RoundUp {
        /// The balance is lifted to a multiple of this.
        multiple: Points,
        /// The balance.
        balance: Points,
    },
    /// A fixed amount off, at most what there is.
    Amount {
        /// The amount.
        amount: Money,
        /// What there was.
        of: Money,
    },
    /// A fixed amount off each unit or line, at most what it costs.
    AmountEach {
        /// The amount.
        amount: Money,
        /// How often it was taken.
        times: u64,
        /// What there was.
        of: Money,
    },
    /// A price in place of what it cost.
    FixedPrice {
        /// The price.
        price: Money,
        /// How often it is paid.
        times: u64,
        /// What it cost before.
        of: Money,
    },
    /// Units that were got for less because others were bought.
    BuyGet {
        /// What was taken off each of them.
        each: Reduction,
        /// How often the offer was repeated.
        times: u64,
        /// How many units were got.
        units: u64,
        /// What they cost before.
        of: Money,
    },
    /// Units with reductions that change as they grow in number.
    UnitBands {
        /// The units of each band, without the empty ones.
        parts: Vec<UnitBand>,
        /// What all units cost before, those below the first band included.
        of: Money,
    },
    /// Something that is added to the order.
    Gift {
        /// The article.
        sku: Id,
        /// How many units.
        units: u64,
    },
    /// Points instead of a discount.
    Points,
    /// Points times a factor instead of a discount.
    Factor {
        /// The factor.
        factor: Amount,
    },
}

/// What is taken off each of several units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reduction {
    /// A share of its price.
    PercentOff(Percent),
    /// An amount, at most its price.
    AmountOff(Money),
    /// What it costs above this price.
    Price(Money),
}

/// The units of one band, with what was taken off each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitBand {
    /// What was taken off each.
    pub each: Reduction,
    /// How many units.
    pub units: u64,
    /// What they cost before.
    pub of: Money,
}

/// What lies in one band, with the band's rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BandPart {
    /// The rate.
    pub percent: Percent,
    /// The part of the amount that lies in the band.
    pub of: Money,
}
