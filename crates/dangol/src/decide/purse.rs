//! What a member can still use of each wallet while one quote spends from it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::error::ApplyError;
use crate::ledger::{Account, BurnOrder, Draw, Gone};
use crate::model::Member;
use crate::value::{Day, Id, Overflow, Points};

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

    /// Takes points, which must be usable, from lots in the order of the wallet.
    pub(super) fn draw(
        &mut self,
        wallet: &Id,
        points: Points,
        order: BurnOrder,
    ) -> Result<Vec<Draw>, ApplyError> {
        let mut account = self.account(wallet).into_owned();
        let draws = account.plan(points, self.today, order);
        account.take(wallet, &draws, Points::ZERO, Gone::Spent)?;
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
