//! Returns of generated orders: what is refunded and which points are kept, by naive fractions.

use std::collections::BTreeMap;

use dangol::{Order, Quote};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::accrual::{Book, Sale};
use super::config;
use super::number::{Q, sum};
use super::sales::{counter, program, read, seen, with_sales};

/// So much of an amount as `back` is of `of`, in whole units of money.
fn part(amount: Q, back: Q, of: Q, unit: Q) -> Q {
    if back == of { amount } else { amount.times(back).over(of).rounded("down", unit) }
}

/// What was bought, and how much of it is back, line by line.
struct Sold<'a> {
    quote: &'a Quote,
    unit: Q,
    back: Vec<Q>,
}

impl Sold<'_> {
    fn of(&self, line: usize) -> Q {
        Q::of(&json!(self.quote.lines[line].quantity))
    }

    /// What money and points had paid for what is back.
    fn refund(&self) -> (Q, Q) {
        let (mut money, mut points) = (Q::ZERO, Q::ZERO);
        for (number, line) in self.quote.lines.iter().enumerate() {
            let (net, paid) = (Q::of(&json!(line.net)), Q::of(&json!(line.paid_with_points)));
            let share = |amount: Q| part(amount, self.back[number], self.of(number), self.unit);
            money = money.plus(share(net.minus(paid)));
            points = points.plus(share(paid));
        }
        (money, points)
    }
}

/// A program whose points pay one unit of money each, in rules that grow with what is bought.
fn shop() -> impl Strategy<Value = Value> {
    program().prop_map(|mut program| {
        program["returns"] = json!({ "coupons": "never" });
        // What wallets and budgets left of several rules is a matter of these.
        program["wallets"].as_array_mut().unwrap().iter_mut().for_each(|wallet| wallet["limits"] = json!([]));
        let grows = |rule: &&Value| rule["award"].get("round_up").is_none();
        let rules: Vec<Value> =
            program["accruals"].as_array().unwrap().iter().filter(grows).cloned().collect();
        program["accruals"] = json!(rules);
        program["multipliers"].as_array_mut().unwrap().retain(|one| {
            one["accruals"]
                .as_array()
                .is_none_or(|ids| ids.iter().all(|id| rules.iter().any(|rule| rule["id"] == *id)))
        });
        program
    })
}

/// How much of each line comes back each time: whole units of what has whole units.
fn shares(quote: &Quote, dice: &[Index], round: usize) -> Vec<Q> {
    let share = |(number, line): (usize, &dangol::QuotedLine)| {
        let all = line.quantity.0.rescaled(3).unwrap().units();
        let step = if all % 1_000 == 0 && line.quantity.0.rescaled(0).is_some() { 1_000 } else { 1 };
        let left = usize::try_from(all / step).unwrap() / 2;
        let some = dice[(number + round * 5) % dice.len()].index(left + 1);
        Q::new(i128::from(step) * i128::try_from(some).unwrap(), 1_000)
    };
    quote.lines.iter().enumerate().map(share).collect()
}

fn asked(quote: &Quote, shares: &[Q]) -> Option<Value> {
    let lines = quote.lines.iter().zip(shares).filter(|(_, share)| !share.is_zero());
    let lines: serde_json::Map<String, Value> =
        lines.map(|(line, share)| (line.id.to_string(), json!(share.to_text()))).collect();
    (!lines.is_empty()).then(|| json!({ "goods": { "lines": lines } }))
}

proptest! {
    #![proptest_config(config(192))]

    /// Twice some goods of the last order come back: money, points that paid, and points that are kept.
    #[test]
    fn every_return_gives_what_the_oracle_says(
        (program, sales) in with_sales(shop(), 1..4),
        dice in proptest::collection::vec(any::<Index>(), 10),
    ) {
        let (core, mut member) = counter(&program);
        let (mut book, mut minutes) = (Book::default(), 0);
        let mut last: Option<(Order, Sale, Book)> = None;
        for (number, (basket, hours)) in sales.iter().enumerate() {
            minutes += hours * 60;
            let now = read(&json!(super::calendar::written(minutes)));
            let quote = core.quote(&member, &read(basket), now).unwrap_or_else(|error| panic!("{error}"));
            let (sale, before) = (seen(basket, &quote, &member), book.clone());
            book.sell(&program, &sale);
            let placed = quote.place(read(&json!(format!("op{number}"))));
            member.apply_all(&placed.events).unwrap_or_else(|error| panic!("{error}"));
            last = Some((placed.order, sale, before));
        }
        let (mut order, sale, before) = last.unwrap();
        let unit = super::number::smallest(&program["x_digits"]);
        let mut back = vec![Q::ZERO; order.quote.lines.len()];
        // What was taken once is not given again, where steps that were begun make less of more goods.
        let mut least: BTreeMap<String, Q> = BTreeMap::new();
        let now = order.quote.at;
        for round in 0..2 {
            let more = shares(&order.quote, &dice, round);
            let Some(asked) = asked(&order.quote, &more) else { continue };
            back = back.into_iter().zip(more).map(|(one, other)| one.plus(other)).collect();
            let refund = core.refund(&member, &order, &read(&asked), now, read(&json!(format!("back{round}"))));
            let refund = refund.unwrap_or_else(|error| panic!("{error}: {asked}"));
            member.apply_all(&refund.events).unwrap_or_else(|error| panic!("{error}"));
            order.record(&refund).unwrap();
            let sold = Sold { quote: &order.quote, unit, back: back.clone() };
            let (money, paid) = sold.refund();
            let sum_of = |of: fn(&dangol::Return) -> Value| sum(order.returns.iter().map(|known| Q::of(&of(known))));
            prop_assert_eq!(sum_of(|known| json!(known.money)), money);
            prop_assert_eq!(sum_of(|known| json!(known.paid_with_points)), paid);
            let restored = sum(order.returns.iter().flat_map(|known| &known.points).map(|known| Q::of(&json!(known.points))));
            let spent = sum(order.quote.tenders.iter().map(|tender| Q::of(&json!(tender.points))));
            let worth = Q::of(&json!(order.quote.paid_with_points));
            let digits = super::number::smallest(&program["wallets"][0]["digits"]);
            let expected = if worth.is_zero() { Q::ZERO } else { spent.times(paid).over(worth).rounded("down", digits) };
            prop_assert_eq!(restored, expected);
            for accrual in &order.quote.accruals {
                let taken = order.returns.iter().flat_map(|known| &known.taken).filter(|taken| taken.rule == accrual.rule);
                let taken = sum(taken.map(|taken| Q::of(&json!(taken.points))));
                let granted = Q::of(&json!(accrual.points));
                let whole = order.returns.last().is_some_and(|known| known.whole);
                let share = |line: usize, amount: Q, unit: Q| amount.minus(part(amount, sold.back[line], sold.of(line), unit));
                let kept = before.kept(&program, accrual.rule.as_str(), &sale, unit, &share);
                let kept = if whole { Q::ZERO } else { kept.unwrap_or(granted).min(granted) };
                let least = least.entry(accrual.rule.to_string()).or_insert(granted);
                *least = (*least).min(kept);
                let kept = *least;
                prop_assert_eq!(granted.minus(taken), kept, "{}: {:#?}", accrual.rule, accrual);
            }
        }
    }
}
