//! Members for whom nothing is due: a proof from few numbers, for whoever looks at millions of members every night.
//!
//! It is a proof and no rule of its own: it tells of members for whom `overdue` finds nothing, and stays silent where that
//! takes more than sums and days to see. Members in doubt are advanced as always.

use crate::program::{Compiled, Program};
use crate::rule::{Downgrade, OwnDays, PointsThreshold, Threshold, TierLadder, TierWindow};
use crate::value::{Amount, Cycle, Day, Id, Instant, LeapDay, Zone};

/// What tells that nothing is due for a member until an instant.
///
/// Nothing is due for a member all of which holds:
/// - the latest event, where there was one, lies not after the instant;
/// - no wallet has a deficit, a hold, or a lot whose last day, with its grace, lies before [`Quiet::today`];
/// - there are no coupons but those that neither are on hold nor end before that day;
/// - on every ladder of the program [`QuietLadder::is_quiet`] says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Quiet {
    zone: Zone,
    until: Instant,
    today: Day,
    ladders: Vec<QuietLadder>,
}

/// A ladder whose standings can be told from sums.
#[derive(Clone, Debug, PartialEq)]
pub struct QuietLadder {
    ladder: TierLadder,
    leap_day: LeapDay,
    first_wallet: Option<Id>,
    gauges: Vec<Gauge>,
}

/// A sum over the days of a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gauge {
    /// What is added up.
    pub of: Gauged,
    window: TierWindow,
}

/// What is added up over days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gauged {
    /// What was spent, in money.
    Spend,
    /// Orders.
    Orders,
    /// Days with an order.
    Visits,
    /// Points of that wallet that rules granted.
    Points(Id),
}

/// The least and the most that a gauge can have shown on any day since the member's latest event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The sum over the days that have counted all the while.
    pub least: Amount,
    /// The sum over the days that have counted at any time.
    pub most: Amount,
}

impl Program {
    /// What tells that nothing is due for a member until that instant; nothing where rules of this program take more than
    /// sums and days to tell: birthdays, coupons that time issues, decay, tenure.
    #[must_use]
    pub fn quiet(&self, until: Instant) -> Option<Quiet> {
        let program = self.compiled();
        let decays = program.file.wallets.iter().any(|wallet| wallet.decay.is_some());
        if program.yearly || decays || !program.issuing.by_time.is_empty() {
            return None;
        }
        let ladders = program.ladders().iter().enumerate();
        let ladders = ladders.map(|(number, ladder)| QuietLadder::new(program, number, ladder));
        let today = program.zone().day(until);
        Some(Quiet { zone: program.zone(), until, today, ladders: ladders.collect::<Option<_>>()? })
    }
}

impl Quiet {
    /// The instant until which nothing is due.
    #[must_use]
    pub fn until(&self) -> Instant {
        self.until
    }

    /// The civil day of that instant.
    #[must_use]
    pub fn today(&self) -> Day {
        self.today
    }

    /// The civil day of an instant: of the latest event.
    #[must_use]
    pub fn day(&self, at: Instant) -> Day {
        self.zone.day(at)
    }

    /// The ladders of the program.
    #[must_use]
    pub fn ladders(&self) -> &[QuietLadder] {
        &self.ladders
    }
}

impl QuietLadder {
    fn new(program: &Compiled, number: usize, ladder: &TierLadder) -> Option<QuietLadder> {
        let own = |cycle: &Cycle| matches!(cycle, Cycle::MembershipYear | Cycle::TierYear);
        let windows = program.measured.windows.get(number)?;
        let of_own = windows.iter().any(|window| matches!(window, TierWindow::Cycle(cycle) if own(cycle)));
        let tenures = program.measured.tenures.get(number)?;
        if of_own || !tenures.is_empty() || ladder.counts_itself() {
            return None;
        }
        let mut gauges = Vec::new();
        let mut known = true;
        ladder.each_measure(&mut |threshold, window| match gauged(program, threshold) {
            Some(of) => {
                let gauge = Gauge { of, window };
                if !gauges.contains(&gauge) {
                    gauges.push(gauge);
                }
            }
            None => known = false,
        });
        let first_wallet = program.wallet(None).map(|wallet| wallet.id.clone());
        let (ladder, leap_day) = (ladder.clone(), program.file.leap_day);
        known.then_some(QuietLadder { ladder, leap_day, first_wallet, gauges })
    }

    /// Its name, as members have it.
    #[must_use]
    pub fn id(&self) -> &Id {
        &self.ladder.id
    }

    /// What has to be added up.
    #[must_use]
    pub fn gauges(&self) -> &[Gauge] {
        &self.gauges
    }

