//! `Placed`: an order and its events, which turn into Python objects when they are read.

use pyo3::prelude::*;

use crate::door::{self, Alone};
use crate::fault;
use crate::shape::{self, Given, Made};
use crate::write::made;

/// An order and the events that it causes.
///
/// >>> placed
/// <Placed order 'order-1': 2 events>
#[pyclass(frozen, eq, module = "dangol")]
#[derive(PartialEq)]
pub(crate) struct Placed(pub(crate) dangol::Placed);

#[pymethods]
impl Placed {
    /// The order, to be stored: everything that a return will need.
    ///
    /// >>> placed.order["id"], placed.order["quote"]["due"]
    /// ('order-1', Decimal('9600'))
    #[getter]
    fn order<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Order>> {
        made(py, &self.0.order)
    }

    /// The events, to be stored and applied to the member, all or none.
    ///
    /// >>> [event["type"] for event in placed.events]
    /// ['order_placed', 'points_earned']
    #[getter]
    fn events<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Events>> {
        made(py, &self.0.events)
    }

    /// What ``to_json`` gave, read again.
    ///
    /// >>> Placed.from_json(placed.to_json()) == placed
    /// True
    #[staticmethod]
    fn from_json(py: Python<'_>, text: &str) -> PyResult<Placed> {
        door::stored(py, text).map(Placed)
    }

    /// What ``to_dict`` gave, read again.
    ///
    /// >>> Placed.from_dict({"order": placed.order, "events": placed.events}) == placed
    /// True
    #[staticmethod]
    fn from_dict(py: Python<'_>, placed: Given<'_, shape::Placed>) -> PyResult<Placed> {
        door::whole(py, &placed.object).map(|Alone(placed)| Placed(placed))
    }

    /// The order and the events as JSON text, to be sent to who stores them.
    ///
    /// >>> placed.to_json()[:25]
    /// '{"order":{"id":"order-1",'
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        fault::json(py, &self.0)
    }

    /// The order and the events as a dict.
    ///
    /// >>> list(placed.to_dict())
    /// ['order', 'events']
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Placed>> {
        made(py, &self.0)
    }

    fn __repr__(&self) -> String {
        format!("<Placed order '{}': {} events>", self.0.order.id, self.0.events.len())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((py.get_type::<Placed>().getattr("from_json")?, (self.to_json(py)?,)))
    }
}
