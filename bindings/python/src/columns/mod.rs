//! Tables in and out: Arrow's PyCapsule interface, and the loop over the batches of a table.

mod batches;
mod capsule;
mod table;

pub(crate) use batches::{Advanced, Asked, advance};
pub(crate) use table::{Columns, member_columns, member_rows, members_of};
