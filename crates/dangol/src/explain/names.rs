//! What people call things, and amounts as they write them.

use crate::program::Compiled;
use crate::value::{Currency, Id, Lang, Money, Text};

use super::catalog::Sentences;

/// The names of one program in one language.
pub(super) struct Names<'a> {
    pub(super) program: &'a Compiled,
    pub(super) currency: Currency,
    pub(super) lang: Lang,
}

impl Names<'_> {
    pub(super) fn money(&self, money: Money) -> String {
        self.currency.format(money, self.lang)
    }

    pub(super) fn offer(&self, id: &str) -> String {
        let found = self.program.file.offers.iter().find(|offer| offer.id == *id);
        self.text(found.and_then(|offer| offer.name.as_ref()), id)
    }

    /// What people call a coupon: the name of its offer, which its own ends with.
    pub(super) fn coupon(&self, id: &str) -> String {
        self.offer(id.rsplit_once('/').map_or(id, |(_, offer)| offer))
    }

    pub(super) fn accrual(&self, id: &str) -> String {
        let found = self.program.file.accruals.iter().find(|rule| rule.id == *id);
        // Points can be an offer's.
        found.map_or_else(|| self.offer(id), |rule| self.text(rule.name.as_ref(), id))
    }

    pub(super) fn reward(&self, id: &str) -> String {
        let found = self.program.file.rewards.iter().find(|reward| reward.id == *id);
        self.text(found.and_then(|reward| reward.name.as_ref()), id)
    }

    pub(super) fn multiplier(&self, id: &str) -> String {
        let found = self.program.file.multipliers.iter().find(|multiplier| multiplier.id == *id);
        found.map_or_else(|| self.offer(id), |multiplier| self.text(multiplier.name.as_ref(), id))
    }

    pub(super) fn budget(&self, id: &str) -> String {
        let found = self.program.file.budgets.iter().find(|budget| budget.id == *id);
        self.text(found.and_then(|budget| budget.name.as_ref()), id)
    }

    pub(super) fn wallet(&self, id: &str) -> String {
        let found = self.program.file.wallets.iter().find(|wallet| wallet.id == *id);
        self.text(found.and_then(|wallet| wallet.name.as_ref()), id)
    }

    pub(super) fn tier(&self, id: &str) -> String {
        let mut tiers = self.program.ladders().iter().flat_map(|ladder| &ladder.tiers);
        let found = tiers.find(|tier| tier.id == *id);
        self.text(found.and_then(|tier| tier.name.as_ref()), id)
    }

    /// A tier, or that there is none.
    pub(super) fn tier_or_none(&self, id: Option<&Id>) -> String {
        id.map_or_else(|| Sentences::of(self.lang).fill("nobody", &[]), |id| self.tier(id.as_str()))
    }

    pub(super) fn ladder(&self, id: &str) -> Option<String> {
        let found = self.program.ladders().iter().find(|ladder| ladder.id == *id)?;
        found.name.as_ref().map(|name| name.get(self.lang).to_owned())
    }

    fn text(&self, name: Option<&Text>, id: &str) -> String {
        name.map_or(id, |name| name.get(self.lang)).to_owned()
    }
}
