//! Python objects as serde input.
//!
//! A [`Reader`] walks dicts, lists and their kin once and feeds the core's own request types, so an
//! unknown field or a missing one is refused here as it is in JSON text. It knows nothing of loyalty.

use std::vec::IntoIter;

use pyo3::prelude::*;
use pyo3::types::dict::BoundDictIterator;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple};
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use crate::exact::{self, Pair};
use crate::fault::Fault;

/// Nesting deeper than this is refused, so that no input can exhaust the stack.
const MOST_NESTED: usize = 128;

/// One Python object, and how many containers it lies in.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a, 'py> {
    value: &'a Bound<'py, PyAny>,
    depth: usize,
}

impl<'a, 'py> Reader<'a, 'py> {
    pub(crate) fn new(value: &'a Bound<'py, PyAny>) -> Self {
        Reader { value, depth: 0 }
    }

    /// How deep the parts of this object lie.
    fn below(self) -> Result<usize, Fault> {
        let depth = self.depth.saturating_add(1);
        if depth > MOST_NESTED {
            return Err(Fault::object("too_deep", format!("nested more than {MOST_NESTED} levels deep")));
        }
        Ok(depth)
    }

    /// The keys and values of anything that has some: a dict, a dataclass, another mapping.
    fn entries(self) -> Result<Option<Entries<'py>>, Fault> {
        let pairs = if let Ok(dict) = self.value.cast::<PyDict>() {
            // A copy, since reading a value may run a caller's code, which may change the dict.
            Pairs::Dict(dict.copy()?.iter())
        } else if let Some(fields) = exact::fields(self.value)? {
            Pairs::Listed(fields.into_iter())
        } else if let Ok(mapping) = self.value.cast::<PyMapping>() {
            let pairs: PyResult<Vec<_>> = mapping.items()?.iter().map(|item| item.extract()).collect();
            Pairs::Listed(pairs?.into_iter())
        } else {
            return Ok(None);
        };
        Ok(Some(Entries { pairs, value: None, depth: self.below()? }))
    }

    fn integer<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if let Ok(whole) = self.value.extract::<i64>() {
            visitor.visit_i64(whole)
        } else if let Ok(whole) = self.value.extract::<u64>() {
            visitor.visit_u64(whole)
        } else {
            // Beyond 64 bits JSON text has its digits too, and the core says what is too many.
            visitor.visit_str(self.value.str()?.to_str()?)
        }
    }

    /// Whatever is not one of Python's plain types.
    fn stranger<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if let Some(text) = exact::text(self.value)? {
            return visitor.visit_str(text.to_str()?);
        }
        if let Some(entries) = self.entries()? {
            return visitor.visit_map(entries);
        }
        if let Some(items) = exact::items(self.value)? {
            return visitor.visit_seq(Items { items: items.into_iter(), depth: self.below()? });
        }
        if let Some(whole) = exact::whole_number(self.value) {
            return Reader { value: &whole, depth: self.depth }.integer(visitor);
        }
        let kind = self.value.get_type().fully_qualified_name()?;
        Err(Fault::object("wrong_type", format!("a Python `{kind}` has no meaning here")))
    }
}

impl<'de> Deserializer<'de> for Reader<'_, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let value = self.value;
        if let Ok(text) = value.cast::<PyString>() {
            visitor.visit_str(text.to_str()?)
        } else if let Ok(dict) = value.cast::<PyDict>() {
            let pairs = Pairs::Dict(dict.copy()?.iter());
            visitor.visit_map(Entries { pairs, value: None, depth: self.below()? })
        } else if let Ok(list) = value.cast::<PyList>() {
            visitor.visit_seq(Items { items: list.iter(), depth: self.below()? })
        } else if value.is_none() {
            visitor.visit_unit()
        } else if let Ok(truth) = value.cast::<PyBool>() {
            // Before `int`, which a bool is as well.
            visitor.visit_bool(truth.is_true())
        } else if value.is_instance_of::<PyInt>() {
            self.integer(visitor)
        } else if let Ok(float) = value.cast::<PyFloat>() {
            // The core's types refuse it by name; what they do not want is their business.
            visitor.visit_f64(float.value())
        } else if let Ok(tuple) = value.cast::<PyTuple>() {
            visitor.visit_seq(Items { items: tuple.iter(), depth: self.below()? })
        } else {
            self.stranger(visitor)
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.value.is_none() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    /// The key is the tag: `"line"`, or `{"tier_at_least": "gold"}` with that one key.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if let Ok(name) = self.value.cast::<PyString>() {
            return visitor.visit_enum(StrDeserializer::new(name.to_str()?));
        }
        match self.entries()? {
            Some(entries) if entries.pairs.len() == 1 => visitor.visit_enum(MapAccessDeserializer::new(entries)),
            Some(_) => Err(Fault::Shape("expected one key, which names the kind".to_owned())),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map struct identifier
    }
}

impl<'de> IntoDeserializer<'de, Fault> for Reader<'_, '_> {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

/// The parts of a list, a tuple or another sequence.
struct Items<I> {
    items: I,
    depth: usize,
}

impl<'de, 'py, I: ExactSizeIterator<Item = Bound<'py, PyAny>>> SeqAccess<'de> for Items<I> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some(item) = self.items.next() else { return Ok(None) };
        seed.deserialize(Reader { value: &item, depth: self.depth }).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

enum Pairs<'py> {
    Dict(BoundDictIterator<'py>),
    Listed(IntoIter<Pair<'py>>),
}

impl Pairs<'_> {
    fn len(&self) -> usize {
        match self {
            Pairs::Dict(pairs) => pairs.len(),
            Pairs::Listed(pairs) => pairs.len(),
        }
    }
}

/// The keys and values of a dict, a dataclass or another mapping.
struct Entries<'py> {
    pairs: Pairs<'py>,
    value: Option<Bound<'py, PyAny>>,
    depth: usize,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let pair = match &mut self.pairs {
            Pairs::Dict(pairs) => pairs.next(),
            Pairs::Listed(pairs) => pairs.next(),
        };
        let Some((key, value)) = pair else { return Ok(None) };
        self.value = Some(value);
        match key.cast::<PyString>() {
            Ok(name) => seed.deserialize(StrDeserializer::new(name.to_str()?)).map(Some),
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
