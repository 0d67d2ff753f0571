//! Limits and budgets: how much of what rules would grant there is room for.

use std::collections::BTreeMap;

use crate::error::InputError;
use crate::model::{Accrual, AccrualCap, CapOf, Member, Reason, Tally, TallyEntry, TallyKind};
use crate::program::Compiled;
use crate::rule::{AccrualRule, EarningLimit, Wallet, WhenShort};
use crate::value::{Amount, Day, Id, Mode, Money, Overflow, Points, Rounding, Span};

/// What was granted in each span before, and by earlier rules of the same operation.
pub(super) struct Meter<'a> {
    program: &'a Compiled,
    member: &'a Member,
    today: Day,
    /// What is used of each budget, as the host counts it.
    budgets: &'a BTreeMap<Id, Amount>,
    /// What this operation granted of each wallet that has limits.
    wallets: Vec<(&'a Id, Points)>,
    /// What this operation took out of each budget.
    taken: Vec<(&'a Id, Points)>,
}

/// The points that there is room for and the span of the limit, where it is fewer than asked for; or why there is none.
type Room = Result<Option<(Points, Span)>, Reason>;

impl<'a> Meter<'a> {
    pub(super) fn new(
        program: &'a Compiled,
        member: &'a Member,
        today: Day,
        budgets: &'a BTreeMap<Id, Amount>,
    ) -> Meter<'a> {
        Meter { program, member, today, budgets, wallets: Vec::new(), taken: Vec::new() }
    }

    /// What the rule's own limits leave of its points.
    pub(super) fn own(&self, rule: &AccrualRule, points: Points) -> Result<Room, Overflow> {
        if rule.limits.is_empty() {
            return Ok(Ok(None));
        }
        let used = |per| {
            let tally = self.tally(TallyKind::Accrual, &rule.id, per);
            tally.map_or((Points::ZERO, 0), |tally| (tally.points, tally.times))
        };
        room(&rule.limits, CapOf::Accrual, points, used)
    }

    /// Lowers an accrual to what its wallet and its budget have room for, and notes it; or tells why nothing is left.
    pub(super) fn take(
        &mut self,
        rule: &'a AccrualRule,
        wallet: &'a Wallet,
        accrual: &mut Accrual,
    ) -> Result<Option<Reason>, InputError> {
        let before = accrual.points;
        let cap = |accrual: &mut Accrual, points, of, per| {
            let would = accrual.limited_by.map_or(before, |cap| cap.points);
            accrual.limited_by = Some(AccrualCap { of, per, points: would });
            accrual.points = points;
        };
        if !wallet.limits.is_empty() {
            let now = noted(&self.wallets, &wallet.id);
            let used = |per| {
                let tally = self.tally(TallyKind::Wallet, &wallet.id, per);
                let before = tally.map_or(Points::ZERO, |tally| tally.points);
                (before.plus(now).unwrap_or(before), 0)
            };
            match room(&wallet.limits, CapOf::Wallet, accrual.points, used)? {
                Err(reason) => return Ok(Some(reason)),
                Ok(Some((points, per))) => cap(accrual, points, CapOf::Wallet, Some(per)),
                Ok(None) => {}
            }
        }
        if let Some(budget) = &rule.budget {
            match self.left(budget, wallet, accrual.points)? {
                Err(reason) => return Ok(Some(reason)),
                Ok(left) if left < accrual.points => cap(accrual, left, CapOf::Budget, None),
                Ok(_) => {}
            }
            note(&mut self.taken, budget, accrual.points)?;
        }
        if !wallet.limits.is_empty() {
            note(&mut self.wallets, &wallet.id, accrual.points)?;
        }
        Ok(None)
    }

    /// What is left of a budget in points that the wallet can have: more than nothing, or why not.
    fn left(&self, id: &Id, wallet: &Wallet, asked: Points) -> Result<Result<Points, Reason>, Overflow> {
        let budget = self.program.budget(id).and_then(|budget| Some((budget, budget.points?)));
        let (Some((budget, limit)), Some(used)) = (budget, self.budgets.get(id)) else {
            return Ok(Err(Reason::BudgetUnknown { budget: id.clone() }));
        };
        let used = Points(*used).plus(noted(&self.taken, id))?;
        let left = limit.minus(used)?.max(Points::ZERO);
        let left = Points(Rounding::to_unit(Mode::Down).round(left.0, wallet.digits)?);
        let enough = !left.is_zero() && (budget.when_short == WhenShort::Trim || asked <= left);
        let reached = Reason::LimitReached { of: CapOf::Budget, per: None, limit, used };
        Ok(if enough { Ok(left) } else { Err(reached) })
    }

    /// The day on which points of the wallet count on ladders, where they do.
    pub(super) fn counted_on(&self, wallet: &Wallet) -> Option<Day> {
        self.program.measured.wallets.contains(&wallet.id).then_some(self.today)
    }

    /// The tallies that an accrual of the rule is added to, with the money that it counted.
    pub(super) fn tallies(
        &self,
        rule: &AccrualRule,
        wallet: &Wallet,
        counted: Option<Money>,
    ) -> Vec<TallyEntry> {
        let mut entries: Vec<TallyEntry> = Vec::new();
        if rule.over.is_order() && rule.limits.is_empty() && wallet.limits.is_empty() {
            return entries;
        }
        let mut add = |kind, of: &Id, per: Span, amount| {
            let known = entries.iter().any(|entry| entry.kind == kind && entry.per == per);
            if !per.is_order() && !known {
                let since = per.start(self.today);
                entries.push(TallyEntry { kind, of: of.clone(), per, since, amount });
            }
        };
        add(TallyKind::Accrual, &rule.id, rule.over, counted.unwrap_or(Money::ZERO));
        for limit in &rule.limits {
            add(TallyKind::Accrual, &rule.id, limit.per, Money::ZERO);
        }
        for limit in &wallet.limits {
            add(TallyKind::Wallet, &wallet.id, limit.per, Money::ZERO);
        }
        entries
    }

    /// The first day of the running span.
    pub(super) fn since(&self, per: Span) -> Option<Day> {
        per.start(self.today)
    }

    fn tally(&self, kind: TallyKind, of: &Id, per: Span) -> Option<&'a Tally> {
        if per.is_order() {
            return None;
        }
        Tally::find(&self.member.tallies, kind, of, per, per.start(self.today))
    }
}

