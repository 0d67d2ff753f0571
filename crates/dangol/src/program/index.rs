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

    /// Appends the row of the selectors that match the line; `scratch` is room to work in.
    pub(crate) fn push_row(&self, line: &Line, rows: &mut Vec<u64>, scratch: &mut Vec<u64>) {
        self.push_names(&line.sku, &line.categories, &line.tags, rows, scratch);
    }

    /// Appends the row of the selectors that match something of these names.
    pub(crate) fn push_names(
        &self,
        sku: &Id,
        categories: &[Id],
        tags: &[Id],
        rows: &mut Vec<u64>,
        scratch: &mut Vec<u64>,
    ) {
        let start = rows.len();
        rows.extend_from_slice(&self.skus.open);
        if let Some(row) = self.skus.rows.get(sku) {
            combine(rows.split_at_mut(start).1, row, |a, b| a | b);
        }
        for (dimension, names) in [(&self.categories, categories), (&self.tags, tags)] {
            scratch.clear();
            scratch.extend_from_slice(&dimension.open);
            for row in names.iter().filter_map(|name| dimension.rows.get(name)) {
                combine(scratch, row, |a, b| a | b);
            }
            combine(rows.split_at_mut(start).1, scratch, |a, b| a & b);
        }
    }
}

fn combine(row: &mut [u64], other: &[u64], bits: impl Fn(u64, u64) -> u64) {
    for (word, other) in row.iter_mut().zip(other) {
        *word = bits(*word, *other);
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
}

fn set(row: &mut [u64], number: usize) {
    let (word, bit) = (number.checked_div(64).unwrap_or(0), number.checked_rem(64).unwrap_or(0));
    if let Some(word) = row.get_mut(word) {
        *word |= 1_u64 << bit;
    }
}
