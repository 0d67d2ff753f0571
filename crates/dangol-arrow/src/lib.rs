#![forbid(unsafe_code)]
//! Dangol on columns: members, events and quotes as Apache Arrow, many at once.
//!
//! A table of members has the fields of [`dangol::Member`] as columns, nested as in JSON: see [`member_schema`]. A column
//! that is left out, or null, is a field left out; text where a field is an object or a list is JSON text; and a table may
//! have one column, `member`, with all of it as JSON text. It is a loop over rows that calls the engine, with no rule of its
//! own, so a batch answers what the engine answers row by row.

mod access;
mod advance;
mod cell;
mod explain;
mod fault;
mod members;
mod moment;
mod node;
mod number;
mod quiet;
mod quote;
mod review;
mod rows;
mod run;
mod schema;
mod units;
mod write;

pub use advance::{Advanced, advance, advanced_schema, event_schema};
pub use fault::Fault;
pub use members::{columns_of, joined, members_of};
pub use quote::{Quoted, quote, quote_schema};
pub use review::{Reviewed, review, standing_schema};
pub use rows::{Baskets, Members};
pub use run::{Options, Rejected, rejected_schema};
pub use schema::member_schema;
