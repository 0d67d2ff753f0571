//! From text to a tree, and from a tree to a typed value.

use serde::de::DeserializeOwned;

use super::Node;
use crate::error::{Code, Problem, ShapeError};

/// The largest program file: 16 MiB.
pub(crate) const MAX_DOCUMENT_BYTES: usize = 16 << 20;
/// The largest request on the wire, in bytes.
pub(crate) const MAX_REQUEST_BYTES: usize = 16 << 20;

/// The tree of a JSON text.
pub(crate) fn json(text: &str, limit: usize) -> Result<Node, Problem> {
    within(text, limit)?;
    let error = match serde_json::from_str(text) {
        Ok(node) => return Ok(node),
        Err(error) => error,
    };
    let said = error.to_string();
    let reason = said.split(" at line ").next().unwrap_or_default();
    let (line, column) = (error.line(), error.column());
    if reason.starts_with("recursion limit") {
        return Err(Problem::new(
            Code::TooDeep,
            "",
            format!("line {line}, column {column}: nested too deep"),
        ));
    }
    let code = if reason.ends_with("is given twice") { Code::DuplicateField } else { Code::Syntax };
    Err(Problem::new(code, "", format!("line {line}, column {column}: {reason}")))
}

/// The tree of a TOML text.
#[cfg(feature = "toml")]
pub(crate) fn toml(text: &str, limit: usize) -> Result<Node, Problem> {
    within(text, limit)?;
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count().saturating_add(1);
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()).saturating_add(1);
        let reason = error.message().lines().next().unwrap_or_default();
        let code = if reason.contains("recursion limit") {
            Code::TooDeep
        } else if reason.contains("duplicate key") {
            Code::DuplicateField
        } else {
            Code::Syntax
        };
        Problem::new(code, "", format!("line {line}, column {column}: {reason}"))
    })
}

fn within(text: &str, limit: usize) -> Result<(), Problem> {
    if text.len() <= limit {
        return Ok(());
    }
    let message = format!("the text has {} bytes, at most {limit} are read", text.len());
    Err(Problem::new(Code::TooLarge, "", message))
}

/// The typed value of a tree; a problem's path starts with `base`.
pub(crate) fn typed<T: DeserializeOwned>(node: &Node, base: &str) -> Result<T, Problem> {
    serde_path_to_error::deserialize(node).map_err(|error| {
        let inner = error.path().to_string();
        let path = if inner == "." { base.to_owned() } else { join(base, &inner) };
        let ShapeError { code, message, field } = error.into_inner();
        let path = match field {
            Some(field) if code == Code::MissingField => join(&path, &field),
            Some(field) if path != field && !path.ends_with(&format!(".{field}")) => join(&path, &field),
            _ => path,
        };
        Problem::new(code, path, message)
    })
}

/// A request of the wire, read at once; only where that fails is the tree built, to say why and where.
pub(crate) fn request<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    within(text, MAX_REQUEST_BYTES)?;
    serde_json::from_str(text).or_else(|_| typed(&json(text, MAX_REQUEST_BYTES)?, ""))
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
