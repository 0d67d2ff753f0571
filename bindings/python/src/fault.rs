//! Errors on their way to Python: one class, `dangol.DangolError`, with a code, a path and a message.

use std::fmt;

use dangol::wire::Failure;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;
use serde::{de, ser};

use crate::write;

/// Why an object could not be read or made.
#[derive(Debug)]
pub(crate) enum Fault {
    /// A type of the core did not want the value; which one and where, the core tells itself.
    Shape(String),
    /// Something that only a Python object can do wrong, with the core's word for that kind of mistake.
    Object { code: &'static str, message: String },
    /// Python raised while it was asked for a value: a caller's mapping, a time zone, a lack of memory.
    Raised(PyErr),
}

impl Fault {
    pub(crate) fn object(code: &'static str, message: impl Into<String>) -> Fault {
        Fault::Object { code, message: message.into() }
    }

    /// What Python raises for it, where the object stands at `path`.
    pub(crate) fn at(self, py: Python<'_>, path: &str) -> PyErr {
        match self {
            Fault::Raised(raised) => raised,
            Fault::Shape(message) => error(py, "invalid_value", path, &message),
            Fault::Object { code, message } => error(py, code, path, &message),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Shape(message) | Fault::Object { message, .. } => f.write_str(message),
            Fault::Raised(raised) => raised.fmt(f),
        }
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Fault {
        Fault::Shape(message.to_string())
    }
}

impl ser::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Fault {
        Fault::Shape(message.to_string())
    }
}

impl From<PyErr> for Fault {
    fn from(raised: PyErr) -> Fault {
        Fault::Raised(raised)
    }
}

/// What the core made, as JSON text.
pub(crate) fn json<T: ser::Serialize>(py: Python<'_>, value: &T) -> PyResult<String> {
    serde_json::to_string(value).map_err(|error| Fault::Shape(error.to_string()).at(py, ""))
}

/// A `DangolError` with one problem.
pub(crate) fn error(py: Python<'_>, code: &str, path: &str, message: &str) -> PyErr {
    raise(py, (code, path, message))
}

/// A `DangolError` that says what the core says.
pub(crate) fn failed(py: Python<'_>, failure: &Failure) -> PyErr {
    match write::to_python(py, &failure.problems) {
        Ok(problems) => raise(py, (failure.code.as_str(), &failure.path, &failure.message, problems)),
        Err(raised) => raised,
    }
}

fn raise<'py>(py: Python<'py>, arguments: impl pyo3::call::PyCallArgs<'py>) -> PyErr {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let made = CLASS.import(py, "dangol._error", "DangolError").and_then(|class| class.call1(arguments));
    made.map_or_else(|raised| raised, PyErr::from_value)
}
