//! The names that a program declares, for the rules that mention them.

use std::collections::BTreeSet;

use crate::value::Id;

/// The names that a program declares, for the rules that mention them.
#[derive(Debug, Default)]
pub(crate) struct Declared {
    pub(crate) tiers: Vec<TierPlace>,
    pub(crate) wallets: Vec<(Id, u8)>,
    pub(crate) lanes: Vec<Id>,
    /// The budgets, and whether each is one of money, where that could be read.
    pub(crate) budgets: Vec<(Id, Option<bool>)>,
    /// Whether all names of wallets could be read; otherwise rules that mention one are not to blame, and so on.
    pub(crate) wallets_known: bool,
    pub(crate) tiers_known: bool,
    pub(crate) lanes_known: bool,
    pub(crate) budgets_known: bool,
    /// The catalogue, where the program has one; otherwise every article is taken as it comes.
    pub(crate) catalog: Option<Catalog>,
}

impl Declared {
    /// The digits of a wallet's points, or of the first wallet where none is named; nothing where that is not known.
    pub(crate) fn digits(&self, wallet: Option<&Id>) -> Option<u8> {
        let found = match wallet {
            Some(wallet) => self.wallets.iter().find(|(id, _)| id == wallet),
            // One that could not be read may come first.
            None => self.wallets.first().filter(|_| self.wallets_known),
        };
        found.map(|(_, digits)| *digits)
    }
}

/// A tier: the number of its ladder, and its place on it, from 0.
#[derive(Clone, Debug)]
pub(crate) struct TierPlace {
    pub(crate) id: Id,
    pub(crate) ladder: usize,
    pub(crate) rank: usize,
    /// Whether it is everybody's: nobody reaches it, and nobody leaves it.
    pub(crate) everybodys: bool,
}

/// The articles, categories and tags that a program's selectors may name.
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    pub(crate) skus: BTreeSet<Id>,
    pub(crate) categories: BTreeSet<Id>,
    pub(crate) tags: BTreeSet<Id>,
}
