//! Where a member stands on the ladder: by what was spent in the window.

use crate::model::{Member, TierPreview};
use crate::program::Compiled;
use crate::rule::TierLadder;
use crate::value::{Day, Money, Overflow};

/// The first day whose spend counts on that day.
pub(super) fn window_start(ladder: &TierLadder, today: Day) -> Option<Day> {
    ladder.window.before(today)?.next()
}

/// The first day that the ladder or a condition can still look at, today or later: tomorrow where none does.
///
/// No window starts earlier on a later day, so what is forgotten was beyond all of them for ever.
pub(super) fn forget_before(program: &Compiled, today: Day) -> Option<Day> {
    let mut first = today.next()?;
    for window in &program.windows {
        first = first.min(window.before(today)?.next()?);
    }
    Some(first)
}

/// What was spent in the window that ends on that day.
pub(super) fn spend(ladder: &TierLadder, member: &Member, today: Day) -> Result<Money, Overflow> {
    let start = window_start(ladder, today);
    let counts = |day: Day| day <= today && start.is_none_or(|start| start <= day);
    Money::sum(member.activity.iter().filter(|activity| counts(activity.on)).map(|activity| activity.spend))
}

/// The place of the member's tier on the ladder.
///
/// A member without a tier has the lowest; one whose tier is no longer on the ladder has what the spend qualifies for.
pub(super) fn rank(program: &Compiled, member: &Member, today: Day) -> Result<Option<usize>, Overflow> {
    let Some(ladder) = program.ladder() else { return Ok(None) };
    let Some(tier) = &member.tier else { return Ok(Some(0)) };
    match program.tiers.iter().position(|known| known == tier) {
        Some(rank) => Ok(Some(rank)),
        None => Ok(Some(ladder.qualified(spend(ladder, member, today)?))),
    }
}

/// The ladder before and after an order with so much spend.
pub(super) fn preview(
    program: &Compiled,
    member: &Member,
    rank: Option<usize>,
    today: Day,
    order: Money,
) -> Result<Option<TierPreview>, Overflow> {
    // A guest stands nowhere, though conditions find the lowest tier.
    let rank = rank.filter(|_| !member.guest);
    let (Some(ladder), Some(rank)) = (program.ladder(), rank) else { return Ok(None) };
    let spend = spend(ladder, member, today)?.plus(order)?;
    // An order never lowers a tier, and one that was set by hand stays.
    let after = ladder.qualified(spend).max(rank);
    let next = after.checked_add(1).and_then(|next| ladder.tiers.get(next));
    let missing = next.and_then(|tier| tier.spend_at_least);
    let missing = missing.map(|threshold| threshold.minus(spend)).transpose()?;
    let id = |rank: usize| ladder.tiers.get(rank).map(|tier| tier.id.clone());
    let (Some(now), Some(after)) = (id(rank), id(after)) else { return Ok(None) };
    Ok(Some(TierPreview { now, after, spend, next: next.map(|tier| tier.id.clone()), missing }))
}

#[cfg(test)]
mod tests {
    use crate::model::{Basket, Change, Event, Line, Member};
    use crate::program::Program;
    use crate::value::Instant;

    const PROGRAM: &str = r#"{
        "format": 1, "id": "t", "version": "1", "currency": "KRW", "zone": "+09:00",
        "wallets": [{ "id": "points" }],
        "tiers": { "window": "1 month", "tiers": [{ "id": "a" }, { "id": "b", "spend_at_least": "3000" }] },
        "offers": [{ "id": "often", "benefit": { "amount_off": "1" },
            "when": { "orders_in": { "window": "2 months", "at_least": 9 } } }],
        "accruals": [{ "id": "much", "award": { "fixed": "1" },
            "when": { "not": { "spend_in": { "window": "45 days", "at_most": "5800" } } } }],
        "multipliers": [{ "id": "new", "factor": "2",
            "when": { "any": [{ "orders_in": { "window": "90 days", "at_most": 2 } }] } }]
    }"#;

    /// The event, with nothing folded away.
    fn forgetless(event: &Event) -> Event {
        let mut event = event.clone();
        if let Change::OrderPlaced { forget_before, .. } = &mut event.change {
            *forget_before = None;
        }
        event
    }

    #[test]
    fn conditions_on_windows_answer_the_same_whether_or_not_older_activity_was_forgotten() {
        let program = Program::from_json(PROGRAM).unwrap();
        let (mut short, mut long) = (Member::new("m1".parse().unwrap()), Member::new("m1".parse().unwrap()));
        let mut at: Instant = "2027-11-27T12:00:00+09:00".parse().unwrap();
        let (mut often, mut much, mut most) = (0, 0, 0);
        for number in 0_u32..150 {
            // Gaps of one to nine days, now and then of months, over ends of months and a leap day.
            let gap = if number % 40 == 39 { 100 } else { 1 + number * 7 % 9 };
            at = Instant(at.0 + chrono::Days::new(gap.into()));
            let price = (200 + number * 37 % 900).to_string().parse().unwrap();
            let basket = Basket { lines: vec![Line::new("x".parse().unwrap(), price)], ..Basket::default() };
            let quote = program.quote(&short, &basket, at).unwrap();
            let full = program.quote(&long, &basket, at).unwrap();
            assert_eq!(quote, full, "order {number}");
            often += usize::from(quote.applied.len() == 1);
            much += usize::from(quote.accruals.len() == 1);
            let placed = quote.place(format!("o{number}").parse().unwrap());
            short.apply_all(&placed.events).unwrap();
            let events: Vec<Event> = placed.events.iter().map(forgetless).collect();
            long.apply_all(&events).unwrap();
            most = most.max(short.activity.len());
        }
        assert_eq!(
            (short.tier, short.orders, short.last_order_on),
            (long.tier, long.orders, long.last_order_on)
        );
        assert!(often > 20 && much > 20 && often < 130 && much < 130, "{often} and {much}");
        assert!(most <= 90 && long.activity.len() == 150, "{most} days are kept");
    }
}