    /// The first day that counts for a gauge on that day; all do, also those that are no longer kept one by one, where there
    /// is none.
    #[must_use]
    pub fn first(&self, gauge: &Gauge, day: Day) -> Option<Day> {
        let own = OwnDays { joined_on: None, since: None, leap_day: self.leap_day };
        gauge.window.first_day(day, own)
    }

    /// Whether no review until that day changes the standing of a member who has that tier (none where he is not on the
    /// ladder), has nothing set by hand and no grace running, and whose tier is `kept` whatever happens until then; one whose
    /// tier was kept until an earlier day is in doubt, and not to be asked about. `shown` is what the gauges show, one for
    /// each.
    #[must_use]
    pub fn is_quiet(&self, tier: Option<&str>, kept: bool, shown: &[Shown]) -> bool {
        let earned = match tier {
            None => self.beginning(),
            Some(tier) => {
                let rank = self.ladder.tiers.iter().position(|known| known.id.as_str() == tier);
                if rank.is_none() {
                    return false;
                }
                rank
            }
        };
        let reached = |threshold: &Option<Threshold>, most: bool| {
            threshold
                .as_ref()
                .is_none_or(|threshold| self.reached(threshold, self.ladder.window, shown, most))
        };
        // What counts has only become less since the latest event: reviews on all days lie between these two.
        let tiers = || self.ladder.tiers.iter();
        if tiers().rposition(|tier| reached(&tier.enter, true)) > earned {
            return false;
        }
        let Some(tier) = earned.and_then(|rank| self.ladder.tiers.get(rank)) else { return true };
        let keeps = || tier.keeps().is_none_or(|keep| self.reached(keep, self.ladder.window, shown, false));
        kept || self.ladder.downgrade == Downgrade::Never || reached(&tier.enter, false) || keeps()
    }

    fn beginning(&self) -> Option<usize> {
        self.ladder.tiers.first().filter(|tier| tier.enter.is_none()).map(|_| 0)
    }

    /// Whether a threshold is reached by the most that the gauges showed, or by the least.
    fn reached(&self, threshold: &Threshold, window: TierWindow, shown: &[Shown], most: bool) -> bool {
        let count = |of: &[Threshold]| of.iter().filter(|one| self.reached(one, window, shown, most)).count();
        let sum = |of: &dyn Fn(&Gauged) -> bool| {
            let place = self.gauges.iter().position(|gauge| gauge.window == window && of(&gauge.of));
            let shown = place.and_then(|place| shown.get(place));
            // What is not shown may be anything.
            shown.map(|shown| if most { shown.most } else { shown.least })
        };
        let at_least = |required: Amount, sum: Option<Amount>| sum.map_or(most, |sum| required <= sum);
        let whole = |count: u64| i64::try_from(count).ok().and_then(|count| Amount::new(count, 0).ok());
        let counted = |required: u64, of: Gauged| match whole(required) {
            Some(required) => at_least(required, sum(&|gauged| *gauged == of)),
            None => most,
        };
        match threshold {
            Threshold::SpendAtLeast(money) => at_least(money.0, sum(&|gauged| *gauged == Gauged::Spend)),
            Threshold::OrdersAtLeast(orders) => counted(*orders, Gauged::Orders),
            Threshold::VisitsAtLeast(visits) => counted(*visits, Gauged::Visits),
            Threshold::PointsAtLeast(PointsThreshold { wallet, points }) => {
                let same = |gauged: &Gauged| match (gauged, wallet) {
                    (Gauged::Points(of), Some(wallet)) => of == wallet,
                    (Gauged::Points(of), None) => Some(of) == self.first_wallet.as_ref(),
                    _ => false,
                };
                at_least(points.0, sum(&same))
            }
            Threshold::Within(within) => self.reached(&within.reach, within.window, shown, most),
            Threshold::All(of) => count(of) == of.len(),
            Threshold::Any(of) => count(of) > 0,
            Threshold::Some(some) => some.count() <= count(&some.of),
            Threshold::TenureAtLeast(_) | Threshold::EventsAtLeast(_) => most,
        }
    }
}

/// What a measure adds up; nothing where that is no sum over days.
fn gauged(program: &Compiled, threshold: &Threshold) -> Option<Gauged> {
    Some(match threshold {
        Threshold::SpendAtLeast(_) => Gauged::Spend,
        Threshold::OrdersAtLeast(_) => Gauged::Orders,
        Threshold::VisitsAtLeast(_) => Gauged::Visits,
        Threshold::PointsAtLeast(points) => {
            Gauged::Points(program.wallet(points.wallet.as_ref())?.id.clone())
        }
        _ => return None,
    })
}
