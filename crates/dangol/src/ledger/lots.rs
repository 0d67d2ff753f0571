//! A sorted list of lots from whose front many leave at once.

use std::ops::{Deref, DerefMut};

use super::Lot;

/// Lots that are sorted by [`Lot::key`]. Those that were used up at the front are skipped at first and dropped when
/// they are the half, so that spending costs the lots that it touches and not those that stay.
#[derive(Clone, Debug, Default)]
pub(super) struct Lots {
    all: Vec<Lot>,
    // INVARIANT: at most `all.len()`, and every lot before it is used up.
    used_up: usize,
}

impl Lots {
    /// Puts a lot in its place.
    pub(super) fn insert(&mut self, lot: Lot) {
        let place = self.partition_point(|known| known.key() < lot.key());
        self.all.insert(self.used_up.saturating_add(place), lot);
    }

    /// Takes out the lot at that place.
    pub(super) fn remove(&mut self, place: usize) -> Lot {
        self.all.remove(self.used_up.saturating_add(place))
    }

    /// Drops lots that hold nothing, of which there are so many.
    pub(super) fn drop_empty(&mut self, empty: usize) {
        let front = self.iter().take_while(|lot| lot.points.is_zero()).count();
        self.used_up = self.used_up.saturating_add(front);
        if front < empty {
            self.all.drain(..self.used_up);
            self.used_up = 0;
            self.all.retain(|lot| !lot.points.is_zero());
        } else if self.used_up > self.len() {
            self.all.drain(..self.used_up);
            self.used_up = 0;
        }
    }

    pub(super) fn into_vec(mut self) -> Vec<Lot> {
        self.all.drain(..self.used_up);
        self.all
    }
}

impl From<Vec<Lot>> for Lots {
    fn from(all: Vec<Lot>) -> Lots {
        Lots { all, used_up: 0 }
    }
}

impl Deref for Lots {
    type Target = [Lot];
    fn deref(&self) -> &[Lot] {
        self.all.split_at(self.used_up).1
    }
}

impl DerefMut for Lots {
    fn deref_mut(&mut self) -> &mut [Lot] {
        self.all.split_at_mut(self.used_up).1
    }
}

impl PartialEq for Lots {
    fn eq(&self, other: &Lots) -> bool {
        **self == **other
    }
}

impl Eq for Lots {}
