//! Names for people, in one language or several.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Lang;

/// What people call something: one text, or one for each language (`{"ko": "적립", "en": "Points"}`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "expected a text, or a text for each language such as {\"ko\": \"적립\", \"en\": \"Points\"}"
)]
pub enum Text {
    /// The same in every language.
    One(String),
    /// One for each language code.
    Each(BTreeMap<String, String>),
}

impl Text {
    /// The text in that language, else in English, else in the first language there is.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match self {
            Text::One(text) => text,
            Text::Each(texts) => {
                let found = texts.get(lang.code()).or_else(|| texts.get(Lang::En.code()));
                found.or_else(|| texts.values().next()).map_or("", String::as_str)
            }
        }
    }
}
