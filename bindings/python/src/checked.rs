//! `Program`: the rules of a shop, and what they were read from. Its methods stand in `program`.

use std::hash::{Hash, Hasher};

use pyo3::prelude::*;

use crate::fault;
use crate::source::Format;

/// The rules of a shop, checked and ready to answer: points, tiers, coupons and promotions.
///
/// A program never changes and may be used by any number of threads at once. It remembers nothing
/// about a member: what it needs comes in with each call, what happened comes out as events.
///
/// >>> program = Program.from_file("cafe.toml")
/// >>> quote = program.quote(member, basket, now)
/// >>> placed = quote.place("order-1")
/// >>> member = program.apply(member, placed.events)
#[pyclass(frozen, eq, hash, module = "dangol")]
pub(crate) struct Program {
    pub(crate) core: dangol::Program,
    /// What it was read from, kept so that it can be pickled.
    pub(crate) text: String,
    pub(crate) format: Format,
}

impl Program {
    pub(crate) fn read(py: Python<'_>, text: String, format: Format) -> PyResult<Program> {
        let read = py.detach(|| match format {
            Format::Json => dangol::Program::from_json(&text),
            Format::Toml => dangol::Program::from_toml(&text),
        });
        let core = read.map_err(|error| fault::failed(py, &error.into()))?;
        Ok(Program { core, text, format })
    }
}

/// Programs of the same content are the same, whatever they were read from.
impl PartialEq for Program {
    fn eq(&self, other: &Program) -> bool {
        self.core == other.core
    }
}

impl Hash for Program {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.core.hash().hash(state);
    }
}
