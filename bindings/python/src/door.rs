//! The one way from a Python call to the core and back, the same for every verb.

use std::collections::BTreeMap;

use dangol::wire::{self, Failure, Request};
use dangol::{Instant, Lang};
use pyo3::prelude::*;
use serde::de::value::MapDeserializer;
use serde::de::{DeserializeOwned, Deserializer};
use serde::{Deserialize, Serialize};

use crate::fault::{self, Fault};
use crate::read::Reader;
use crate::tree;

/// The arguments of a call, by name.
pub(crate) type Arguments<'a, 'py> = [(&'static str, &'a Bound<'py, PyAny>)];

/// Reads a verb's arguments, lets the core answer without Python's lock, and gives the answer.
pub(crate) fn ask<R>(
    py: Python<'_>,
    program: &dangol::Program,
    arguments: &Arguments<'_, '_>,
) -> PyResult<R::Reply>
where
    R: Request + Send,
    R::Reply: Send,
{
    let request: R = named(py, arguments)?;
    py.detach(|| request.run(program)).map_err(|failure| fault::failed(py, &failure))
}

/// A request from arguments.
pub(crate) fn named<R: Request>(py: Python<'_>, arguments: &Arguments<'_, '_>) -> PyResult<R> {
    read(py, || MapDeserializer::new(arguments.iter().map(|(name, object)| (*name, Reader::new(object)))))
}

/// The language that was asked for; English where none was.
pub(crate) fn lang(py: Python<'_>, lang: Option<&Bound<'_, PyAny>>) -> PyResult<Lang> {
    let Some(lang) = lang else { return Ok(Lang::default()) };
    named::<Alone<Speaking>>(py, &[("lang", lang)]).map(|alone| alone.0.lang)
}

/// The instant that an argument of that name says.
pub(crate) fn instant(py: Python<'_>, name: &'static str, at: &Bound<'_, PyAny>) -> PyResult<Instant> {
    let moments: BTreeMap<String, Instant> = named::<Alone<_>>(py, &[(name, at)])?.0;
    moments.into_values().next().ok_or_else(|| fault::error(py, "missing_field", name, "is missing"))
}

/// A request from one object.
pub(crate) fn whole<R: Request>(py: Python<'_>, object: &Bound<'_, PyAny>) -> PyResult<R> {
    read(py, || Reader::new(object))
}

/// What an answer's own JSON text says.
pub(crate) fn stored<T: DeserializeOwned + Serialize>(py: Python<'_>, text: &str) -> PyResult<T> {
    if let Some(failure) = wire::why_unreadable::<Alone<T>>(text) {
        return Err(fault::failed(py, &failure));
    }
    serde_json::from_str(text).map_err(|error| fault::error(py, "syntax", "", &error.to_string()))
}

/// Why a request cannot be read the core says, from the same request as JSON text.
fn read<'de, R: Request, D: Deserializer<'de, Error = Fault>>(
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

/// What is read like a request but needs no program: a stored quote, the name of an order.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Alone<T>(pub(crate) T);

impl<T: DeserializeOwned + Serialize> Request for Alone<T> {
    type Reply = T;
    fn run(self, _: &dangol::Program) -> Result<T, Failure> {
        Ok(self.0)
    }
}

/// The argument of `explain`.
#[derive(Serialize, Deserialize)]
pub(crate) struct Speaking {
    pub(crate) lang: Lang,
}
