//! Numbers as they lie in memory, to be added up by the million.

use arrow_buffer::NullBuffer;

use crate::node::{Kind, Node};
use crate::number::{Decimals, Values, Whole};

/// Numbers as whole numbers of their last digits, as they lie in memory.
#[derive(Debug)]
pub(crate) struct Units<'a> {
    values: Raw<'a>,
    nulls: Option<&'a NullBuffer>,
    /// How many digits stand after the point.
    pub(crate) digits: u8,
}

#[derive(Debug)]
enum Raw<'a> {
    Long(&'a [i64]),
    Wide(&'a [i128]),
    Other(&'a Whole),
}

impl<'a> Units<'a> {
    /// Nothing for what is no number, or has a form that is rare.
    pub(crate) fn of(node: &'a Node) -> Option<Units<'a>> {
        let (values, digits) = match &node.kind {
            Kind::Whole(Whole::I64(numbers)) => (Raw::Long(numbers.values()), 0),
            Kind::Whole(whole) => (Raw::Other(whole), 0),
            Kind::Decimal(Decimals { values: Values::D128(numbers), scale }) => {
                (Raw::Wide(numbers.values()), u8::try_from(*scale).ok()?)
            }
            _ => return None,
        };
        Some(Units { values, nulls: node.nulls.as_ref().filter(|nulls| nulls.null_count() > 0), digits })
    }

    pub(crate) fn is_null(&self, row: usize) -> bool {
        self.nulls.is_some_and(|nulls| nulls.is_null(row))
    }

    /// The number of a row, nothing being zero; `None` where it is too large.
    pub(crate) fn get(&self, row: usize) -> Option<i64> {
        if self.is_null(row) {
            return Some(0);
        }
        match self.values {
            Raw::Long(values) => values.get(row).copied(),
            Raw::Wide(values) => values.get(row).and_then(|units| i64::try_from(*units).ok()),
            Raw::Other(whole) => i64::try_from(whole.value(row)).ok(),
        }
    }

    /// The numbers of some rows, where they lie side by side and none is null.
    pub(crate) fn run(&self, first: usize, rows: usize) -> Option<&'a [i64]> {
        match self.values {
            Raw::Long(values) if self.nulls.is_none() => values.get(first..first.saturating_add(rows)),
            _ => None,
        }
    }
}
