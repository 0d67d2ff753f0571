//! Python objects as serde output.
//!
//! What the core answers becomes dicts, lists, strings and ints. The core names its exact numbers,
//! instants and days, and these become `Decimal`, `datetime` in UTC and `date`. No rule lives here.

use chrono::{DateTime, NaiveDate};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};
use serde::ser::{
    self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use crate::exact;
use crate::fault::Fault;
use crate::shape::Made;

type Object<'py> = Result<Bound<'py, PyAny>, Fault>;

/// What the value is in Python.
pub(crate) fn to_python<'py, T: Serialize + ?Sized>(
    py: Python<'py>,
    value: &T,
) -> PyResult<Bound<'py, PyAny>> {
    value.serialize(Writer { py, key: false }).map_err(|fault| fault.at(py, ""))
}

/// The same as an answer of that shape.
pub(crate) fn made<'py, T: Serialize + ?Sized, S>(py: Python<'py>, value: &T) -> PyResult<Made<'py, S>> {
    to_python(py, value).map(Made::from)
}

/// Makes one Python object.
#[derive(Clone, Copy)]
struct Writer<'py> {
    py: Python<'py>,
    /// Keys stay text, as in JSON, so that what comes out can go in again.
    key: bool,
}

impl<'py> Writer<'py> {
    fn made<T: IntoPyObjectExt<'py>>(self, value: T) -> Object<'py> {
        Ok(value.into_bound_py_any(self.py)?)
    }

    fn parts(self, tag: Option<&'static str>) -> Result<Parts<'py>, Fault> {
        Ok(Parts { writer: self, tag, list: PyList::empty(self.py) })
    }

    fn fields(self, tag: Option<&'static str>) -> Result<Fields<'py>, Fault> {
        Ok(Fields { writer: self, tag, dict: PyDict::new(self.py), key: None })
    }

    fn tagged(self, tag: Option<&'static str>, content: Bound<'py, PyAny>) -> Object<'py> {
        let Some(tag) = tag else { return Ok(content) };
        let dict = PyDict::new(self.py);
        dict.set_item(PyString::intern(self.py, tag), content)?;
        Ok(dict.into_any())
    }
}

impl<'py> Serializer for Writer<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Fault;
    type SerializeSeq = Parts<'py>;
    type SerializeTuple = Parts<'py>;
    type SerializeTupleStruct = Parts<'py>;
    type SerializeTupleVariant = Parts<'py>;
    type SerializeMap = Fields<'py>;
    type SerializeStruct = Fields<'py>;
    type SerializeStructVariant = Fields<'py>;

