//! The compiled form of selectors: every name that the program mentions becomes a row of bits, one for each selector.
//!
//! A line is resolved once, with one look-up for each of its names; the bits are then turned round (`rule/matches.rs`), so
//! that a rule walks over the lines that its selector matches and over no others.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use crate::check::{Filter, Names};
use crate::model::{Attribute, Line};
use crate::rule::place_of_bit;
use crate::value::{Id, Money, product, ten_to};

/// Which selectors each name satisfies.
#[derive(Debug)]
pub(crate) struct Index {
    /// How many selectors there are.
    pub(crate) selectors: usize,
    skus: Dimension,
    categories: Dimension,
    tags: Dimension,
    /// The selectors that ask more of a line than its names.
    filters: Vec<(usize, Filter)>,
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
        let filters = selectors.iter().enumerate();
        let filters = filters.filter_map(|(number, names)| Some((number, names.filter.clone()?)));
        Index {
            selectors: selectors.len(),
            skus: Dimension::new(words, selectors.iter().map(|names| names.skus.as_slice())),
            categories: Dimension::new(words, selectors.iter().map(|names| names.categories.as_slice())),
            tags: Dimension::new(words, selectors.iter().map(|names| names.tags.as_slice())),
            filters: filters.collect(),
        }
    }

    /// Makes `row` that of the selectors which match the line; `scratch` is room to work in.
    pub(crate) fn row(&self, line: &Line, row: &mut Vec<u64>, scratch: &mut Vec<u64>) {
        self.names((&line.sku, &line.categories, &line.tags), row, scratch);
        self.keep(row, |filter| filter.allows(line));
    }

    /// Makes `row` that of the selectors which match a delivery: by its name as an article and its method as a category.
    /// Selectors that ask for more than names match none.
    pub(crate) fn delivery(&self, id: &Id, method: Option<&Id>, row: &mut Vec<u64>, scratch: &mut Vec<u64>) {
        let method = method.map(std::slice::from_ref).unwrap_or_default();
        self.names((id, method, &[]), row, scratch);
        self.keep(row, |_| false);
    }

    /// Takes out of a row the selectors whose filter does not allow it.
    fn keep(&self, row: &mut [u64], allows: impl Fn(&Filter) -> bool) {
        for (number, filter) in &self.filters {
            if !allows(filter) {
                clear(row, *number);
            }
        }
    }

    /// Makes `row` that of the selectors which match something of these names: article, categories, tags.
    fn names(
        &self,
        (sku, categories, tags): (&Id, &[Id], &[Id]),
        row: &mut Vec<u64>,
        scratch: &mut Vec<u64>,
    ) {
        row.clear();
        row.extend_from_slice(self.skus.row(sku));
        for (dimension, names) in [(&self.categories, categories), (&self.tags, tags)] {
            match names {
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

impl Filter {
    /// Whether the line is what is asked of it beside its names.
    fn allows(&self, line: &Line) -> bool {
        let has = |(name, value): &(Id, Attribute)| line.attributes.get(name) == Some(value);
        self.on_sale.is_none_or(|on_sale| on_sale == line.on_sale)
            && self.price_at_least.is_none_or(|least| compared(line, least) != Ordering::Less)
            && self.price_at_most.is_none_or(|most| compared(line, most) != Ordering::Greater)
            && self.attributes.iter().all(has)
    }
}

/// How the price of one unit of a line compares with another price.
fn compared(line: &Line, price: Money) -> Ordering {
    if let Some(own) = line.price {
        return own.cmp(&price);
    }
    let Some(gross) = line.gross else { return Ordering::Less };
    // gross / quantity against price, without dividing: all have 15 digits at most, and up to 9 after the point.
    let digits = price.0.digits().saturating_add(line.quantity.0.digits());
    let (own, other) = (gross.0.digits(), digits);
    let scaled = |units: i128, missing: u8| {
        let factor = ten_to(missing.min(9))
            .unwrap_or(1)
            .saturating_mul(ten_to(missing.saturating_sub(9)).unwrap_or(1));
        units.saturating_mul(factor)
    };
    let gross = scaled(gross.units().into(), other.saturating_sub(own));
    let asked = scaled(product(price.units(), line.quantity.units()), own.saturating_sub(other));
    gross.cmp(&asked)
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

fn clear(row: &mut [u64], number: usize) {
    let (word, bit) = place_of_bit(number);
    if let Some(word) = row.get_mut(word) {
        *word &= !bit;
    }
}

fn set(row: &mut [u64], number: usize) {
    let (word, bit) = place_of_bit(number);
    if let Some(word) = row.get_mut(word) {
        *word |= bit;
    }
}
