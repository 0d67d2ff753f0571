//! The places of a TOML text.

use toml_edit::{Document, Item, Key, TableLike, Value};

use super::place::{Below, Place};

/// The tree of a text that the core could read; a text that it could not has no places.
pub(super) fn places(text: &str) -> Option<Place> {
    let document = Document::parse(text).ok()?;
    Some(Place::of(0..0, fields(document.as_table())))
}

fn fields(table: &dyn TableLike) -> Below {
    let field = |(name, item): (&str, &Item)| {
        let key = table.get_key_value(name).and_then(|(key, _)| Key::span(key));
        let mut place = item_place(item);
        if place.span.is_empty() {
            // A table that only its subtables mention has no place of its own but its name.
            place.span = key.clone().unwrap_or_default();
        }
        (name.to_owned(), Place { name: key, ..place })
    };
    Below::Fields(table.iter().map(field).collect())
}

fn item_place(item: &Item) -> Place {
    let below = match item {
        Item::Value(value) => return value_place(value),
        Item::Table(table) => fields(table),
        Item::ArrayOfTables(tables) => {
            let one = |table: &toml_edit::Table| Place::of(table.span().unwrap_or_default(), fields(table));
            Below::Items(tables.iter().map(one).collect())
        }
        Item::None => Below::Nothing,
    };
    Place::of(item.span().unwrap_or_default(), below)
}

fn value_place(value: &Value) -> Place {
    let below = match value {
        Value::InlineTable(table) => fields(table),
        Value::Array(array) => Below::Items(array.iter().map(value_place).collect()),
        _ => Below::Nothing,
    };
    Place::of(value.span().unwrap_or_default(), below)
}
