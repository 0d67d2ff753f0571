//! The JSON Schema of the program file, for editors: what may stand where, and what it means.

use anyhow::Result;
use dangol::ProgramFile;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use super::notice;
use super::text::plain;

/// The schema as a value.
///
/// # Errors
/// Only where the schema cannot be written as JSON.
pub fn schema() -> Result<Value> {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<ProgramFile>();
    let mut schema = serde_json::to_value(schema)?;
    for_people(&mut schema);
    let mut commented = Map::new();
    commented.insert("$comment".into(), notice().into());
    if let Value::Object(keywords) = schema {
        commented.extend(keywords);
    }
    Ok(commented.into())
}

pub(super) fn text() -> Result<String> {
    Ok(serde_json::to_string_pretty(&schema()?)? + "\n")
}

/// Descriptions without Rust's line breaks and links. Formats that say how Rust stores a number are left out: editors
/// do not know them; so is `time`, which means one with seconds and an offset and would mark `17:00` as wrong.
fn for_people(schema: &mut Value) {
    match schema {
        Value::Object(keywords) => {
            if let Some(Value::String(description)) = keywords.get_mut("description") {
                *description = plain(description);
            }
            let known = |format: &Value| ["date", "date-time"].iter().any(|known| format == known);
            if keywords.get("format").is_some_and(|format| format.is_string() && !known(format)) {
                keywords.shift_remove("format");
            }
            keywords.values_mut().for_each(for_people);
        }
        Value::Array(schemas) => schemas.iter_mut().for_each(for_people),
        _ => {}
    }
}
