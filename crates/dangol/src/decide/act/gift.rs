//! Points that one member gives to another.

use crate::error::{Code, InputError};
use crate::ledger::Lot;
use crate::model::{Because, Change, Gift, Reason, Transfer};
use crate::rule::{GiftExpiry, Wallet};
use crate::value::{Day, Instant, Points};

use super::{Done, exact, mistake, refused, wallet};
use crate::decide::draft::Draft;
use crate::decide::keep::with_grace;

pub(super) fn transfer<'a>(draft: &mut Draft<'a>, asked: &Transfer, other: &mut Option<Draft<'a>>) -> Done {
    let wallet = wallet(draft.program, asked.wallet.as_ref(), "transfer")?;
    let points = exact(asked.points, wallet, "transfer")?;
    if asked.to.id == draft.member.id {
        let message = format!("points cannot be given to oneself, `{}`", asked.to.id);
        return mistake(Code::Contradiction, "transfer.to.id", message);
    }
    if asked.to.guest {
        return refused("transfer.to", Reason::Guest);
    }
    let Some(rule) = wallet.transfer else { return refused("transfer.wallet", Reason::NotTransferable) };
    if let Some(until) = renewed(wallet, rule.expiry, draft.today).filter(|last| *last < draft.today) {
        return refused("transfer.wallet", Reason::Ended { until });
    }
    if let Some(required) = rule.minimum.filter(|minimum| points < *minimum) {
        return refused("transfer.points", Reason::BelowMinimum { required, actual: points, usable: None });
    }
    let there = draft.usable(&wallet.id);
    if there < points {
        return refused("transfer.points", Reason::BalanceTooLow { required: points, actual: there });
    }
    let lots = draft.plan(wallet, points);
    let account = draft.account(&wallet.id);
    let mut receiver = draft.other(&asked.to, "transfer.to")?;
    for (number, draw) in lots.iter().enumerate() {
        let from = account.lots().iter().find(|lot| lot.id == draw.lot);
        let Some(from) = from else { continue };
        let part = number.saturating_add(1).to_string();
        receiver.add(received(
            &receiver,
            wallet,
            rule.expiry,
            &draft.member.id,
            from,
            draw.points,
            &part,
        )?)?;
    }
    let to = asked.to.id.clone();
    draft.add(Change::PointsSent { wallet: wallet.id.clone(), points, lots, to })?;
    *other = Some(receiver);
    Ok(Ok(()))
}

/// The last day that given points get instead of their own, where they do.
fn renewed(wallet: &Wallet, expiry: GiftExpiry, today: Day) -> Option<Day> {
    let renews = wallet.expiry.as_ref().filter(|_| expiry == GiftExpiry::Renew);
    renews.and_then(|expiry| expiry.last_day(today))
}

/// The lot that a gift makes of a part of another member's lot.
fn received(
    receiver: &Draft<'_>,
    wallet: &Wallet,
    expiry: GiftExpiry,
    giver: &crate::value::Id,
    from: &Lot,
    points: Points,
    part: &str,
) -> Result<Change, InputError> {
    let kept: (Option<Instant>, _) = match expiry {
        GiftExpiry::Keep => (Some(from.earned_at), (from.expires_on, from.grace_until)),
        GiftExpiry::Renew => (None, with_grace(wallet, renewed(wallet, expiry, receiver.today))),
    };
    let (earned_at, (expires_on, grace_until)) = kept;
    Ok(Change::PointsGranted {
        wallet: wallet.id.clone(),
        lot: receiver.lot(part)?,
        points,
        because: Because::Gift(Gift { from: giver.clone(), lot: from.id.clone() }),
        earned_at,
        expires_on,
        grace_until,
        usable_from: None,
        awaits: None,
        issuer: from.issuer.clone(),
    })
}
