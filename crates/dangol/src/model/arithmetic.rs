//! How amounts came about, to be repeated with pencil and paper.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Money, Percent, Points, Steps};

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
