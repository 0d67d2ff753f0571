//! What Python has beyond JSON's types: exact numbers, days and instants, dataclasses, numpy's integers.
//!
//! Each has one text or shape that the core reads; whatever would lose something is refused.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{
    PyByteArray, PyBytes, PyDate, PyDateTime, PyDict, PyInt, PyMapping, PySequence, PyString, PyType,
    PyTzInfo,
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
    let offset = if instant.getattr(intern!(py, "tzinfo"))?.is(PyTzInfo::utc(py)?) {
        TimeDelta::zero()
    } else {
        let offset: Option<_> = instant.call_method0(intern!(py, "utcoffset"))?.extract()?;
        offset.ok_or_else(|| {
            let hint = "write datetime(…, tzinfo=timezone.utc), or another zone";
            Fault::object("invalid_value", format!("`{instant}` has no time zone: {hint}"))
        })?
    };
    if !instant.is_exact_instance_of::<PyDateTime>() {
        // Other classes may be finer than a microsecond, as pandas' is.
        return Ok(isoformat(instant)?);
    }
    // Several times as fast as `isoformat`; and some zones of old have seconds that RFC 3339 cannot say, UTC has none.
    match local(instant)?.and_then(|local| local.checked_sub_signed(offset)) {
        Some(utc) => Ok(PyString::new(py, &format!("{utc:?}Z"))),
        None => Ok(isoformat(instant)?),
    }
}

/// What the clock shows in the instant's own zone.
fn local(instant: &Bound<'_, PyDateTime>) -> PyResult<Option<NaiveDateTime>> {
    let py = instant.py();
    let part = |name: &Bound<'_, PyString>| instant.getattr(name)?.extract::<u32>();
    let year = instant.getattr(intern!(py, "year"))?.extract()?;
    let day = NaiveDate::from_ymd_opt(year, part(intern!(py, "month"))?, part(intern!(py, "day"))?);
    let (hour, minute) = (part(intern!(py, "hour"))?, part(intern!(py, "minute"))?);
    let (second, fraction) = (part(intern!(py, "second"))?, part(intern!(py, "microsecond"))?);
    Ok(day.and_then(|day| day.and_hms_micro_opt(hour, minute, second, fraction)))
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
