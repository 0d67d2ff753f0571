//! The best lane against trying everything.

use dangol::Quote;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::config;
use super::shop::{Shop, offers, shop};
use super::visit::{quoted, read, visit};

/// The shop with these offers in one lane.
fn one_lane(shop: &Shop, offers: &[Value], lane: Value) -> Shop {
    let mut one = shop.clone();
    one.file["lanes"] = json!([lane]);
    let home = |offer: &Value| {
        let mut offer = offer.clone();
        offer["lane"] = json!("lane");
        offer
    };
    one.file["offers"] = offers.iter().map(home).collect();
    one
}

/// The shop with these offers in one lane that takes them all, one after the other.
fn all_of(shop: &Shop, offers: &[&Value]) -> Shop {
    let free = |offer: &&Value| {
        let mut offer = (*offer).clone();
        if let Some(fields) = offer.as_object_mut() {
            fields.remove("group");
            fields.remove("exclusive");
        }
        offer
    };
    let offers: Vec<Value> = offers.iter().map(free).collect();
    one_lane(shop, &offers, json!({ "id": "lane", "choose": "all" }))
}

/// Whether offers may take effect together in a lane of so many.
fn allowed(offers: &[&Value], at_most: usize) -> bool {
    let groups: Vec<_> = offers.iter().filter_map(|offer| offer.get("group")).collect();
    let grouped = groups
        .iter()
        .enumerate()
        .any(|(place, group)| groups.iter().skip(place + 1).any(|other| other == group));
    let alone = offers.len() < 2 || offers.iter().all(|offer| offer["exclusive"] != true);
    offers.len() <= at_most && !grouped && alone
}

/// The priorities and ids of what was applied: earlier combinations compare as less.
fn rank(quote: &Quote, offers: &[Value]) -> Vec<(u64, dangol::Id)> {
    let priority = |id: &dangol::Id| {
        let found = offers.iter().find(|offer| offer["id"] == id.as_str());
        found.and_then(|offer| offer["priority"].as_u64()).unwrap_or(0)
    };
    quote.applied.iter().map(|applied| (priority(&applied.offer), applied.offer.clone())).collect()
}

/// A lane of offers, and a visit to it with some codes.
fn lane() -> impl Strategy<Value = ((Shop, Value, Value, i64), Vec<Value>, usize)> {
    let visit = (visit(), 1..4_usize);
    visit.prop_flat_map(|(visit, at_most)| {
        let offers = offers(visit.0.digits);
        (Just(visit), offers, Just(at_most))
    })
}

proptest! {
    #![proptest_config(config(128))]

    /// The best lane finds what trying every allowed combination finds: the least to pay, by the fewest offers, by the
    /// earlier ones.
    #[test]
    fn the_best_lane_is_the_best_of_all_combinations(((shop, member, basket, hours), offers, at_most) in lane()) {
        let mut basket = basket;
        basket["codes"] = offers.iter().filter_map(|offer| offer.get("code").cloned()).collect();
        let best = one_lane(&shop, &offers, json!({ "id": "lane", "at_most": at_most }));
        let found = quoted(&best.program(), &member, &basket, hours);
        let mut expected: Option<Quote> = None;
        for bits in 0..1_u32 << offers.len() {
            let chosen: Vec<&Value> = (0..).zip(&offers).filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, offer)| offer).collect();
            if !allowed(&chosen, at_most) {
                continue;
            }
            let quote = quoted(&all_of(&shop, &chosen).program(), &member, &basket, hours);
            let better = |other: &Quote| {
                let key = |quote: &Quote| (quote.net, quote.applied.len(), rank(quote, &offers));
                key(&quote) < key(other)
            };
            if expected.as_ref().is_none_or(better) {
                expected = Some(quote);
            }
        }
        let expected = expected.unwrap();
        prop_assert!(found.optimal);
        prop_assert_eq!(found.net, expected.net);
        prop_assert_eq!(rank(&found, &offers), rank(&expected, &offers));
    }

    /// Showing one more code never makes the goods dearer where the best is chosen.
    #[test]
    fn one_more_code_never_costs_more(((shop, member, basket, hours), offers, at_most) in lane()) {
        // A shop may say that an offer is for those who show no code.
        let words = json!(offers).to_string();
        prop_assume!(!words.contains("\"not\"") || !words.contains("code_shown"));
        let codes: Vec<Value> = offers.iter().filter_map(|offer| offer.get("code").cloned()).collect();
        let program = one_lane(&shop, &offers, json!({ "id": "lane", "at_most": at_most })).program();
        let mut basket = basket;
        let mut before = None;
        for shown in 0..=codes.len() {
            basket["codes"] = codes.iter().take(shown).cloned().collect();
            let net = quoted(&program, &member, &basket, hours).net;
            prop_assert!(before.is_none_or(|before| net <= before));
            before = Some(net);
        }
    }

    /// The generator of programs only writes programs without problems, and so does the writer of their files.
    #[test]
    fn a_generated_program_has_no_problem(mut shop in shop()) {
        let wallets = shop.section("wallets").len();
        prop_assert_eq!(wallets, shop.program().file().wallets.len());
        let _: Value = read(&shop.file);
    }
}
