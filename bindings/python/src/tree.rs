//! A Python object as the JSON text that says the same.
//!
//! Reading a request never builds it. It is there for program files, and for asking the core why and
//! where a request could not be read: so every language gives the same explanation.

use std::fmt;

use pyo3::prelude::*;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::fault::{self, Fault};

/// What JSON can say, fields in their order.
enum Tree {
    Null,
    Bool(bool),
    Integer(i64),
    Unsigned(u64),
    /// A floating-point number: written as any other one, since no field of the core takes one.
    Float,
    Text(String),
    List(Vec<Tree>),
    Fields(Vec<(String, Tree)>),
}

/// The JSON text of an object; what JSON cannot say is raised with its path.
pub(crate) fn json_text<'de>(
    py: Python<'_>,
    object: impl Deserializer<'de, Error = Fault>,
) -> PyResult<String> {
    let tree: Tree = serde_path_to_error::deserialize(object).map_err(|error| {
        let path = error.path().to_string();
        match error.into_inner() {
            // Where it is too deep is too long a path to help, and JSON text has none either.
            fault @ Fault::Object { code: "too_deep", .. } => fault.at(py, ""),
            // A key that is no text has no name: its path is that of the object it stands in.
            fault => fault.at(py, path.trim_end_matches(['?', '.'])),
        }
    })?;
    fault::json(py, &tree)
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Tree, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }
    fn visit_bool<E>(self, truth: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(truth))
    }
    fn visit_i64<E>(self, whole: i64) -> Result<Tree, E> {
        Ok(Tree::Integer(whole))
    }
    fn visit_u64<E>(self, whole: u64) -> Result<Tree, E> {
        Ok(Tree::Unsigned(whole))
    }
    #[expect(clippy::disallowed_types, reason = "floats come in here so that the core can refuse them")]
    fn visit_f64<E>(self, _: f64) -> Result<Tree, E> {
        Ok(Tree::Float)
    }
    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut fields = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            fields.push(entry);
        }
        Ok(Tree::Fields(fields))
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Tree::Null => serializer.serialize_unit(),
            Tree::Bool(truth) => serializer.serialize_bool(*truth),
            Tree::Integer(whole) => serializer.serialize_i64(*whole),
            Tree::Unsigned(whole) => serializer.serialize_u64(*whole),
            Tree::Float => serializer.serialize_f64(0.5),
            Tree::Text(text) => serializer.serialize_str(text),
            Tree::List(list) => serializer.collect_seq(list),
            Tree::Fields(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}
