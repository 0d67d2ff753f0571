//! What events moved, wallet by wallet.

use std::collections::BTreeMap;

use super::Outcome;
use crate::error::ApplyError;
use crate::model::{Event, Member, Movement, Statement};
use crate::value::{Id, Overflow, Points};

impl Member {
    /// What these events move, wallet by wallet: opening + all deltas = closing.
    ///
    /// # Errors
    /// The [`ApplyError`] of the first event that does not fit.
    pub fn statement(&self, events: &[Event]) -> Result<Vec<Statement>, ApplyError> {
        let mut member = self.clone();
        let mut statements: BTreeMap<Id, Statement> = BTreeMap::new();
        for (wallet, account) in &self.wallets {
            let opening = account.outstanding().minus(account.deficit())?;
            statements.insert(wallet.clone(), empty(wallet, opening));
        }
        for event in events {
            let wallet = event.change.wallet().cloned();
            let before = wallet.as_ref().map(|wallet| balance(&member, wallet)).transpose()?;
            if member.apply(event)? == Outcome::Repeated {
                continue;
            }
            let (Some(wallet), Some(before)) = (wallet, before) else { continue };
            let balance = balance(&member, &wallet)?;
            let statement = statements.entry(wallet.clone()).or_insert_with(|| empty(&wallet, before));
            statement.closing = balance;
            statement.movements.push(Movement {
                at: event.at,
                operation: event.operation.clone(),
                delta: balance.minus(before)?,
                balance,
                change: event.change.clone(),
            });
        }
        Ok(statements.into_values().collect())
    }
}

fn empty(wallet: &Id, opening: Points) -> Statement {
    Statement { wallet: wallet.clone(), opening, movements: Vec::new(), closing: opening }
}

fn balance(member: &Member, wallet: &Id) -> Result<Points, Overflow> {
    let account = member.wallets.get(wallet);
    account.map_or(Ok(Points::ZERO), |account| account.outstanding().minus(account.deficit()))
}
