//! What a member has done in the windows of a ladder, held against what its tiers ask.

use std::cell::Cell;

use crate::model::{Activity, Member, TierMeasure};
use crate::program::Compiled;
use crate::rule::{EventsThreshold, OwnDays, PointsThreshold, Threshold, Tier, TierLadder, TierWindow};
use crate::value::{Amount, Day, Id, Money, Overflow, Points};

use super::rise::Order;
use super::standing::{Rank, own_days};

/// One ladder of one member, looked at on one day.
pub(super) struct Reading<'a> {
    program: &'a Compiled,
    pub(super) ladder: &'a TierLadder,
    member: &'a Member,
    /// The last day that counts.
    last: Day,
    own: OwnDays,
    /// What is done beside what is booked.
    order: Option<&'a Order<'a>>,
    /// The first day that counts, whatever the window.
    from: Option<Day>,
    /// What was spent in the window that was asked for last.
    spent: Cell<Option<(TierWindow, Money)>>,
}

impl<'a> Reading<'a> {
    /// What there is until that day.
    pub(super) fn new(
        program: &'a Compiled,
        ladder: &'a TierLadder,
        member: &'a Member,
        last: Day,
    ) -> Reading<'a> {
        let own = own_days(program, ladder, member);
        Reading { program, ladder, member, last, own, order: None, from: None, spent: Cell::new(None) }
    }

    /// With an order that is not booked yet.
    pub(super) fn with_order(self, order: &'a Order<'a>) -> Reading<'a> {
        Reading { order: Some(order), ..self }
    }

    /// From that day on only.
    pub(super) fn since(self, from: Day) -> Reading<'a> {
        Reading { from: Some(from), ..self }
    }

    /// The highest tier whose threshold is reached.
    pub(super) fn qualified(&self) -> Result<Rank, Overflow> {
        self.highest(self.ladder.tiers.len(), |reading, tier| reading.enters(tier))
    }

    /// The highest tier below that one which is entered or kept.
    pub(super) fn kept_below(&self, rank: usize) -> Result<Rank, Overflow> {
        self.highest(rank, |reading, tier| Ok(reading.enters(tier)? || reading.keeps(tier)?))
    }

    fn highest(
        &self,
        below: usize,
        holds: impl Fn(&Reading<'_>, &Tier) -> Result<bool, Overflow>,
    ) -> Result<Rank, Overflow> {
        for (rank, tier) in self.ladder.tiers.iter().enumerate().take(below).rev() {
            if holds(self, tier)? {
                return Ok(Some(rank));
            }
        }
        Ok(None)
    }

    fn enters(&self, tier: &Tier) -> Result<bool, Overflow> {
        tier.enter.as_ref().map_or(Ok(true), |enter| self.reached(enter, self.ladder.window))
    }

    /// Whether a member of that tier stays in it.
    pub(super) fn keeps(&self, tier: &Tier) -> Result<bool, Overflow> {
        tier.keeps().map_or(Ok(true), |keep| self.reached(keep, self.ladder.window))
    }

    /// Whether the threshold is reached in that window.
    pub(super) fn reached(&self, threshold: &Threshold, window: TierWindow) -> Result<bool, Overflow> {
        match threshold {
            Threshold::SpendAtLeast(required) => Ok(*required <= self.spend(window)?),
            Threshold::Within(within) => self.reached(&within.reach, within.window),
            Threshold::All(of) => self.count(of, window).map(|reached| reached == of.len()),
            Threshold::Any(of) => self.count(of, window).map(|reached| reached > 0),
            Threshold::Some(some) => self.count(&some.of, window).map(|reached| some.count() <= reached),
            leaf => Ok(self.measure(leaf, window)?.is_none_or(|measure| measure.is_reached())),
        }
    }

    fn count(&self, of: &[Threshold], window: TierWindow) -> Result<usize, Overflow> {
        of.iter().try_fold(0_usize, |reached, one| {
            Ok(reached.saturating_add(usize::from(self.reached(one, window)?)))
        })
    }

    /// Every measure of a threshold.
    pub(super) fn measures(&self, threshold: Option<&Threshold>) -> Result<Vec<TierMeasure>, Overflow> {
        let mut leaves = Vec::new();
        if let Some(threshold) = threshold {
            threshold.each(self.ladder.window, &mut |leaf, window| leaves.push((leaf, window)));
        }
        let measures = leaves.into_iter().filter_map(|(leaf, window)| self.measure(leaf, window).transpose());
        measures.collect()
    }

    /// One measure, held against what is asked of it; nothing for what is no measure.
    pub(super) fn measure(
        &self,
        leaf: &Threshold,
        window: TierWindow,
    ) -> Result<Option<TierMeasure>, Overflow> {
        Ok(Some(match leaf {
            Threshold::SpendAtLeast(required) => {
                let (required, actual) = (*required, self.spend(window)?);
                let missing = Money(short(required.0, actual.0)?);
                TierMeasure::Spend { required, actual, missing, from: self.first(window) }
            }
            Threshold::PointsAtLeast(PointsThreshold { wallet, points }) => {
                let Some(wallet) = self.program.wallet(wallet.as_ref()) else { return Ok(None) };
                let (actual, from) = self.points(window, &wallet.id)?;
                let missing = Points(short(points.0, actual.0)?);
                let (wallet, required) = (wallet.id.clone(), *points);
                TierMeasure::Points { wallet, required, actual, missing, from }
            }
            Threshold::OrdersAtLeast(required) => {
                let (actual, from) = self.orders(window);
                let (required, missing) = (*required, required.saturating_sub(actual));
                TierMeasure::Orders { required, actual, missing, from }
            }
            Threshold::VisitsAtLeast(required) => {
                let (actual, from) = self.visits(window);
                let (required, missing) = (*required, required.saturating_sub(actual));
                TierMeasure::Visits { required, actual, missing, from }
            }
            Threshold::EventsAtLeast(EventsThreshold { event, count }) => {
                let (actual, from) = self.events(window, event);
                let (required, missing) = (*count, count.saturating_sub(actual));
                TierMeasure::Events { event: event.clone(), required, actual, missing, from }
            }
            Threshold::TenureAtLeast(required) => {
                let reached_on = self.member.joined_on.and_then(|joined| required.after(joined));
                let reached = reached_on.is_some_and(|day| day <= self.last);
                TierMeasure::Tenure { required: *required, reached_on, reached }
            }
            Threshold::Within(_) | Threshold::All(_) | Threshold::Any(_) | Threshold::Some(_) => {
                return Ok(None);
            }
        }))
    }

    /// The first day that counts; nothing where all do.
    fn first(&self, window: TierWindow) -> Option<Day> {
        self.from.or_else(|| window.first_day(self.last, self.own))
    }

    fn days(&self, first: Option<Day>) -> impl Iterator<Item = &'a Activity> {
        let last = self.last;
        let counts = move |day: &&Activity| day.on <= last && first.is_none_or(|first| first <= day.on);
        self.member.activity.iter().filter(counts)
    }

    /// What was spent in the window.
    pub(super) fn spend(&self, window: TierWindow) -> Result<Money, Overflow> {
        if let Some((_, spend)) = self.spent.get().filter(|(known, _)| *known == window) {
            return Ok(spend);
        }
        let (first, ladder) = (self.first(window), &self.ladder.id);
        let mut spend = Money::sum(self.days(first).map(|day| day.on_ladder(ladder).spend))?;
        if first.is_none() {
            spend = spend.plus(self.member.earlier.on_ladder(ladder).spend)?;
        }
        if let Some(order) = self.order {
            spend = spend.plus(order.spend)?;
        }
        self.spent.set(Some((window, spend)));
        Ok(spend)
    }

    pub(super) fn points(&self, window: TierWindow, wallet: &Id) -> Result<(Points, Option<Day>), Overflow> {
        let from = self.first(window);
        let mut points = Points::sum(self.days(from).filter_map(|day| day.points.get(wallet)).copied())?;
        let earlier = self.member.earlier.points.get(wallet).filter(|_| from.is_none());
        let order = self.order.and_then(|order| order.points.get(wallet));
        for more in earlier.into_iter().chain(order) {
            points = points.plus(*more)?;
        }
        Ok((points, from))
    }

    pub(super) fn orders(&self, window: TierWindow) -> (u64, Option<Day>) {
        let (from, ladder) = (self.first(window), &self.ladder.id);
        let orders = self.days(from).map(|day| day.on_ladder(ladder).orders);
        let orders = orders.fold(0, u64::saturating_add);
        let earlier = if from.is_none() { self.member.earlier.on_ladder(ladder).orders } else { 0 };
        let more = u64::from(self.order.is_some_and(|order| order.counts));
        (orders.saturating_add(earlier).saturating_add(more), from)
    }

    pub(super) fn visits(&self, window: TierWindow) -> (u64, Option<Day>) {
        let (from, ladder) = (self.first(window), &self.ladder.id);
        let visits = self.days(from).map(|day| day.on_ladder(ladder).visits()).fold(0, u64::saturating_add);
        let earlier = if from.is_none() { self.member.earlier.on_ladder(ladder).visits } else { 0 };
        let today = self.days(Some(self.last)).any(|day| day.on_ladder(ladder).orders > 0);
        let more = u64::from(!today && self.order.is_some_and(|order| order.counts));
        (visits.saturating_add(earlier).saturating_add(more), from)
    }

    fn events(&self, window: TierWindow, event: &Id) -> (u64, Option<Day>) {
        let from = self.first(window);
        let events = self.days(from).filter_map(|day| day.events.get(event)).copied();
        let earlier = self.member.earlier.events.get(event).filter(|_| from.is_none()).copied();
        (events.chain(earlier).fold(0, u64::saturating_add), from)
    }
}

fn short(required: Amount, actual: Amount) -> Result<Amount, Overflow> {
    if required <= actual { Ok(Amount::ZERO) } else { required.minus(actual) }
}
