//! What had been granted for reaching a tier goes where goods come back without which the tier was not reached.

use crate::decide::draft::Draft;
use crate::decide::tier;
use crate::error::InputError;
use crate::ledger::Lot;
use crate::model::{BackSums, Change, HeldCoupon, Order, TakenPoints, TierCause};
use crate::rule::{IssueTrigger, Occasion};
use crate::value::{Day, Id, Points};

use super::Ask;
use super::counted::{Uncounted, uncount};
use super::parties::Parties;
use super::stand::Stand;

/// What is lost with tiers that were not reached.
#[derive(Debug, Default)]
pub(super) struct Lost {
    tiers: Vec<Reached>,
    /// What is left of the points that something else than the order granted for them.
    pub(super) points: Vec<LostPoints>,
    /// The coupons that something else than the order issued for them.
    pub(super) coupons: Vec<HeldCoupon>,
}

/// A tier that was not reached, and the days on which it had been.
#[derive(Debug, PartialEq, Eq)]
struct Reached {
    tier: Id,
    days: Vec<Day>,
}

/// Points that a signal, a review or another order granted for a tier.
#[derive(Debug)]
pub(super) struct LostPoints {
    pub(super) tier: Id,
    pub(super) rule: Id,
    pub(super) wallet: Id,
    pub(super) lot: Lot,
}

impl Lost {
    /// Whether that tier was not reached.
    pub(super) fn has(&self, tier: &Id) -> bool {
        self.tiers.iter().any(|lost| lost.tier == *tier)
    }
}

/// What is lost then; of the points that the order granted for it none are kept.
///
/// What they were may itself have counted on a ladder, so it is looked until nothing more is lost.
pub(super) fn lost(
    ask: &Ask<'_>,
    parties: &Parties<'_>,
    (before, after): (&Stand, &mut Stand),
    sums_before: &BackSums,
) -> Result<Lost, InputError> {
    let quote = &ask.order.quote;
    let mut lost = Lost::default();
    let Some(own) = parties.own.as_ref().filter(|own| own.program.measured.has_effects) else {
        return Ok(lost);
    };
    loop {
        let mut trial = own.clone();
        let made = trial.made().count();
        uncount(&mut trial, &Uncounted::of(ask, (before, after), sums_before)?)?;
        trial.lift()?;
        let tiers = not_reached(own, &trial, made)?;
        if tiers.len() <= lost.tiers.len() {
            break;
        }
        lost.tiers = tiers;
        let accruals = quote.accruals.iter().zip(&mut after.kept);
        for (accrual, kept) in accruals.filter(|_| quote.returns.earned != TakenPoints::None) {
            if accrual.reached.as_ref().is_some_and(|tier| lost.has(tier)) {
                *kept = Points::of_units(0, kept.0.digits())?;
            }
        }
    }
    for reached in &lost.tiers {
        if quote.returns.earned != TakenPoints::None {
            lost.points.extend(points(own, ask.order, reached));
        }
        lost.coupons.extend(coupons(own, ask.order, reached));
    }
    Ok(lost)
}

/// The tiers that the trial does not reach any more after so many changes, of those to which a rise was undone.
fn not_reached(own: &Draft<'_>, trial: &Draft<'_>, made: usize) -> Result<Vec<Reached>, InputError> {
    let mut lost: Vec<Reached> = Vec::new();
    for change in trial.made().skip(made) {
        let Change::TierChanged { ladder, from, to, because: TierCause::Undone, standing, .. } = change
        else {
            continue;
        };
        let (Some(before), Some(ladder)) = (own.member.tiers.get(ladder), trial.program.ladder(ladder))
        else {
            continue;
        };
        let days: Vec<Day> = before.entered().skip(standing.rises.len()).flatten().collect();
        for tier in tier::fallen_from(ladder, from.as_ref(), to.as_ref()) {
            if !tier::has(trial.program, &trial.member, &tier.id, trial.today)? {
                lost.push(Reached { tier: tier.id.clone(), days: days.clone() });
            }
        }
    }
    Ok(lost)
}

/// What is left of the points that rules granted for that tier on these days, by something else than the order.
fn points(own: &Draft<'_>, order: &Order, reached: &Reached) -> Vec<LostPoints> {
    let occasion = Occasion::TierReached(reached.tier.clone());
    let zone = own.program.zone();
    // Where a return was taken back, the tier is reached on another day.
    let taken =
        || order.returns.iter().flat_map(|known| &known.taken).filter(|taken| taken.reached.is_some());
    let before = |id: &Id| taken().flat_map(|taken| &taken.lots).any(|lot| lot.id == *id);
    let mut found = Vec::new();
    for rule in own.program.accruals().filter(|rule| rule.on == occasion) {
        let Some(wallet) = own.program.wallet(rule.wallet.as_ref()) else { continue };
        let account = own.account(&wallet.id);
        let granted = |lot: &&Lot| {
            lot.id.is_part(&rule.id)
                && lot.id != order.id.part(&rule.id)
                && (reached.days.contains(&zone.day(lot.earned_at)) || before(&lot.id))
                && !lot.free().is_zero()
        };
        found.extend(account.lots().iter().filter(granted).map(|lot| LostPoints {
            tier: reached.tier.clone(),
            rule: rule.id.clone(),
            wallet: wallet.id.clone(),
            lot: lot.part(lot.free()),
        }));
    }
    found
}

/// The coupons that are issued for that tier and nothing else, and were on these days, by something else than the order.
fn coupons(own: &Draft<'_>, order: &Order, reached: &Reached) -> Vec<HeldCoupon> {
    let zone = own.program.zone();
    let is_it = |trigger: &IssueTrigger| match trigger {
        IssueTrigger::On(Occasion::TierReached(tier)) => *tier == reached.tier,
        _ => false,
    };
    let taken = || order.returns.iter().flat_map(|known| &known.issued).filter(|taken| taken.held.is_some());
    let before = |id: &Id| taken().any(|taken| taken.coupon == *id);
    let issued = |coupon: &&HeldCoupon| {
        let terms = own.program.offer_of(&coupon.offer).and_then(|offer| offer.coupon.as_ref());
        terms.is_some_and(|terms| !terms.issue.is_empty() && terms.issue.iter().all(is_it))
            && coupon.hold.is_none()
            && coupon.id.is_part(&coupon.offer)
            && coupon.id != order.id.part(&coupon.offer)
            && (reached.days.contains(&zone.day(coupon.issued_at)) || before(&coupon.id))
    };
    own.member.coupons.iter().filter(issued).cloned().collect()
}
