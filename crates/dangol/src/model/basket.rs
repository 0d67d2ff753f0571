//! What a customer wants to buy, and what she offers for it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, Unexpected, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use super::{Attribute, BearerCoupon, CouponChoice, Delivery, TaxRate};
use crate::value::{Amount, Id, Location, Money, Points, Quantity};

/// A basket: its lines, the coupon codes that were shown, and the points that were offered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Basket {
    /// What is bought: 1 to 1,000 lines.
    pub lines: Vec<Line>,
    /// The coupon codes that the customer showed, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// Which of the member's own coupons may be used; all where left out.
    #[serde(default, skip_serializing_if = "CouponChoice::is_all")]
    pub coupons: CouponChoice,
    /// The coupons that belong to codes that were shown, as the host has looked them up; the member's own need not be
    /// here. At most 100.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bearer: Vec<BearerCoupon>,
    /// The hold whose coupon this basket may use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coupon_hold: Option<Id>,
    /// How many coupons of each offer were issued to all members before, as the host counts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub issued: BTreeMap<Id, u64>,
    /// How many points of each wallet the customer wants to pay with.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub points: BTreeMap<Id, Offered>,
    /// How money pays: the amount of each tender (`cash`, `card` …), at most 20; only the shares matter.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tenders: BTreeMap<Id, Money>,
    /// What delivery costs: added to what is due, and no part of the net amount, so points do not pay it and it counts
    /// for no tier.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub shipping: Money,
    /// The deliveries that the basket is split into, at most 20, in place of `shipping`: what they cost is charged like it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deliveries: Vec<Delivery>,
    /// What else is charged: added to what is due like `shipping`.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub fees: Money,
    /// What was already given out of each budget of the program, in points or in money, as the host has counted it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub budgets: BTreeMap<Id, Amount>,
    /// In how many orders each offer with a limit in `total` took effect already, as the host has counted them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub uses: BTreeMap<Id, u64>,
    /// Where the sale takes place: `pos`, `app`, `web` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Id>,
    /// The shop in which the sale takes place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<Id>,
    /// Where on the earth the customer, or the sale, is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// What the host says about the order in words of its own, for conditions: at most 100.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<Id, Attribute>,
    /// Which article the customer wants as the gift of an offer, by offer; the offer's first one where left out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub gifts: BTreeMap<Id, Id>,
    /// Articles that cannot be given as gifts now: at most 1,000.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub out_of_stock: Vec<Id>,
}

impl Basket {
    /// A basket with nothing in it.
    #[must_use]
    pub const fn nothing() -> Basket {
        Basket {
            lines: Vec::new(),
            codes: Vec::new(),
            coupons: CouponChoice::All,
            bearer: Vec::new(),
            coupon_hold: None,
            issued: BTreeMap::new(),
            points: BTreeMap::new(),
            tenders: BTreeMap::new(),
            shipping: Money::ZERO,
            deliveries: Vec::new(),
            fees: Money::ZERO,
            budgets: BTreeMap::new(),
            uses: BTreeMap::new(),
            channel: None,
            store: None,
            location: None,
            attributes: BTreeMap::new(),
            gifts: BTreeMap::new(),
            out_of_stock: Vec::new(),
        }
    }

    /// The most lines that a basket may have.
    pub const MAX_LINES: usize = 1_000;
    /// The most coupon codes that may be shown at once.
    pub const MAX_CODES: usize = 100;
    /// The most coupons that a host may look up for one basket.
    pub const MAX_BEARER: usize = 100;
    /// The most kinds of money that may pay for a basket.
    pub const MAX_TENDERS: usize = 20;
    /// The most deliveries that a basket may be split into.
    pub const MAX_DELIVERIES: usize = 20;
    /// The most articles that may be out of stock.
    pub const MAX_OUT_OF_STOCK: usize = 1_000;
}

/// One line of a basket: so many units of one article at one price.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The line's name, unique in the basket; its number in the basket (`"1"`, `"2"` …) where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// The article.
    pub sku: Id,
    /// The categories that the article belongs to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Id>,
    /// Any other words that rules may select by: a brand, a season.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Id>,
    /// The price of one unit, with as many digits as the program's `price_digits`; may be left out where `gross` is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// How many units: positive, up to 3 digits after the point; 1 where left out.
    #[serde(default = "Quantity::one")]
    pub quantity: Quantity,
    /// The line's amount as the till has it, which then wins over price × quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gross: Option<Money>,
    /// The tax that is contained in the line's amount, where its rate does not matter; none where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<Money>,
    /// The taxes of the line by rate, in place of `tax`: at most 10; none where left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taxes: Vec<TaxRate>,
    /// Whether the line earns points; it does where left out.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub earns: bool,
    /// Whether offers may touch the line; they may where left out.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub discountable: bool,
    /// Whether the price is a reduced one already, for selectors.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub on_sale: bool,
    /// The least that one unit may cost after offers: no offer takes more off; nothing where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<Money>,
    /// What the host says about the article in words of its own, for selectors and conditions: at most 100.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<Id, Attribute>,
}

fn yes() -> bool {
    true
}

fn is_yes(value: &bool) -> bool {
    *value
}

impl Line {
    /// The most taxes that a line may have.
    pub const MAX_TAXES: usize = 10;

    /// One unit of an article at a price.
    #[must_use]
    pub fn new(sku: Id, price: Money) -> Line {
        Line {
            id: None,
            sku,
            categories: Vec::new(),
            tags: Vec::new(),
            price: Some(price),
            quantity: Quantity::one(),
            gross: None,
            tax: None,
            taxes: Vec::new(),
            earns: true,
            discountable: true,
            on_sale: false,
            floor: None,
            attributes: BTreeMap::new(),
        }
    }
}

/// How many points the customer offers: `"none"`, `"max"`, or an amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Offered {
    /// No points.
    #[default]
    None,
    /// As many as the program allows.
    Max,
    /// Exactly so many.
    Points(Points),
}

impl Serialize for Offered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Offered::None => serializer.serialize_str("none"),
            Offered::Max => serializer.serialize_str("max"),
            Offered::Points(points) => points.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Offered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Offered, D::Error> {
        deserializer.deserialize_any(OfferedVisitor)
    }
}

struct OfferedVisitor;

impl Visitor<'_> for OfferedVisitor {
    type Value = Offered;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"none\", \"max\", or an exact number of points")
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Offered, E> {
        match text {
            "none" => Ok(Offered::None),
            "max" => Ok(Offered::Max),
            _ => {
                let points: Result<Points, _> = text.parse();
                points.map(Offered::Points).map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
            }
        }
    }
    fn visit_i64<E: de::Error>(self, whole: i64) -> Result<Offered, E> {
        let points = Amount::new(whole, 0).map(Points);
        points.map(Offered::Points).map_err(|_| E::invalid_value(Unexpected::Signed(whole), &self))
    }
    fn visit_u64<E: de::Error>(self, whole: u64) -> Result<Offered, E> {
        match i64::try_from(whole) {
            Ok(whole) => self.visit_i64(whole),
            Err(_) => Err(E::invalid_value(Unexpected::Unsigned(whole), &self)),
        }
    }
}

impl JsonSchema for Offered {
    fn schema_name() -> Cow<'static, str> {
        "Offered".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "How many points are offered: \"none\", \"max\", or an exact number.",
            "type": ["string", "integer"],
            "pattern": r"^(none|max|[0-9]+(\.[0-9]+)?)$"
        })
    }
}
