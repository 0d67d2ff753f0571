//! The wheel `dangol`: the core's verbs for Python, with dicts, `Decimal` and `datetime` in and out.
//!
//! No rule lives here. Every call reads its arguments into the core's request, lets the core answer
//! without Python's lock, and hands back the answer.

mod checked;
mod columns;
mod door;
mod exact;
mod fault;
mod fields;
mod holding;
mod placed;
mod program;
mod quote;
mod read;
mod selling;
mod shape;
mod source;
mod standing;
mod tree;
mod write;

/// The native half of the package; import `dangol`.
///
/// It needs no lock of Python's: each class is frozen and its content never changes, what is made once (`DangolError`,
/// the type `Decimal`) lies in cells that threads may race for, and a caller's dict is copied before it is walked.
#[pyo3::pymodule(gil_used = false)]
mod _dangol {
    /// The version of this package.
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    #[pymodule_export]
    use super::checked::Program;
    #[pymodule_export]
    use super::columns::{Advanced, Columns, Quoted, Reviewed, member_rows};
    #[pymodule_export]
    use super::placed::Placed;
    #[pymodule_export]
    use super::quote::Quote;
}
