//! What ladders count beside orders.

use std::collections::BTreeSet;

use super::ProgramFile;
use crate::rule::{Threshold, TierWindow};
use crate::value::{Id, Period};

/// What ladders count beside orders: only that is kept of a member's days.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    /// Wallets of which the points that rules grant count.
    pub(crate) wallets: BTreeSet<Id>,
    /// Events that the host reports.
    pub(crate) events: BTreeSet<Id>,
    /// The windows of each ladder, each once.
    pub(crate) windows: Vec<Vec<TierWindow>>,
    /// For each ladder how long members must be there.
    pub(crate) tenures: Vec<Vec<Period>>,
}

impl Measured {
    pub(super) fn new(file: &ProgramFile) -> Measured {
        let mut found = Measured::default();
        for ladder in &file.tiers.0 {
            let (mut windows, mut tenures) = (vec![ladder.window], Vec::new());
            ladder.each_measure(&mut |threshold, window| match threshold {
                Threshold::TenureAtLeast(period) => tenures.push(*period),
                _ if !windows.contains(&window) => windows.push(window),
                _ => {}
            });
            found.windows.push(windows);
            found.tenures.push(tenures);
            ladder.each_measure(&mut |threshold, _| match threshold {
                Threshold::PointsAtLeast(points) => {
                    let first = file.wallets.first().map(|wallet| &wallet.id);
                    found.wallets.extend(points.wallet.as_ref().or(first).cloned());
                }
                Threshold::EventsAtLeast(events) => _ = found.events.insert(events.event.clone()),
                _ => {}
            });
        }
        found
    }
}
