//! Goods come back: the difference between how the order stands with them and how it stands without.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::error::InputError;
use crate::model::{
    BackRestored, BackSums, Charge, IssuedCoupon, LostGifts, Order, Quote, QuotedLine, Reason, Refusal,
    RestoredUntil, Return, Returned, ReturnedDiscounts, ReturnedLine, TakenPoints, TaxSum, share,
};
use crate::value::{Id, Money, Overflow, Points, Quantity};

use super::again::{LostGift, Rules, lost_gifts};
use super::counted::{Uncounted, uncount};
use super::parties::Parties;
use super::restoring::{Spent, nested, restore, tendered};
use super::stand::{Gone, Stand};
use super::sums::{Touched, start};
use super::taking::{remaining, take, take_lost};
use super::tallies::{Moved, budgets, correct, correct_carried};
use super::{Ask, Found, keeping, lost, offers};

/// Works out what comes back, and makes the changes.
pub(super) fn back(ask: &Ask<'_>, parties: &mut Parties<'_>) -> Found {
    let Ask { order, after: sums, .. } = *ask;
    let (void, sums_before) = (*ask.asked == Returned::Void, start(order)?);
    let Stands { mut before, mut after, kept } = match stands(ask, &sums_before)? {
        Ok(stands) => stands,
        Err(refusal) => return Ok(Err(refusal)),
    };
    remaining(order, &mut before, &mut after)?;
    let mut found = amounts(ask, &before, &after)?;
    let released = after.released && !before.released;
    give(ask, parties, &after, released, &mut found)?;
    let lost = lost::lost(ask, parties, (&before, &mut after), &sums_before)?;
    let issues = |issued: &IssuedCoupon| {
        let again =
            kept.as_ref().is_none_or(|kept| kept.issued.iter().any(|known| known.offer == issued.offer));
        !after.whole && !void && again && issued.reached.as_ref().is_none_or(|tier| !lost.has(tier))
    };
    found.issued = offers::take_issued(parties, order, issues)?;
    settle(ask, parties, (&before, &after), &mut found)?;
    for points in lost.points {
        found.taken.push(take_lost(parties, order, points)?);
    }
    for coupon in lost.coupons {
        found.issued.push(offers::take_lost(parties, order, coupon)?);
    }
    let moved = Moved::between(&before, &after)?;
    correct(parties, order, (&sums_before, sums), &moved, false)?;
    correct_carried(parties, order, (&sums_before, sums), false)?;
    found.budgets = budgets(order, &moved, released)?;
    if let Some(own) = &mut parties.own {
        uncount(own, &Uncounted::of(ask, (&before, &after), &sums_before)?)?;
    }
    if (after.whole && !before.whole) || void {
        keeping::put_back(parties, order)?;
    }
    Ok(Ok(found))
}

/// How the order stands without the return and with it.
struct Stands {
    before: Stand,
    after: Stand,
    /// What is kept, quoted anew, where the terms say that discounts or points are those of it.
    kept: Option<Quote>,
}

