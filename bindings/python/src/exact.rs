//! What Python has beyond JSON's types: exact numbers, days and instants, dataclasses, numpy's integers.
//!
//! Each has one text or shape that the core reads; whatever would lose something is refused.

use chrono::{DateTime, NaiveDateTime};
use pyo3::IntoPyObjectExt;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{
    PyByteArray, PyBytes, PyDate, PyDateTime, PyDict, PyInt, PyMapping, PySequence, PyString, PyType,
};

use crate::fault::Fault;

/// A decimal whose digits would fill a page is left in its short form, which the core refuses.
const MOST_DIGITS: usize = 64;

/// `decimal.Decimal`.
pub(crate) fn decimal_type(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    DECIMAL.import(py, "decimal", "Decimal")
}

/// The text itself; Python allows halves of characters, which no other language reads.
pub(crate) fn utf8<'a>(text: &'a Bound<'_, PyString>) -> Result<&'a str, Fault> {
    text.to_str()
        .map_err(|_| Fault::object("invalid_value", "the text holds half a character (a lone surrogate)"))
}

/// The text of an exact number, an instant or a day; nothing for anything else.
pub(crate) fn text<'py>(value: &Bound<'py, PyAny>) -> Result<Option<Bound<'py, PyString>>, Fault> {
    if value.is_instance(decimal_type(value.py())?)? {
        return decimal_text(value).map(Some);
    }
    if let Ok(instant) = value.cast::<PyDateTime>() {
        return instant_text(instant).map(Some);
    }
    if value.is_instance_of::<PyDate>() {
        return Ok(Some(isoformat(value)?));
    }
    Ok(None)
}

fn decimal_text<'py>(number: &Bound<'py, PyAny>) -> Result<Bound<'py, PyString>, Fault> {
    let text = number.str()?;
    let digits = utf8(&text)?.trim_start_matches('-');
    if !digits.starts_with(|first: char| first.is_ascii_digit()) {
        return Err(Fault::object("invalid_value", format!("expected a number, found `{text}`")));
    }
    let Some((mantissa, exponent)) = digits.split_once('E') else { return Ok(text) };
    // 1E+3 is the exact number 1000, but 1E+999999999 would fill the memory.
    let short = exponent.parse::<isize>().is_ok_and(|exponent| exponent.unsigned_abs() <= MOST_DIGITS);
    if short && mantissa.len() <= MOST_DIGITS {
        let plain = number.call_method1(intern!(number.py(), "__format__"), (intern!(number.py(), "f"),))?;
        return Ok(plain.cast_into::<PyString>().map_err(PyErr::from)?);
    }
    Ok(text)
}

fn instant_text<'py>(instant: &Bound<'py, PyDateTime>) -> Result<Bound<'py, PyString>, Fault> {
    let py = instant.py();
    // Other classes may be finer than a microsecond, as pandas' is.
    if instant.is_exact_instance_of::<PyDateTime>()
        && let Some(utc) = in_utc(instant)?
    {
        return Ok(PyString::new(py, &format!("{utc:?}Z")));
    }
    if instant.call_method0(intern!(py, "utcoffset"))?.is_none() {
        let hint = "write datetime(…, tzinfo=timezone.utc), or another zone";
        return Err(Fault::object("invalid_value", format!("`{instant}` has no time zone: {hint}")));
    }
    Ok(isoformat(instant)?)
}

/// What a clock in UTC shows then; nothing where the instant has no zone, or its zone does not tell.
///
/// A difference is many times as fast as `isoformat`; and some zones of old have seconds that RFC 3339 cannot say, UTC has
/// none.
fn in_utc(instant: &Bound<'_, PyDateTime>) -> PyResult<Option<NaiveDateTime>> {
    static EPOCH: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = instant.py();
    let epoch = EPOCH.get_or_try_init(py, || DateTime::UNIX_EPOCH.into_py_any(py))?;
    let Ok(since) = instant.sub(epoch) else { return Ok(None) };
    let utc = DateTime::UNIX_EPOCH.checked_add_signed(since.extract()?);
    Ok(utc.map(|utc| utc.naive_utc()))
}

fn isoformat<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
    Ok(value.call_method0(intern!(value.py(), "isoformat"))?.cast_into::<PyString>()?)
}

/// The fields of a dataclass that are not `None`, or the content of another mapping; nothing for anything else.
pub(crate) fn fields<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyDict>>> {
    static FIELDS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = value.py();
    let dict = PyDict::new(py);
    if value.hasattr(intern!(py, "__dataclass_fields__"))? && !value.is_instance_of::<PyType>() {
        for field in FIELDS.import(py, "dataclasses", "fields")?.call1((value,))?.try_iter()? {
            let name = field?.getattr(intern!(py, "name"))?;
            let part = value.getattr(name.cast::<PyString>()?)?;
            if !part.is_none() {
                dict.set_item(name, part)?;
            }
        }
    } else if let Ok(mapping) = value.cast::<PyMapping>() {
        dict.update(mapping)?;
    } else {
        return Ok(None);
    }
    Ok(Some(dict))
}

/// The parts of a tuple or another sequence; nothing for bytes or anything else.
pub(crate) fn items<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Vec<Bound<'py, PyAny>>>> {
    let binary = value.is_instance_of::<PyBytes>() || value.is_instance_of::<PyByteArray>();
    if binary || value.cast::<PySequence>().is_err() {
        return Ok(None);
    }
    value.try_iter()?.collect::<PyResult<_>>().map(Some)
}

/// The integer that numpy's and pandas' whole numbers say they are.
pub(crate) fn whole_number<'py>(value: &Bound<'py, PyAny>) -> Option<Bound<'py, PyInt>> {
    value.call_method0(intern!(value.py(), "__index__")).ok()?.cast_into().ok()
}
