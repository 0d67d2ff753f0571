//! Tables in and out: Arrow's PyCapsule interface, the loop over the batches of a table, and what the verbs on them answer.

mod answers;
mod batches;
mod capsule;
mod table;
mod verbs;

pub(crate) use answers::{Advanced, Quoted, Reviewed};
pub(crate) use table::{Columns, member_rows};
