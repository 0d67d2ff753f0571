//! Comparing what is with what is written: objects by the listed keys, lists as a whole, scalars exactly.

use serde_json::Value;

/// Something that is not as written: where, and what was found instead.
pub(super) type Difference = (String, String);

/// Notes everything in which `actual` is not as `expected`, each with its path below `path`.
pub(super) fn compare(expected: &Value, actual: &Value, path: &str, found: &mut Vec<Difference>) {
    match (expected, actual) {
        (Value::Object(fields), Value::Object(present)) => {
            for (name, expected) in fields {
                let path = format!("{path}.{name}");
                match present.get(name) {
                    Some(actual) => compare(expected, actual, &path, found),
                    None => found.push((path, format!("expected {}, found no such field", short(expected)))),
                }
            }
        }
        (Value::Array(expected), Value::Array(items)) if expected.len() == items.len() => {
            for (index, (expected, actual)) in expected.iter().zip(items).enumerate() {
                compare(expected, actual, &format!("{path}[{index}]"), found);
            }
        }
        (Value::Array(expected), Value::Array(items)) => {
            let message = format!(
                "expected {}, found {}: {}",
                count(expected.len()),
                count(items.len()),
                short(actual)
            );
            found.push((path.to_owned(), message));
        }
        (expected, actual) if expected == actual => {}
        _ => found.push((path.to_owned(), format!("expected {}, found {}", short(expected), short(actual)))),
    }
}

/// The beginning of a value as JSON.
pub(super) fn short(value: &Value) -> String {
    const MOST: usize = 300;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{} …", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

fn count(items: usize) -> String {
    if items == 1 { "1 item".into() } else { format!("{items} items") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn differences(expected: &Value, actual: &Value) -> Vec<String> {
        let mut found = Vec::new();
        compare(expected, actual, "then", &mut found);
        found.into_iter().map(|(path, message)| format!("{path}: {message}")).collect()
    }

    #[test]
    fn only_listed_keys_matter_but_lists_are_whole() {
        let actual = json!({ "due": "100", "net": "120", "lines": [{ "id": "1", "net": "120" }] });
        assert!(differences(&json!({ "due": "100", "lines": [{ "net": "120" }] }), &actual).is_empty());
        assert_eq!(
            differences(&json!({ "due": "90", "lines": [], "tier": "gold" }), &actual),
            [
                r#"then.due: expected "90", found "100""#,
                r#"then.lines: expected 0 items, found 1 item: [{"id":"1","net":"120"}]"#,
                r#"then.tier: expected "gold", found no such field"#,
            ]
        );
    }

    #[test]
    fn a_number_is_not_its_text_and_null_is_not_absence() {
        assert_eq!(differences(&json!(1), &json!("1")).len(), 1);
        assert_eq!(differences(&json!({ "tier": null }), &json!({})).len(), 1);
    }
}
