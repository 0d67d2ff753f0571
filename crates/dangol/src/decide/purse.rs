//! What a member can still use of each wallet while one quote spends from it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::error::ApplyError;
use crate::ledger::{Account, BurnOrder, Draw, Gone};
use crate::model::Member;
use crate::value::{Day, Id, Overflow, Points};

use super::spend::Funds;

/// The member's accounts as earlier parts of the quote left them.
#[derive(Debug)]
pub(super) struct Purse<'a> {
    member: &'a Member,
    today: Day,
    touched: BTreeMap<Id, Account>,
}

impl<'a> Purse<'a> {
    pub(super) fn new(member: &'a Member, today: Day) -> Purse<'a> {
        Purse { member, today, touched: BTreeMap::new() }
    }

    /// What can be used.
    pub(super) fn usable(&self, wallet: &Id) -> Points {
        self.account(wallet).usable(self.today)
    }

    /// What can be used, and what was ever granted.
    pub(super) fn funds(&self, wallet: &Id) -> Funds {
        let account = self.account(wallet);
        Funds { usable: account.usable(self.today), granted: account.granted() }
    }

    /// What can be used of the lots that end, and do so by that day.
    pub(super) fn ending(&self, wallet: &Id, last: Option<Day>) -> Result<Points, Overflow> {
        let draws = ending(&self.account(wallet), self.today, last);
        Draw::sum(&draws)
    }

    /// Whose points the lots are that say so.
    pub(super) fn issued(&self, wallet: &Id) -> BTreeMap<Id, Id> {
        let account = self.account(wallet);
        account.lots().iter().filter_map(|lot| Some((lot.id.clone(), lot.issuer.clone()?))).collect()
    }

    /// Takes points, which must be usable, from lots in the order of the wallet.
    pub(super) fn draw(
        &mut self,
        wallet: &Id,
        points: Points,
        order: BurnOrder,
    ) -> Result<Vec<Draw>, ApplyError> {
        let draws = self.account(wallet).plan(points, self.today, order);
        self.spend(wallet, draws)
    }

    /// Takes points, which must be usable there, from the lots that end, and do so by that day, soonest first.
    pub(super) fn draw_ending(
        &mut self,
        wallet: &Id,
        points: Points,
        last: Option<Day>,
    ) -> Result<Vec<Draw>, ApplyError> {
        let draws = Draw::first(ending(&self.account(wallet), self.today, last), points)?;
        self.spend(wallet, draws)
    }

    fn spend(&mut self, wallet: &Id, draws: Vec<Draw>) -> Result<Vec<Draw>, ApplyError> {
        let mut account = self.account(wallet).into_owned();
        let points = Draw::sum(&draws)?;
        account.take(wallet, points, &draws, Points::ZERO, Gone::Spent)?;
        self.touched.insert(wallet.clone(), account);
        Ok(draws)
    }

    /// What can be used after so many more points were granted: a deficit is made up for first.
    pub(super) fn with(&self, wallet: &Id, granted: Points) -> Result<Points, Overflow> {
        let account = self.account(wallet);
        let rest = granted.minus(granted.min(account.deficit()))?;
        account.usable(self.today).plus(rest)
    }

    /// Whether points of the wallet were taken.
    pub(super) fn was_used(&self, wallet: &Id) -> bool {
        self.touched.contains_key(wallet)
    }

    /// The account as earlier parts of the quote left it.
    pub(super) fn account(&self, wallet: &Id) -> Cow<'_, Account> {
        let account = self.touched.get(wallet).or_else(|| self.member.wallets.get(wallet));
        account.map_or_else(|| Cow::Owned(Account::default()), Cow::Borrowed)
    }
}

/// Everything usable in the lots that end, and do so by that day, soonest first.
fn ending(account: &Account, today: Day, last: Option<Day>) -> Vec<Draw> {
    let soon = |day: Day| last.is_none_or(|last| day <= last);
    let lots = account.lots().iter().filter(|lot| lot.expires_on.is_some_and(soon));
    let ids: BTreeSet<&Id> = lots.map(|lot| &lot.id).collect();
    let mut draws = account.plan(account.usable(today), today, BurnOrder::SoonestExpiry);
    draws.retain(|draw| ids.contains(&draw.lot));
    draws
}
