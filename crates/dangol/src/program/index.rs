//! The compiled form of selectors: every name that the program mentions becomes a row of bits, one for each selector.
//!
//! A line is resolved once, with one look-up for each of its names; the bits are then turned round (`rule/matches.rs`), so
//! that a rule walks over the lines that its selector matches and over no others.

use rustc_hash::FxHashMap;

use crate::check::Names;
use crate::model::Line;
use crate::value::Id;

/// Which selectors each name satisfies.
#[derive(Debug)]
pub(crate) struct Index {
    /// How many selectors there are.
    pub(crate) selectors: usize,
    skus: Dimension,
    categories: Dimension,
    tags: Dimension,
}

/// One list of selectors: articles, categories or tags.
#[derive(Debug)]
struct Dimension {
    /// The selectors that do not name this list: every line satisfies them.
    open: Vec<u64>,
    /// For each name those, and the selectors that name it. Only ever looked up by name.
    rows: FxHashMap<Id, Vec<u64>>,
}

impl Index {
    pub(crate) fn new(selectors: &[Names]) -> Index {
        let words = selectors.len().div_ceil(64);
        Index {
            selectors: selectors.len(),
            skus: Dimension::new(words, selectors.iter().map(|names| names.skus.as_slice())),
            categories: Dimension::new(words, selectors.iter().map(|names| names.categories.as_slice())),
            tags: Dimension::new(words, selectors.iter().map(|names| names.tags.as_slice())),
        }
    }

    /// Makes `row` that of the selectors which match the line; `scratch` is room to work in.
    pub(crate) fn row(&self, line: &Line, row: &mut Vec<u64>, scratch: &mut Vec<u64>) {
        row.clear();
        row.extend_from_slice(self.skus.row(&line.sku));
        for (dimension, names) in [(&self.categories, &line.categories), (&self.tags, &line.tags)] {
            match names.as_slice() {
                // No selector of the program names this list.
                _ if dimension.rows.is_empty() => {}
                [] => combine(row, &dimension.open, |a, b| a & b),
                [only] => combine(row, dimension.row(only), |a, b| a & b),
                several => {
                    scratch.clear();
                    scratch.extend_from_slice(&dimension.open);
                    for name in several {
                        combine(scratch, dimension.row(name), |a, b| a | b);
                    }
                    combine(row, scratch, |a, b| a & b);
                }
            }
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
        for row in dimension.rows.values_mut() {
            combine(row, &dimension.open, |a, b| a | b);
        }
        dimension
    }

    /// The selectors that a name satisfies.
    fn row(&self, name: &Id) -> &[u64] {
        self.rows.get(name).map_or(&self.open, Vec::as_slice)
    }
}

fn set(row: &mut [u64], number: usize) {
    let (word, bit) = (number.checked_div(64).unwrap_or(0), number.checked_rem(64).unwrap_or(0));
    if let Some(word) = row.get_mut(word) {
        *word |= 1_u64 << bit;
    }
}