/// Works out both; refused where gifts must come back that do not.
fn stands(ask: &Ask<'_>, sums_before: &BackSums) -> Result<Result<Stands, Refusal>, InputError> {
    let Ask { order, after: sums, .. } = *ask;
    let (policy, void) = (order.quote.returns, *ask.asked == Returned::Void);
    let touched: BTreeMap<&Id, Quantity> =
        if policy.asks_rules() { touched(&ask.goods.touched) } else { BTreeMap::new() };
    let back_before = |id: &Id| order.back.of(id);
    let back_after = |id: &Id| touched.get(id).copied().unwrap_or_else(|| back_before(id));
    let rules = if void { None } else { Rules::of(ask.program, order)? };
    let (kept_before, lost_before) = kept(order, rules.as_ref(), sums_before, &back_before)?;
    let (kept_after, lost_after) = kept(order, rules.as_ref(), sums, &back_after)?;
    if policy.gifts == LostGifts::MustReturn && !lost_after.is_empty() {
        let gifts = lost_after.iter().map(|lost| (lost.line.id.clone(), lost.quantity)).collect();
        return Ok(Err(Refusal {
            path: "returned.goods.lines".to_owned(),
            reason: Reason::GiftsKept { gifts },
        }));
    }
    let asked = rules.as_ref().filter(|_| kept_before.is_some() || kept_after.is_some());
    let all = whole_order(order, asked)?;
    let of_all = |back: &dyn Fn(&Id) -> Quantity| match &all {
        Cow::Borrowed(_) => Ok(None),
        Cow::Owned(all) => of_lines(all, back).map(Some),
    };
    let charged = |lost: &[LostGift<'_>]| match policy.gifts {
        LostGifts::Charge => Money::sum(lost.iter().map(|lost| lost.value)),
        LostGifts::Keep | LostGifts::MustReturn => Ok(Money::ZERO),
    };
    let refunded = |charge: Charge| ask.goods.charged.iter().any(|known| known.charge == charge);
    let before = Gone {
        sums: sums_before,
        shipping: order.back.shipping,
        fees: order.back.fees,
        void: order.back.void,
        any: order.latest_return().is_some(),
        requoted: kept_before.as_ref(),
        all: &all,
        of_all: of_all(&back_before)?,
        gifts: charged(&lost_before)?,
    };
    let after = Gone {
        sums,
        shipping: order.back.shipping || refunded(Charge::Shipping),
        fees: order.back.fees || refunded(Charge::Fees),
        void,
        any: true,
        requoted: kept_after.as_ref(),
        all: &all,
        of_all: of_all(&back_after)?,
        gifts: charged(&lost_after)?,
    };
    let (before, after) = (Stand::of(order, before)?, Stand::of(order, after)?);
    let asks = policy.discounts == ReturnedDiscounts::Requote || policy.earned == TakenPoints::Requote;
    Ok(Ok(Stands { before, after, kept: kept_after.filter(|_| asks) }))
}

/// Gives back points that had paid, and with the offers that are released those that they had cost.
fn give(
    ask: &Ask<'_>,
    parties: &mut Parties<'_>,
    after: &Stand,
    released: bool,
    found: &mut Return,
) -> Result<(), InputError> {
    let order = ask.order;
    let void = *ask.asked == Returned::Void;
    let until = if void { RestoredUntil::Original } else { order.quote.returns.restored };
    for (tender, (by_now, value)) in order.quote.tenders.iter().zip(tendered(order, after.points)?) {
        let (wallet, lots) = (&tender.wallet, &tender.lots);
        let BackRestored { points: before, value: told } = order.back.restored_to(wallet);
        let value = value.minus(told)?.max(Money::ZERO);
        let spent = Spent { wallet, offer: None, lots, by_now, before, value };
        found.points.extend(restore(parties, order, spent, until)?);
    }
    if !released {
        return Ok(());
    }
    for applied in &order.quote.applied {
        let Some(cost) = &applied.cost else { continue };
        let (offer, before, value) = (Some(&applied.offer), Points::ZERO, Money::ZERO);
        let spent =
            Spent { wallet: &cost.wallet, offer, lots: &cost.lots, by_now: cost.points, before, value };
        found.points.extend(restore(parties, order, spent, until)?);
    }
    found.offers = offers::release(parties, order)?;
    Ok(())
}

/// The whole order as it is quoted without the points that paid, which may have changed what offers took off.
fn whole_order<'a>(order: &'a Order, rules: Option<&Rules<'_>>) -> Result<Cow<'a, Quote>, InputError> {
    let rules = rules.filter(|_| !order.quote.paid_with_points.is_zero());
    let all = rules.map_or(Ok(None), |rules| rules.quote(&|_| Quantity::ZERO))?;
    Ok(all.map_or(Cow::Borrowed(&order.quote), Cow::Owned))
}

fn touched<'a>(touched: &[Touched<'a>]) -> BTreeMap<&'a Id, Quantity> {
    touched.iter().map(|touched| (&touched.line.id, touched.after)).collect()
}

/// What is back of the lines of a quote.
fn of_lines(quote: &Quote, back: &dyn Fn(&Id) -> Quantity) -> Result<Money, Overflow> {
    let goods = quote.lines.iter().filter(|line| line.gift.is_none());
    let add = |sum: Money, line: &QuotedLine| sum.plus(share(line.net, back(&line.id), line.quantity)?);
    goods.into_iter().try_fold(Money::ZERO, add)
}

