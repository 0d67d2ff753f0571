//! What Python has beyond JSON's types: exact numbers, days and instants, dataclasses, numpy's integers.
//!
//! Each has one text or shape that the core reads; whatever would lose something is refused.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyByteArray, PyBytes, PyDate, PyDateTime, PyInt, PySequence, PyString, PyType};

use crate::fault::Fault;

/// A key and its value.
pub(crate) type Pair<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>);

/// A decimal whose digits would not fit on a page is left in its short form, which the core refuses.
const MOST_DIGITS: usize = 64;

/// `decimal.Decimal`.
pub(crate) fn decimal_type(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    DECIMAL.import(py, "decimal", "Decimal")
}

/// The text of an exact number, an instant or a day; nothing for anything else.
pub(crate) fn text<'py>(value: &Bound<'py, PyAny>) -> Result<Option<Bound<'py, PyString>>, Fault> {
    if value.is_instance(decimal_type(value.py())?)? {
        return decimal_text(value).map(Some);
    }
    if value.is_instance_of::<PyDateTime>() {
        return instant_text(value).map(Some);
    }
    if value.is_instance_of::<PyDate>() {
        return Ok(Some(called(value, intern!(value.py(), "isoformat"))?));
    }
    Ok(None)
}

fn decimal_text<'py>(number: &Bound<'py, PyAny>) -> Result<Bound<'py, PyString>, Fault> {
    let py = number.py();
    let text = number.str()?;
    let digits = text.to_str()?.trim_start_matches('-');
    if !digits.starts_with(|first: char| first.is_ascii_digit()) {
        return Err(Fault::object("not_a_number", format!("`{digits}` is not a number")));
    }
    let Some((mantissa, exponent)) = digits.split_once('E') else { return Ok(text) };
    // 1E+3 is the exact number 1000, but 1E+999999999 would fill the memory.
    match exponent.parse::<isize>() {
        Ok(power) if power.unsigned_abs() <= MOST_DIGITS && mantissa.len() <= MOST_DIGITS => {
            Ok(number.call_method1(intern!(py, "__format__"), (intern!(py, "f"),))?.cast_into().map_err(PyErr::from)?)
        }
        _ => Ok(text),
    }
}

fn instant_text<'py>(instant: &Bound<'py, PyAny>) -> Result<Bound<'py, PyString>, Fault> {
    let py = instant.py();
    if instant.call_method0(intern!(py, "utcoffset"))?.is_none() {
        let text = instant.str()?;
        return Err(Fault::object(
            "naive_datetime",
            format!("`{text}` has no time zone: write datetime(…, tzinfo=timezone.utc) or another zone"),
        ));
    }
    Ok(called(instant, intern!(py, "isoformat"))?)
}

fn called<'py>(value: &Bound<'py, PyAny>, method: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyString>> {
    Ok(value.call_method0(method)?.cast_into::<PyString>()?)
}

/// A dataclass instance's fields that are not `None`; nothing for anything else.
pub(crate) fn fields<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Vec<Pair<'py>>>> {
    static FIELDS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = value.py();
    if value.is_instance_of::<PyType>() || !value.hasattr(intern!(py, "__dataclass_fields__"))? {
        return Ok(None);
    }
    let mut filled = Vec::new();
    for field in FIELDS.import(py, "dataclasses", "fields")?.call1((value,))?.try_iter()? {
        let name = field?.getattr(intern!(py, "name"))?;
        let part = value.getattr(name.cast::<PyString>()?)?;
        if !part.is_none() {
            filled.push((name, part));
        }
    }
    Ok(Some(filled))
}

/// The parts of a sequence that is neither list nor tuple, such as a deque; nothing for text, bytes or anything else.
pub(crate) fn items<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Vec<Bound<'py, PyAny>>>> {
    let binary = value.is_instance_of::<PyBytes>() || value.is_instance_of::<PyByteArray>();
    if binary || value.cast::<PySequence>().is_err() {
        return Ok(None);
    }
    value.try_iter()?.collect::<PyResult<_>>().map(Some)
}

/// The integer that numpy's and pandas' whole numbers say they are.
pub(crate) fn whole_number<'py>(value: &Bound<'py, PyAny>) -> Option<Bound<'py, PyAny>> {
    let index = value.call_method0(intern!(value.py(), "__index__")).ok()?;
    index.is_instance_of::<PyInt>().then_some(index)
}