/// What limits leave of points; `used` tells the points and times granted in a span before.
fn room(
    limits: &[EarningLimit],
    of: CapOf,
    points: Points,
    used: impl Fn(Span) -> (Points, u64),
) -> Result<Room, Overflow> {
    let mut most = None;
    for EarningLimit { per, points: limit, times } in limits {
        let (granted, often) = used(*per);
        if let Some(times) = times.filter(|times| often >= *times) {
            return Ok(Err(Reason::TimesReached { per: *per, limit: times, used: often }));
        }
        let Some(limit) = *limit else { continue };
        if granted >= limit {
            return Ok(Err(Reason::LimitReached { of, per: Some(*per), limit, used: granted }));
        }
        let left = Points(limit.minus(granted)?.0.rescaled(points.0.digits()).ok_or(Overflow)?);
        if left < most.map_or(points, |(most, _)| most) {
            most = Some((left, *per));
        }
    }
    Ok(Ok(most))
}

fn noted(notes: &[(&Id, Points)], id: &Id) -> Points {
    notes.iter().find(|(known, _)| *known == id).map_or(Points::ZERO, |(_, points)| *points)
}

fn note<'a>(notes: &mut Vec<(&'a Id, Points)>, id: &'a Id, points: Points) -> Result<(), Overflow> {
    match notes.iter_mut().find(|(known, _)| *known == id) {
        Some((_, sum)) => *sum = sum.plus(points)?,
        None => notes.push((id, points)),
    }
    Ok(())
}
