//! The methods of `Program` that read rules and tell which they are. Its verbs stand in `selling`, `holding` and `standing`.

use std::path::PathBuf;

use dangol::wire;
use pyo3::prelude::*;

use crate::checked::Program;
use crate::read::Reader;
use crate::shape::{self, Given};
use crate::source::{self, Format};
use crate::{fault, tree};

#[pymethods]
impl Program {
    /// A program from JSON text.
    ///
    /// Raises DangolError with every problem that the text has, each with its path.
    ///
    /// >>> Program.from_json('{"format": 1, "id": "cafe", "version": "1", "currency": "KRW"}')
    /// <Program 'cafe' version '1'>
    #[staticmethod]
    fn from_json(py: Python<'_>, text: String) -> PyResult<Program> {
        Program::read(py, text, Format::Json)
    }

    /// A program from TOML text.
    ///
    /// >>> Program.from_toml('format = 1\nid = "cafe"\nversion = "1"\ncurrency = "KRW"')
    /// <Program 'cafe' version '1'>
    #[staticmethod]
    fn from_toml(py: Python<'_>, text: String) -> PyResult<Program> {
        Program::read(py, text, Format::Toml)
    }

    /// A program from a file whose name ends in ``.json`` or ``.toml``.
    ///
    /// >>> Program.from_file("cafe.toml")
    /// <Program 'cafe' version '1'>
    #[staticmethod]
    fn from_file(py: Python<'_>, path: PathBuf) -> PyResult<Program> {
        let (text, format) = source::file(py, path)?;
        Program::read(py, text, format)
    }

    /// A program from a dict of the same form as the file.
    ///
    /// >>> Program.from_dict({"format": 1, "id": "cafe", "version": "1", "currency": "KRW"})
    /// <Program 'cafe' version '1'>
    #[staticmethod]
    fn from_dict(py: Python<'_>, definition: Given<'_, shape::Definition>) -> PyResult<Program> {
        let text = tree::json_text(py, Reader::new(&definition.object))?;
        Program::read(py, text, Format::Json)
    }

    /// The program's name.
    ///
    /// >>> program.id
    /// 'cafe'
    #[getter]
    fn id(&self) -> &str {
        self.core.id().as_str()
    }

    /// The version that its author gave it.
    ///
    /// >>> program.version
    /// '1'
    #[getter]
    fn version(&self) -> &str {
        self.core.version().as_str()
    }

    /// The hash of its content: every quote and event says which rules decided it.
    ///
    /// >>> len(program.hash)
    /// 32
    #[getter]
    fn hash(&self) -> &str {
        self.core.hash().as_str()
    }

    /// The raw door: a request as JSON text, the answer as JSON text. The same in every language.
    ///
    /// >>> program.call("notices", '{"member": {"id": "m1"}, "from": "2027-01-25", "until": "2027-01-31"}')
    /// '{"notices":[]}'
    fn call(&self, py: Python<'_>, verb: &str, request: &str) -> PyResult<String> {
        let reply = py.detach(|| wire::call(&self.core, verb, request));
        reply.map_err(|failure| fault::failed(py, &failure))
    }

    fn __repr__(&self) -> String {
        format!("<Program '{}' version '{}'>", self.id(), self.version())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (&str,))> {
        Ok((py.get_type::<Program>().getattr(self.format.reader())?, (&self.text,)))
    }
}
