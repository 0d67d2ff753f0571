//! A quote is a function: same input, same bytes, and no result depends on an order that means nothing.

use dangol::{Event, Member, Program, Quote, wire};
use proptest::prelude::*;
use proptest::sample::Index;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::config;
use super::shop::Shop;
use super::visit::{at, history, quoted, read, visit};

/// The quote without the hash of its program, and with its lines by id.
pub(crate) fn unordered(quote: &Quote) -> Value {
    let mut value = json!(quote);
    value["program"]["hash"] = Value::Null;
    // The program and the basket, as they were written.
    value["rules"] = Value::Null;
    if let Some(lines) = value["lines"].as_array_mut() {
        lines.sort_by_key(|line| line["id"].to_string());
    }
    value
}

/// Moves each item of a list to where the dice say.
pub(crate) fn shuffle(list: &mut Value, dice: &[Index]) {
    let Some(items) = list.as_array_mut() else { return };
    for (place, index) in dice.iter().enumerate().take(items.len()) {
        let other = index.index(items.len());
        items.swap(place, other);
    }
}

/// Moves the offers of a program, unless a lane says that their order counts.
pub(crate) fn shuffle_offers(shop: &mut Shop, dice: &[Index]) {
    let counts =
        |lane: &Value| lane["order"].as_array().is_some_and(|keys| keys.contains(&json!("document")));
    if !shop.file["lanes"].as_array().is_some_and(|lanes| lanes.iter().any(counts)) {
        shuffle(&mut shop.file["offers"], dice);
    }
}

pub(crate) fn returns<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap_or_else(|error| panic!("{error}"));
    let back: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in {text}"));
    assert_eq!(back, *value);
    assert_eq!(serde_json::to_string(&back).ok(), Some(text));
}

proptest! {
    #![proptest_config(config(192))]

    /// The same input gives the same bytes, by the door and by the hand.
    #[test]
    fn the_same_input_gives_the_same_bytes((shop, member, basket, hours) in visit()) {
        let quote = quoted(&shop.program(), &member, &basket, hours);
        let again = quoted(&shop.program(), &member, &basket, hours);
        let bytes = serde_json::to_string(&quote).unwrap();
        prop_assert_eq!(&bytes, &serde_json::to_string(&again).unwrap());
        let request = json!({ "member": member, "basket": basket, "now": at(hours) }).to_string();
        prop_assert_eq!(bytes, wire::call(&shop.program(), "quote", &request).unwrap());
    }

    /// Shuffling lines, codes, coupons, accruals and offers changes nothing but the order of lines.
    #[test]
    fn shuffling_changes_nothing(
        (mut shop, mut member, mut basket, hours) in visit(),
        dice in proptest::collection::vec(any::<Index>(), 6),
    ) {
        let quote = quoted(&shop.program(), &member, &basket, hours);
        shuffle(&mut basket["lines"], &dice);
        for list in ["codes", "coupons", "bearer"] {
            if let Some(list) = basket.get_mut(list) {
                shuffle(list, &dice);
            }
        }
        shuffle(&mut member["coupons"], &dice);
        shuffle(&mut shop.file["accruals"], &dice);
        shuffle_offers(&mut shop, &dice);
        let shuffled = quoted(&shop.program(), &member, &basket, hours);
        prop_assert_eq!(unordered(&quote), unordered(&shuffled));
    }

    /// A program that is written out with its defaults and read again decides the same under the same hash.
    #[test]
    fn a_program_written_out_is_the_same_program((shop, member, basket, hours) in visit()) {
        let program = shop.program();
        let written = Program::from_json(&serde_json::to_string(program.file()).unwrap()).unwrap();
        prop_assert_eq!(program.hash(), written.hash());
        prop_assert_eq!(quoted(&program, &member, &basket, hours), quoted(&written, &member, &basket, hours));
    }

    /// What is written as JSON comes back as it was.
    #[test]
    fn json_returns_what_was_written(history in history(4)) {
        history.play(|before: &Member, quote, events: &[Event], after| {
            returns(before);
            returns(after);
            events.iter().for_each(returns);
            if let Some(quote) = quote {
                returns(quote);
                returns(&quote.clone().place(read(&json!("o1"))).order);
            }
        });
    }
}
