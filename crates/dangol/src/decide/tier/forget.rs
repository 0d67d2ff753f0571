//! How long a member's days are kept one by one.

use crate::model::Member;
use crate::program::Compiled;
use crate::value::Day;

use super::standing::own_days;

/// The first day that a ladder or a condition can still look at, today or later: tomorrow where none does.
///
/// No window starts earlier on a later day, so what is forgotten was beyond all of them for ever; a lifetime is a sum.
pub(in crate::decide) fn forget_before(program: &Compiled, member: &Member, today: Day) -> Option<Day> {
    let mut first = today.next()?;
    for window in &program.windows {
        first = first.min(window.before(today)?.next()?);
    }
    for (ladder, windows) in program.ladders().iter().zip(&program.measured.windows) {
        let own = own_days(program, ladder, member);
        for window in windows {
            first = window.first_day(today, own).map_or(first, |day| first.min(day));
        }
        let floor = member.tiers.get(&ladder.id).and_then(|standing| standing.floor.as_ref());
        first = floor.filter(|floor| floor.trial).map_or(first, |floor| first.min(floor.since));
    }
    Some(first)
}

#[cfg(test)]
mod tests {
    use crate::model::{Basket, Change, Event, Line, Member};
    use crate::program::Program;
    use crate::value::Instant;

    const PROGRAM: &str = r#"{
        "format": 1, "id": "t", "version": "1", "currency": "KRW", "zone": "+09:00",
        "wallets": [{ "id": "points" }],
        "tiers": { "window": "1 month", "tiers": [{ "id": "a" }, { "id": "b", "enter": { "spend_at_least": "3000" } }] },
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
            (short.tiers, short.orders, short.last_order_on),
            (long.tiers, long.orders, long.last_order_on)
        );
        assert!(often > 20 && much > 20 && often < 130 && much < 130, "{often} and {much}");
        assert!(most <= 90 && long.activity.len() == 150, "{most} days are kept");
    }
}
