//! The rows of a table as the core's own values: members, and baskets beside them.

use arrow_array::{RecordBatch, StructArray};
use dangol::wire::{self, AdvanceRequest, Failure, QuoteRequest};
use dangol::{Basket, Code, Member};
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::cell::{Cell, CellFault};
use crate::explain::explained;
use crate::fault::Fault;
use crate::node::Node;

/// Any instant: what is asked of the core is only whether a member can be read.
const ANY: &str = "2000-01-01T00:00:00Z";

/// A table of members.
#[derive(Debug)]
pub struct Members {
    node: Node,
    /// The number of its first row.
    first: u64,
    rows: usize,
    /// Whether the member is one column, called `member`.
    whole: bool,
}

impl Members {
    /// The members of a batch whose first row has that number.
    ///
    /// # Errors
    /// A [`Fault`] where a column has a type that means nothing here, or a name that no member's field has.
    pub fn new(batch: &RecordBatch, first: u64) -> Result<Members, Fault> {
        let node = Node::table(&StructArray::from(batch.clone()))?;
        let whole = node.field("member").is_some();
        for field in batch.schema().fields() {
            let name = field.name();
            if whole && name != "member" {
                let message = "beside `member`, which has all of it, there is no other column: leave it out";
                return Err(Fault::of_column("unknown_field", name, message));
            }
            if !whole {
                known(name)?;
            }
        }
        Ok(Members { node, first, rows: batch.num_rows(), whole })
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The number of a row over all batches.
    pub(crate) fn number(&self, row: usize) -> u64 {
        self.first.saturating_add(u64::try_from(row).unwrap_or(u64::MAX))
    }

    /// The columns, where each is a field of the member.
    pub(crate) fn columns(&self) -> Option<&Node> {
        Some(&self.node).filter(|_| !self.whole)
    }

    fn cell(&self, row: usize) -> Cell<'_> {
        let node = if self.whole { self.node.field("member") } else { None };
        Cell { node: node.unwrap_or(&self.node), row }
    }

    /// The member of a row.
    ///
    /// # Errors
    /// A [`Fault`] with the core's code and message, and the column and row where the mistake is.
    pub fn member(&self, row: usize) -> Result<Member, Fault> {
        read(self.cell(row), "member", &|member| {
            wire::why_unreadable::<AdvanceRequest>(&format!(r#"{{"member":{member},"until":"{ANY}"}}"#))
        })
        .map_err(|fault| fault.at_row(self.number(row)))
    }

    /// The id of a row as far as it can be read.
    pub(crate) fn id(&self, row: usize) -> Option<String> {
        if !self.whole {
            return self.node.field("id")?.text(row).map(str::to_owned);
        }
        let member: serde_json::Value = serde_json::from_str(self.node.field("member")?.text(row)?).ok()?;
        member.get("id")?.as_str().map(str::to_owned)
    }

    /// A mistake that the core found in the member of a row.
    pub(crate) fn misfit(&self, row: usize, failure: &Failure) -> Fault {
        let path = failure.path.strip_prefix("member").unwrap_or("").trim_start_matches('.');
        crate::explain::placed(self.cell(row).node, failure, path).at_row(self.number(row))
    }
}

/// Whether a member has a field of that name; the core knows which one is meant.
fn known(name: &str) -> Result<(), Fault> {
    let mut member = serde_json::Map::new();
    member.insert("id".to_owned(), "m".into());
    if name != "id" {
        member.insert(name.to_owned(), serde_json::Value::Null);
    }
    let request = json!({ "member": member, "until": ANY }).to_string();
    match wire::why_unreadable::<AdvanceRequest>(&request) {
        Some(failure) if failure.code == Code::UnknownField => {
            Err(Fault::of_column("unknown_field", name, failure.message))
        }
        _ => Ok(()),
    }
}

/// A table of baskets: a column for each field, or one that is called `basket`.
#[derive(Debug)]
pub struct Baskets {
    node: Node,
    first: u64,
    whole: bool,
}

impl Baskets {
    /// The baskets of a batch whose first row has that number.
    ///
    /// # Errors
    /// A [`Fault`] where a column has a type that means nothing here.
    pub fn new(batch: &RecordBatch, first: u64) -> Result<Baskets, Fault> {
        let node = Node::table(&StructArray::from(batch.clone()))?;
        let whole = node.field("basket").is_some();
        let schema = batch.schema();
        let other = schema.fields().iter().find(|field| field.name() != "basket");
        if let Some(other) = other.filter(|_| whole) {
            let message = "beside `basket`, which has all of it, there is no other column: leave it out";
            return Err(Fault::of_column("unknown_field", other.name(), message));
        }
        Ok(Baskets { node, first, whole })
    }

    fn cell(&self, row: usize) -> Cell<'_> {
        let node = if self.whole { self.node.field("basket") } else { None };
        Cell { node: node.unwrap_or(&self.node), row }
    }

    /// The basket of a row.
    ///
    /// # Errors
    /// A [`Fault`] with the core's code and message, and the column and row where the mistake is.
    pub fn basket(&self, row: usize) -> Result<Basket, Fault> {
        read(self.cell(row), "basket", &|basket| {
            let text = format!(r#"{{"member":{{"id":"m"}},"basket":{basket},"now":"{ANY}"}}"#);
            wire::why_unreadable::<QuoteRequest>(&text)
        })
        .map_err(|fault| fault.at_row(self.number(row)))
    }

    fn number(&self, row: usize) -> u64 {
        self.first.saturating_add(u64::try_from(row).unwrap_or(u64::MAX))
    }

    /// A mistake that the core found in the basket of a row.
    pub(crate) fn misfit(&self, row: usize, failure: &Failure) -> Fault {
        let path = failure.path.strip_prefix("basket").unwrap_or("").trim_start_matches('.');
        crate::explain::placed(self.cell(row).node, failure, path).at_row(self.number(row))
    }
}

/// The value of a cell; where it cannot be read the core says why.
fn read<T: DeserializeOwned>(
    cell: Cell<'_>,
    within: &str,
    why: &dyn Fn(&str) -> Option<Failure>,
) -> Result<T, Fault> {
    match T::deserialize(cell) {
        Ok(value) => Ok(value),
        Err(CellFault::Column(fault)) => Err(*fault),
        Err(CellFault::Shape(message)) => Err(explained(cell, why, within)
            .unwrap_or_else(|| Fault::of_column("invalid_value", &cell.node.column, message))),
    }
}
