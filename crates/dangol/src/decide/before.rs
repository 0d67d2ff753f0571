//! What an order keeps for the day on which goods come back: what lines are worth then, and what stood there before.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::ledger::{Lot, LotDays};
use crate::model::{
    Applied, AskedRules, Basket, Before, Change, KeptUp, LineDiscount, LineWorth, Member, ReturnPolicy,
    ReturnedDiscounts, Tender, UsedPoints,
};
use crate::program::Compiled;
use crate::rule::{Facts, Selector, Wallet};
use crate::value::{Id, Money, Overflow, Split};

/// The day of the latest order, the lots that points are taken from, what points pay, and how wallets were kept up.
pub(super) fn before(
    program: &Compiled,
    member: &Member,
    applied: &[Applied],
    tenders: &[Tender],
    extended: &[Change],
) -> Before {
    let costs = applied.iter().filter_map(|applied| applied.cost.as_ref());
    let costs = costs.map(|cost| (&cost.wallet, cost.lots.as_slice()));
    let draws = costs.chain(tenders.iter().map(|tender| (&tender.wallet, tender.lots.as_slice())));
    let mut lots: BTreeMap<Id, Vec<Lot>> = BTreeMap::new();
    for (wallet, draws) in draws.filter(|(_, draws)| !draws.is_empty()) {
        let account = member.wallets.get(wallet).map_or_else(Cow::default, Cow::Borrowed);
        let known = lots.entry(wallet.clone()).or_insert_with(|| Vec::with_capacity(draws.len()));
        for draw in draws {
            let Some(lot) = account.lots().iter().find(|lot| lot.id == draw.lot) else { continue };
            known.push(lot.part(draw.points));
        }
    }
    let worth = match program.file.returns.used {
        UsedPoints::Charge => {
            let wallets = program.file.wallets.iter();
            wallets.filter_map(|it| Some((it.id.clone(), it.tender.as_ref()?.value))).collect()
        }
        UsedPoints::Deficit | UsedPoints::Forgive => BTreeMap::new(),
    };
    Before {
        last_order_on: member.latest_order_on(),
        lots,
        worth,
        kept_up: kept_up(program, member, extended),
    }
}

/// The latest activity of each wallet that activity keeps up, and the last days of the lots that are lengthened.
fn kept_up(program: &Compiled, member: &Member, extended: &[Change]) -> BTreeMap<Id, KeptUp> {
    let wallets = program.file.wallets.iter();
    let wallets = wallets.filter(|wallet| wallet.extension.is_some() || wallet.decay.is_some());
    let of = |wallet: &Wallet| {
        let account = member.wallets.get(&wallet.id).map_or_else(Cow::default, Cow::Borrowed);
        let lengthened = extended.iter().flat_map(|change| change.lengthened(&wallet.id));
        let lengthened: BTreeSet<Id> = lengthened.map(|days| days.lot).collect();
        let lots = account.lots().iter().filter(|lot| lengthened.contains(&lot.id));
        let lots = lots.filter_map(LotDays::of).collect();
        (wallet.id.clone(), KeptUp { active_at: account.active_at(), lots })
    };
    wallets.map(of).collect()
}

/// What the rules are asked again with, where a return does that.
pub(super) fn rules(program: &Compiled, member: &Member, basket: &Basket) -> Option<Box<AskedRules>> {
    let file = program.file.returns.asks_rules().then(|| serde_json::to_string(&program.file).ok())??;
    Some(Box::new(AskedRules { program: file, member: member.clone(), basket: basket.clone() }))
}

/// What each line is worth when it comes back, where what offers took off is spread anew over all lines that they looked
/// at; nothing where lines are worth what was paid for them.
pub(super) fn worth(
    program: &Compiled,
    facts: &Facts<'_>,
    discounts: &[Vec<LineDiscount>],
    paid: &[i64],
) -> Result<Option<Vec<LineWorth>>, Overflow> {
    let ReturnPolicy { discounts: policy, .. } = program.file.returns;
    if policy != ReturnedDiscounts::Spread {
        return Ok(None);
    }
    let (split, digits) = (program.file.discounts.split, program.currency().digits());
    let gross: Vec<i64> = facts.lines.iter().map(|line| line.gross).collect();
    let mut left = gross.clone();
    let mut amounts: BTreeMap<&Id, i64> = BTreeMap::new();
    for discount in discounts.iter().flatten() {
        let sum = amounts.entry(&discount.offer).or_default();
        *sum = sum.checked_add(discount.amount.units()).ok_or(Overflow)?;
    }
    let mut parts = Vec::with_capacity(left.len());
    for (offer, amount) in amounts {
        let over = looked_at(program, facts, offer);
        let only = |amounts: &[i64]| -> Vec<i64> {
            amounts.iter().zip(&over).map(|(amount, over)| if *over { *amount } else { 0 }).collect()
        };
        split.parts(amount, &only(&gross), &only(&left), &mut parts);
        left.iter_mut().zip(&parts).for_each(|(left, part)| *left = left.saturating_sub(*part));
        // Where other offers left too little there, it stays where it was taken off.
        if parts.iter().fold(0_i64, |sum, part| sum.saturating_add(*part)) != amount {
            return Ok(None);
        }
    }
    let points = paid.iter().fold(0_i64, |sum, part| sum.saturating_add(*part));
    let mut paid = Vec::with_capacity(left.len());
    Split::USUAL.parts(points, &left, &left, &mut paid);
    let money = |units: i64| Money::of_units(units, digits);
    let line =
        |(net, paid): (&i64, &i64)| Ok(LineWorth { net: money(*net)?, paid_with_points: money(*paid)? });
    left.iter().zip(&paid).map(line).collect::<Result<_, _>>().map(Some)
}

/// The lines that an offer looked at: those that it may touch, and those that its conditions count.
fn looked_at(program: &Compiled, facts: &Facts<'_>, offer: &Id) -> Vec<bool> {
    let mut lines = vec![false; facts.lines.len()];
    let Some(offer) = program.offer_of(offer) else { return lines };
    let mut mark = |within: Option<&Selector>, selector: Option<&Selector>| {
        let within: Option<Vec<usize>> = within.map(|within| facts.matching(Some(within)).collect());
        for number in facts.matching(selector) {
            if within.as_ref().is_none_or(|within| within.contains(&number))
                && let Some(line) = lines.get_mut(number)
            {
                *line = true;
            }
        }
    };
    match offer.benefit.sides() {
        Some(sides) => sides.into_iter().for_each(|side| mark(offer.lines.as_ref(), side)),
        None => mark(None, offer.lines.as_ref()),
    }
    if let Some(when) = &offer.when {
        when.counts(&mut |selector| mark(None, Some(selector)));
    }
    lines
}
