//! What activity does to the points that are there: it gives them a new last day, and new points make up for a deficit.

use std::collections::BTreeMap;

use crate::ledger::{Account, Draw, Lot, draw_from};
use crate::model::{Accrual, Change, Member};
use crate::program::Compiled;
use crate::rule::{ActiveBy, Extension, Wallet};
use crate::value::{Day, Id, Overflow, Points};

/// What happened to a wallet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Active {
    pub(super) earned: bool,
    pub(super) spent: bool,
    pub(super) ordered: bool,
}

impl Active {
    fn counts(self, extension: &Extension) -> bool {
        extension.on.iter().any(|by| match by {
            ActiveBy::Accrual => self.earned,
            ActiveBy::Redemption => self.spent,
            ActiveBy::Order => self.ordered,
        })
    }

    /// What these changes mean for a wallet.
    pub(super) fn of<'a>(changes: impl Iterator<Item = &'a Change> + Clone, wallet: &Id) -> Active {
        let any = |holds: fn(&Change) -> bool| {
            changes.clone().any(|change| holds(change) && change.wallet().is_none_or(|id| id == wallet))
        };
        Active {
            earned: any(|change| matches!(change, Change::PointsEarned { .. })),
            spent: any(|change| matches!(change, Change::PointsSpent { .. })),
            ordered: any(|change| matches!(change, Change::OrderPlaced { .. })),
        }
    }
}

/// The last day of points and the end of their grace.
pub(super) fn with_grace(wallet: &Wallet, last: Option<Day>) -> (Option<Day>, Option<Day>) {
    (last, last.and_then(|last| wallet.grace?.after(last)))
}

/// What activity makes of the last day of points that were earned on that day and have that last day.
fn longer(program: &Compiled, extension: &Extension, lot: &Lot, today: Day) -> Option<Day> {
    let earned_on = program.zone().day(lot.earned_at);
    extension.last_day(earned_on, today).filter(|last| lot.expires_on.is_some_and(|known| known < *last))
}

/// The lots of a wallet that activity gives a new last day, by that day.
pub(super) fn extensions(
    program: &Compiled,
    wallet: &Wallet,
    account: &Account,
    active: Active,
    today: Day,
) -> Vec<Change> {
    let Some(extension) = wallet.extension.as_ref().filter(|extension| active.counts(extension)) else {
        return Vec::new();
    };
    let mut days: BTreeMap<Day, Vec<Id>> = BTreeMap::new();
    for lot in account.lots().iter().filter(|lot| !lot.has_ended(today)) {
        if let Some(last) = longer(program, extension, lot, today) {
            days.entry(last).or_default().push(lot.id.clone());
        }
    }
    let change = |(last, lots)| {
        let (_, grace_until) = with_grace(wallet, Some(last));
        Change::PointsExtended { wallet: wallet.id.clone(), lots, expires_on: last, grace_until }
    };
    days.into_iter().map(change).collect()
}

/// Gives points that an order earns the last day that its own activity gives them.
pub(super) fn extend_earned(wallet: &Wallet, accruals: &mut [Accrual], active: Active, today: Day) {
    let Some(extension) = wallet.extension.as_ref().filter(|extension| active.counts(extension)) else {
        return;
    };
    for accrual in accruals.iter_mut().filter(|accrual| accrual.wallet == wallet.id) {
        let last = extension.last_day(today, today);
        if accrual.expires_on.is_some() && accrual.expires_on < last {
            (accrual.expires_on, accrual.grace_until) = with_grace(wallet, last);
        }
    }
}

/// How much of what an order earns makes up for a deficit, by wallet; only points that can be used at once do.
pub(super) fn absorbed(member: &Member, accruals: &[Accrual]) -> Result<BTreeMap<Id, Points>, Overflow> {
    let mut absorbed = BTreeMap::new();
    for (wallet, account) in member.wallets.iter().filter(|(_, account)| !account.deficit().is_zero()) {
        let earned = accruals.iter().filter(|accrual| accrual.wallet == *wallet && accrual.counts_at_once());
        let points = Points::sum(earned.map(|accrual| accrual.points))?.min(account.deficit());
        if !points.is_zero() {
            absorbed.insert(wallet.clone(), points);
        }
    }
    Ok(absorbed)
}

/// What follows from changes that were just made to a member: lots that live longer, deficits that are made up for.
pub(super) fn consequences<'a>(
    program: &Compiled,
    member: &Member,
    changes: impl Iterator<Item = &'a Change> + Clone,
    today: Day,
) -> Result<Vec<Change>, Overflow> {
    let mut after = Vec::new();
    for wallet in &program.file.wallets {
        let Some(account) = member.wallets.get(&wallet.id) else { continue };
        after.extend(extensions(program, wallet, account, Active::of(changes.clone(), &wallet.id), today));
        if account.deficit().is_zero() {
            continue;
        }
        let usable = account.lots().iter().filter(|lot| lot.is_usable(today));
        let lots = draw_from(usable, account.deficit(), Lot::free);
        let points = Draw::sum(&lots)?;
        if !points.is_zero() {
            after.push(Change::DeficitAbsorbed { wallet: wallet.id.clone(), points, lots });
        }
    }
    Ok(after)
}
