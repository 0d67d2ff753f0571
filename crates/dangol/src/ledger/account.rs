//! All lots of one wallet of one member.

use serde::{Deserialize, Serialize};

use super::lots::Lots;
use super::record::Record;
use super::{Draw, Hold, Lapsed, Lot};
use crate::value::{Day, Id, Instant, Overflow, Points};

/// The lots of one wallet and its totals: granted + deficit = outstanding + spent + expired + revoked + sent.
///
/// Lots that are used up are dropped: the totals remember them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Record", into = "Record")]
pub struct Account {
    // INVARIANT: sorted by `Lot::key`, ids unique, every lot holds more than nothing.
    pub(super) lots: Lots,
    pub(super) totals: Totals,
    // INVARIANT: the sum over `lots`; granted + deficit = outstanding + spent + expired + revoked + sent.
    pub(super) outstanding: Points,
    // INVARIANT: how many lots have a first day or await a signal; where none does, none needs to be looked at.
    pub(super) waiting: usize,
    // INVARIANT: ids unique; each lot's `held` is the sum of what holds keep of it.
    pub(super) holds: Vec<Hold>,
    pub(super) lapsed: Vec<Lapsed>,
    // INVARIANT: at most `MAX_EXPIRED_LOTS`, lots unique.
    pub(super) expired_lots: Vec<Draw>,
    pub(super) active_at: Option<Instant>,
    pub(super) decayed_on: Option<Day>,
}

/// What became of all points that were ever granted and are no longer there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Totals {
    pub(super) granted: Points,
    pub(super) spent: Points,
    pub(super) expired: Points,
    pub(super) revoked: Points,
    pub(super) sent: Points,
    pub(super) deficit: Points,
}

impl Account {
    /// How many of the latest lots that expired an account remembers.
    pub const MAX_EXPIRED_LOTS: usize = 64;

    /// An account from what is left, what was spent and what expired.
    ///
    /// # Errors
    /// A sentence that says which lot is wrong: the same id twice, nothing left in it, or a total beyond 15 digits.
    pub fn new(lots: Vec<Lot>, spent: Points, expired: Points) -> Result<Account, String> {
        Account::of(lots, Totals { spent, expired, ..Totals::default() }, Vec::new())
    }

    /// An account from its lots, what became of the rest (what was granted follows from it), and its holds.
    pub(super) fn of(mut lots: Vec<Lot>, totals: Totals, holds: Vec<Hold>) -> Result<Account, String> {
        if let Some(fault) = lots.iter().find_map(Lot::fault) {
            return Err(fault);
        }
        let Totals { spent, expired, revoked, sent, deficit, .. } = totals;
        for (field, total) in [
            ("spent", spent),
            ("expired", expired),
            ("revoked", revoked),
            ("sent", sent),
            ("deficit", deficit),
        ] {
            if total < Points::ZERO {
                return Err(format!("`{field}` cannot be negative"));
            }
        }
        if !lots.is_sorted_by(|a, b| a.key() <= b.key()) {
            lots.sort_by(|a, b| a.key().cmp(&b.key()));
        }
        let mut ids: Vec<&Id> = lots.iter().map(|lot| &lot.id).collect();
        ids.sort_unstable();
        if let Some([twice, _]) = ids.array_windows().find(|[a, b]| a == b) {
            return Err(format!("lot `{twice}` is there twice"));
        }
        let sums = || -> Result<(Points, Points), Overflow> {
            let outstanding = Points::sum(lots.iter().map(|lot| lot.points))?;
            let gone = Points::sum([spent, expired, revoked, sent])?;
            Ok((outstanding, outstanding.plus(gone)?.minus(deficit)?))
        };
        let (outstanding, granted) = sums().map_err(|overflow| overflow.to_string())?;
        if granted < Points::ZERO {
            return Err(format!("`deficit` is {deficit}: more than was ever taken"));
        }
        let account = Account {
            waiting: lots.iter().filter(|lot| waits(lot)).count(),
            lots: lots.into(),
            totals: Totals { granted, ..totals },
            outstanding,
            holds,
            ..Account::default()
        };
        account.check_holds()?;
        Ok(account)
    }

