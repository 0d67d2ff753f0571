//! Returns that ask the rules again, that are taken back, that are made twice, and under a program that has changed since.

use dangol::{Change, Code, Money, Order, Program, Returned, ReturnedDiscounts};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::config;
use super::deed::id;
use super::parts::{Part, divided, is_nothing, plain};
use super::returns::{adds_up, sum, within};
use super::selling::{sold, terms};
use super::standings::{NOTHING, differences, fresh, in_all, reopened, standing};
use super::visit::read;

/// These terms, with `requote`.
fn requoting() -> impl Strategy<Value = Value> {
    terms().prop_map(|mut terms| {
        terms["discounts"] = json!("requote");
        terms
    })
}

fn dice() -> impl Strategy<Value = Vec<Index>> {
    proptest::collection::vec(any::<Index>(), 12)
}

/// What offers took off.
fn discounted(order: &Order) -> Money {
    sum([order.quote.discount, order.quote.shipping_discount])
}

/// What is back of an order; the sums begin with the first return.
fn back(order: &Order, begun: bool) -> Value {
    let mut back = json!(order.back);
    if !begun {
        back["sums"] = Value::Null;
    }
    let fields = back.as_object_mut().into_iter().flat_map(std::mem::take);
    plain(fields.filter(|(_, value)| !is_nothing(value)).collect())
}

/// The same shop a year later: other amounts everywhere, and other words about returns.
fn later(file: &Value, other: Value) -> Program {
    let mut file = file.clone();
    file["version"] = json!("2");
    file["returns"] = other;
    file["line_rounding"] = json!({ "mode": "up" });
    for offer in file["offers"].as_array_mut().into_iter().flatten() {
        if offer["benefit"].get("percent_off").is_some() {
            offer["benefit"] = json!({ "percent_off": "3" });
        }
    }
    for rule in file["accruals"].as_array_mut().into_iter().flatten() {
        if rule["award"].get("percent").is_some() {
            rule["award"] = json!({ "percent": "50" });
        }
    }
    Program::from_json(&file.to_string()).unwrap_or_else(|error| panic!("{error}"))
}