    /// The core gives its exact numbers, instants and days under these names.
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Object<'py> {
        let plain = value.serialize(self)?;
        match (name, plain.cast::<PyString>()) {
            _ if self.key => Ok(plain),
            ("dangol::Amount", Ok(text)) => Ok(exact::decimal_type(self.py)?.call1((text,))?),
            ("dangol::Instant", Ok(text)) => {
                let at =
                    DateTime::parse_from_rfc3339(text.to_str()?).map_err(<Fault as ser::Error>::custom)?;
                self.made(at.to_utc())
            }
            ("dangol::Day", Ok(text)) => {
                let day: NaiveDate = text.to_str()?.parse().map_err(<Fault as ser::Error>::custom)?;
                self.made(day)
            }
            _ => Ok(plain),
        }
    }

    fn serialize_str(self, text: &str) -> Object<'py> {
        self.made(text)
    }
    fn serialize_bool(self, truth: bool) -> Object<'py> {
        self.made(truth)
    }
    fn serialize_i8(self, whole: i8) -> Object<'py> {
        self.made(whole)
    }
    fn serialize_i16(self, whole: i16) -> Object<'py> {
        self.made(whole)
    }
    fn serialize_i32(self, whole: i32) -> Object<'py> {
        self.made(whole)
    }
    fn serialize_i64(self, whole: i64) -> Object<'py> {
        self.made(whole)
    }
    fn serialize_u8(self, whole: u8) -> Object<'py> {
        self.made(whole)
    }
    fn serialize_u16(self, whole: u16) -> Object<'py> {
        self.made(whole)
    }
    fn serialize_u32(self, whole: u32) -> Object<'py> {
        self.made(whole)
    }
    fn serialize_u64(self, whole: u64) -> Object<'py> {
        self.made(whole)
    }
    #[expect(clippy::disallowed_types, reason = "the trait asks; the core writes no floats")]
    fn serialize_f32(self, _: f32) -> Object<'py> {
        Err(ser::Error::custom("a floating-point number"))
    }
    #[expect(clippy::disallowed_types, reason = "the trait asks; the core writes no floats")]
    fn serialize_f64(self, _: f64) -> Object<'py> {
        Err(ser::Error::custom("a floating-point number"))
    }
    fn serialize_char(self, character: char) -> Object<'py> {
        self.made(character)
    }
    fn serialize_bytes(self, bytes: &[u8]) -> Object<'py> {
        self.made(bytes)
    }
    fn serialize_none(self) -> Object<'py> {
        self.serialize_unit()
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Object<'py> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Object<'py> {
        Ok(self.py.None().into_bound(self.py))
    }
    fn serialize_unit_struct(self, _: &'static str) -> Object<'py> {
        self.serialize_unit()
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Object<'py> {
        Ok(PyString::intern(self.py, variant).into_any())
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Object<'py> {
        self.tagged(Some(variant), value.serialize(self)?)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'py>, Fault> {
        self.parts(None)
    }
    fn serialize_tuple(self, _: usize) -> Result<Parts<'py>, Fault> {
        self.parts(None)
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'py>, Fault> {
        self.parts(None)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts<'py>, Fault> {
        self.parts(Some(variant))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Fields<'py>, Fault> {
        self.fields(None)
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'py>, Fault> {
        self.fields(None)
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Fields<'py>, Fault> {
        self.fields(Some(variant))
    }
}

/// A list being made.
struct Parts<'py> {
    writer: Writer<'py>,
    tag: Option<&'static str>,
    list: Bound<'py, PyList>,
}

/// Every kind of sequence is the same list; serde asks for a trait each.
macro_rules! parts {
    ($($kind:ident::$push:ident),*) => { $(
        impl<'py> $kind for Parts<'py> {
            type Ok = Bound<'py, PyAny>;
            type Error = Fault;
            fn $push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
                Ok(self.list.append(value.serialize(self.writer)?)?)
            }
            fn end(self) -> Object<'py> {
                self.writer.tagged(self.tag, self.list.into_any())
            }
        }
    )* };
}

parts!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

/// A dict being made.
struct Fields<'py> {
    writer: Writer<'py>,
    tag: Option<&'static str>,
    dict: Bound<'py, PyDict>,
    key: Option<Bound<'py, PyAny>>,
}

/// Structs have names known beforehand, which Python keeps once.
macro_rules! fields {
    ($($kind:ident),*) => { $(
        impl<'py> $kind for Fields<'py> {
            type Ok = Bound<'py, PyAny>;
            type Error = Fault;
            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Fault> {
                let name = PyString::intern(self.writer.py, name);
                Ok(self.dict.set_item(name, value.serialize(self.writer)?)?)
            }
            fn end(self) -> Object<'py> {
                self.writer.tagged(self.tag, self.dict.into_any())
            }
        }
    )* };
}

fields!(SerializeStruct, SerializeStructVariant);

impl<'py> SerializeMap for Fields<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Fault;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Fault> {
        self.key = Some(key.serialize(Writer { key: true, ..self.writer })?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        let Some(key) = self.key.take() else { return Err(ser::Error::custom("a value before its key")) };
        Ok(self.dict.set_item(key, value.serialize(self.writer)?)?)
    }

    fn end(self) -> Object<'py> {
        self.writer.tagged(self.tag, self.dict.into_any())
    }
}
