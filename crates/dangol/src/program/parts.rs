//! The sections of a program that declare or mention names, and what they must be together.

use super::CatalogFile;
use super::known::Known;
use super::names::{declared, unique};
use crate::check::{Check, Declared};
use crate::error::{Code, Problem};
use crate::rule::{AccrualRule, Budget, Lane, Multiplier, Offer, Reward, TierLadder, Wallet};
use crate::value::Id;

/// A section whose broken entries are left out; each entry keeps its place in the file.
pub(super) type Entries<T> = Vec<(usize, T)>;

/// The ladders, and whether they stand in a list.
#[derive(Default)]
pub(super) struct ReadLadders {
    pub(super) in_list: bool,
    pub(super) ladders: Entries<TierLadder>,
}

/// The sections that declare or mention names.
pub(super) struct Parts {
    pub(super) wallets: Entries<Wallet>,
    pub(super) tiers: ReadLadders,
    pub(super) lanes: Entries<Lane>,
    pub(super) accruals: Entries<AccrualRule>,
    pub(super) multipliers: Entries<Multiplier>,
    pub(super) budgets: Entries<Budget>,
    pub(super) offers: Entries<Offer>,
    pub(super) rewards: Entries<Reward>,
    /// The names of the document, also of entries that could not be read.
    pub(super) known: Known,
    /// Whether every tier could be read; otherwise nothing is said about the order of the others.
    pub(super) tiers_read: bool,
    /// Whether every accrual and offer could be read; otherwise what needs one that grants points is not to blame.
    pub(super) grants_read: bool,
}

impl Parts {
    pub(super) fn names(&self, catalog: Option<&CatalogFile>) -> Declared {
        let wallets = self.wallets.iter().map(|(_, wallet)| wallet);
        let lanes = self.lanes.iter().map(|(_, lane)| lane);
        let budgets = self.budgets.iter().map(|(_, budget)| budget);
        let ladders = self.tiers.ladders.iter().map(|(_, ladder)| ladder);
        let mut declared = declared(wallets, ladders, lanes, budgets, catalog);
        self.known.complete(&mut declared);
        declared
    }

    pub(super) fn check(&mut self, check: &mut Check) {
        section(
            &mut self.wallets,
            "wallets",
            check,
            |wallet| &wallet.id,
            |check, wallet| wallet.check(check),
        );
        self.check_ladders(check);
        section(&mut self.lanes, "lanes", check, |lane| &lane.id, |check, lane| lane.check(check));
        section(&mut self.accruals, "accruals", check, |rule| &rule.id, |check, rule| rule.check(check));
        let multipliers = &mut self.multipliers;
        section(multipliers, "multipliers", check, |one| &one.id, |check, one| one.check(check));
        section(&mut self.budgets, "budgets", check, |one| &one.id, |check, one| one.check(check));
        section(&mut self.offers, "offers", check, |offer| &offer.id, |check, offer| offer.check(check));
        section(&mut self.rewards, "rewards", check, |it| &it.id, |check, reward| reward.check(check));
        self.unique_codes(check);
        self.fitting_ladders(check);
        self.fitting_offers(check);
        self.fitting_groups(check);
        self.fitting_budgets(check);
        self.fitting_multipliers(check);
    }

    fn unique_codes(&self, check: &mut Check) {
        let mut seen = std::collections::BTreeSet::new();
        for (index, offer) in &self.offers {
            if let Some(code) = &offer.code
                && !seen.insert(Offer::normal_code(code))
            {
                let path = format!("offers[{index}].code");
                let message = format!("`{code}` is the code of another offer too: give each its own");
                check.problems.push(Problem::new(Code::DuplicateId, path, message));
            }
        }
    }
}

/// Checks each entry of a section, and that no two have the same id.
fn section<T>(
    entries: &mut Entries<T>,
    name: &str,
    check: &mut Check,
    id: impl Fn(&T) -> &Id,
    walk: impl Fn(&mut Check, &mut T),
) {
    check.at(name, |check| {
        for (index, entry) in &mut *entries {
            check.entry(*index, |check| walk(check, entry));
        }
    });
    unique(name, entries.iter().map(|(index, entry)| (*index, id(entry))), &mut check.problems);
}
