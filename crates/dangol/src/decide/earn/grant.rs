//! From what counts to points: the award, multipliers, rounding, what was granted before, the rule's own limits.

use crate::model::{
    Accrual, AccrualCap, Accumulated, CapOf, CountedPart, Reason, Tally, TallyKind, UsedMultiplier,
};
use crate::program::Compiled;
use crate::rule::{AccrualRule, Award, Base, ExpiryFrom, Facts, Occasion, Wallet};
use crate::value::{Day, Id, Money, Overflow, Points, Span};

use super::Answer;
use super::base::{Part, Sum};
use super::limit::Meter;
use super::multiply::Factors;
use crate::decide::keep;
use crate::decide::purse::Purse;

/// What awards are worked out with, on orders and on other occasions.
#[derive(Clone, Copy)]
pub(super) struct Granting<'a> {
    pub(super) program: &'a Compiled,
    pub(super) facts: &'a Facts<'a>,
    pub(super) purse: &'a Purse<'a>,
    pub(super) meter: &'a Meter<'a>,
}

/// Points that a rule would grant, and what made them so many.
#[derive(Debug)]
pub(super) struct Grant {
    pub(super) points: Points,
    /// How many it would have been without the rule's own limit, and the span of that.
    limited: Option<(Points, Span)>,
    base: Base,
    multipliers: Vec<UsedMultiplier>,
    accumulated: Option<Accumulated>,
    /// What each line counted; what money paid for each where there is nothing.
    pub(super) counted: Option<Vec<CountedPart>>,
    time: Time,
}

impl Grant {
    /// The accrual that it becomes where nothing else is better; what is not copied easily goes with it.
    pub(super) fn accrual(&mut self, rule: &AccrualRule, wallet: &Wallet) -> Result<Accrual, Overflow> {
        let Time { usable_from, expires_on, .. } = self.time;
        let cap = |(points, per)| AccrualCap { of: CapOf::Accrual, per: Some(per), points };
        Ok(Accrual {
            rule: rule.id.clone(),
            wallet: wallet.id.clone(),
            points: self.points,
            how: rule.award.arithmetic(&self.base)?,
            multipliers: std::mem::take(&mut self.multipliers),
            accumulated: self.accumulated,
            limited_by: self.limited.map(cap),
            usable_from,
            awaits: self.time.awaits.take(),
            expires_on,
            grace_until: keep::with_grace(wallet, expires_on).1,
            issuer: rule.issuer(wallet).cloned(),
            tallies: Vec::new(),
            counted_on: None,
            counted: self.counted.take(),
            rounding: wallet.rounding,
            budget: rule.budget.clone(),
            reached: match &rule.on {
                Occasion::TierReached(tier) => Some(tier.clone()),
                _ => None,
            },
        })
    }
}

/// When points can be used.
#[derive(Debug)]
struct Time {
    usable_from: Option<Day>,
    awaits: Option<Id>,
    expires_on: Option<Day>,
}

