//! The program file, format 1, as it is written.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::model::ReturnPolicy;
use crate::rule::{
    AccrualRule, Budget, DiscountPolicy, Lane, Multiplier, Offer, Reward, TaxPolicy, TierLadder, Wallet,
};
use crate::value::{CodeShape, Currency, Id, LeapDay, LineRounding, Rounding, Text, Zone};

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
    /// How many digits after the point every amount of money has in this program, from 0 to 9: more than the currency
    /// has where fractions are kept, fewer where the smallest coins are gone; those of the currency where left out. It
    /// must not be lowered once members have spent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digits: Option<u8>,
    /// How many digits after the point the price of a unit may have, from 0 to 9: fuel at 1.589 a litre; those of
    /// other money where left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_digits: Option<u8>,
    /// How price × quantity is rounded to the smallest unit of money; down, once for each line, where left out.
    #[schemars(default)]
    pub line_rounding: LineRounding,
    /// How what is due in all is rounded: to a multiple of `unit`, or of the currency's minor unit; not where left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_rounding: Option<Rounding>,
    /// How taxes of lines are worked with.
    #[serde(skip_serializing_if = "TaxPolicy::is_default")]
    #[schemars(default)]
    pub tax: TaxPolicy,
    /// How discounts are rounded and spread over lines.
    #[schemars(default)]
    pub discounts: DiscountPolicy,
    /// What happens when goods come back.
    #[serde(skip_serializing_if = "ReturnPolicy::is_default")]
    #[schemars(default)]
    pub returns: ReturnPolicy,
    /// What codes of coupons look like: needed to make them, and to tell a mistyped code from an unknown one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codes: Option<CodeShape>,
    /// The articles, categories and tags that rules may name, so that a misspelt one is found; any where left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catalog: Option<CatalogFile>,
    /// The kinds of points. Rules that name no wallet mean the first.
    #[schemars(default)]
    pub wallets: Vec<Wallet>,
    /// The ladder of tiers, or a list of ladders that are climbed each by itself.
    #[serde(skip_serializing_if = "Ladders::is_empty")]
    #[schemars(default)]
    pub tiers: Ladders,
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
    pub(super) const FIELDS: [&str; 25] = [
        "$schema",
        "format",
        "id",
        "version",
        "name",
        "currency",
        "zone",
        "leap_day",
        "digits",
        "price_digits",
        "line_rounding",
        "due_rounding",
        "tax",
        "discounts",
        "returns",
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

/// The ladders of a program: one ladder as it is, or a list of several, each with its own `id`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ladders(pub Vec<TierLadder>);

impl Ladders {
    /// Whether the program has no tiers.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Ladders {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [ladder] => ladder.serialize(serializer),
            ladders => ladders.serialize(serializer),
        }
    }
}

impl JsonSchema for Ladders {
    fn schema_name() -> Cow<'static, str> {
        "Ladders".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let ladder = generator.subschema_for::<TierLadder>();
        let ladders = generator.subschema_for::<Vec<TierLadder>>();
        json_schema!({
            "description": "One ladder of tiers, or a list of several.",
            "anyOf": [ladder, ladders],
        })
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
