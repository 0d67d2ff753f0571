//! The one way from a Python call to the core and back, the same for every verb.

use dangol::wire::{self, Request};
use pyo3::prelude::*;
use serde::de::Deserializer;
use serde::de::value::MapDeserializer;

use crate::fault::{self, Fault};
use crate::read::Reader;
use crate::tree;

/// Reads a verb's arguments, lets the core answer without Python's lock, and gives the answer.
pub(crate) fn ask<R>(
    py: Python<'_>,
    program: &dangol::Program,
    arguments: &[(&'static str, &Bound<'_, PyAny>)],
) -> PyResult<R::Reply>
where
    R: Request + Send,
    R::Reply: Send,
{
    let named = || MapDeserializer::new(arguments.iter().map(|(name, object)| (*name, Reader::new(object))));
    let request: R = read(py, named)?;
    py.detach(|| request.run(program)).map_err(|failure| fault::failed(py, &failure))
}

/// A request from Python objects. Why it cannot be read the core says, from the same request as JSON text.
pub(crate) fn read<'de, R: Request, D: Deserializer<'de, Error = Fault>>(
    py: Python<'_>,
    object: impl Fn() -> D,
) -> PyResult<R> {
    let fault = match R::deserialize(object()) {
        Ok(request) => return Ok(request),
        Err(Fault::Raised(raised)) => return Err(raised),
        Err(fault) => fault,
    };
    let text = tree::json_text(py, object())?;
    Err(match wire::why_unreadable::<R>(&text) {
        Some(failure) => fault::failed(py, &failure),
        // Only an object that changes while it is read comes here.
        None => fault.at(py, ""),
    })
}
