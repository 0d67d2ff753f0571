//! Where an offer is worked out, and what of that is kept.

use std::ops::Range;

use super::{Beside, Part, Portion};
use crate::rule::Stock;

/// Room to work in, so that nothing is allocated for each offer.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    pub(crate) portions: Vec<Portion>,
    pub(crate) parts: Vec<Part>,
    pub(crate) stock: Vec<Stock>,
    /// What the offer would have taken without its cap; nothing where that did not bite.
    pub(crate) uncut: i64,
    /// What the offer does beside taking something off.
    pub(crate) beside: Option<Beside>,
    pub(super) weights: Vec<i64>,
    pub(super) room: Vec<i64>,
    pub(super) shares: Vec<i64>,
}

/// Where a desk keeps what another one had.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    portions: Range<usize>,
    parts: Range<usize>,
    uncut: i64,
}

impl Desk {
    /// Forgets what the last offer took.
    pub(crate) fn clear(&mut self) {
        self.portions.clear();
        self.parts.clear();
        (self.uncut, self.beside) = (0, None);
    }

    /// What the last offer took off, in minor units.
    pub(crate) fn taken(&self) -> i64 {
        self.parts.iter().fold(0_i64, |sum, part| sum.saturating_add(part.amount))
    }

    /// Keeps what another desk has, behind what it keeps already.
    pub(crate) fn keep(&mut self, other: &Desk) -> Kept {
        let (portions, parts) = (self.portions.len(), self.parts.len());
        self.portions.extend_from_slice(&other.portions);
        self.parts.extend_from_slice(&other.parts);
        Kept { portions: portions..self.portions.len(), parts: parts..self.parts.len(), uncut: other.uncut }
    }

    /// Takes back, of what another desk has kept, that of some lines.
    pub(crate) fn restore(&mut self, other: &Desk, kept: Kept, of: impl Fn(usize) -> bool) {
        let Kept { portions, parts, uncut } = kept;
        self.clear();
        let portions = other.portions.get(portions).unwrap_or_default().iter();
        self.portions.extend(portions.filter(|portion| of(portion.line)));
        let parts = other.parts.get(parts).unwrap_or_default().iter();
        self.parts.extend(parts.filter(|part| of(part.line)));
        self.uncut = uncut;
    }
}
