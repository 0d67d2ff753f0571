//! What points come to as of a day, without changing anything: balances, notices, what a shop owes.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::error::{Code, InputError};
use crate::ledger::{Account, Lot};
use crate::model::{Affordable, Balance, Expiring, Liability, Member, Notice, Owed, Waiting};
use crate::program::{Compiled, Program};
use crate::rule::{Wallet, window_refusal};
use crate::value::{Amount, Day, Id, Instant, Money, Overflow, Percent, Period, Points, Split};

use super::overdue::current;
use super::tier;

impl Program {
    /// The points of every wallet of the program as of an instant, whether or not anybody wrote what time did.
    ///
    /// # Errors
    /// An [`InputError`] where the instant lies before the member's latest event.
    pub fn balance(&self, member: &Member, at: Instant) -> Result<Vec<Balance>, InputError> {
        let program = self.compiled();
        let member = current(program, member, at, "at")?.member;
        let today = program.zone().day(at);
        let nothing = Account::default();
        let of = |wallet: &Wallet| {
            balance(program, wallet, &member, member.wallets.get(&wallet.id).unwrap_or(&nothing), today)
        };
        Ok(program.file.wallets.iter().map(of).collect::<Result<_, _>>()?)
    }

    /// The notices that are due from one day to another, both included: which points end when.
    ///
    /// Pure: a host that asks for each day once tells everybody once. Points that were spent since are not in it.
    ///
    /// # Errors
    /// An [`InputError`] where the first day comes after the last.
    pub fn notices(&self, member: &Member, from: Day, until: Day) -> Result<Vec<Notice>, InputError> {
        if until < from {
            let message = format!("{until} lies before {from}, the first day");
            return Err(InputError::new(Code::Contradiction, "until", message));
        }
        let mut notices = Vec::new();
        for wallet in &self.compiled().file.wallets {
            let Some(account) = member.wallets.get(&wallet.id) else { continue };
            for (last, points) in by_last_day(account)? {
                let Some(expires_on) = last else { continue };
                for lead in wallet.notices.as_deref().unwrap_or(&Period::NOTICES) {
                    let due = lead.before(expires_on).filter(|due| from <= *due && *due <= until);
                    let Some(due_on) = due else { continue };
                    let wallet = wallet.id.clone();
                    notices.push(Notice { due_on, wallet, lead: *lead, expires_on, points });
                }
            }
        }
        notices.sort_by(|a, b| (a.due_on, &a.wallet, a.expires_on).cmp(&(b.due_on, &b.wallet, b.expires_on)));
        Ok(notices)
    }

    /// What the shop owes these members in points as of an instant, by wallet, issuer and month of expiry.
    ///
    /// Each wallet's total is worth points × the wallet's tender value × the rate, rounded to the nearest minor unit
    /// (a half up); the entries share it by largest remainder. With a rate of 85 % 2,000 points of 1 won are 1,700 won.
    ///
    /// # Errors
    /// An [`InputError`] where the rate is not from 0 to 100, a total goes beyond 15 digits, or the instant lies before
    /// the latest event of a member.
    pub fn liability<'a>(
        &self,
        members: impl IntoIterator<Item = &'a Member>,
        at: Instant,
        rate: Option<Percent>,
    ) -> Result<Liability, InputError> {
        let program = self.compiled();
        let rate = rate.unwrap_or(Percent(Amount::from(100)));
        if rate < Percent::ZERO || rate.0 > Amount::from(100) {
            let message = format!("must be from 0 to 100, found `{rate}`");
            return Err(InputError::new(Code::OutOfRange, "rate", message));
        }
        let mut sums: BTreeMap<Key, Points> = BTreeMap::new();
        for (index, member) in members.into_iter().enumerate() {
            let current = current(program, member, at, "at").map_err(|error| {
                InputError::new(error.0.code, format!("members[{index}]"), error.0.message)
            })?;
            for (wallet, account) in &current.member.wallets {
                for lot in account.lots() {
                    let sum = sums.entry((wallet.clone(), lot.issuer.clone(), month(lot))).or_default();
                    *sum = sum.plus(lot.points)?;
                }
            }
        }
        Ok(owed(program, &sums, rate)?)
    }
}

/// Wallet, issuer, and year and month of expiry; what never ends comes last.
type Key = (Id, Option<Id>, (bool, i32, u32));

fn month(lot: &Lot) -> (bool, i32, u32) {
    lot.last_day().map_or((true, 0, 0), |day| (false, day.0.year(), day.0.month()))
}

