//! Names as they were given, whatever they look like.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer};
use serde::{Serialize, Serializer};

use super::Id;

/// The name of something as it was given: an id, or a code that was shown, which may be any text.
///
/// Cheap to clone, as ids are.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label(Id);

impl Label {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl From<&Id> for Label {
    fn from(id: &Id) -> Label {
        Label(id.clone())
    }
}

impl From<&str> for Label {
    fn from(text: &str) -> Label {
        Label(Id::of(text))
    }
}

impl PartialEq<str> for Label {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Label {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Serialize for Label {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Label, D::Error> {
        Ok(Label::from(&*Cow::<str>::deserialize(deserializer)?))
    }
}

impl JsonSchema for Label {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Label".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_read_and_written_as_it_is() {
        for text in ["", "HELLO-3000", "a\ncode", &"x".repeat(1_000)] {
            let label: Label = serde_json::from_str(&serde_json::to_string(text).unwrap()).unwrap();
            assert_eq!(label, *text);
            assert_eq!(serde_json::to_string(&label).unwrap(), serde_json::to_string(text).unwrap());
        }
    }
}
