//! Who takes part in a return: the customer, the household, and members whose coupons were used.

use std::collections::BTreeMap;

use crate::error::{Code, InputError};
use crate::model::{Change, Event, Member, Order};
use crate::program::Compiled;
use crate::value::{Id, Instant};

use crate::decide::draft::Draft;
use crate::decide::place::Author;

/// The members whom a return changes, each as far as it has come.
pub(super) struct Parties<'a> {
    /// The customer; nobody where the order is a guest's.
    pub(super) own: Option<Draft<'a>>,
    pool: Option<(Draft<'a>, &'a [Id])>,
    holders: BTreeMap<Id, Draft<'a>>,
}

impl<'a> Parties<'a> {
    pub(super) fn new(
        program: &'a Compiled,
        (order, member, others): (&'a Order, &Member, &[Member]),
        now: Instant,
        (operation, content): (&'a Id, &'a Id),
    ) -> Result<Parties<'a>, InputError> {
        let quote = &order.quote;
        let draft = |member: &Member, path: String| {
            let known = member.operations.iter().find(|known| known.id == *operation);
            if known.is_some() {
                let message = format!(
                    "`{}` has seen operation `{operation}`: hand in the order as it was stored with it, or name this one otherwise",
                    member.id
                );
                return Err(InputError::new(Code::OperationReused, path, message));
            }
            Draft::new(program, member, now, operation, Some(content))
        };
        let other = |id: &Id| {
            let known = others.iter().enumerate().find(|(_, other)| other.id == *id);
            known.map(|(place, other)| draft(other, format!("others[{place}]"))).transpose()
        };
        let own = (!quote.guest).then(|| draft(member, "operation".to_owned())).transpose()?;
        let mut pool = None;
        if let Some(common) = &quote.pool {
            let id = &common.member;
            let message = || format!("member `{id}` takes part in the order: hand in that member, too");
            let draft = other(id)?;
            let draft = draft.ok_or_else(|| InputError::new(Code::MissingField, "others", message()))?;
            pool = Some((draft, common.wallets.as_slice()));
        }
        let mut holders = BTreeMap::new();
        for holder in quote.applied.iter().filter_map(|applied| applied.holder.as_ref()) {
            let in_pool = quote.pool.as_ref().is_some_and(|pool| pool.member == holder.member);
            // Who holds nothing any more need not be there.
            if !in_pool && let Some(draft) = other(&holder.member)? {
                holders.insert(holder.member.clone(), draft);
            }
        }
        Ok(Parties { own, pool, holders })
    }

    /// Whose points those of a wallet are.
    pub(super) fn of_wallet(&mut self, wallet: &Id) -> Option<&mut Draft<'a>> {
        match &mut self.pool {
            Some((pool, wallets)) if wallets.contains(wallet) => Some(pool),
            _ => self.own.as_mut(),
        }
    }

    /// The member of that name who held a coupon.
    pub(super) fn holder(&mut self, id: &Id) -> Option<&mut Draft<'a>> {
        match &mut self.pool {
            Some((pool, _)) if pool.member.id == *id => Some(pool),
            _ => self.holders.get_mut(id),
        }
    }

    /// Makes a change to whomever the points of its wallet belong.
    pub(super) fn add_to_wallet(&mut self, wallet: &Id, change: Change) -> Result<(), InputError> {
        self.of_wallet(wallet).map_or(Ok(()), |draft| draft.add(change))
    }

    /// What happened, as events of all who take part.
    pub(super) fn events(self, by: &Author<'_>) -> Result<Vec<Event>, InputError> {
        let mut events = Vec::new();
        let pool = self.pool.map(|(pool, _)| pool);
        for draft in self.own.into_iter().chain(pool).chain(self.holders.into_values()) {
            if draft.has_changed() {
                events.extend(draft.events(by)?);
            }
        }
        Ok(events)
    }
}
