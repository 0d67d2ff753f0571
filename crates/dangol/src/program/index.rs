//! The compiled form of selectors: every name that the program mentions becomes a row of bits, one for each selector.
//!
//! A line is resolved once, with one look-up for each of its names; asking whether a selector matches it is a bit test.

use rustc_hash::FxHashMap;

use crate::check::Names;
use crate::model::Line;
use crate::value::Id;

/// Which selectors each name satisfies.
#[derive(Debug)]
pub(crate) struct Index {
    /// How many words of 64 bits a row has.
    pub(crate) words: usize,
    skus: Dimension,
    categories: Dimension,
    tags: Dimension,
}

/// One list of selectors: articles, categories or tags.
#[derive(Debug)]
struct Dimension {
    /// The selectors that do not name this list: every line satisfies them.
    open: Vec<u64>,
    /// Only ever looked up by name.
    rows: FxHashMap<Id, Vec<u64>>,
}

impl Index {
    pub(crate) fn new(selectors: &[Names]) -> Index {
        let words = selectors.len().div_ceil(64);
        Index {
            words,
            skus: Dimension::new(words, selectors.iter().map(|names| names.skus.as_slice())),
            categories: Dimension::new(words, selectors.iter().map(|names| names.categories.as_slice())),
            tags: Dimension::new(words, selectors.iter().map(|names| names.tags.as_slice())),
        }
    }

    /// Appends the row of the selectors that match the line.
    pub(crate) fn push_row(&self, line: &Line, rows: &mut Vec<u64>) {
        let sku = self.skus.rows.get(&line.sku);
        let categories = self.categories.found(&line.categories);
        let tags = self.tags.found(&line.tags);
        for word in 0..self.words {
            let at = |row: &[u64]| row.get(word).copied().unwrap_or(0);
            let any = |open: u64, found: &[&[u64]]| found.iter().fold(open, |bits, row| bits | at(row));
            let sku = at(&self.skus.open) | sku.map_or(0, |row| at(row));
            rows.push(sku & any(at(&self.categories.open), &categories) & any(at(&self.tags.open), &tags));
        }
    }
}

impl Dimension {
    fn new<'a>(words: usize, lists: impl Iterator<Item = &'a [Id]>) -> Dimension {
        let mut dimension = Dimension { open: vec![0; words], rows: FxHashMap::default() };
        for (number, names) in lists.enumerate() {
            if names.is_empty() {
                set(&mut dimension.open, number);
            }
            for name in names {
                set(dimension.rows.entry(name.clone()).or_insert_with(|| vec![0; words]), number);
            }
        }
        dimension
    }

    fn found(&self, names: &[Id]) -> Vec<&[u64]> {
        names.iter().filter_map(|name| self.rows.get(name)).map(Vec::as_slice).collect()
    }
}

fn set(row: &mut [u64], number: usize) {
    let (word, bit) = (number.checked_div(64).unwrap_or(0), number.checked_rem(64).unwrap_or(0));
    if let Some(word) = row.get_mut(word) {
        *word |= 1_u64 << bit;
    }
}
