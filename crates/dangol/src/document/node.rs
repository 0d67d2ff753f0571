//! The tree of a document of any format: fields in their order, duplicates refused, numbers as they were written.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use crate::error::{Code, ShapeError};

/// A document, or a part of one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    Integer(i64),
    Unsigned(u64),
    /// A floating-point literal. No field takes one: it is kept to be refused where it stands.
    Float,
    Text(String),
    List(Vec<Node>),
    Fields(Vec<(String, Node)>),
}

impl Node {
    /// The field of that name, where this is an object that has it.
    pub(crate) fn field(&self, name: &str) -> Option<&Node> {
        match self {
            Node::Fields(fields) => fields.iter().find(|(key, _)| key == name).map(|(_, node)| node),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }
    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Node, D::Error> {
        Node::deserialize(inner)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Integer(value))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(i64::try_from(value).map_or(Node::Unsigned(value), Node::Integer))
    }
    #[expect(clippy::disallowed_types, reason = "floats come in here and are refused")]
    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Float)
    }
    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.into()))
    }
    fn visit_string<E>(self, text: String) -> Result<Node, E> {
        Ok(Node::Text(text))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element()? {
            nodes.push(node);
        }
        Ok(Node::List(nodes))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut fields: Vec<(String, Node)> = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == "$__toml_private_datetime" {
                return Ok(Node::Text(map.next_value()?));
            }
            if fields.iter().any(|(known, _)| *known == key) {
                return Err(de::Error::custom(format_args!("field `{key}` is given twice")));
            }
            fields.push((key, map.next_value()?));
        }
        Ok(Node::Fields(fields))
    }
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = ShapeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match self {
            Node::Null => visitor.visit_unit(),
            Node::Bool(value) => visitor.visit_bool(*value),
            Node::Integer(number) => visitor.visit_i64(*number),
            Node::Unsigned(number) => visitor.visit_u64(*number),
            Node::Float => Err(ShapeError::invalid_type(Unexpected::Float(0.0), &visitor)),
            Node::Text(text) => visitor.visit_borrowed_str(text),
            Node::List(nodes) => visitor.visit_seq(Entries { nodes: nodes.iter().enumerate() }),
            Node::Fields(fields) => visitor.visit_map(Entry { fields: fields.iter(), current: None }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match self {
            Node::Null => visitor.visit_none(),
            present => visitor.visit_some(present),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        match self {
            Node::Text(word) => visitor.visit_enum(Word { word, content: None }),
            Node::Fields(fields) => {
                // The path of a mistake ends at the word, so that an editor can point at it.
                if let Some((word, _)) = fields.iter().find(|(word, _)| !words.contains(&word.as_str())) {
                    return Err(ShapeError::unknown_variant(word, words).below(word));
                }
                match fields.as_slice() {
                    [(word, content)] => visitor.visit_enum(Word { word, content: Some(content) }),
                    several => {
                        let found: Vec<String> =
                            several.iter().map(|(word, _)| format!("`{word}`")).collect();
                        let message =
                            format!("expected one word, found {}: {}", found.len(), found.join(", "));
                        Err(ShapeError::new(Code::InvalidValue, message))
                    }
                }
            }
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match self {
            // serde would read a list as the fields in their order: see `strict`.
            Node::List(_) => Err(ShapeError::invalid_type(Unexpected::Seq, &visitor)),
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        self.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct identifier ignored_any
    }
}

/// The entries of a list; a mistake below one of them is given its place.
struct Entries<'de> {
    nodes: std::iter::Enumerate<std::slice::Iter<'de, Node>>,
}

impl<'de> SeqAccess<'de> for Entries<'de> {
    type Error = ShapeError;
    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ShapeError> {
        let Some((index, node)) = self.nodes.next() else { return Ok(None) };
        seed.deserialize(node).map(Some).map_err(|error| error.below(&format!("[{index}]")))
    }
}

/// The fields of an object; a mistake below one of them is given its name.
struct Entry<'de> {
    fields: std::slice::Iter<'de, (String, Node)>,
    current: Option<&'de (String, Node)>,
}

impl<'de> MapAccess<'de> for Entry<'de> {
    type Error = ShapeError;
    fn next_key_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, ShapeError> {
        self.current = self.fields.next();
        self.current.map(|(name, _)| seed.deserialize(StrDeserializer::new(name))).transpose()
    }
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, ShapeError> {
        let nothing = || ShapeError::new(Code::Syntax, "a value without a field");
        let (name, node) = self.current.take().ok_or_else(nothing)?;
        seed.deserialize(node).map_err(|error| error.below(name))
    }
}

/// A word with what stands below it: `{"tier_at_least": "gold"}`, or a word alone.
struct Word<'de> {
    word: &'de str,
    content: Option<&'de Node>,
}

impl<'de> EnumAccess<'de> for Word<'de> {
    type Error = ShapeError;
    type Variant = Word<'de>;
    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Word<'de>), ShapeError> {
        let variant = seed.deserialize(StrDeserializer::<ShapeError>::new(self.word))?;
        Ok((variant, self))
    }
}

impl<'de> Word<'de> {
    fn content(&self) -> Result<&'de Node, ShapeError> {
        let missing =
            || ShapeError::new(Code::WrongType, format!("`{}` needs a value", self.word)).below(self.word);
        self.content.ok_or_else(missing)
    }
}

impl<'de> VariantAccess<'de> for Word<'de> {
    type Error = ShapeError;
    fn unit_variant(self) -> Result<(), ShapeError> {
        match self.content {
            None => Ok(()),
            Some(_) => Err(ShapeError::new(Code::WrongType, format!("`{}` takes no value", self.word))),
        }
    }
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, ShapeError> {
        seed.deserialize(self.content()?).map_err(|error| error.below(self.word))
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, ShapeError> {
        self.content()?.deserialize_any(visitor).map_err(|error| error.below(self.word))
    }
    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        self.content()?.deserialize_any(visitor).map_err(|error| error.below(self.word))
    }
}
