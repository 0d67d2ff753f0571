//! Names that programs and hosts give to things.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};
use serde::{Serialize, Serializer};

/// The name of a program, member, rule, line, sku, category, coupon, order …: 1 to 128 characters, no control characters.
///
/// Cheap to clone. Ids sort by length first and then by their characters, so that line `"2"` stands before line `"10"`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Id(Arc<str>);

/// The text is empty, longer than 128 characters, or holds a control character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 1 to {} characters without control characters", Id::MAX_CHARACTERS)]
pub struct IdError;

/// Two ids and the stroke between them.
const MAX_COMPOSED: usize = 257;

impl Id {
    /// The most characters that an id may have.
    pub const MAX_CHARACTERS: usize = 128;

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id `{self}/{part}` of something that belongs to `self`: the lot `o1/base` of order `o1`.
    #[must_use]
    pub(crate) fn part(&self, part: &Id) -> Id {
        // Both halves are within the limit, and what is put together may be twice as long.
        Id(format!("{self}/{part}").into())
    }
}

impl FromStr for Id {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Id, IdError> {
        // What was put together from two ids is read back, too.
        let most = if text.contains('/') { MAX_COMPOSED } else { Id::MAX_CHARACTERS };
        let fits = !text.is_empty() && (text.len() <= most || text.chars().nth(most).is_none());
        if fits && !text.chars().any(char::is_control) { Ok(Id(text.into())) } else { Err(IdError) }
    }
}

impl Ord for Id {
    fn cmp(&self, other: &Id) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Id) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Id {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl AsRef<str> for Id {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Id, D::Error> {
        deserializer.deserialize_str(IdVisitor)
    }
}

struct IdVisitor;

impl Visitor<'_> for IdVisitor {
    type Value = Id;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an id of 1 to {} characters without control characters", Id::MAX_CHARACTERS)
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Id, E> {
        text.parse().or_else(|IdError| {
            // Lots of an order are named `order/rule`: two ids and a slash, and either may have slashes of its own.
            let halves =
                |(slash, _): (usize, &str)| Some((text.get(..slash)?, text.get(slash..)?.strip_prefix('/')?));
            let mut halves = text.match_indices('/').filter_map(halves);
            if halves.any(|(whole, part)| whole.parse::<Id>().is_ok() && part.parse::<Id>().is_ok()) {
                return Ok(Id(text.into()));
            }
            Err(E::invalid_value(Unexpected::Str(text), &self))
        })
    }
}

impl JsonSchema for Id {
    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A name: 1 to 128 characters without control characters.",
            "type": "string",
            "minLength": 1
        })
    }
}
