//! Names that programs and hosts give to things.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};
use serde::{Serialize, Serializer};

/// The name of a program, member, rule, line, sku, category, coupon, order …: 1 to 128 characters, no control characters.
///
/// Cheap to clone. Ids sort by length first and then by their characters, so that line `"2"` stands before line `"10"`.
#[derive(Clone, PartialEq, Eq)]
pub struct Id(Stored);

/// Where the characters are. Nearly all names are short: they stand in the id itself, so that a copy, a comparison or a
/// line's number costs no allocation and no look elsewhere.
// INVARIANT: what fits is short, and what follows a short text is zero; so equal texts are stored alike.
#[derive(Clone, PartialEq, Eq)]
enum Stored {
    Short { length: u8, bytes: [u8; SHORT] },
    Long(Arc<str>),
}

/// How many bytes a short name has at most: an id is then as large as three words.
const SHORT: usize = 22;

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
        match &self.0 {
            // It was a text when it was put there.
            Stored::Short { .. } => str::from_utf8(self.bytes()).unwrap_or_default(),
            Stored::Long(text) => text,
        }
    }

    fn bytes(&self) -> &[u8] {
        match &self.0 {
            Stored::Short { length, bytes } => bytes.get(..usize::from(*length)).unwrap_or_default(),
            Stored::Long(text) => text.as_bytes(),
        }
    }

    /// The id of that text, whatever it is.
    pub(super) fn of(text: &str) -> Id {
        let mut bytes = [0; SHORT];
        match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(room), Ok(length)) => {
                room.copy_from_slice(text.as_bytes());
                Id(Stored::Short { length, bytes })
            }
            _ => Id(Stored::Long(text.into())),
        }
    }

    /// The id that the library itself gives to something.
    pub(crate) fn literal(text: &'static str) -> Id {
        Id::of(text)
    }

    /// The id that is this number: `"12"`.
    #[must_use]
    pub(crate) fn number(number: usize) -> Id {
        let (mut bytes, mut length, mut rest) = ([0; SHORT], 0_u8, number);
        // Digit by digit from the last one, to the front: 20 digits are the most.
        loop {
            bytes.rotate_right(1);
            let digit = rest.checked_rem(10).and_then(|digit| u8::try_from(digit).ok()).unwrap_or(0);
            if let Some(first) = bytes.first_mut() {
                *first = b'0'.saturating_add(digit);
            }
            length = length.saturating_add(1);
            rest = rest.checked_div(10).unwrap_or(0);
            if rest == 0 {
                return Id(Stored::Short { length, bytes });
            }
        }
    }

    /// The id `{self}/{part}` of something that belongs to `self`: the lot `o1/base` of order `o1`.
    #[must_use]
    pub(crate) fn part(&self, part: &Id) -> Id {
        // Both halves are within the limit, and what is put together may be twice as long.
        Id::of(&format!("{}/{}", self.as_str(), part.as_str()))
    }

    /// Whether it is the id of such a part of something.
    #[must_use]
    pub(crate) fn is_part(&self, part: &Id) -> bool {
        self.as_str().strip_suffix(part.as_str()).is_some_and(|whole| whole.ends_with('/'))
    }
}

impl FromStr for Id {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Id, IdError> {
        // Nearly all names are short and of plain letters: one look at the bytes is enough.
        if (1..=Id::MAX_CHARACTERS).contains(&text.len())
            && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
        {
            return Ok(Id::of(text));
        }
        // What was put together from two ids is read back, too.
        let most = if text.contains('/') { MAX_COMPOSED } else { Id::MAX_CHARACTERS };
        let fits = !text.is_empty() && (text.len() <= most || text.chars().nth(most).is_none());
        if fits && !text.chars().any(char::is_control) { Ok(Id::of(text)) } else { Err(IdError) }
    }
}

impl Ord for Id {
    fn cmp(&self, other: &Id) -> Ordering {
        match (&self.0, &other.0) {
            // Behind texts of the same length there are only zeros.
            (Stored::Short { length, bytes }, Stored::Short { length: of_other, bytes: others }) => {
                length.cmp(of_other).then_with(|| bytes.cmp(others))
            }
            (Stored::Short { .. }, Stored::Long(_)) => Ordering::Less,
            (Stored::Long(_), Stored::Short { .. }) => Ordering::Greater,
            (Stored::Long(text), Stored::Long(other)) => {
                text.len().cmp(&other.len()).then_with(|| text.cmp(other))
            }
        }
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Id) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        self.bytes() == other.as_bytes()
    }
}

impl PartialEq<&str> for Id {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl Hash for Id {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.0 {
            // Three words, the last of which overlaps the second: what follows a short text is zero.
            Stored::Short { bytes, .. } => {
                let [a, b] =
                    [bytes.first_chunk(), bytes.last_chunk()].map(|word| word.copied().unwrap_or([0; 8]));
                let (_, behind) = bytes.split_at(8);
                let c = behind.first_chunk().copied().unwrap_or([0; 8]);
                for word in [a, c, b] {
                    state.write_u64(u64::from_le_bytes(word));
                }
            }
            Stored::Long(text) => state.write(text.as_bytes()),
        }
    }
}

impl AsRef<str> for Id {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
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
                return Ok(Id::of(text));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_every_length_keep_their_text_and_sort_by_length() {
        let texts: Vec<String> =
            (1..=40).map(|length| "가a".chars().cycle().take(length).collect()).collect();
        let ids: Vec<Id> = texts.iter().map(|text| text.parse().unwrap()).collect();
        for (id, text) in ids.iter().zip(&texts) {
            assert_eq!((id.as_str(), id == text.as_str(), id.clone() == *id), (text.as_str(), true, true));
        }
        assert!(ids.is_sorted_by(|a, b| a < b));
        let [b, a, long]: [Id; 3] =
            ["b", "aa", "a-name-of-more-than-22-bytes"].map(|text| text.parse().unwrap());
        assert!(b < a && a < long && long > b);
    }

    #[test]
    fn a_number_is_the_id_of_its_digits() {
        for number in [0, 7, 10, 1_000, usize::MAX] {
            assert_eq!(Id::number(number), number.to_string().parse::<Id>().unwrap());
        }
    }
}
