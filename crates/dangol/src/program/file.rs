//! The program file, format 1, as it is written.

use schemars::JsonSchema;
use serde::Serialize;

use crate::rule::{AccrualRule, Budget, Lane, Multiplier, Offer, Reward, TierLadder, Wallet};
use crate::value::{CodeShape, Currency, Id, LeapDay, Place, Rounding, Split, Text, Zone};

/// A loyalty program as a shop writes it, in JSON or TOML. Unknown fields are refused.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, title = "Dangol program, format 1")]
pub struct ProgramFile {
    /// Where an editor finds the JSON Schema of this file; it means nothing here.
    #[serde(rename = "$schema", skip_serializing)]
    pub schema: Option<String>,
    /// The format number: 1.
    pub format: u32,
    /// The program's name for machines.
    pub id: Id,
    /// The version that its author gives it.
    pub version: Id,
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// The currency of every amount of money.
    pub currency: Currency,
    /// The zone that decides what "today" is; UTC where left out.
    #[schemars(default)]
    pub zone: Zone,
    /// When birthdays and anniversaries on 29 February are kept in other years; on 28 February where left out.
    #[schemars(default)]
    pub leap_day: LeapDay,
    /// How price × quantity is rounded to the currency's minor unit; down where left out.
    #[schemars(default)]
    pub line_rounding: Rounding,
    /// How discounts are rounded and spread over lines.
    #[schemars(default)]
    pub discounts: DiscountPolicy,
    /// What codes of coupons look like: needed to make them, and to tell a mistyped code from an unknown one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codes: Option<CodeShape>,
    /// The articles, categories and tags that rules may name, so that a misspelt one is found; any where left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catalog: Option<CatalogFile>,
    /// The kinds of points. Rules that name no wallet mean the first.
    #[schemars(default)]
    pub wallets: Vec<Wallet>,
    /// The ladder of tiers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tiers: Option<TierLadder>,
    /// The rules that grant points.
    #[schemars(default)]
    pub accruals: Vec<AccrualRule>,
    /// What multiplies the points that rules grant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub multipliers: Vec<Multiplier>,
    /// The most points that rules give to all members together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub budgets: Vec<Budget>,
    /// The lanes in which offers compete, in their order; a single lane `offers` where left out.
    #[schemars(default)]
    pub lanes: Vec<Lane>,
    /// Promotions and coupons.
    #[schemars(default)]
    pub offers: Vec<Offer>,
    /// What points can be exchanged for outside of an order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub rewards: Vec<Reward>,
}

impl ProgramFile {
    /// The names of its fields, in their order.
    pub(super) const FIELDS: [&str; 20] = [
        "$schema",
        "format",
        "id",
        "version",
        "name",
        "currency",
        "zone",
        "leap_day",
        "line_rounding",
        "discounts",
        "codes",
        "catalog",
        "wallets",
        "tiers",
        "accruals",
        "multipliers",
        "budgets",
        "lanes",
        "offers",
        "rewards",
    ];
}

/// How discounts are rounded and spread over lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiscountPolicy {
    /// Which way, and to a multiple of what; down to the smallest unit where left out.
    #[serde(default)]
    pub rounding: Rounding,
    /// Each line by itself (where left out), or each offer once.
    #[serde(default = "DiscountPolicy::line")]
    pub at: Place,
    /// How an amount is spread over lines.
    #[serde(default)]
    pub split: Split,
}

impl Default for DiscountPolicy {
    fn default() -> DiscountPolicy {
        DiscountPolicy { rounding: Rounding::default(), at: Place::Line, split: Split::default() }
    }
}

impl DiscountPolicy {
    fn line() -> Place {
        Place::Line
    }
}

/// The names that rules may use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CatalogFile {
    /// The articles.
    #[serde(default)]
    pub skus: Vec<Id>,
    /// The categories.
    #[serde(default)]
    pub categories: Vec<Id>,
    /// The tags.
    #[serde(default)]
    pub tags: Vec<Id>,
}
