//! Python objects as serde input.
//!
//! A [`Reader`] walks dicts, lists and their kin once and feeds the core's own request types, so an
//! unknown field or a missing one is refused here as it is in JSON text. It knows nothing of loyalty.

use pyo3::prelude::*;
use pyo3::types::dict::BoundDictIterator;
use pyo3::types::list::BoundListIterator;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString};
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use crate::exact;
use crate::fault::Fault;

/// Nesting deeper than this is refused, so that no input can exhaust the stack.
const MOST_NESTED: usize = 128;

/// One Python object, and how many containers it lies in.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a, 'py> {
    value: &'a Bound<'py, PyAny>,
    depth: usize,
}

/// What an object is to serde. Every object is sorted once, here, and not once for each type of the core.
enum Kind<'py> {
    Nothing,
    Truth(bool),
    Whole(i64),
    Large(u64),
    Float(Bound<'py, PyFloat>),
    Text(Bound<'py, PyString>),
    Items(Items<'py>),
    Entries(Entries<'py>),
}

impl<'a, 'py> Reader<'a, 'py> {
    pub(crate) fn new(value: &'a Bound<'py, PyAny>) -> Self {
        Reader { value, depth: 0 }
    }

    fn kind(self) -> Result<Kind<'py>, Fault> {
        let value = self.value;
        if let Ok(text) = value.cast::<PyString>() {
            Ok(Kind::Text(text.clone()))
        } else if let Ok(dict) = value.cast::<PyDict>() {
            self.dict(dict)
        } else if let Ok(list) = value.cast::<PyList>() {
            Ok(Kind::Items(Items { items: Sequence::List(list.iter()), depth: self.below()? }))
        } else if value.is_none() {
            Ok(Kind::Nothing)
        } else if let Ok(truth) = value.cast::<PyBool>() {
            // Before `int`, which a bool is as well.
            Ok(Kind::Truth(truth.is_true()))
        } else if let Ok(whole) = value.cast::<PyInt>() {
            integer(whole)
        } else if let Ok(float) = value.cast::<PyFloat>() {
            // The core's types refuse it by name: no field takes one.
            Ok(Kind::Float(float.clone()))
        } else {
            self.stranger()
        }
    }

    /// Whatever is not one of Python's plain types.
    fn stranger(self) -> Result<Kind<'py>, Fault> {
        if let Some(text) = exact::text(self.value)? {
            return Ok(Kind::Text(text));
        }
        if let Some(dict) = exact::fields(self.value)? {
            return self.dict(&dict);
        }
        if let Some(items) = exact::items(self.value)? {
            return Ok(Kind::Items(Items {
                items: Sequence::Listed(items.into_iter()),
                depth: self.below()?,
            }));
        }
        if let Some(whole) = exact::whole_number(self.value) {
            return integer(&whole);
        }
        let kind = self.value.get_type().fully_qualified_name()?;
        // Who gives `secrets.token_bytes` for codes learns what is missing.
        let cure = if kind == "bytes" { "; make it text, with `.hex()` or `.decode()`" } else { "" };
        Err(Fault::object("wrong_type", format!("a Python `{kind}` has no meaning here{cure}")))
    }

    fn dict(self, dict: &Bound<'py, PyDict>) -> Result<Kind<'py>, Fault> {
        // A copy, since reading a value may run a caller's code, which may change the dict.
        Ok(Kind::Entries(Entries { pairs: dict.copy()?.iter(), value: None, depth: self.below()? }))
    }

    /// How deep the parts of this object lie.
    fn below(self) -> Result<usize, Fault> {
        let depth = self.depth.saturating_add(1);
        if depth > MOST_NESTED {
            return Err(Fault::object("too_deep", format!("nested more than {MOST_NESTED} levels deep")));
        }
        Ok(depth)
    }
}

fn integer<'py>(whole: &Bound<'py, PyInt>) -> Result<Kind<'py>, Fault> {
    if let Ok(whole) = whole.extract() {
        Ok(Kind::Whole(whole))
    } else if let Ok(whole) = whole.extract() {
        Ok(Kind::Large(whole))
    } else {
        // Beyond 64 bits its digits go on as text, and the core says what is too many.
        Ok(Kind::Text(whole.str()?))
    }
}

impl<'de> Deserializer<'de> for Reader<'_, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.kind()? {
            Kind::Text(text) => visitor.visit_str(exact::utf8(&text)?),
            Kind::Entries(entries) => visitor.visit_map(entries),
            Kind::Items(items) => visitor.visit_seq(items),
            Kind::Nothing => visitor.visit_unit(),
            Kind::Truth(truth) => visitor.visit_bool(truth),
            Kind::Whole(whole) => visitor.visit_i64(whole),
            Kind::Large(whole) => visitor.visit_u64(whole),
            Kind::Float(float) => visitor.visit_f64(float.value()),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.value.is_none() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    /// The key is the tag: `"line"`, or `{"tier_at_least": "gold"}` with that one key.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.kind()? {
            Kind::Text(word) => visitor.visit_enum(StrDeserializer::new(exact::utf8(&word)?)),
            Kind::Entries(entries) if entries.pairs.len() == 1 => {
                visitor.visit_enum(MapAccessDeserializer::new(entries))
            }
            Kind::Entries(_) => Err(Fault::Shape("expected one key, which names the kind".to_owned())),
            _ => self.deserialize_any(visitor),
        }
    }

    /// An object has names: a list of its values in their order is none.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.kind()? {
            Kind::Entries(entries) => visitor.visit_map(entries),
            Kind::Items(_) => Err(Fault::Shape("expected an object, found a list".to_owned())),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map identifier
    }
}

impl<'de> IntoDeserializer<'de, Fault> for Reader<'_, '_> {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

/// The parts of a list, a tuple or another sequence.
struct Items<'py> {
    items: Sequence<'py>,
    depth: usize,
}

enum Sequence<'py> {
    List(BoundListIterator<'py>),
    Listed(std::vec::IntoIter<Bound<'py, PyAny>>),
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let item = match &mut self.items {
            Sequence::List(items) => items.next(),
            Sequence::Listed(items) => items.next(),
        };
        let Some(item) = item else { return Ok(None) };
        seed.deserialize(Reader { value: &item, depth: self.depth }).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(match &self.items {
            Sequence::List(items) => items.len(),
            Sequence::Listed(items) => items.len(),
        })
    }
}

/// The keys and values of a dict, a dataclass or another mapping.
struct Entries<'py> {
    pairs: BoundDictIterator<'py>,
    value: Option<Bound<'py, PyAny>>,
    depth: usize,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some((key, value)) = self.pairs.next() else { return Ok(None) };
        self.value = Some(value);
        match key.cast::<PyString>() {
            Ok(name) => seed.deserialize(StrDeserializer::new(exact::utf8(name)?)).map(Some),
            Err(_) => Err(Fault::object("wrong_type", format!("the key `{key}` is not a str"))),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        match self.value.take() {
            Some(value) => seed.deserialize(Reader { value: &value, depth: self.depth }),
            None => Err(Fault::Shape("a value was asked for before its key".to_owned())),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.pairs.len())
    }
}
