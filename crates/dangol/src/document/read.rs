//! From text to a tree, and from a tree to a typed value.

use serde::de::DeserializeOwned;

use super::Node;
#[cfg(feature = "toml")]
use super::quotes::left_open;
use super::strict::Strict;
use crate::error::{Code, Problem, join};

/// The largest program file: 16 MiB.
pub(crate) const MAX_DOCUMENT_BYTES: usize = 16 << 20;
/// The largest request on the wire, in bytes.
pub(crate) const MAX_REQUEST_BYTES: usize = 16 << 20;

/// The tree of a JSON text.
pub(crate) fn json(text: &str, limit: usize) -> Result<Node, Problem> {
    within(text, limit)?;
    // Editors on Windows put a mark before the text.
    let error = match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
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
    let text = text.trim_start_matches('\u{feff}');
    toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        // Where a string does not end, the reader stumbles over what comes after it, perhaps lines later.
        let open = left_open(text).filter(|open| *open < start);
        let (line, column) = line_and_column(text, open.unwrap_or(start));
        let said = error.message().lines().next().unwrap_or_default();
        let reason = if open.is_some() { "the string that begins here has no closing quote" } else { said };
        let code = if said.contains("recursion") {
            Code::TooDeep
        } else if said.contains("duplicate key") {
            Code::DuplicateField
        } else {
            Code::Syntax
        };
        Problem::new(code, "", format!("line {line}, column {column}: {reason}"))
    })
}

/// The line and column of a byte, counted from 1 in characters.
pub(super) fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or_default();
    let last = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count().saturating_add(1), last.chars().count().saturating_add(1))
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
    T::deserialize(node).map_err(|error| Problem::new(error.code, join(base, &error.path), error.message))
}

/// A request of the wire, read at once; only where that fails is the tree built, to say why and where.
pub(crate) fn request<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    within(text, MAX_REQUEST_BYTES)?;
    at_once(text).or_else(|_| typed(&json(text, MAX_REQUEST_BYTES)?, ""))
}

fn at_once<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = T::deserialize(Strict(&mut deserializer))?;
    deserializer.end()?;
    Ok(value)
}

/// Where a path stands in a document: the places to go down by, so that problems can be put in the document's order.
///
/// It ends where the path leaves the document: a missing field stands where its parent starts.
pub(crate) fn place(document: &Node, path: &str) -> Vec<usize> {
    let mut node = document;
    let mut place = Vec::new();
    for step in path.split(['.', '[']) {
        let next = match node {
            Node::Fields(fields) => fields
                .iter()
                .enumerate()
                .find(|(_, (name, _))| name == step)
                .map(|(at, (_, node))| (at, node)),
            Node::List(nodes) => {
                let index: Option<usize> = step.strip_suffix(']').and_then(|index| index.parse().ok());
                index.and_then(|index| Some((index, nodes.get(index)?)))
            }
            _ => None,
        };
        let Some((at, below)) = next else { break };
        place.push(at);
        node = below;
    }
    place
}
