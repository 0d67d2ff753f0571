//! Why a row could not be read: the core is asked about the same row as JSON text, and its path becomes a column.

use dangol::wire::Failure;
use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::cell::Cell;
use crate::fault::Fault;
use crate::node::{Kind, Node};
use crate::number::Decimal;

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_null() {
            return serializer.serialize_unit();
        }
        let cell = self.resolved();
        if let Some(mut entries) = cell.entries() {
            let mut map = serializer.serialize_map(None)?;
            while let Some((name, value)) = entries.step() {
                map.serialize_entry(name, &value)?;
            }
            return map.end();
        }
        match &cell.node.kind {
            Kind::Text(texts) => text(texts.value(cell.row), serializer),
            Kind::Whole(numbers) => {
                let number = numbers.value(cell.row);
                match i64::try_from(number) {
                    Ok(number) => serializer.serialize_i64(number),
                    Err(_) => serializer.collect_str(&number),
                }
            }
            Kind::Decimal(numbers) => match numbers.value(cell.row) {
                Decimal::Whole(number) => serializer.serialize_i64(number),
                Decimal::Text(text) => serializer.serialize_str(&text),
            },
            Kind::Truth(truths) => serializer.serialize_bool(truths.value(cell.row)),
            Kind::List(spans, items) => {
                let (place, end) = spans.of(cell.row);
                let mut list = serializer.serialize_seq(None)?;
                for row in place..end {
                    list.serialize_element(&Cell { node: items, row })?;
                }
                list.end()
            }
            _ => match cell.moment() {
                Some(Ok(text)) => serializer.serialize_str(&text),
                Some(Err(fault)) => Err(S::Error::custom(fault)),
                None => serializer.serialize_unit(),
            },
        }
    }
}

/// Text, or what it says where it is JSON text.
fn text<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if text.trim_start().starts_with(['{', '['])
        && let Ok(value) = serde_json::from_str::<serde_json::Value>(text)
    {
        return value.serialize(serializer);
    }
    serializer.serialize_str(text)
}

/// What the core says about the cell, given what it says about the text of the whole; nothing where it has no objection.
pub(crate) fn explained(
    cell: Cell<'_>,
    why: impl Fn(&str) -> Option<Failure>,
    within: &str,
) -> Option<Fault> {
    let failure = serde_json::to_string(&cell).ok().and_then(|text| why(&text))?;
    let path = failure.path.strip_prefix(within).unwrap_or(&failure.path);
    Some(placed(cell.node, &failure, path.trim_start_matches('.')))
}

/// A mistake that the core found at that path below a column.
pub(crate) fn placed(node: &Node, failure: &Failure, path: &str) -> Fault {
    let column = column(node, path);
    let hint = if column == path || path.is_empty() { String::new() } else { format!(" (at `{path}`)") };
    Fault { code: failure.code.to_string(), column, row: None, message: format!("{}{hint}", failure.message) }
}

/// The column in which a path lies: keys and places in lists are no columns.
fn column(node: &Node, path: &str) -> String {
    let mut at = node;
    let mut missing = "";
    for step in path.split(['.', '[']) {
        if step.is_empty() || step.ends_with(']') {
            if let Kind::List(_, items) = &at.kind {
                at = items;
            }
            continue;
        }
        at = match &at.kind {
            Kind::Map(_, _, values) => values,
            Kind::List(_, items) => match items.pair() {
                Some((_, values)) => values,
                None => items,
            },
            Kind::Fields(_) => match at.field(step) {
                Some(below) => below,
                None => {
                    missing = step;
                    break;
                }
            },
            _ => break,
        };
    }
    match (at.column.is_empty(), missing.is_empty()) {
        (true, _) => missing.to_owned(),
        (false, true) => at.column.clone(),
        (false, false) => format!("{}.{missing}", at.column),
    }
}
