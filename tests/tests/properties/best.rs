//! The best combination of offers over all lanes against trying everything.

use dangol::Quote;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::config;
use super::lanes::best_lane;
use super::shop::{Shop, shop, shop_with};
use super::tries::{every_try, key, shown};
use super::visit::{quoted, read, visit, visit_to};

/// A visit to a shop with lanes of every kind, or with one that chooses the best.
fn visits() -> impl Strategy<Value = (Shop, Value, Value, i64)> {
    prop_oneof![2 => visit(), 1 => visit_to(shop_with(|_| best_lane().boxed()))].prop_map(
        |(mut shop, member, mut basket, hours)| {
            // What is about points only would take its time.
            shop.file["accruals"] = json!([]);
            basket["codes"] = shown(&shop, &basket);
            (shop.granting(), member, basket, hours)
        },
    )
}

proptest! {
    #![proptest_config(config(96))]

    /// The lanes together find what trying every allowed combination finds: the least to pay for goods and delivery, with
    /// the fewest coupons, by the fewest offers, by the earlier ones.
    #[test]
    fn the_best_is_the_best_of_all_combinations((shop, member, basket, hours) in visits()) {
        let found = quoted(&shop.program(), &member, &basket, hours);
        prop_assert!(found.optimal);
        let mut expected: Option<(Shop, Quote)> = None;
        for tried in every_try(&shop) {
            let quote = quoted(&tried.program(), &member, &basket, hours);
            if !tried.stands(&quote) {
                continue;
            }
            let better = |(_, other): &(Shop, Quote)| key(&shop, &quote) < key(&shop, other);
            if expected.as_ref().is_none_or(better) {
                expected = Some((tried.shop, quote));
            }
        }
        let Some((tried, expected)) = expected else { return Err(TestCaseError::fail("nothing was tried")) };
        prop_assert_eq!(key(&shop, &found), key(&shop, &expected), "{} with {} for {}, better: {}", shop.file, basket, member, tried.file);
    }

    /// One more code or coupon never makes an order dearer where the best is chosen, whatever other lanes do then.
    #[test]
    fn one_more_coupon_never_costs_more((shop, member, basket, hours) in visits(), dice in proptest::collection::vec(any::<Index>(), 6)) {
        // A shop may say that an offer is for those who show no code.
        let words = shop.file["offers"].to_string();
        prop_assume!(!words.contains("\"not\"") || !words.contains("code_shown"));
        let program = shop.program();
        let mut added: Vec<Value> = shop.file["offers"].as_array().into_iter().flatten().filter(|offer| {
            let best = |lane: &&Value| lane["id"] == offer["lane"] && lane["choose"] == "best";
            shop.file["lanes"].as_array().into_iter().flatten().any(|lane| best(&lane)) && (!offer["code"].is_null() || !offer["coupon"].is_null())
        }).cloned().collect();
        for (place, index) in dice.iter().enumerate().take(added.len()) {
            let other = index.index(added.len());
            added.swap(place, other);
        }
        let (mut member, mut basket) = (member, basket);
        (basket["codes"], basket["bearer"], basket["coupons"]) = (json!([]), json!([]), json!("all"));
        member["coupons"] = json!([]);
        let mut before = None;
        for (number, offer) in (0..).zip(std::iter::once(Value::Null).chain(added)) {
            if offer["code"].is_string() {
                basket["codes"].as_array_mut().unwrap().push(offer["code"].clone());
            } else if !offer.is_null() {
                let coupon = json!({ "id": format!("c{number}"), "offer": offer["id"], "issued_at": "2025-06-01T00:00:00Z" });
                member["coupons"].as_array_mut().unwrap().push(coupon);
            }
            let quote = quoted(&program, &member, &basket, hours);
            let costs = quote.net.plus(quote.shipping).unwrap();
            prop_assert!(before.is_none_or(|before| costs <= before), "{} {:?} with {}", costs, before, offer);
            before = Some(costs);
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
