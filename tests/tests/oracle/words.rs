//! What generated programs and baskets are written with.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// An amount of so many smallest units, with so many digits after the point.
pub(crate) fn decimal(units: i64, digits: u8) -> String {
    dangol::Amount::new(units, digits).map(|amount| amount.to_string()).unwrap_or_default()
}

/// Nothing, most of the time.
pub(crate) fn perhaps(value: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Value> {
    prop_oneof![2 => Just(Value::Null), 1 => value].boxed()
}

/// The object without the fields that say nothing.
pub(crate) fn lean(value: Value) -> Value {
    let Value::Object(fields) = value else { return value };
    let says = |value: &Value| !value.is_null() && *value != json!([]);
    Value::Object(fields.into_iter().filter(|(_, value)| says(value)).collect::<Map<_, _>>())
}
