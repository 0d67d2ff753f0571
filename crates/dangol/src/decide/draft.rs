//! A member while an operation changes it: every step is tried at once, and becomes an event in the end.

use std::borrow::Cow;

use crate::error::{Code, InputError};
use crate::ledger::{Account, Draw, Lot};
use crate::model::{Change, Event, Member};
use crate::program::Compiled;
use crate::rule::Wallet;
use crate::value::{Day, Id, Instant, Overflow, Points};

use super::overdue::{self, misfit};
use super::place::Author;
use super::{keep, tier};

/// A member with what was changed so far.
pub(super) struct Draft<'a> {
    pub(super) program: &'a Compiled,
    pub(super) member: Member,
    pub(super) now: Instant,
    pub(super) today: Day,
    pub(super) operation: &'a Id,
    content: Option<&'a Id>,
    version: u64,
    changes: Vec<(Instant, Change)>,
    /// How many of the changes time made.
    due: usize,
    /// Whether tiers that are reached or left grant what they grant; where a return is taken back, that was granted before.
    pub(super) tiers_grant: bool,
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        program: &'a Compiled,
        member: &Member,
        now: Instant,
        operation: &'a Id,
        content: Option<&'a Id>,
    ) -> Result<Draft<'a>, InputError> {
        let version = member.version;
        let current = overdue::current(program, member, now, "now")?;
        let changes: Vec<_> = current.due.into_iter().map(|due| (due.at, due.change)).collect();
        let (due, member) = (changes.len(), current.member.into_owned());
        let today = program.zone().day(now);
        Ok(Draft {
            program,
            member,
            now,
            today,
            operation,
            content,
            version,
            changes,
            due,
            tiers_grant: true,
        })
    }

    /// The draft of the other member who takes part, whom the action names in `field`.
    ///
    /// Who remembers the very same operation has seen a half of it; then its events change nothing.
    pub(super) fn other(&self, member: &Member, field: &str) -> Result<Draft<'a>, InputError> {
        let Draft { program, now, operation, content, .. } = *self;
        let path = format!("action.{field}");
        let known = member.operations.iter().find(|known| known.id == *operation);
        if known.is_some_and(|known| known.content.is_none() || known.content.as_ref() != content) {
            let message = format!("`{}` has seen operation `{operation}` with another content", member.id);
            return Err(InputError::new(Code::OperationReused, path, message));
        }
        Draft::new(program, member, now, operation, content)
            .map_err(|error| InputError::new(error.0.code, path, error.0.message))
    }

    /// Makes a change, which must fit.
    pub(super) fn add(&mut self, change: Change) -> Result<(), InputError> {
        self.member.change(&change, self.now).map_err(misfit)?;
        self.changes.push((self.now, change));
        Ok(())
    }

    /// Whether anything happened, by the operation or by time.
    pub(super) fn has_changed(&self) -> bool {
        !self.changes.is_empty()
    }

    /// Adds what follows from the changes, and makes them events.
    pub(super) fn events(mut self, by: &Author<'_>) -> Result<Vec<Event>, InputError> {
        self.settle_tiers()?;
        let (_, made) = self.changes.split_at(self.due);
        let made = made.iter().map(|(_, change)| change);
        for change in keep::consequences(self.program, &self.member, made, self.today)? {
            self.add(change)?;
        }
        Ok(by.events(&self.member.id, self.version, self.changes.into_iter()))
    }

    /// Adds what lifts the member at once, and what follows from every change of a tier.
    fn settle_tiers(&mut self) -> Result<(), InputError> {
        for change in tier::lifts(self.program, &self.member, self.today)? {
            self.add(change)?;
        }
        if !self.tiers_grant {
            return Ok(());
        }
        let (_, made) = self.changes.split_at(self.due);
        let name = |of: &Id| Some(self.operation.part(of));
        let made = made.iter().map(|(_, change)| change);
        for change in tier::effects(self.program, &self.member, made, self.now, name)? {
            self.add(change)?;
        }
        Ok(())
    }

    /// The account as it is now.
    pub(super) fn account(&self, wallet: &Id) -> Cow<'_, Account> {
        self.member.wallets.get(wallet).map_or_else(Cow::default, Cow::Borrowed)
    }

    pub(super) fn usable(&self, wallet: &Id) -> Points {
        self.account(wallet).usable(self.today)
    }

    /// The lots that so many points come from, in the wallet's order.
    pub(super) fn plan(&self, wallet: &Wallet, points: Points) -> Vec<Draw> {
        self.account(&wallet.id).plan(points, self.today, wallet.burn_order)
    }

    /// So many points, at most what can be used: from the lots that are named, as far as they have them, then from others in
    /// the wallet's order.
    pub(super) fn draw_first(
        &self,
        wallet: &Id,
        named: &[Draw],
        points: Points,
    ) -> Result<Vec<Draw>, Overflow> {
        let account = self.account(wallet);
        let (mut left, mut draws) = (points.min(account.usable(self.today)), Vec::new());
        for draw in named {
            let lot = account.lots().iter().find(|lot| lot.id == draw.lot && lot.is_usable(self.today));
            let here = lot.map_or(Points::ZERO, Lot::free).min(draw.points).min(left);
            if !here.is_zero() {
                draws.push(Draw { lot: draw.lot.clone(), points: here });
                left = left.minus(here)?;
            }
        }
        if !left.is_zero() {
            let burn = self.program.burn_order(wallet);
            let others = |lot: &Lot| draws.iter().all(|draw| draw.lot != lot.id);
            let more = account.plan_among(left, self.today, burn, others);
            draws.extend(more);
        }
        Ok(draws)
    }

    /// The name of a lot that the operation grants.
    pub(super) fn lot(&self, part: &str) -> Result<Id, InputError> {
        let part: Id = part.parse().map_err(|_| Overflow)?;
        Ok(self.operation.part(&part))
    }
}
