//! How long points last, and since when they are unused: an order that comes back as a whole was no activity.

use std::collections::BTreeMap;

use crate::decide::draft::Draft;
use crate::error::InputError;
use crate::ledger::{Account, LotDays};
use crate::model::{Change, KeptUp, Order};
use crate::rule::ActiveBy;
use crate::value::{Id, Instant};

use super::parties::Parties;

/// Gives wallets the days that they had before the order, where nothing else has kept them up since. A lot whose earlier day
/// has passed keeps the later one.
pub(super) fn put_back(parties: &mut Parties<'_>, order: &Order) -> Result<(), InputError> {
    // The order itself no longer counts as one.
    let latest = parties.own.as_ref().and_then(|own| own.member.latest_order_on());
    let others = latest >= Some(order.quote.on);
    for (wallet, before) in &order.quote.before.kept_up {
        let Some(draft) = parties.of_wallet(wallet) else { continue };
        let rule = draft.program.wallet(Some(wallet)).and_then(|wallet| wallet.extension.as_ref());
        let by_orders = rule.is_some_and(|rule| rule.on.contains(&ActiveBy::Order));
        let account = draft.account(wallet);
        if account.active_at() > Some(order.quote.at) {
            continue;
        }
        let (given, there) = (given(order, wallet), days(&account, before));
        let as_given = |days: &&LotDays| {
            let given = given.get(&days.lot);
            given.is_some() && given == there.get(&days.lot) && draft.today <= days.last()
        };
        let kept_since = others && by_orders;
        let lots = before.lots.iter().filter(|days| !kept_since && as_given(days)).cloned().collect();
        redate(draft, order, wallet, lots, before.active_at)?;
    }
    Ok(())
}

/// When points of each wallet were last earned or spent that activity keeps up.
pub(super) fn active(parties: &mut Parties<'_>, order: &Order) -> BTreeMap<Id, Option<Instant>> {
    let wallets = order.quote.before.kept_up.keys();
    let at = |wallet: &Id| {
        parties.of_wallet(wallet).map(|draft| (wallet.clone(), draft.account(wallet).active_at()))
    };
    wallets.filter_map(at).collect()
}

/// Gives wallets what the order had given them, where it was a `whole` that came back; so long as they had been `active`
/// later, that is their latest activity.
pub(super) fn put_on(
    parties: &mut Parties<'_>,
    order: &Order,
    whole: bool,
    active: &BTreeMap<Id, Option<Instant>>,
) -> Result<(), InputError> {
    for (wallet, before) in &order.quote.before.kept_up {
        let Some(draft) = parties.of_wallet(wallet) else { continue };
        let account = draft.account(wallet);
        let (mut given, there) = (given(order, wallet), days(&account, before));
        let as_before = |days: &&LotDays| whole && there.get(&days.lot) == Some(*days);
        let lots = before.lots.iter().filter(as_before).filter_map(|days| given.remove(&days.lot)).collect();
        let moves = (whole && moves_points(order, wallet)).then_some(order.quote.at);
        let active_at = active.get(wallet).copied().flatten().max(moves);
        redate(draft, order, wallet, lots, active_at)?;
    }
    Ok(())
}

fn redate(
    draft: &mut Draft<'_>,
    order: &Order,
    wallet: &Id,
    lots: Vec<LotDays>,
    active_at: Option<Instant>,
) -> Result<(), InputError> {
    if lots.is_empty() && draft.account(wallet).active_at() == active_at {
        return Ok(());
    }
    draft.add(Change::PointsRedated { wallet: wallet.clone(), order: order.id.clone(), lots, active_at })
}

/// Whether the order earned or spent points of that wallet.
fn moves_points(order: &Order, wallet: &Id) -> bool {
    let quote = &order.quote;
    let spends = quote.tenders.iter().any(|tender| tender.wallet == *wallet && !tender.points.is_zero());
    let costs = quote.applied.iter().filter_map(|applied| applied.cost.as_ref());
    spends
        || costs.into_iter().any(|cost| cost.wallet == *wallet)
        || quote.accruals.iter().any(|accrual| accrual.wallet == *wallet)
}

/// The days that the order gave the lots of a wallet, by lot.
fn given(order: &Order, wallet: &Id) -> BTreeMap<Id, LotDays> {
    by_lot(order.quote.extended.iter().flat_map(|change| change.lengthened(wallet)))
}

/// The days of the lots that are there, where the order had given any other ones.
fn days(account: &Account, before: &KeptUp) -> BTreeMap<Id, LotDays> {
    let lots = if before.lots.is_empty() { &[] } else { account.lots() };
    by_lot(lots.iter().filter_map(LotDays::of))
}

fn by_lot(days: impl Iterator<Item = LotDays>) -> BTreeMap<Id, LotDays> {
    days.map(|days| (days.lot.clone(), days)).collect()
}
