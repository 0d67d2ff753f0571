//! `Placed`: an order and its events, which turn into Python objects when they are read.

use pyo3::prelude::*;

use crate::shape::{self, Made};
use crate::write::made;

/// An order and the events that it causes.
#[pyclass(frozen, eq, module = "dangol")]
#[derive(PartialEq)]
pub(crate) struct Placed(pub(crate) dangol::Placed);

#[pymethods]
impl Placed {
    /// The order, to be stored: everything that a return will need.
    #[getter]
    fn order<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Order>> {
        made(py, &self.0.order)
    }

    /// The events, to be stored and applied to the member, all or none.
    #[getter]
    fn events<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Events>> {
        made(py, &self.0.events)
    }

    fn __repr__(&self) -> String {
        format!("<Placed order '{}': {} events>", self.0.order.id, self.0.events.len())
    }
}
