//! Errors of reading: what serde reports, with a code and a suggestion.

use std::fmt::{self, Display};

use serde::de::{self, Expected, Unexpected};

use super::{Code, suggestion};

/// A document whose shape is not the expected one; the path is known to whoever reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ShapeError {
    pub(crate) code: Code,
    pub(crate) message: String,
    /// Where it is wrong, from where the reader stands.
    pub(crate) path: String,
}

impl ShapeError {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> ShapeError {
        ShapeError { code, message: message.into(), path: String::new() }
    }

    /// The same mistake, seen from one step further up.
    pub(crate) fn below(self, step: &str) -> ShapeError {
        ShapeError { path: join(step, &self.path), ..self }
    }
}

impl Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ShapeError {}

impl de::Error for ShapeError {
    fn custom<T: Display>(message: T) -> ShapeError {
        ShapeError::new(Code::InvalidValue, message.to_string())
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> ShapeError {
        if let Unexpected::Float(_) = unexpected {
            let expected = plain(expected);
            let message = format!("a floating-point number is not exact; expected {expected}");
            return ShapeError::new(Code::FloatingPoint, message);
        }
        ShapeError::new(
            Code::WrongType,
            format!("expected {}, found {}", plain(expected), in_words(unexpected)),
        )
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> ShapeError {
        let bound = bound(unexpected, &expected.to_string());
        ShapeError::new(
            Code::InvalidValue,
            format!("expected {}{bound}, found {}", plain(expected), in_words(unexpected)),
        )
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> ShapeError {
        let near = suggestion(variant, expected.iter().copied());
        let message = if near.is_empty() {
            format!("`{variant}` is none of {}", listed(expected))
        } else {
            format!("no such word: `{variant}`{near}")
        };
        ShapeError::new(Code::UnknownWord, message)
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> ShapeError {
        let near = suggestion(field, expected.iter().copied());
        let message = if near.is_empty() {
            format!("no such field: `{field}`, expected one of {}", listed(expected))
        } else {
            format!("no such field: `{field}`{near}")
        };
        ShapeError::new(Code::UnknownField, message).below(field)
    }

    fn missing_field(field: &'static str) -> ShapeError {
        let message = format!("field `{field}` is missing");
        ShapeError::new(Code::MissingField, message).below(field)
    }

    fn duplicate_field(field: &'static str) -> ShapeError {
        let message = format!("field `{field}` is given twice");
        ShapeError::new(Code::DuplicateField, message).below(field)
    }
}

/// What was expected, in the words of documents and not of Rust.
fn plain(expected: &dyn Expected) -> String {
    let text = expected.to_string();
    match text.split(' ').next() {
        Some("struct" | "map") => "an object with fields".into(),
        Some("enum") => "a word, or an object with one word".into(),
        Some("sequence") => "a list".into(),
        Some("i64" | "u64" | "i32" | "u32" | "u16" | "i8" | "u8") => "a whole number".into(),
        _ => match text.as_str() {
            "a sequence" => "a list".into(),
            "a map" => "an object".into(),
            "a string" => "a text".into(),
            "a boolean" => "`true` or `false`".into(),
            _ => text,
        },
    }
}

/// What a whole number goes beyond that its type cannot hold.
fn bound(found: Unexpected<'_>, expected: &str) -> String {
    let most = match expected {
        "u8" => u64::from(u8::MAX),
        "i8" => i8::MAX.unsigned_abs().into(),
        "u16" => u64::from(u16::MAX),
        "u32" => u64::from(u32::MAX),
        "i32" => i32::MAX.unsigned_abs().into(),
        "u64" => u64::MAX,
        "i64" => i64::MAX.unsigned_abs(),
        _ => return String::new(),
    };
    match found {
        Unexpected::Signed(..0) if expected.starts_with('u') => " of 0 or more".into(),
        Unexpected::Signed(..0) => format!(" of -{most} or more"),
        Unexpected::Signed(_) | Unexpected::Unsigned(_) => format!(" of at most {most}"),
        _ => String::new(),
    }
}

/// What was found, without the names that programmers give to types.
fn in_words(unexpected: Unexpected<'_>) -> String {
    match unexpected {
        Unexpected::Str(text) => format!("`{text}`"),
        Unexpected::Signed(number) => format!("`{number}`"),
        Unexpected::Unsigned(number) => format!("`{number}`"),
        Unexpected::Bool(value) => format!("`{value}`"),
        Unexpected::Unit | Unexpected::Option => "nothing".into(),
        Unexpected::Seq => "a list".into(),
        Unexpected::Map => "an object".into(),
        other => other.to_string(),
    }
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// A path and what stands below it.
pub(crate) fn join(base: &str, below: &str) -> String {
    match (base, below) {
        ("", below) => below.to_owned(),
        (base, "") => base.to_owned(),
        (base, below) if below.starts_with('[') => format!("{base}{below}"),
        (base, below) => format!("{base}.{below}"),
    }
}
