//! Tests over the whole workspace: the conformance vectors, properties, the architecture, and the generated files.
//!
//! `README.md` tells the vector format, which every language runs.

pub mod cases;
pub mod format;
pub mod generate;

/// The Rust blocks of the READMEs run as documentation tests; their other blocks run in the bindings' own tests.
#[cfg(doctest)]
mod readme {
    #[doc = include_str!("../../README.md")]
    struct English;
    #[doc = include_str!("../../README.ko.md")]
    struct Korean;
}
