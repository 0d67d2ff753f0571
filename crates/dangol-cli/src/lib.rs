//! The runner of conformance vectors, so that `dangol test` and the project's own tests run the same code.
//!
//! The terminal program itself is the binary `dangol`; it only reads files, calls this and the core, and prints.

pub mod vectors;
