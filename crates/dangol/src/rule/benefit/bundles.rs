//! Which units go into which part of a bundle: a unit into one part only.

use super::bundle_price::BundlePrice;
use super::sides::matching;
use super::{Desk, Given};
use crate::rule::units::sort;
use crate::rule::{Choice, Stock};

/// The units that there are, and where they go.
pub(super) struct Bundles {
    /// The lines with units, in the order in which they are chosen.
    lines: Vec<Place>,
    /// How many units each part of one bundle has.
    parts: Vec<i64>,
    /// How many units each part still needs.
    open: Vec<i64>,
}

/// A line, which parts its units may go into, and how many of them do.
struct Place {
    stock: Stock,
    fits: Vec<bool>,
    into: Vec<i64>,
}

impl Bundles {
    pub(super) fn new(kind: &BundlePrice, choose: Choice, given: &Given<'_>, desk: &mut Desk) -> Bundles {
        let matches: Vec<Vec<bool>> =
            kind.of.iter().map(|part| matching(given, part.lines.as_ref())).collect();
        given.stock(given.lines, desk);
        sort(&mut desk.stock, choose);
        let place = |stock: &Stock| {
            let fits = |list: &Vec<bool>| list.get(stock.line).copied().unwrap_or(false);
            let fits: Vec<bool> = matches.iter().map(fits).collect();
            fits.contains(&true).then(|| Place { stock: *stock, into: vec![0; fits.len()], fits })
        };
        let lines = desk.stock.iter().filter_map(place).collect();
        let parts: Vec<i64> = kind.of.iter().map(|part| part.units.into()).collect();
        Bundles { lines, open: parts.clone(), parts }
    }

    /// How many units a part could have.
    pub(super) fn units(&self, part: usize) -> i64 {
        let fitting = self.lines.iter().filter(|line| line.fits.get(part) == Some(&true));
        fitting.fold(0_i64, |sum, line| sum.saturating_add(line.stock.units))
    }

    /// How many bundles can be made.
    pub(super) fn most_times(&mut self, at_most: Option<u32>) -> i64 {
        let part = |(number, size): (usize, &i64)| self.units(number).checked_div(*size);
        let parts = self.parts.iter().enumerate().filter_map(part).min().unwrap_or(0);
        let all = self.lines.iter().fold(0_i64, |sum, line| sum.saturating_add(line.stock.units));
        let (mut low, mut high) = (0_i64, parts.min(all.checked_div(self.size()).unwrap_or(0)));
        high = at_most.map_or(high, |most| high.min(most.into()));
        // Where parts do not overlap, as many as each part allows can be made.
        if self.fits(high) {
            return high;
        }
        while low < high.saturating_sub(1) {
            let middle = i64::midpoint(low, high);
            if self.fits(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }

    fn size(&self) -> i64 {
        self.parts.iter().fold(0_i64, |sum, size| sum.saturating_add(*size))
    }

    fn fits(&mut self, times: i64) -> bool {
        self.fill(times) == self.size().saturating_mul(times)
    }

    /// Puts units into so many bundles, in the order of the lines; tells how many found a place.
    pub(super) fn fill(&mut self, times: i64) -> i64 {
        self.open = self.parts.iter().map(|size| size.saturating_mul(times)).collect();
        for line in &mut self.lines {
            line.into.fill(0);
        }
        let mut placed = 0_i64;
        for line in 0..self.lines.len() {
            let mut left = self.lines.get(line).map_or(0, |line| line.stock.units);
            while left > 0 {
                let moved = self.place(line, left);
                if moved == 0 {
                    break;
                }
                left = left.saturating_sub(moved);
                placed = placed.saturating_add(moved);
            }
        }
        placed
    }

    /// Finds room for up to so many units of a line, where others may have to move to another part; tells for how many.
    fn place(&mut self, line: usize, units: i64) -> i64 {
        let parts = self.parts.len();
        // From where each part was reached: the line whose units move, and the part that they leave.
        let mut reached: Vec<Option<(usize, Option<usize>)>> = vec![None; parts];
        let mut next: Vec<usize> = Vec::with_capacity(parts);
        for part in (0..parts).filter(|part| self.may(line, *part)) {
            if let Some(known) = reached.get_mut(part) {
                *known = Some((line, None));
                next.push(part);
            }
        }
        let mut at = 0_usize;
        while let Some(part) = next.get(at).copied() {
            if self.open.get(part).copied().unwrap_or(0) > 0 {
                return self.move_along(part, &reached, units);
            }
            for other in (0..parts).filter(|other| reached.get(*other) == Some(&None)).collect::<Vec<_>>() {
                let moving =
                    (0..self.lines.len()).find(|line| self.may(*line, other) && self.held(*line, part) > 0);
                if let (Some(line), Some(known)) = (moving, reached.get_mut(other)) {
                    *known = Some((line, Some(part)));
                    next.push(other);
                }
            }
            at = at.saturating_add(1);
        }
        0
    }

    fn may(&self, line: usize, part: usize) -> bool {
        self.lines.get(line).is_some_and(|line| line.fits.get(part) == Some(&true))
    }

    fn held(&self, line: usize, part: usize) -> i64 {
        self.lines.get(line).and_then(|line| line.into.get(part)).copied().unwrap_or(0)
    }

    /// Moves units along the way that was found to an open part; tells how many.
    fn move_along(&mut self, end: usize, reached: &[Option<(usize, Option<usize>)>], units: i64) -> i64 {
        let mut steps: Vec<(usize, Option<usize>, usize)> = Vec::new();
        let mut part = Some(end);
        while let Some(to) = part {
            let Some((line, from)) = reached.get(to).copied().flatten() else { break };
            steps.push((line, from, to));
            part = from;
        }
        let moving =
            |(line, from, _): &(usize, Option<usize>, usize)| from.map(|from| self.held(*line, from));
        let room = units.min(self.open.get(end).copied().unwrap_or(0));
        let moved = steps.iter().filter_map(moving).fold(room, i64::min);
        for (line, from, to) in steps {
            let Some(into) = self.lines.get_mut(line).map(|line| &mut line.into) else { continue };
            if let Some(units) = from.and_then(|from| into.get_mut(from)) {
                *units = units.saturating_sub(moved);
            }
            if let Some(units) = into.get_mut(to) {
                *units = units.saturating_add(moved);
            }
        }
        if let Some(open) = self.open.get_mut(end) {
            *open = open.saturating_sub(moved);
        }
        moved
    }

    /// The units that are in bundles.
    pub(super) fn portions(&self, given: &Given<'_>, desk: &mut Desk) {
        desk.portions.clear();
        let units = |line: &Place| line.into.iter().fold(0_i64, |sum, units| sum.saturating_add(*units));
        desk.portions.extend(self.lines.iter().filter_map(|line| given.some(line.stock, units(line))));
        desk.portions.sort_unstable_by_key(|portion| portion.line);
    }
}
