//! What an order counts no more: as an order, as spend, as points that were earned; and what that does to standings.

use std::collections::BTreeMap;

use crate::error::InputError;
use crate::model::{Activity, BackSums, Change, LadderCount, Member, Order, WaitingOrder};
use crate::value::{Day, Id, Money, Overflow, Points};

use crate::decide::draft::Draft;
use crate::decide::tier;

/// What counts no more, or with `reopened` again.
#[derive(Debug)]
pub(super) struct Uncounted<'a> {
    pub(super) order: &'a Order,
    /// What was paid for goods.
    pub(super) spend: Money,
    /// The same on each ladder that counts in its own way, in the order of the order's ladders.
    pub(super) ladders: Vec<Money>,
    /// The points that rules had granted, by wallet, of those that ladders count.
    pub(super) points: BTreeMap<Id, Points>,
    /// The sums of the order from now on.
    pub(super) after: &'a BackSums,
    /// Whether the order as a whole does.
    pub(super) whole: bool,
    pub(super) reopened: bool,
}

/// A change of what counts on a ladder, or on all that count as everything else does.
struct Correction {
    ladder: Option<Id>,
    on: Day,
    spend: Money,
    orders: i32,
    points: BTreeMap<Id, Points>,
}

/// Takes it out of the member's activity, and looks at the standings again.
pub(super) fn uncount(draft: &mut Draft<'_>, uncounted: &Uncounted<'_>) -> Result<(), InputError> {
    let Uncounted { order, whole, reopened, .. } = uncounted;
    let quote = &order.quote;
    let waiting = waiting(&draft.member, uncounted)?;
    draft.add(Change::OrderReturned {
        order: order.id.clone(),
        on: quote.on,
        whole: *whole,
        reopened: *reopened,
        before: quote.before.last_order_on,
        waiting,
    })?;
    for correction in corrections(&draft.member, uncounted)? {
        correct(draft, order, correction)?;
    }
    Ok(())
}

/// What the order counts from now on where it still waits for its signal.
fn waiting(member: &Member, uncounted: &Uncounted<'_>) -> Result<Vec<LadderCount>, Overflow> {
    let tiers = uncounted.order.quote.tiers.iter().zip(&uncounted.ladders).enumerate();
    let mut counts = Vec::new();
    for (number, (tier, less)) in tiers {
        let (Some(count), less) = (tier.counts.as_deref(), *less) else { continue };
        let own = tier.counted.as_ref().and(uncounted.after.ladders.get(number).copied());
        let back = own.unwrap_or(uncounted.after.money);
        let known = find(member, uncounted.order, &count.ladder).filter(|known| known.counted_on.is_none());
        let spend = match (known, &count.awaits) {
            (Some(known), _) => known.spend.minus(signed(less, uncounted.reopened)?)?.max(Money::ZERO),
            // Wholly back, it had waited no more.
            (None, Some(_)) if uncounted.reopened && uncounted.whole => {
                count.spend.minus(back)?.max(Money::ZERO)
            }
            _ => continue,
        };
        counts.push(LadderCount { spend, ..count.clone() });
    }
    Ok(counts)
}

fn find<'a>(member: &'a Member, order: &Order, ladder: &Id) -> Option<&'a WaitingOrder> {
    member.waiting_orders.iter().find(|known| known.order == order.id && known.ladder == *ladder)
}

/// An amount, or as much the other way.
fn signed(amount: Money, negative: bool) -> Result<Money, Overflow> {
    if negative { Money::ZERO.minus(amount) } else { Ok(amount) }
}