    /// What each lot says to be held must be what the holds keep of it.
    fn check_holds(&self) -> Result<(), String> {
        let mut ids: Vec<&Id> = self.holds.iter().map(|hold| &hold.id).collect();
        ids.sort_unstable();
        if let Some([twice, _]) = ids.array_windows().find(|[a, b]| a == b) {
            return Err(format!("hold `{twice}` is there twice"));
        }
        let draws = || self.holds.iter().flat_map(|hold| &hold.lots);
        if let Some(draw) = draws().find(|draw| !self.lots.iter().any(|lot| lot.id == draw.lot)) {
            return Err(format!("a hold keeps points of lot `{}`, which is not there", draw.lot));
        }
        if let Some(draw) = draws().find(|draw| draw.points <= Points::ZERO) {
            return Err(format!("a hold keeps {} points of lot `{}`", draw.points, draw.lot));
        }
        if self.holds.is_empty() && self.lots.iter().all(|lot| lot.held.is_zero()) {
            return Ok(());
        }
        for lot in self.lots.iter() {
            let kept = draws().filter(|draw| draw.lot == lot.id).map(|draw| draw.points);
            let kept = Points::sum(kept).map_err(|overflow| overflow.to_string())?;
            if kept != lot.held {
                return Err(format!("{} of lot `{}` are held, but the holds keep {kept}", lot.held, lot.id));
            }
        }
        Ok(())
    }

    /// What is left, by soonest end, then oldest, then id.
    #[must_use]
    pub fn lots(&self) -> &[Lot] {
        &self.lots
    }

    /// All points that were ever granted.
    #[must_use]
    pub fn granted(&self) -> Points {
        self.totals.granted
    }

    /// All points that were ever spent.
    #[must_use]
    pub fn spent(&self) -> Points {
        self.totals.spent
    }

    /// All points that were written off as expired, without those that were brought back.
    #[must_use]
    pub fn expired(&self) -> Points {
        self.totals.expired
    }

    /// All points that were taken back.
    #[must_use]
    pub fn revoked(&self) -> Points {
        self.totals.revoked
    }

    /// All points that were given to other members.
    #[must_use]
    pub fn sent(&self) -> Points {
        self.totals.sent
    }

    /// What was taken without being there; later points make up for it first.
    #[must_use]
    pub fn deficit(&self) -> Points {
        self.totals.deficit
    }

    /// The sum of all lots, also of those that are held, pending, or have ended but were not yet written off.
    #[must_use]
    pub fn outstanding(&self) -> Points {
        self.outstanding
    }

    /// The points that were set aside, by hold.
    #[must_use]
    pub fn holds(&self) -> &[Hold] {
        &self.holds
    }

    /// What expired and can still be brought back.
    #[must_use]
    pub fn lapsed(&self) -> &[Lapsed] {
        &self.lapsed
    }

    /// What expired of the latest lots that did, or went with a tier that was not reached, oldest first: goods that come back
    /// do not take it a second time.
    #[must_use]
    pub fn expired_lots(&self) -> &[Draw] {
        &self.expired_lots
    }

    /// When points were last earned or spent.
    #[must_use]
    pub fn active_at(&self) -> Option<Instant> {
        self.active_at
    }

    /// The latest day on which points decayed.
    #[must_use]
    pub fn decayed_on(&self) -> Option<Day> {
        self.decayed_on
    }

    /// How many digits after the point its longest lot has.
    pub(crate) fn digits(&self) -> u8 {
        self.lots.iter().map(|lot| lot.points.0.digits()).max().unwrap_or(0)
    }

    /// What can be used on that day, whether or not ended lots were written off.
    #[must_use]
    pub fn usable(&self, today: Day) -> Points {
        let gone = || -> Result<Points, Overflow> {
            let mut gone = self.deficit();
            for lot in self.ended(today) {
                gone = gone.plus(lot.points)?;
            }
            if self.waiting > 0 || !self.holds.is_empty() {
                for lot in self.not_ended(today) {
                    gone = gone.plus(if lot.is_pending(today) { lot.points } else { lot.held })?;
                }
            }
            Ok(gone)
        };
        // The sum over some lots is at most the sum over all, which fits.
        let usable = gone().and_then(|gone| self.outstanding.minus(gone)).unwrap_or(Points::ZERO);
        usable.max(Points::ZERO)
    }

    /// The lots whose last day has passed: they stand at the front.
    #[must_use]
    pub fn ended(&self, today: Day) -> &[Lot] {
        self.lots.split_at(self.first_open(today)).0
    }

    pub(super) fn not_ended(&self, today: Day) -> &[Lot] {
        self.lots.split_at(self.first_open(today)).1
    }

    fn first_open(&self, today: Day) -> usize {
        self.lots.partition_point(|lot| lot.has_ended(today))
    }
}

/// Whether a lot may have to be looked at to know if it counts.
pub(super) fn waits(lot: &Lot) -> bool {
    lot.awaits.is_some() || lot.usable_from.is_some()
}
