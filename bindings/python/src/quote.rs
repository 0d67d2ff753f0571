//! `Quote`: an answer whose fields, in `fields`, turn into Python objects when they are read.

use pyo3::prelude::*;
use serde::{Deserialize, Serialize};

use crate::door::{self, Alone};
use crate::fault;
use crate::placed::Placed;
use crate::shape::{self, Given, Made};
use crate::write::made;

/// What a basket costs and earns, line by line, with the reason of every rule that applied, and of every other.
///
/// What the cart shows and what the order books are the same quote: ``place`` only names it. A quote never changes.
/// Each field becomes Python objects when it is read, so a till that shows only ``due`` pays for no more.
///
/// >>> quote
/// <Quote for 'm1': 9600 KRW due>
#[pyclass(frozen, eq, module = "dangol")]
#[derive(PartialEq)]
pub(crate) struct Quote(pub(crate) dangol::Quote);

#[pymethods]
impl Quote {
    /// The order of this quote, and the events that it causes: to be stored together, then applied to the member.
    ///
    /// ``order`` is the id that the host gives it; placing the same order twice changes nothing.
    ///
    /// >>> placed = quote.place("order-1")
    /// >>> [event["type"] for event in placed.events]
    /// ['order_placed', 'points_earned']
    fn place(&self, py: Python<'_>, order: Given<'_, shape::Text>) -> PyResult<Placed> {
        let Alone(Naming { order }) = door::named(py, &[("order", &order.object)])?;
        Ok(Placed(self.0.place(order)))
    }

    /// A quote from the text that ``to_json`` gave.
    ///
    /// >>> Quote.from_json(quote.to_json()) == quote
    /// True
    #[staticmethod]
    fn from_json(py: Python<'_>, text: &str) -> PyResult<Quote> {
        door::stored(py, text).map(Quote)
    }

    /// A quote from the dict that ``to_dict`` gave, such as the one that an order holds.
    ///
    /// >>> Quote.from_dict(placed.order["quote"]) == quote
    /// True
    #[staticmethod]
    fn from_dict(py: Python<'_>, quote: Given<'_, shape::Quote>) -> PyResult<Quote> {
        door::whole(py, &quote.object).map(|Alone(quote)| Quote(quote))
    }

    /// The quote as JSON text, to be stored or sent.
    ///
    /// >>> quote.to_json()[:41]
    /// '{"program":{"id":"cafe","version":"1","ha'
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        fault::json(py, &self.0)
    }

    /// All fields as a dict.
    ///
    /// >>> quote.to_dict()["due"]
    /// Decimal('9600')
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Made<'py, shape::Quote>> {
        made(py, &self.0)
    }

    fn __repr__(&self) -> String {
        let dangol::Quote { member, due, currency, .. } = &self.0;
        format!("<Quote for '{member}': {due} {currency} due>")
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((py.get_type::<Quote>().getattr("from_json")?, (self.to_json(py)?,)))
    }
}

/// The argument of `place`.
#[derive(Serialize, Deserialize)]
struct Naming {
    order: dangol::Id,
}