/// What is kept, quoted once more where the terms ask the rules, and the gifts that it would not get.
fn kept<'a>(
    order: &'a Order,
    rules: Option<&Rules<'_>>,
    sums: &BackSums,
    back: &dyn Fn(&Id) -> Quantity,
) -> Result<(Option<Quote>, Vec<LostGift<'a>>), InputError> {
    let Some(rules) = rules else { return Ok((None, Vec::new())) };
    let kept = if sums.is_whole() { None } else { rules.quote(back)? };
    let lost = lost_gifts(order, kept.as_ref(), back)?;
    Ok((kept, lost))
}

/// What is given back, before points are charged.
fn amounts(ask: &Ask<'_>, before: &Stand, after: &Stand) -> Result<Return, Overflow> {
    Ok(Return {
        operation: ask.operation.clone(),
        content: ask.content.clone(),
        at: ask.now,
        asked: ask.asked.clone(),
        lines: ask.goods.touched.iter().map(returned_line).collect::<Result<_, _>>()?,
        value: after.value.minus(before.value)?,
        lost_discounts: after.lost_discounts.minus(before.lost_discounts)?,
        paid_with_points: after.paid_with_points.minus(before.paid_with_points)?,
        shipping: after.shipping.minus(before.shipping)?,
        fees: after.fees.minus(before.fees)?,
        tax_added: after.tax_added.minus(before.tax_added)?,
        taxes: taxes(before, after)?,
        rounding: after.rounding.minus(before.rounding)?,
        gifts_charged: after.gifts.minus(before.gifts)?,
        points_charged: Money::ZERO,
        settled: Money::ZERO,
        money: Money::ZERO,
        tenders: BTreeMap::new(),
        points: Vec::new(),
        taken: Vec::new(),
        offers: Vec::new(),
        issued: Vec::new(),
        budgets: BTreeMap::new(),
        spend: after.spend.minus(before.spend)?,
        whole: after.whole,
        undone: false,
    })
}

/// What comes back of a line: its amount by units, less what was given back for it before.
pub(super) fn returned_line(touched: &Touched<'_>) -> Result<ReturnedLine, Overflow> {
    let Touched { line, before, after } = *touched;
    let (net, paid) = line.worth();
    let (money, points) = (touched.more(net.minus(paid)?)?, touched.more(paid)?);
    Ok(ReturnedLine {
        id: line.id.clone(),
        quantity: after.minus(before)?,
        returned: after,
        of: line.quantity,
        gross: touched.more(line.gross)?,
        value: money.plus(points)?,
        paid_with_points: points,
    })
}

fn taxes(before: &Stand, after: &Stand) -> Result<Vec<TaxSum>, Overflow> {
    let mut rows = Vec::with_capacity(after.taxes.len());
    for (row, told) in after.taxes.iter().zip(&before.taxes) {
        let more = row.minus(told)?;
        if !more.of.is_zero() || !more.tax.is_zero() || !more.base.is_zero() {
            rows.push(more);
        }
    }
    Ok(rows)
}

/// Takes points back, and settles what is paid in money: never less than nothing, and never more than was paid.
fn settle(
    ask: &Ask<'_>,
    parties: &mut Parties<'_>,
    (before, after): (&Stand, &Stand),
    found: &mut Return,
) -> Result<(), InputError> {
    let order = ask.order;
    let (told, charged) = (order.back.refunded, order.back.points_charged);
    let target = after.money.minus(after.gifts)?.minus(charged)?;
    let payable = target.minus(told)?.max(Money::ZERO);
    let mut room = payable;
    let accruals = order.quote.accruals.iter().zip(before.kept.iter().zip(&after.kept));
    for (accrual, (had, keeps)) in accruals.filter(|(_, (had, keeps))| keeps < had) {
        found.taken.push(take(parties, order, accrual, (had.minus(*keeps)?, *keeps), &mut room)?);
    }
    found.money = room;
    found.points_charged = payable.minus(room)?;
    let parts = [found.shipping, found.fees, found.tax_added, found.rounding];
    let told_apart = found.value.minus(found.paid_with_points)?.plus(Money::sum(parts)?)?;
    let told_apart = told_apart.minus(found.gifts_charged)?.minus(found.points_charged)?;
    found.settled = found.money.minus(told_apart)?;
    let weights = || order.quote.paid_by.values().copied();
    let (first, last) = (nested(told, weights())?, nested(told.plus(found.money)?, weights())?);
    for ((tender, first), last) in order.quote.paid_by.keys().zip(first).zip(last) {
        found.tenders.insert(tender.clone(), last.minus(first)?);
    }
    Ok(())
}
