//! The words of a receipt in each language; whole sentences about rules come from the core.

use dangol::{Lang, Weekday};

/// The labels of one language: lines of the form `key = text with {places}`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Labels(&'static str);

impl Labels {
    pub(crate) fn of(lang: Lang) -> Labels {
        Labels(match lang {
            Lang::En => include_str!("en.txt"),
            Lang::Ko => include_str!("ko.txt"),
        })
    }

    /// The label of that key; the key itself where the catalogue has none.
    pub(crate) fn get(self, key: &'static str) -> &'static str {
        self.entries().find(|(known, _)| *known == key).map_or(key, |(_, text)| text)
    }

    /// The label with its places filled in.
    pub(crate) fn fill(self, key: &'static str, places: &[(&str, &str)]) -> String {
        let filled =
            |text: String, (place, value): &(&str, &str)| text.replace(&format!("{{{place}}}"), value);
        places.iter().fold(self.get(key).to_owned(), filled)
    }

    pub(crate) fn weekday(self, day: Weekday) -> &'static str {
        self.get(day.as_str())
    }

    fn entries(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.0.lines().filter_map(|line| line.split_once(" = "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_labels() {
        let keys = |lang| Labels::of(lang).entries().map(|(key, _)| key).collect::<Vec<_>>();
        assert_eq!(keys(Lang::En), keys(Lang::Ko));
    }
}
