//! The names that a program declares.

use crate::check::{Catalog, Check, Declared, TierPlace};
use crate::error::{Code, Problem};
use crate::rule::{Budget, Lane, TierLadder, Wallet};
use crate::value::{CodeShape, Id};

use super::CatalogFile;

/// The names of everything that rules may mention.
pub(super) fn declared<'a>(
    wallets: impl Iterator<Item = &'a Wallet>,
    ladders: impl Iterator<Item = &'a TierLadder>,
    lanes: impl Iterator<Item = &'a Lane>,
    budgets: impl Iterator<Item = &'a Budget>,
    catalog: Option<&CatalogFile>,
) -> Declared {
    let set = |names: &[Id]| names.iter().cloned().collect();
    Declared {
        wallets_known: true,
        tiers_known: true,
        lanes_known: true,
        budgets_known: true,
        tiers: tier_places(ladders),
        wallets: wallets.map(|wallet| (wallet.id.clone(), wallet.digits)).collect(),
        lanes: lanes.map(|lane| lane.id.clone()).collect(),
        budgets: budgets.map(|budget| (budget.id.clone(), Some(budget.amount.is_some()))).collect(),
        catalog: catalog.map(|catalog| Catalog {
            skus: set(&catalog.skus),
            categories: set(&catalog.categories),
            tags: set(&catalog.tags),
        }),
    }
}

/// Every tier of every ladder, the lowest of each first.
pub(super) fn tier_places<'a>(ladders: impl Iterator<Item = &'a TierLadder>) -> Vec<TierPlace> {
    let place = |(ladder, it): (usize, &'a TierLadder)| {
        let tiers = it.tiers.iter().enumerate();
        tiers.map(move |(rank, tier)| {
            let (id, everybodys) = (tier.id.clone(), tier.enter.is_none());
            TierPlace { id, ladder, rank, everybodys }
        })
    };
    ladders.enumerate().flat_map(place).collect()
}

/// Notes each id that another entry of the section has already.
pub(super) fn unique<'a>(
    section: &str,
    ids: impl Iterator<Item = (usize, &'a Id)>,
    problems: &mut Vec<Problem>,
) {
    let mut seen = std::collections::BTreeSet::new();
    for (index, id) in ids {
        if !seen.insert(id) {
            let path = format!("{section}[{index}].id");
            problems.push(Problem::new(Code::DuplicateId, path, format!("`{id}` is there twice")));
        }
    }
}

/// Notes a problem where no code can look like that.
pub(super) fn code_shape(codes: CodeShape, check: &mut Check) {
    let (least, most) = (CodeShape::MIN_LENGTH, CodeShape::MAX_LENGTH);
    if !(least..=most).contains(&codes.length) {
        let message = format!("must be from {least} to {most}, found `{}`", codes.length);
        check.at("length", |check| check.problem(Code::OutOfRange, message));
    }
    if codes.group == 0 {
        check.at("group", |check| check.problem(Code::OutOfRange, "must be at least 1, found `0`"));
    }
}
