//! Why a condition does not hold, where that takes more than one sentence.

use crate::model::Attribute;
use crate::value::{Amount, Day, Id};

use super::catalog::Sentences;

/// What is asked of an attribute.
pub(super) struct Asked<'a> {
    pub(super) name: &'a Id,
    pub(super) required: &'a [Attribute],
    pub(super) at_least: Option<Amount>,
    pub(super) at_most: Option<Amount>,
}

/// What the host says is something else, or it says nothing.
pub(super) fn attribute(asked: Asked<'_>, actual: &[Attribute], words: Sentences) -> String {
    let list = |values: &[Attribute]| {
        let word = |value: &Attribute| match value {
            Attribute::Flag(flag) => words.fill(if *flag { "true" } else { "false" }, &[]),
            Attribute::Number(number) => number.grouped(),
            Attribute::Text(text) => text.clone(),
        };
        values.iter().map(word).collect::<Vec<_>>().join(", ")
    };
    let way = match (asked.at_least, asked.at_most) {
        _ if actual.is_empty() => "unsaid",
        (None, None) => "is",
        bounds => bound(bounds),
    };
    let number = |number: Option<Amount>| number.map_or_else(String::new, |number| number.grouped());
    let places = [
        ("name", asked.name.to_string()),
        ("required", list(asked.required)),
        ("at_least", number(asked.at_least)),
        ("at_most", number(asked.at_most)),
        ("actual", list(actual)),
    ];
    words.fill(&format!("wrong_attribute.{way}"), &places)
}

/// The member is too young or too old.
pub(super) fn age(from: Option<u32>, to: Option<u32>, actual: u32, words: Sentences) -> String {
    let number = |years: Option<u32>| years.map_or_else(String::new, |years| years.to_string());
    let places = [("at_least", number(from)), ("at_most", number(to)), ("actual", actual.to_string())];
    words.fill(&format!("wrong_age.{}", bound((from, to))), &places)
}

/// It applies on another day of the month.
pub(super) fn nth_weekday(nth: i8, day: String, actual: Day, words: Sentences) -> String {
    let way = match nth {
        -1 => "last",
        0.. => "nth",
        _ => "from_end",
    };
    let places = [("nth", nth.unsigned_abs().to_string()), ("day", day), ("actual", actual.to_string())];
    words.fill(&format!("wrong_nth_weekday.{way}"), &places)
}

/// Something was done too rarely or too often in a window.
pub(super) fn window(
    key: &str,
    window: String,
    (at_least, at_most): (Option<String>, Option<String>),
    actual: String,
    words: Sentences,
) -> String {
    let key = format!("{key}.{}", bound((at_least.as_ref(), at_most.as_ref())));
    let places = [
        ("window", window),
        ("at_least", at_least.unwrap_or_default()),
        ("at_most", at_most.unwrap_or_default()),
        ("actual", actual),
    ];
    words.fill(&key, &places)
}

/// Which of two bounds there are.
fn bound<T>(bounds: (Option<T>, Option<T>)) -> &'static str {
    match bounds {
        (Some(_), Some(_)) => "between",
        (None, Some(_)) => "at_most",
        _ => "at_least",
    }
}
