//! What lies in a cell: the items of a list, the entries of what has names.

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, MapAccess, SeqAccess};

use crate::cell::{Cell, CellFault};
use crate::node::{Kind, Node};

/// The items of a list.
pub(crate) struct Items<'a> {
    pub(crate) place: usize,
    pub(crate) end: usize,
    pub(crate) items: &'a Node,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = CellFault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, CellFault> {
        if self.place >= self.end {
            return Ok(None);
        }
        let cell = Cell { node: self.items, row: self.place };
        self.place = self.place.saturating_add(1);
        seed.deserialize(cell).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.end.saturating_sub(self.place))
    }
}

/// What has names: the fields of one row, or the entries of a map. Fields that are null are left out.
pub(crate) struct Entries<'a> {
    place: usize,
    end: usize,
    of: Names<'a>,
    value: Option<Cell<'a>>,
}

enum Names<'a> {
    Fields(&'a [(String, Node)], usize),
    Keys(&'a Node, &'a Node),
}

impl<'a> Entries<'a> {
    /// The entries of a cell, where it has names.
    pub(crate) fn of(cell: Cell<'a>) -> Option<Entries<'a>> {
        let (place, end, of) = match &cell.node.kind {
            Kind::Fields(fields) => (0, fields.len(), Names::Fields(fields, cell.row)),
            Kind::Map(spans, keys, values) => {
                let (place, end) = spans.of(cell.row);
                (place, end, Names::Keys(keys, values))
            }
            Kind::List(spans, items) => {
                let (keys, values) = items.pair()?;
                let (place, end) = spans.of(cell.row);
                (place, end, Names::Keys(keys, values))
            }
            _ => return None,
        };
        Some(Entries { place, end, of, value: None })
    }

    /// The next name and its value.
    pub(crate) fn step(&mut self) -> Option<(&'a str, Cell<'a>)> {
        while self.place < self.end {
            let place = self.place;
            self.place = place.saturating_add(1);
            match self.of {
                Names::Fields(fields, row) => {
                    let (name, node) = fields.get(place)?;
                    if !node.is_null(row) {
                        return Some((name, Cell { node, row }));
                    }
                }
                // A map's key cannot be null; one of a list of pairs that is has no name, and the core refuses that.
                Names::Keys(keys, values) => {
                    return Some((keys.text(place).unwrap_or_default(), Cell { node: values, row: place }));
                }
            }
        }
        None
    }
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = CellFault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, CellFault> {
        let Some((name, value)) = self.step() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, CellFault> {
        match self.value.take() {
            Some(value) => seed.deserialize(value),
            None => Err(CellFault::Shape("a value was asked for before its key".to_owned())),
        }
    }
}
