//! Days and numbers as they lie in memory.

use arrow_array::Array;
use arrow_buffer::NullBuffer;

use crate::node::{Kind, Node};
use crate::units::Units;

/// The days of a column.
pub(super) struct Days<'a> {
    values: &'a [i32],
    nulls: Option<&'a NullBuffer>,
}

impl<'a> Days<'a> {
    pub(super) fn of(node: &'a Node) -> Option<Days<'a>> {
        let Kind::Day(days) = &node.kind else { return None };
        Some(Days { values: days.values(), nulls: days.nulls().filter(|nulls| nulls.null_count() > 0) })
    }

    pub(super) fn get(&self, row: usize) -> Option<i32> {
        if self.is_null(row) { None } else { self.values.get(row).copied() }
    }

    fn is_null(&self, row: usize) -> bool {
        self.nulls.is_some_and(|nulls| nulls.is_null(row))
    }

    /// The days of some rows, where none of them is null.
    pub(super) fn run(&self, first: usize, end: usize) -> Option<&'a [i32]> {
        let run = self.values.get(first..end)?;
        match self.nulls {
            Some(nulls) if (first..end).any(|row| nulls.is_null(row)) => None,
            _ => Some(run),
        }
    }

    /// Whether none of some rows lies before that day.
    pub(super) fn none_before(&self, first: usize, end: usize, day: i32) -> bool {
        let run = self.values.get(first..end).unwrap_or_default();
        // All of them at once, since nearly always none does.
        if run.iter().fold(true, |none, on| none & (*on >= day)) {
            return true;
        }
        (first..end).all(|row| self.get(row).is_none_or(|on| on >= day))
    }
}

/// Whether there is nothing: no value, or a list or an object that is empty.
pub(super) fn blank(node: Option<&Node>, row: usize) -> bool {
    let Some(node) = node.filter(|node| !node.is_null(row)) else { return true };
    match &node.kind {
        Kind::List(spans, _) | Kind::Map(spans, ..) => {
            let (first, end) = spans.of(row);
            first >= end
        }
        _ => matches!(node.text(row), Some("[]" | "{}")),
    }
}

/// Whether there is no number, or zero.
pub(super) fn zero(node: Option<&Node>, row: usize) -> bool {
    let Some(node) = node.filter(|node| !node.is_null(row)) else { return true };
    Units::of(node).is_some_and(|units| units.get(row) == Some(0))
}
