//! The ladders of a program: what they must be, by themselves and with the rest of it, and where one is found.

use std::collections::BTreeSet;

use super::Compiled;
use super::names::unique;
use super::parts::{Parts, ReadLadders};
use crate::check::{Check, TierPlace};
use crate::error::{Code, Problem, join};
use crate::rule::{Benefit, Crossing, PointsThreshold, Threshold, TierLadder};
use crate::value::Id;

impl Parts {
    pub(super) fn check_ladders(&mut self, check: &mut Check) {
        let ReadLadders { in_list, ladders } = &mut self.tiers;
        if self.tiers_read {
            check.at("tiers", |check| {
                for (index, ladder) in &mut *ladders {
                    if *in_list {
                        check.entry(*index, |check| ladder.check(check));
                    } else {
                        ladder.check(check);
                    }
                }
            });
        }
        unique("tiers", ladders.iter().map(|(index, ladder)| (*index, &ladder.id)), &mut check.problems);
        let mut seen = BTreeSet::new();
        for (number, ladder) in &*ladders {
            for (rank, tier) in ladder.tiers.iter().enumerate() {
                if !seen.insert(&tier.id) {
                    let path = format!("{}.tiers[{rank}].id", path(*in_list, *number));
                    let message = format!("`{}` is there twice", tier.id);
                    check.problems.push(Problem::new(Code::DuplicateId, path, message));
                }
            }
        }
    }

    /// Only one ladder can divide an order, and tiers that are entered by points need a rule that grants them.
    pub(super) fn fitting_ladders(&self, check: &mut Check) {
        let ladders = &self.tiers.ladders;
        let splitting = ladders.iter().filter(|(_, ladder)| ladder.crossing == Crossing::Split);
        for (number, _) in splitting.skip(1) {
            let message = "another ladder divides orders already: only one can";
            check.problems.push(Problem::new(
                Code::Contradiction,
                format!("tiers[{number}].crossing"),
                message,
            ));
        }
        if !self.grants_read {
            return;
        }
        for (number, ladder) in ladders {
            let path = path(self.tiers.in_list, *number);
            for (rank, tier) in ladder.tiers.iter().enumerate() {
                let Some(wallet) = tier.enter.as_ref().and_then(|enter| self.ungranted(enter)) else {
                    continue;
                };
                let message = format!("no rule grants points of wallet `{wallet}`: nobody can reach it");
                let path = join(&path, &format!("tiers[{rank}].enter"));
                check.problems.push(Problem::new(Code::Contradiction, path, message));
            }
        }
    }

    /// The wallet whose points a threshold cannot do without, though nothing grants them.
    fn ungranted<'a>(&'a self, threshold: &'a Threshold) -> Option<&'a Id> {
        let several = |of: &'a [Threshold], needed: usize| {
            let mut lacking = of.iter().filter_map(|one| self.ungranted(one));
            let first = lacking.next()?;
            let reachable = of.len().saturating_sub(lacking.count().saturating_add(1));
            Some(first).filter(|_| reachable < needed)
        };
        match threshold {
            Threshold::PointsAtLeast(PointsThreshold { wallet, .. }) => {
                self.wallet(wallet.as_ref()).filter(|wallet| !self.is_granted(wallet))
            }
            Threshold::Within(within) => self.ungranted(&within.reach),
            Threshold::All(of) => several(of, of.len()),
            Threshold::Any(of) => several(of, 1),
            Threshold::Some(some) => several(&some.of, some.count()),
            _ => None,
        }
    }

    /// Whether an accrual or an offer grants points of the wallet; of one that is not there its own place tells.
    fn is_granted(&self, wallet: &Id) -> bool {
        if self.wallets.iter().all(|(_, known)| known.id != *wallet) {
            return true;
        }
        let by_offer = self.offers.iter().any(|(_, offer)| match &offer.benefit {
            Benefit::BonusPoints(points) => self.wallet(points.wallet.as_ref()) == Some(wallet),
            _ => false,
        });
        by_offer || self.accruals.iter().any(|(_, rule)| self.wallet(rule.wallet.as_ref()) == Some(wallet))
    }
}

impl Compiled {
    pub(crate) fn ladders(&self) -> &[TierLadder] {
        &self.file.tiers.0
    }

    /// Where the tier of that name stands.
    pub(crate) fn place_of(&self, tier: &Id) -> Option<&TierPlace> {
        self.tiers.iter().find(|place| place.id == *tier)
    }

    /// The ladder of that name.
    pub(crate) fn ladder(&self, id: &Id) -> Option<&TierLadder> {
        self.ladders().iter().find(|ladder| ladder.id == *id)
    }
}

/// Where a ladder stands: in a list, or as the only one.
fn path(in_list: bool, number: usize) -> String {
    if in_list { format!("tiers[{number}]") } else { "tiers".to_owned() }
}
