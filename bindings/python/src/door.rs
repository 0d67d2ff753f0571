//! The one way from a Python call to the core and back, the same for every verb.

use dangol::wire::{self, Request};
use pyo3::prelude::*;
use serde::de::value::MapDeserializer;

use crate::fault::{self, Fault};
use crate::read::Reader;
use crate::tree;

/// The arguments of a verb, by name.
pub(crate) type Arguments<'a, 'py> = &'a [(&'static str, &'a Bound<'py, PyAny>)];

/// Reads the request, lets the core answer it without Python's lock, and gives the answer.
pub(crate) fn ask<R>(
    py: Python<'_>,
    program: &dangol::Program,
    verb: &'static str,
    arguments: Arguments<'_, '_>,
) -> PyResult<R::Reply>
where
    R: Request + Send,
    R::Reply: Send,
{
    let request = R::deserialize(named(arguments)).map_err(|fault| refusal(py, program, verb, arguments, fault))?;
    py.detach(|| request.run(program)).map_err(|failure| fault::failed(py, &failure))
}

/// Why the request could not be read: the core says it, from the same request as JSON text.
fn refusal(
    py: Python<'_>,
    program: &dangol::Program,
    verb: &'static str,
    arguments: Arguments<'_, '_>,
    fault: Fault,
) -> PyErr {
    if let Fault::Raised(raised) = fault {
        return raised;
    }
    match tree::json_text(py, named(arguments)) {
        Err(raised) => raised,
        Ok(text) => match wire::call(program, verb, &text) {
            Err(failure) => fault::failed(py, &failure),
            // Only an object that changes while it is read comes here.
            Ok(_) => fault.at(py, ""),
        },
    }
}

fn named<'a, 'py>(
    arguments: Arguments<'a, 'py>,
) -> MapDeserializer<'a, impl Iterator<Item = (&'static str, Reader<'a, 'py>)>, Fault> {
    MapDeserializer::new(arguments.iter().map(|(name, object)| (*name, Reader::new(object))))
}
