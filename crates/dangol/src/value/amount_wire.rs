//! How amounts are read and written: strings or integers in, strings out, floats never.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};
use serde::{Serialize, Serializer};

use super::Amount;

/// A sign, 15 digits, a leading zero and a point.
const LONGEST: usize = 20;

impl Amount {
    /// The number as text, written from its end into a buffer: quotes have hundreds of amounts.
    fn written(self, text: &mut [u8; LONGEST]) -> &str {
        let mut start = LONGEST;
        let mut put = |byte: u8| {
            start = start.saturating_sub(1);
            if let Some(place) = text.get_mut(start) {
                *place = byte;
            }
        };
        let mut left = self.units().unsigned_abs();
        let mut written = 0_u8;
        while left > 0 || written <= self.digits() {
            if written > 0 && written == self.digits() {
                put(b'.');
            }
            put(u8::try_from(left.checked_rem(10).unwrap_or(0))
                .map_or(b'0', |digit| digit.saturating_add(b'0')));
            left = left.checked_div(10).unwrap_or(0);
            written = written.saturating_add(1);
        }
        if self.is_negative() {
            put(b'-');
        }
        text.get(start..).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default()
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The name lets a binding recognise a number among strings; JSON ignores it.
        let mut text = [0_u8; LONGEST];
        serializer.serialize_newtype_struct("dangol::Amount", self.written(&mut text))
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
    fn the_wire_writes_what_people_read() {
        for text in
            ["0", "7", "-0.5", "0.000000001", "12.50", "-999999999999999", "0.00", "100", "-1.000000000"]
        {
            let amount: Amount = text.parse().unwrap();
            assert_eq!(serde_json::to_string(&amount).unwrap(), format!("\"{amount}\""));
        }
    }

    #[test]
    fn a_float_is_refused_and_an_integer_is_not() {
        assert_eq!(serde_json::from_str::<Amount>("4800").unwrap().to_string(), "4800");
        assert!(serde_json::from_str::<Amount>("48.5").is_err());
    }
}
