//! What an event moves: which wallet, how many points.

use super::Change;
use crate::ledger::LotDays;
use crate::value::{Id, Points};

impl Change {
    /// The wallet whose points it moves, where it moves any.
    #[must_use]
    pub fn wallet(&self) -> Option<&Id> {
        match self {
            Change::PointsEarned { wallet, .. }
            | Change::PointsGranted { wallet, .. }
            | Change::PointsVested { wallet, .. }
            | Change::PointsSpent { wallet, .. }
            | Change::PointsExpired { wallet, .. }
            | Change::PointsDecayed { wallet, .. }
            | Change::PointsRevoked { wallet, .. }
            | Change::DeficitAbsorbed { wallet, .. }
            | Change::PointsHeld { wallet, .. }
            | Change::HoldReleased { wallet, .. }
            | Change::PointsExtended { wallet, .. }
            | Change::PointsReinstated { wallet, .. }
            | Change::PointsRestored { wallet, .. }
            | Change::PointsRedated { wallet, .. }
            | Change::PointsSent { wallet, .. } => Some(wallet),
            _ => None,
        }
    }

    /// How many points it is about, where it is about a number of them.
    #[must_use]
    pub fn points(&self) -> Option<Points> {
        match self {
            Change::PointsEarned { points, .. }
            | Change::PointsGranted { points, .. }
            | Change::PointsVested { points, .. }
            | Change::PointsSpent { points, .. }
            | Change::PointsExpired { points, .. }
            | Change::PointsDecayed { points, .. }
            | Change::PointsRevoked { points, .. }
            | Change::DeficitAbsorbed { points, .. }
            | Change::PointsHeld { points, .. }
            | Change::HoldReleased { points, .. }
            | Change::PointsReinstated { points, .. }
            | Change::PointsRestored { points, .. }
            | Change::PointsSent { points, .. } => Some(*points),
            _ => None,
        }
    }

    /// The lots of a wallet that it gives a later last day, with that.
    pub(crate) fn lengthened<'a>(&'a self, of: &Id) -> impl Iterator<Item = LotDays> + 'a {
        let found = match self {
            Change::PointsExtended { wallet, lots, expires_on, grace_until } if wallet == of => {
                Some((lots, *expires_on, *grace_until))
            }
            _ => None,
        };
        found.into_iter().flat_map(|(lots, expires_on, grace_until)| {
            lots.iter().map(move |lot| LotDays { lot: lot.clone(), expires_on, grace_until })
        })
    }

    /// How many of the points were not there.
    pub(crate) fn deficit(&self) -> Option<Points> {
        match self {
            Change::PointsSpent { deficit, .. } | Change::PointsRevoked { deficit, .. } => Some(*deficit),
            _ => None,
        }
    }
}
