//! As much of JSON Schema as the program's schema uses. A keyword that is not known here is an error.

use regex_lite::Regex;
use serde_json::{Map, Value};

/// A schema to hold values against.
pub(crate) struct Validator {
    root: Value,
}

/// Keywords that say nothing about whether a value fits.
const FOR_PEOPLE: [&str; 7] = ["$comment", "$schema", "$defs", "title", "description", "default", "format"];

impl Validator {
    /// A validator for that schema.
    #[must_use]
    pub(crate) fn new(root: Value) -> Validator {
        Validator { root }
    }

    /// What is wrong with a value, each with its place.
    #[must_use]
    pub(crate) fn problems(&self, value: &Value) -> Vec<String> {
        let mut problems = Vec::new();
        self.check(value, &self.root, "", &mut problems);
        problems
    }

    fn fits(&self, value: &Value, schema: &Value) -> bool {
        let mut problems = Vec::new();
        self.check(value, schema, "", &mut problems);
        problems.is_empty()
    }

    fn check(&self, value: &Value, schema: &Value, path: &str, problems: &mut Vec<String>) {
        let schema = schema.as_object().unwrap();
        for (keyword, wanted) in schema {
            let fits = match keyword.as_str() {
                known if FOR_PEOPLE.contains(&known) => true,
                "$ref" => {
                    let target = wanted.as_str().unwrap().trim_start_matches('#');
                    self.check(value, self.root.pointer(target).unwrap(), path, problems);
                    true
                }
                "oneOf" => wanted.as_array().unwrap().iter().filter(|one| self.fits(value, one)).count() == 1,
                "anyOf" => wanted.as_array().unwrap().iter().any(|one| self.fits(value, one)),
                "const" => value == wanted,
                "enum" => wanted.as_array().unwrap().contains(value),
                "type" => has_type(value, wanted),
                "pattern" => value.as_str().is_none_or(|text| matches(text, wanted)),
                "minLength" => value.as_str().is_none_or(|text| text.chars().count() >= size(wanted)),
                "minimum" => value.as_i64().is_none_or(|number| number >= wanted.as_i64().unwrap()),
                "maximum" => value.as_i64().is_none_or(|number| number <= wanted.as_i64().unwrap()),
                "required" => missing(value, wanted).is_empty(),
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(item, wanted, &format!("{path}[{index}]"), problems);
                    }
                    true
                }
                "properties" | "additionalProperties" => {
                    self.fields(value, schema, path, keyword, problems);
                    true
                }
                unknown => panic!("the keyword `{unknown}` is not known here"),
            };
            if !fits {
                problems.push(format!("{path}: does not fit `{keyword}`: {wanted}"));
            }
        }
    }

    /// Holds the fields of an object against their own schemas, or the further ones against that for all others.
    fn fields(
        &self,
        value: &Value,
        schema: &Map<String, Value>,
        path: &str,
        keyword: &str,
        problems: &mut Vec<String>,
    ) {
        let own = schema.get("properties").and_then(Value::as_object);
        for (name, value) in value.as_object().into_iter().flatten() {
            let path = format!("{path}.{name}");
            match (own.and_then(|own| own.get(name)), keyword) {
                (Some(schema), "properties") => self.check(value, schema, &path, problems),
                (None, "additionalProperties") => match schema.get(keyword).unwrap() {
                    Value::Bool(false) => problems.push(format!("{path}: no such field")),
                    schema => self.check(value, schema, &path, problems),
                },
                _ => {}
            }
        }
    }
}

fn has_type(value: &Value, wanted: &Value) -> bool {
    let is = |name: &Value| match name.as_str().unwrap() {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        unknown => panic!("the type `{unknown}` is not known here"),
    };
    wanted.as_array().map_or_else(|| is(wanted), |several| several.iter().any(is))
}

fn matches(text: &str, pattern: &Value) -> bool {
    Regex::new(pattern.as_str().unwrap()).unwrap().is_match(text)
}

fn missing(value: &Value, required: &Value) -> Vec<String> {
    let required = required.as_array().unwrap().iter().map(|name| name.as_str().unwrap());
    let Some(fields) = value.as_object() else { return Vec::new() };
    required.filter(|name| !fields.contains_key(*name)).map(str::to_owned).collect()
}

fn size(wanted: &Value) -> usize {
    usize::try_from(wanted.as_u64().unwrap()).unwrap()
}
