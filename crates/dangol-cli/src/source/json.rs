//! The places of a JSON text.

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::place::{Below, Place};

/// The tree of a text that the core could read; a text that it could not has no places.
pub(super) fn places(text: &str) -> Option<Place> {
    let tree = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default()).ok()?;
    tree.value.as_ref().map(place)
}

fn place(value: &Value<'_>) -> Place {
    let below = match value {
        Value::Object(object) => {
            let fields = object.properties.iter().map(|field| {
                let name = match &field.name {
                    ObjectPropName::String(name) => name.range,
                    ObjectPropName::Word(name) => name.range,
                };
                let value = Place { name: Some(span(name)), ..place(&field.value) };
                (field.name.as_str().to_owned(), value)
            });
            Below::Fields(fields.collect())
        }
        Value::Array(array) => Below::Items(array.elements.iter().map(place).collect()),
        _ => Below::Nothing,
    };
    Place::of(span(value.range()), below)
}

fn span(range: Range) -> std::ops::Range<usize> {
    range.start..range.end
}