fn owed(program: &Compiled, sums: &BTreeMap<Key, Points>, rate: Percent) -> Result<Liability, Overflow> {
    let mut liability = Liability { entries: Vec::new(), totals: Vec::new() };
    let mut wallets: Vec<&Id> = sums.keys().map(|(wallet, ..)| wallet).collect();
    wallets.dedup();
    for id in wallets {
        let own: Vec<(&Key, Points)> =
            sums.iter().filter(|(key, _)| key.0 == *id).map(|(key, points)| (key, *points)).collect();
        let points = Points::sum(own.iter().map(|(_, points)| *points))?;
        let rule = program.wallet(Some(id)).and_then(|wallet| wallet.tender.as_ref());
        let digits = program.currency().digits();
        let total = rule.map(|rule| rule.worth_at(points, rate, digits)).transpose()?;
        let weights: Vec<i64> = own
            .iter()
            .map(|(_, part)| part.0.rescaled(points.0.digits()).map(Amount::units).ok_or(Overflow))
            .collect::<Result<_, _>>()?;
        let mut parts = Vec::new();
        Split::USUAL.shares(total.unwrap_or(0), &weights, &mut parts);
        for (((_, issuer, (endless, year, month)), points), part) in own.into_iter().zip(parts) {
            liability.entries.push(Owed {
                wallet: id.clone(),
                issuer: issuer.clone(),
                month: (!endless).then(|| format!("{year:04}-{month:02}")),
                points,
                value: total.map(|_| Money::of_units(part, digits)).transpose()?,
            });
        }
        let value = total.map(|total| Money::of_units(total, digits)).transpose()?;
        liability.totals.push(Owed { wallet: id.clone(), issuer: None, month: None, points, value });
    }
    Ok(liability)
}

fn balance(
    program: &Compiled,
    wallet: &Wallet,
    member: &Member,
    account: &Account,
    today: Day,
) -> Result<Balance, Overflow> {
    // Nothing has no digits of its own: every number is written with those of its wallet.
    let nothing = Points::of_units(0, wallet.digits)?;
    let exact = |points: Points| points.plus(nothing);
    let usable = exact(account.usable(today))?;
    let waiting = waiting(account, today, nothing)?;
    let worth =
        wallet.tender.as_ref().map(|rule| rule.worth(usable, program.currency().digits())).transpose()?;
    let mut expiring: BTreeMap<_, Points> = BTreeMap::new();
    for lot in account.lots() {
        let sum =
            expiring.entry((lot.last_day().is_none(), lot.expires_on, lot.grace_until)).or_insert(nothing);
        *sum = sum.plus(lot.points)?;
    }
    let bucket = |((_, on, grace_until), points)| Expiring { on, grace_until, points };
    Ok(Balance {
        wallet: wallet.id.clone(),
        balance: exact(account.outstanding())?,
        usable,
        pending: exact(Points::sum(waiting.iter().map(|part| part.points))?)?,
        held: exact(Points::sum(account.lots().iter().map(|lot| lot.held))?)?,
        deficit: exact(account.deficit())?,
        worth: worth.map(|worth| Money::of_units(worth, program.currency().digits())).transpose()?,
        expiring: expiring.into_iter().map(bucket).collect(),
        waiting,
        rewards: rewards(program, member, wallet, usable, today)?,
    })
}

fn waiting(account: &Account, today: Day, nothing: Points) -> Result<Vec<Waiting>, Overflow> {
    let mut parts: BTreeMap<_, Points> = BTreeMap::new();
    for lot in account.lots().iter().filter(|lot| lot.is_pending(today)) {
        let key = (lot.awaits.is_some(), lot.usable_from, lot.awaits.clone());
        let sum = parts.entry(key).or_insert(nothing);
        *sum = sum.plus(lot.points)?;
    }
    let part = |((_, usable_from, awaits), points)| Waiting { usable_from, awaits, points };
    Ok(parts.into_iter().map(part).collect())
}

/// How many of each reward of that day so many points reach for.
fn rewards(
    program: &Compiled,
    member: &Member,
    wallet: &Wallet,
    usable: Points,
    today: Day,
) -> Result<Vec<Affordable>, Overflow> {
    let first = program.wallet(None).map(|wallet| &wallet.id);
    let units = |points: Points| points.0.rescaled(wallet.digits).map(Amount::units).ok_or(Overflow);
    let mut affordable = Vec::new();
    for reward in &program.file.rewards {
        let own = reward.cost.wallet.as_ref().or(first) == Some(&wallet.id);
        if !own || window_refusal(reward.from, reward.until, today).is_some() {
            continue;
        }
        let cost = units(tier::price(program, member, reward, today)?)?;
        let times = units(usable)?.checked_div(cost).unwrap_or(0);
        let times = u32::try_from(times).unwrap_or(u32::MAX).min(reward.at_most.unwrap_or(u32::MAX));
        if times > 0 {
            affordable.push(Affordable { reward: reward.id.clone(), times });
        }
    }
    Ok(affordable)
}

/// The points of an account by the last day of their lots, without a grace.
fn by_last_day(account: &Account) -> Result<BTreeMap<Option<Day>, Points>, Overflow> {
    let mut days: BTreeMap<Option<Day>, Points> = BTreeMap::new();
    for lot in account.lots() {
        let sum = days.entry(lot.expires_on).or_default();
        *sum = sum.plus(lot.points)?;
    }
    Ok(days)
}