proptest! {
    #![proptest_config(config(128))]

    /// Where what is kept is quoted anew, a return never costs more than offers had taken off.
    #[test]
    fn requote_never_charges_more_than_was_discounted(sold in sold(requoting()), count in 1..4_usize, dice in dice()) {
        // Where amounts enter with other taxes than they are priced with, rounding these is no discount either.
        let mut sold = sold;
        sold.shop.file.as_object_mut().and_then(|file| file.remove("tax"));
        let mut bought = sold.bought();
        let mut lost = Vec::new();
        for (number, part) in divided(&bought.order, count, true, &dice).iter().enumerate() {
            let Some(returned) = bought.back(&part.asked(), &format!("back{number}")) else { continue };
            prop_assert_eq!(bought.order.quote.returns.discounts, ReturnedDiscounts::Requote);
            adds_up(&bought, &returned);
            within(&bought);
            lost.push(returned.lost_discounts);
            lost.push(Money::ZERO.minus(returned.shipping.min(Money::ZERO)).unwrap());
            prop_assert!(sum(lost.clone()) <= discounted(&bought.order), "{:?} of {}", lost, discounted(&bought.order));
        }
    }

    /// All terms are the order's own: under a program that has changed since, a return is answered the same.
    #[test]
    fn a_later_program_answers_the_same(sold in sold(terms()), other in terms(), count in 1..4_usize, dice in dice()) {
        let mut bought = sold.bought();
        let later = later(&sold.shop.file, other);
        prop_assert_ne!(later.hash(), bought.program.hash());
        for (number, part) in divided(&bought.order, count, false, &dice).iter().enumerate() {
            let operation = format!("back{number}");
            let now = bought.asked(&part.asked(), &operation);
            let then = later.refund(&bought.member, &bought.order, &part.asked(), bought.now, id(&operation)).unwrap();
            prop_assert_eq!((&then.returned, &then.refused, &then.sums), (&now.returned, &now.refused, &now.sums));
            let changes = |events: &[dangol::Event]| events.iter().map(|event| event.change.clone()).collect::<Vec<Change>>();
            prop_assert_eq!(changes(&then.events), changes(&now.events));
            bought.back(&part.asked(), &operation);
        }
    }

    /// A return that is taken back at once was none: the order and the member stand as before it. Points that were issued
    /// anew are others, so that others may pay.
    #[test]
    fn a_reopened_return_was_none(sold in sold(terms()), count in 2..4_usize, whole in any::<bool>(), dice in dice()) {
        let Some(mut bought) = fresh(&sold) else { return Err(TestCaseError::reject("something waits")) };
        let mut parts = divided(&bought.order, count, true, &dice);
        let last = parts.pop();
        for (number, part) in parts.iter().enumerate() {
            bought.back(&part.asked(), &format!("back{number}"));
        }
        let asked = if whole { Returned::Cancel } else { last.unwrap_or_default().asked() };
        prop_assume!(asked != Part::default().asked());
        let mut after = bought.clone();
        let Some(returned) = after.back(&asked, "again") else { return Ok(()) };
        let fell = after.member.tiers != bought.member.tiers;
        // What makes up for a deficit meanwhile is taken from the lots that there are then.
        let owing = after.member.wallets.iter().filter(|(_, account)| !account.deficit().is_zero());
        let owing: Vec<String> = owing.map(|(wallet, _)| wallet.to_string()).collect();
        let refund = after.asked(&Returned::Reopen, "reopened");
        if refund.refused.is_some() {
            return Ok(());
        }
        let Some(undone) = after.back(&Returned::Reopen, "reopened") else { panic!("it was not refused") };
        adds_up(&after, &undone);
        within(&after);
        prop_assert_eq!(sum([returned.money, undone.money]), Money::ZERO);
        let begun = !bought.order.returns.is_empty();
        prop_assert_eq!(back(&after.order, begun), back(&bought.order, begun));
        prop_assert_eq!(&after.order.quote, &bought.order.quote);
        let standings = [standing(&after, &after.member), standing(&bought, &bought.member)];
        let standings = standings.map(|standing| in_all(reopened(standing, fell), &owing));
        prop_assert_eq!(differences(&standings[0], &standings[1]), NOTHING);
        // It comes back just as before.
        let again = after.asked(&asked, "third");
        let told = again.returned.map(|again| [again.money, again.value, again.shipping, again.tax_added]);
        prop_assert_eq!(told, Some([returned.money, returned.value, returned.shipping, returned.tax_added]));
    }

    /// The very same return is made once, whatever came after it; what makes no sense is an error.
    #[test]
    fn a_return_is_made_once(sold in sold(terms()), count in 1..4_usize, dice in dice()) {
        let mut bought = sold.bought();
        let mut made = Vec::new();
        for (number, part) in divided(&bought.order, count, true, &dice).iter().enumerate() {
            let operation = format!("back{number}");
            if let Some(returned) = bought.back(&part.asked(), &operation) {
                made.push((part.asked(), operation, returned));
            }
        }
        let (order, member) = (bought.order.clone(), bought.member.clone());
        for (asked, operation, returned) in &made {
            let again = bought.asked(asked, operation);
            prop_assert!(again.repeated && again.events.is_empty() && again.refused.is_none());
            prop_assert_eq!(again.returned.as_deref(), Some(returned));
            bought.order.record(&again).unwrap();
            let error = |asked: &Returned, order: &Order, operation: &str| {
                let refund = bought.program.refund(&bought.member, order, asked, bought.now, id(operation));
                refund.err().map(|error| error.0.code)
            };
            prop_assert_eq!(error(&Returned::Void, &order, operation), Some(Code::OperationReused));
            // The order as it was before it, with a member who has seen it.
            let stale = Order { returns: Vec::new(), back: dangol::Back::default(), ..order.clone() };
            let seen = bought.member.operations.iter().any(|known| known.id == operation.as_str());
            prop_assert_eq!(error(asked, &stale, operation), seen.then_some(Code::OperationReused));
        }
        for line in &order.quote.lines {
            let units = format!("{}.001", line.quantity.0.rescaled(3).map_or(0, |amount| amount.units() / 1_000 + 1));
            for (lines, code) in [
                (json!({ line.id.as_str(): units }), Code::OutOfRange),
                (json!({ line.id.as_str(): "0" }), Code::OutOfRange),
                (json!({ "nowhere": "1" }), Code::UnknownName),
            ] {
                let asked: Returned = read(&json!({ "goods": { "lines": lines } }));
                let refund = bought.program.refund(&bought.member, &bought.order, &asked, bought.now, id("more"));
                prop_assert_eq!(refund.err().map(|error| error.0.code), Some(code));
            }
        }
        prop_assert_eq!((&bought.order, &bought.member), (&order, &member));
    }
}
