//! How amounts are read and written: strings or integers in, strings out, floats never.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};
use serde::{Serialize, Serializer};

use super::Amount;

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The name lets a binding recognise a number among strings; JSON ignores it.
        serializer.serialize_newtype_struct("dangol::Amount", &self.to_string())
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Amount, D::Error> {
        deserializer.deserialize_any(AmountVisitor)
    }
}

struct AmountVisitor;

impl Visitor<'_> for AmountVisitor {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "an exact decimal such as \"12.50\", or an integer, of at most {} digits",
            Amount::MAX_SIGNIFICANT
        )
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Amount, E> {
        text.parse().map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_i64<E: de::Error>(self, whole: i64) -> Result<Amount, E> {
        Amount::new(whole, 0).map_err(|_| E::invalid_value(Unexpected::Signed(whole), &self))
    }

    fn visit_u64<E: de::Error>(self, whole: u64) -> Result<Amount, E> {
        let signed = i64::try_from(whole).ok().and_then(|whole| Amount::new(whole, 0).ok());
        signed.ok_or_else(|| E::invalid_value(Unexpected::Unsigned(whole), &self))
    }
}

impl JsonSchema for Amount {
    fn schema_name() -> Cow<'static, str> {
        "Amount".into()
    }
    fn inline_schema() -> bool {
        false
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An exact decimal: a string such as \"12.50\", or an integer; never a floating-point number.",
            "type": ["string", "integer"],
            "pattern": r"^-?[0-9]+(\.[0-9]+)?$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_float_is_refused_and_an_integer_is_not() {
        assert_eq!(serde_json::from_str::<Amount>("4800").unwrap().to_string(), "4800");
        assert!(serde_json::from_str::<Amount>("48.5").is_err());
    }
}
