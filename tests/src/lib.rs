//! Tests over the whole workspace: the conformance vectors, properties, the architecture, and the generated files.
//!
//! `README.md` tells the vector format, which every language runs.

pub mod format;
pub mod generate;
