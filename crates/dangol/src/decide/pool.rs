//! Households: a member whose lots others use.

use crate::error::{Code, InputError};
use crate::model::{Member, Pool, TallyKind};
use crate::program::Compiled;
use crate::value::{Id, Instant};

use super::overdue::{self, Current};

/// Puts the pool's accounts of shared wallets in the place of the member's own, as of that instant.
pub(super) fn join(
    program: &Compiled,
    current: &mut Current<'_>,
    pool: &Member,
    now: Instant,
) -> Result<Pool, InputError> {
    if pool.id == current.member.id {
        let message = format!("member `{}` cannot be his own pool", pool.id);
        return Err(InputError::new(Code::Contradiction, "pool.id", message));
    }
    if current.member.guest {
        return Err(InputError::new(Code::Contradiction, "pool", "a guest belongs to no pool"));
    }
    let shared = program.file.wallets.iter().filter(|wallet| wallet.shared);
    let wallets: Vec<Id> = shared.map(|wallet| wallet.id.clone()).collect();
    if wallets.is_empty() {
        return Err(InputError::new(Code::Contradiction, "pool", "no wallet of the program is `shared`"));
    }
    let Current { member: common, due } = overdue::current(program, pool, now, "now")?;
    let member = current.member.to_mut();
    for wallet in &wallets {
        member.wallets.remove(wallet);
        if let Some(account) = common.wallets.get(wallet) {
            member.wallets.insert(wallet.clone(), account.clone());
        }
    }
    // What limits count belongs to whoever the points belong to.
    member.tallies.retain(|tally| !is_shared(program, &wallets, tally.kind, &tally.of));
    let of_shared = common.tallies.iter().filter(|tally| is_shared(program, &wallets, tally.kind, &tally.of));
    member.tallies.extend(of_shared.cloned());
    Ok(Pool { member: pool.id.clone(), member_version: pool.version, wallets, overdue: due })
}

fn is_shared(program: &Compiled, wallets: &[Id], kind: TallyKind, of: &Id) -> bool {
    let wallet = match kind {
        TallyKind::Wallet => Some(of),
        TallyKind::Accrual => {
            let rule = program.accruals().find(|rule| rule.id == *of);
            let wallet = rule.and_then(|rule| program.wallet(rule.wallet.as_ref()));
            wallet.map(|wallet| &wallet.id)
        }
        // Offers are used by members, not by their households.
        TallyKind::Offer => None,
    };
    wallet.is_some_and(|wallet| wallets.contains(wallet))
}
