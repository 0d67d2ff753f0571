//! Which offers take effect, lane by lane.

/// Which offers take effect in the lanes that leave a choice.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// For each lane the numbers of the chosen candidates, in the order in which they apply.
    pub(super) chosen: Vec<Vec<usize>>,
    /// Lanes that lost against a rival.
    pub(super) skipped: Vec<bool>,
    /// The first lane that leaves a choice.
    pub(super) first: usize,
    /// What each candidate of that lane takes alone, where that is known.
    pub(super) alone: Vec<Option<i64>>,
    /// Where the plan is not proved to be the best: the most that any plan could take off.
    pub(super) bound: Option<i64>,
}

impl Plan {
    pub(super) fn chosen(&self, lane: usize) -> &[usize] {
        self.chosen.get(lane).map_or(&[], Vec::as_slice)
    }

    pub(super) fn skips(&self, lane: usize) -> bool {
        self.skipped.get(lane).copied().unwrap_or(false)
    }

    /// What a candidate of a lane takes alone, where that is known.
    pub(super) fn alone(&self, (lane, number): (usize, usize)) -> Option<i64> {
        self.alone.get(number).copied().flatten().filter(|_| lane == self.first)
    }

    /// All chosen offers.
    pub(super) fn all(&self) -> Vec<(usize, usize)> {
        let lanes = self.chosen.iter().enumerate();
        lanes.flat_map(|(lane, chosen)| chosen.iter().map(move |number| (lane, *number))).collect()
    }
}
