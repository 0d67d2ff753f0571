//! What ladders count beside orders, and what follows from them.

use std::collections::BTreeSet;

use super::ProgramFile;
use crate::rule::{IssueTrigger, Occasion, Threshold, TierWindow};
use crate::value::{Id, Period};

/// What ladders count beside orders: only that is kept of a member's days; and what else is known of them.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    /// Wallets of which the points that rules grant count.
    pub(crate) wallets: BTreeSet<Id>,
    /// Events that the host reports.
    pub(crate) events: BTreeSet<Id>,
    /// The windows of each ladder, each once.
    pub(crate) windows: Vec<Vec<TierWindow>>,
    /// Whether anything follows when a tier is reached or left.
    pub(crate) has_effects: bool,
    /// For each ladder how long members must be there.
    pub(crate) tenures: Vec<Vec<Period>>,
}

impl Measured {
    pub(super) fn new(file: &ProgramFile) -> Measured {
        let of_tiers =
            |occasion: &Occasion| matches!(occasion, Occasion::TierReached(_) | Occasion::TierLeft(_));
        let issues =
            |trigger: &IssueTrigger| matches!(trigger, IssueTrigger::On(occasion) if of_tiers(occasion));
        let mut terms = file.offers.iter().filter_map(|offer| offer.coupon.as_ref());
        let mut tiers = file.tiers.0.iter().flat_map(|ladder| &ladder.tiers);
        let mut found = Measured {
            has_effects: file.accruals.iter().any(|rule| of_tiers(&rule.on))
                || terms.any(|terms| terms.issue.iter().any(issues))
                || tiers.any(|tier| !tier.forfeits.is_empty()),
            ..Measured::default()
        };
        for ladder in &file.tiers.0 {
            let (mut windows, mut tenures) = (vec![ladder.window], Vec::new());
            ladder.each_measure(&mut |threshold, window| {
                match threshold {
                    // How long a member has been there is looked at in no window.
                    Threshold::TenureAtLeast(period) => return tenures.push(*period),
                    Threshold::PointsAtLeast(points) => {
                        let first = file.wallets.first().map(|wallet| &wallet.id);
                        found.wallets.extend(points.wallet.as_ref().or(first).cloned());
                    }
                    Threshold::EventsAtLeast(events) => _ = found.events.insert(events.event.clone()),
                    _ => {}
                }
                if !windows.contains(&window) {
                    windows.push(window);
                }
            });
            found.windows.push(windows);
            found.tenures.push(tenures);
        }
        found
    }
}
