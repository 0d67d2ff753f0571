//! What is wrong with a table: a code, a place such as `column wallets.lots.points, row 17`, and a message.

use std::fmt::{self, Display};

/// A mistake in a table that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of mistake it is: the core's word for it.
    pub code: String,
    /// The column, by the names of its fields from the table down; empty where it is no column's.
    pub column: String,
    /// The row, from 0 over all batches; nothing where the whole column is wrong.
    pub row: Option<u64>,
    /// What is wrong and what helps, for people.
    pub message: String,
}

impl Fault {
    /// A mistake of a whole column, or of a table where the column is empty.
    #[must_use]
    pub fn new(code: &str, column: &str, message: impl Into<String>) -> Fault {
        Fault::of_column(code, column, message)
    }

    /// A mistake of a whole column.
    pub(crate) fn of_column(code: &str, column: &str, message: impl Into<String>) -> Fault {
        Fault { code: code.to_owned(), column: column.to_owned(), row: None, message: message.into() }
    }

    /// The same mistake, in that row.
    #[must_use]
    pub(crate) fn at_row(self, row: u64) -> Fault {
        Fault { row: Some(row), ..self }
    }

    /// Where it is: `column wallets.lots.points, row 17`.
    #[must_use]
    pub fn place(&self) -> String {
        let column = if self.column.is_empty() { String::new() } else { format!("column {}", self.column) };
        match self.row {
            None => column,
            Some(row) if column.is_empty() => format!("row {row}"),
            Some(row) => format!("{column}, row {row}"),
        }
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place();
        if place.is_empty() { f.write_str(&self.message) } else { write!(f, "{place}: {}", self.message) }
    }
}

impl std::error::Error for Fault {}