fn corrections(member: &Member, uncounted: &Uncounted<'_>) -> Result<Vec<Correction>, Overflow> {
    let Uncounted { order, spend, ladders, points, whole, reopened, .. } = uncounted;
    let negative = |points: &Points| if *reopened { Ok(*points) } else { Points::ZERO.minus(*points) };
    let more = |amount: Money| signed(amount, !*reopened);
    let orders = i32::from(*whole);
    let orders = if *reopened { orders } else { orders.saturating_neg() };
    let on = order.quote.on;
    let points = points.iter().map(|(wallet, points)| Ok((wallet.clone(), negative(points)?)));
    let points = points.collect::<Result<_, Overflow>>()?;
    let mut all = vec![Correction { ladder: None, on, spend: more(*spend)?, orders, points }];
    for (tier, spend) in order.quote.tiers.iter().zip(ladders) {
        let Some(count) = tier.counts.as_deref() else { continue };
        let on = match (&count.awaits, find(member, order, &count.ladder)) {
            (None, _) => on,
            (Some(_), Some(WaitingOrder { counted_on, .. })) => match counted_on {
                Some(day) => *day,
                None => continue,
            },
            // Wholly back before its signal, or counted so long ago that nobody remembers when.
            (Some(_), None) if *reopened => continue,
            (Some(_), None) => match likely(member, &count.ladder, on, *spend) {
                Some(day) => day,
                None => continue,
            },
        };
        let (ladder, points) = (Some(count.ladder.clone()), BTreeMap::new());
        all.push(Correction { ladder, on, spend: more(*spend)?, orders, points });
    }
    Ok(all)
}

/// The first day from that one on which a ladder counted at least so much.
fn likely(member: &Member, ladder: &Id, from: Day, spend: Money) -> Option<Day> {
    let mut days = member.activity.iter().filter(|day| from <= day.on);
    let counts = |day: &&Activity| {
        let counted = day.on_ladder(ladder);
        counted.orders > 0 && counted.spend >= spend
    };
    days.find(counts).map(|day| day.on)
}

/// Puts the activity of a day right, at most to nothing.
fn correct(draft: &mut Draft<'_>, order: &Order, correction: Correction) -> Result<(), InputError> {
    let Correction { ladder, on, spend, orders, points } = correction;
    let day = draft.member.kept_day(on);
    let known = match (day, &ladder) {
        (Some(on), _) => draft.member.active_on(on).map(|day| {
            let counts = ladder.as_ref().map(|id| day.on_ladder(id));
            counts.map_or((day.spend, day.orders), |counts| (counts.spend, counts.orders))
        }),
        (None, Some(id)) => {
            let counts = draft.member.earlier.on_ladder(id);
            Some((counts.spend, counts.orders))
        }
        (None, None) => Some((draft.member.earlier.spend, draft.member.earlier.orders)),
    };
    let (there, count) = known.unwrap_or((Money::ZERO, 0));
    // A member who came from elsewhere may have less than that on the day.
    let spend = spend.max(Money::ZERO.minus(there)?);
    let orders = orders.max(i32::try_from(count).unwrap_or(i32::MAX).saturating_neg());
    let known_points = |wallet: &Id| {
        let kept = day.and_then(|on| draft.member.active_on(on)).map(|day| &day.points);
        let of = if day.is_some() { kept } else { Some(&draft.member.earlier.points) };
        of.and_then(|points| points.get(wallet)).copied().unwrap_or(Points::ZERO)
    };
    let mut fitting = BTreeMap::new();
    for (wallet, points) in points {
        let least = Points::ZERO.minus(known_points(&wallet))?;
        let points = points.max(least);
        if !points.is_zero() {
            fitting.insert(wallet, points);
        }
    }
    if spend.is_zero() && orders == 0 && fitting.is_empty() {
        return Ok(());
    }
    let own = draft.program.ladders().iter().filter(|known| ladder.is_none() && known.counts_itself());
    let beside: Vec<Id> = own.map(|known| known.id.clone()).collect();
    draft.add(Change::ActivityCorrected {
        on: day,
        spend,
        orders,
        points: fitting.clone(),
        ladder: ladder.clone(),
        beside: beside.clone(),
        reason: String::new(),
        order: Some(order.id.clone()),
    })?;
    let more = tier::More { on, spend, orders, points: &fitting };
    look_again(draft, more, ladder.as_ref())?;
    // Points count on every ladder, however it counts orders.
    for ladder in beside.iter().filter(|_| !fitting.is_empty()) {
        let more = tier::More { spend: Money::ZERO, orders: 0, ..more };
        look_again(draft, more, Some(ladder))?;
    }
    Ok(())
}

/// Looks at the standings again, on that ladder or on all that count as everything else does.
fn look_again(draft: &mut Draft<'_>, more: tier::More<'_>, ladder: Option<&Id>) -> Result<(), InputError> {
    for change in tier::corrected(draft.program, &draft.member, more, ladder, draft.today)? {
        draft.add(change)?;
    }
    Ok(())
}
