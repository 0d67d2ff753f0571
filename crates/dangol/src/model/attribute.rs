//! What a host says about a member, a basket or a line in words of its own.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, Unexpected, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use crate::value::Amount;

/// What a host says about a member, a basket or a line: a text, an exact number, or true or false.
///
/// A text that reads as an exact number without needless zeros in front is that number: `"1.50"` is 1.5, `"007"` is a
/// text. A floating-point number is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// True or false.
    Flag(bool),
    /// An exact number.
    Number(Amount),
    /// Any other text.
    Text(String),
}

/// Whose attribute a condition looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AttributeOf {
    /// The member's.
    Member,
    /// The basket's own.
    Basket,
    /// That of any line of the basket.
    Line,
}

impl Attribute {
    /// The most attributes that a member, a basket, a line or a selector may have.
    pub const MAX_COUNT: usize = 100;
    /// The most characters of an attribute's text.
    pub const MAX_CHARACTERS: usize = 256;

    /// The number, where it is one.
    #[must_use]
    pub fn number(&self) -> Option<Amount> {
        match self {
            Attribute::Number(amount) => Some(*amount),
            Attribute::Flag(_) | Attribute::Text(_) => None,
        }
    }

    /// Whether its text is longer than one may be.
    pub(crate) fn is_too_long(&self) -> bool {
        matches!(self, Attribute::Text(text) if text.chars().nth(Attribute::MAX_CHARACTERS).is_some())
    }
}

impl From<bool> for Attribute {
    fn from(flag: bool) -> Attribute {
        Attribute::Flag(flag)
    }
}

impl From<Amount> for Attribute {
    fn from(amount: Amount) -> Attribute {
        Attribute::Number(amount)
    }
}

impl From<&str> for Attribute {
    fn from(text: &str) -> Attribute {
        let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
        // A number in front of which nothing needless stands; what else has digits is a name.
        let plain = digits.first() != Some(&b'0') || matches!(digits, [b'0'] | [b'0', b'.', ..]);
        let number = if plain { text.parse().ok() } else { None };
        number.map_or_else(|| Attribute::Text(text.to_owned()), Attribute::Number)
    }
}

impl fmt::Display for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Attribute::Flag(flag) => write!(f, "{flag}"),
            Attribute::Number(amount) => write!(f, "{amount}"),
            Attribute::Text(text) => f.write_str(text),
        }
    }
}

impl Serialize for Attribute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Attribute::Flag(flag) => serializer.serialize_bool(*flag),
            Attribute::Number(amount) => serializer.collect_str(amount),
            Attribute::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for Attribute {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Attribute, D::Error> {
        deserializer.deserialize_any(AttributeVisitor)
    }
}

struct AttributeVisitor;

impl Visitor<'_> for AttributeVisitor {
    type Value = Attribute;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, an integer, an exact decimal such as \"12.50\", or true or false")
    }
    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Attribute, E> {
        Ok(Attribute::Flag(flag))
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Attribute, E> {
        Ok(Attribute::from(text))
    }
    fn visit_i64<E: de::Error>(self, whole: i64) -> Result<Attribute, E> {
        let number = Amount::new(whole, 0).map(Attribute::Number);
        number.map_err(|_| E::invalid_value(Unexpected::Signed(whole), &self))
    }
    fn visit_u64<E: de::Error>(self, whole: u64) -> Result<Attribute, E> {
        match i64::try_from(whole) {
            Ok(whole) => self.visit_i64(whole),
            Err(_) => Err(E::invalid_value(Unexpected::Unsigned(whole), &self)),
        }
    }
}

impl JsonSchema for Attribute {
    fn schema_name() -> Cow<'static, str> {
        "Attribute".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "What a host says: a text, an exact number (an integer, or a text such as \"12.50\"), or true or false.",
            "anyOf": [{ "type": "string" }, { "type": "integer" }, { "type": "boolean" }]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_same_however_they_are_written() {
        let read = |text: &str| serde_json::from_str::<Attribute>(text).unwrap();
        assert_eq!(read("5"), read("\"5\""));
        assert_eq!(read("\"1.50\""), read("\"1.5\""));
        assert_eq!(read("\"0.5\"").number().unwrap().to_string(), "0.5");
        assert_eq!(read("\"-0.5\"").number().unwrap().to_string(), "-0.5");
        assert_eq!(read("\"0\"").number(), Some(Amount::ZERO));
        for text in ["\"007\"", "\"00\"", "\"\"", "\"-\"", "\"1e3\"", "\"gold\"", "\"true\""] {
            assert!(matches!(read(text), Attribute::Text(_)), "{text}");
        }
        assert_ne!(read("true"), read("\"true\""));
        for text in ["1.5", "null", "[]", "1000000000000000"] {
            assert!(serde_json::from_str::<Attribute>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for text in ["true", "\"5\"", "\"1.50\"", "\"007\"", "\"gold\""] {
            let read: Attribute = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), text);
        }
    }
}
