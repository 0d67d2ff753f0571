//! Which of the member's coupons a basket may use.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use crate::value::Id;

/// Which of the member's coupons may be used: `"all"`, `"none"`, or a list of their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CouponChoice {
    /// Whichever make the basket cheapest.
    #[default]
    All,
    /// None, except those whose codes are shown.
    None,
    /// These, and those whose codes are shown.
    These(Vec<Id>),
}

impl CouponChoice {
    const WORDS: [&str; 2] = ["all", "none"];

    pub(super) fn is_all(&self) -> bool {
        *self == CouponChoice::All
    }
}

impl Serialize for CouponChoice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            CouponChoice::All => serializer.serialize_str("all"),
            CouponChoice::None => serializer.serialize_str("none"),
            CouponChoice::These(ids) => ids.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for CouponChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<CouponChoice, D::Error> {
        deserializer.deserialize_any(CouponChoiceVisitor)
    }
}

struct CouponChoiceVisitor;

impl<'de> Visitor<'de> for CouponChoiceVisitor {
    type Value = CouponChoice;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"all\", \"none\", or a list of coupons")
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<CouponChoice, E> {
        match text {
            "all" => Ok(CouponChoice::All),
            "none" => Ok(CouponChoice::None),
            _ => Err(E::unknown_variant(text, &CouponChoice::WORDS)),
        }
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<CouponChoice, A::Error> {
        let mut ids = Vec::new();
        while let Some(id) = list.next_element()? {
            ids.push(id);
        }
        Ok(CouponChoice::These(ids))
    }
}

impl JsonSchema for CouponChoice {
    fn schema_name() -> Cow<'static, str> {
        "CouponChoice".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Which of the member's coupons may be used: \"all\", \"none\", or a list of their ids.",
            "anyOf": [{ "type": "string", "enum": CouponChoice::WORDS }, generator.subschema_for::<Vec<Id>>()]
        })
    }
}
