//! Points as tender, as the quote has it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ledger::Draw;
use crate::value::{Id, Money, Points};

/// Points as tender: what the customer offered, what is used, and what could be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tender {
    /// The wallet.
    pub wallet: Id,
    /// The most points that could be used on this basket.
    pub redeemable: Points,
    /// The points that are used.
    pub points: Points,
    /// What they pay.
    pub value: Money,
    /// From which lots.
    pub lots: Vec<Draw>,
    /// Whose points they are, where any of these lots says so: points without an issuer first, then by issuer. The
    /// parts sum exactly to `points` and `value`, so that own and foreign points can be taxed differently.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issuers: Vec<IssuerShare>,
    /// What kept it from being more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limited_by: Option<TenderCap>,
}

/// The part of points as tender that one issuer stands for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IssuerShare {
    /// Whose points they are; the shop's own where nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Id>,
    /// How many of the points.
    pub points: Points,
    /// What they pay: the value by points, spread the program's way.
    pub value: Money,
}

/// What kept points from paying more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TenderCap {
    /// No more points can be used.
    Balance,
    /// No more is due: points never burn more than they replace.
    Due,
    /// The program's share of the basket that points may pay.
    MaxPercent,
    /// The most points that the program lets be used at once.
    Maximum,
    /// Points are used in whole steps only.
    Step,
    /// No more points end soon enough to be used automatically.
    Expiring,
}