impl Granting<'_> {
    /// What the rule grants on what it counts, or why it grants nothing; parts are needed where lines are rounded or
    /// multiplied.
    pub(super) fn answer<'a>(
        &self,
        rule: &'a AccrualRule,
        wallet: &'a Wallet,
        (Sum { money, units }, parts): (Sum, &[Part]),
        factors: Option<Factors>,
    ) -> Result<Answer<'a>, Overflow> {
        let digits = self.program.currency().digits();
        let money = Money::of_units(money, digits)?;
        let accumulated = self.accumulated(rule);
        let balance = match rule.award {
            Award::RoundUp(_) => self.purse.usable(&wallet.id),
            _ => Points::ZERO,
        };
        let total = accumulated.map_or(Ok(money), |it| it.before.plus(money))?;
        let base = Base { money: total, units, balance };
        let mut points = match &factors {
            Some(factors) => factors.points(rule, wallet, parts, digits)?,
            None => self.points(rule, wallet, &base, parts)?,
        };
        if let Some(accumulated) = accumulated {
            points = less(points, accumulated.granted, wallet)?;
        }
        let counted = accumulated.map(|_| money);
        let result = match time(rule, wallet, self.facts.today) {
            Err(reason) => Err(reason),
            Ok(_) if points.is_zero() => Err(Reason::NoEffect),
            Ok(time) => self.meter.own(rule, points)?.map(|most| Grant {
                points: most.map_or(points, |(most, _)| most),
                limited: most.map(|(_, per)| (points, per)),
                base,
                multipliers: factors.map(|factors| factors.used).unwrap_or_default(),
                accumulated,
                counted: None,
                time,
            }),
        };
        Ok(Answer { rule, wallet: Some(wallet), result, counted, group: None })
    }

    /// What the rule counted and granted before in its span; nothing where each order counts by itself.
    fn accumulated(&self, rule: &AccrualRule) -> Option<Accumulated> {
        if rule.over.is_order() {
            return None;
        }
        let since = rule.over.start(self.facts.today);
        let tallies = &self.facts.member.tallies;
        let tally = Tally::find(tallies, TallyKind::Accrual, &rule.id, rule.over, since);
        let (before, granted) = tally.map(|tally| (tally.amount, tally.points)).unwrap_or_default();
        Some(Accumulated { before, granted })
    }

    /// The points of an award that nothing multiplies.
    fn points(
        &self,
        rule: &AccrualRule,
        wallet: &Wallet,
        base: &Base,
        parts: &[Part],
    ) -> Result<Points, Overflow> {
        let (award, digits) = (&rule.award, wallet.digits);
        if !award.counts_money() {
            // A whole number of smallest units, and never rounded.
            let units = i64::try_from(award.exact(base, digits)?.numerator()).map_err(|_| Overflow)?;
            return Points::of_units(units, digits);
        }
        let rounding = wallet.rounding.rounding();
        let rounded = |base: &Base| {
            let exact = award.exact(base, digits)?;
            rounding.ratio(exact.numerator(), exact.denominator(), digits)
        };
        if !rule.rounds_lines(wallet) {
            return Points::of_units(rounded(base)?, digits);
        }
        let money = self.program.currency().digits();
        let mut sum = 0_i64;
        for part in parts {
            let points = rounded(&Base { money: Money::of_units(part.money, money)?, ..*base })?;
            sum = sum.checked_add(points).ok_or(Overflow)?;
        }
        Points::of_units(sum, digits)
    }
}

/// What is left after what was granted before: never less than nothing.
fn less(points: Points, granted: Points, wallet: &Wallet) -> Result<Points, Overflow> {
    let left = points.minus(granted)?.max(Points::ZERO);
    Ok(Points(left.0.rescaled(wallet.digits).ok_or(Overflow)?))
}

/// When the points of a rule can be used, or that they would end before.
fn time(rule: &AccrualRule, wallet: &Wallet, today: Day) -> Result<Time, Reason> {
    let vesting = rule.vesting(wallet);
    let awaits = vesting.and_then(|vesting| vesting.signal.clone());
    let begun = vesting.filter(|vesting| vesting.signal.is_none());
    let usable_from = begun.and_then(|vesting| vesting.first_day(today));
    let start = match wallet.expiry_from {
        ExpiryFrom::Earning => Some(today),
        ExpiryFrom::Vesting if awaits.is_some() => None,
        ExpiryFrom::Vesting => Some(usable_from.unwrap_or(today)),
    };
    let expiry = rule.expiry(wallet);
    let expires_on = expiry.zip(start).and_then(|(expiry, start)| expiry.last_day(start));
    let first = usable_from.unwrap_or(today);
    match expires_on.filter(|last| *last < first) {
        Some(until) => Err(Reason::Ended { until }),
        None => Ok(Time { usable_from, awaits, expires_on }),
    }
}
