//! The catalogue of sentences of each language.

use crate::value::{Amount, Lang};

/// The sentences of one language: lines of the form `key = text with {places}`.
#[derive(Clone, Copy)]
pub(super) struct Sentences(&'static str);

impl Sentences {
    pub(super) fn of(lang: Lang) -> Sentences {
        Sentences(match lang {
            Lang::En => include_str!("en.txt"),
            Lang::Ko => include_str!("ko.txt"),
        })
    }

    /// The sentence of that key with its places filled in; the key itself where the catalogue has none.
    pub(super) fn fill(self, key: &str, places: &[(&str, String)]) -> String {
        let mut text = self.get(key).unwrap_or(key).to_owned();
        for (place, value) in places {
            text = text.replace(&format!("{{{place}}}"), value);
        }
        text
    }

    /// So many of that unit, as in `1 day` and `2 days`.
    pub(super) fn count(self, unit: &str, count: u64) -> String {
        let number = if count == 1 { "one" } else { "many" };
        self.fill(&format!("{unit}.{number}"), &[("count", grouped(count))])
    }

    fn get(self, key: &str) -> Option<&'static str> {
        self.entries().find(|(known, _)| *known == key).map(|(_, text)| text)
    }

    fn entries(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.0.lines().filter_map(|line| line.split_once(" = "))
    }
}

/// A number with commas, as amounts have them.
pub(super) fn grouped(count: u64) -> String {
    let amount = i64::try_from(count).ok().and_then(|count| Amount::new(count, 0).ok());
    amount.map_or_else(|| count.to_string(), Amount::grouped)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(lang: Lang) -> Vec<(&'static str, Vec<&'static str>)> {
        let places = |text: &'static str| {
            let mut places: Vec<_> =
                text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
            places.sort_unstable();
            places.dedup();
            places
        };
        Sentences::of(lang).entries().map(|(key, text)| (key, places(text))).collect()
    }

    #[test]
    fn both_languages_have_the_same_keys_and_places() {
        assert_eq!(shape(Lang::En), shape(Lang::Ko));
    }
}
