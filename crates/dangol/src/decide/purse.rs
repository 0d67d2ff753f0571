//! What a member can still use of each wallet while one quote spends from it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::error::ApplyError;
use crate::ledger::{Account, BurnOrder, Draw};
use crate::model::Member;
use crate::value::{Day, Id, Points};

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
        account.spend(wallet, &draws)?;
        self.touched.insert(wallet.clone(), account);
        Ok(draws)
    }

    fn account(&self, wallet: &Id) -> Cow<'_, Account> {
        let account = self.touched.get(wallet).or_else(|| self.member.wallets.get(wallet));
        account.map_or_else(|| Cow::Owned(Account::default()), Cow::Borrowed)
    }
}
