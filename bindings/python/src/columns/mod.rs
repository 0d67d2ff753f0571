//! Tables in and out: Arrow's PyCapsule interface, and the loop over the batches of a table.

mod batches;
mod capsule;
mod table;
mod verbs;

pub(crate) use batches::Advanced;
pub(crate) use table::{Columns, member_rows};
