//! The wheel `dangol`: the core's verbs for Python, with dicts, `Decimal` and `datetime` in and out.
//!
//! No rule lives here. Every call reads its arguments into the core's request, lets the core answer
//! without Python's lock, and hands back the answer.

mod checked;
mod columns;
mod door;
mod exact;
mod fault;
mod placed;
mod program;
mod quote;
mod read;
mod shape;
mod source;
mod tree;
mod write;

/// The native half of the package; import `dangol`.
#[pyo3::pymodule]
mod _dangol {
    /// The version of this package.
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    #[pymodule_export]
    use super::checked::Program;
    #[pymodule_export]
    use super::columns::{Advanced, Columns, member_rows};
    #[pymodule_export]
    use super::placed::Placed;
    #[pymodule_export]
    use super::quote::Quote;
}
