//! Documents as people and programs write them: text to a tree, a tree to a typed value, with the path of what is wrong.
//!
//! Reading a well-formed request never builds the tree: it is there for program files, which report every problem at
//! once, and for explaining why a request could not be read.

mod node;
#[cfg(feature = "toml")]
mod quotes;
mod read;
mod strict;
mod utf8;

pub(crate) use node::Node;
pub(crate) use read::{MAX_DOCUMENT_BYTES, json, place, request, typed};
pub(crate) use strict::Strict;
pub(crate) use utf8::text;

#[cfg(feature = "toml")]
pub(crate) use read::toml;
