//! Goods come back that a household, or the coupon of somebody else, had a part in.

use serde_json::{Value, json};

use super::shop::{Shop, members, paid, rice};

const SENT: &str = r#"{
    "format": 1, "id": "mart", "version": "1", "currency": "KRW", "zone": "Asia/Seoul", "codes": { "length": 12 },
    "offers": [{ "id": "won", "coupon": { "transferable": true }, "benefit": { "amount_off": "1000" } }]
}"#;

fn family() -> Shop {
    members(&["mother", "son", "family"])
}

#[test]
fn what_the_pool_paid_and_earned_goes_back_to_it() {
    let mut shop = family();
    shop.sell(Some(2), 0, "o1", rice(8_000), "2026-03-02T10");
    // 400 of the pool pay, and 9,600 won earn the 100 that the day's limit leaves.
    shop.sell(Some(2), 1, "o2", paid(10_000), "2026-03-02T11");
    let returned = shop.back(1, &[2], "cancel", ("r1", "2026-03-02T12"));
    assert_eq!(returned["returned"]["money"], "9600");
    assert_eq!(
        returned["returned"]["points"],
        json!([{ "wallet": "points", "points": "400", "value": "400", "lots": [{ "lot": "o1/base", "points": "400" }] }])
    );
    let [mother, son, pool] = &shop.members[..] else { panic!("three members") };
    let lots = &pool["wallets"]["points"]["lots"];
    assert_eq!(
        (lots.as_array().unwrap().len(), &lots[0]["id"], &lots[0]["points"]),
        (1, &json!("o1/base"), &json!("400"))
    );
    assert_eq!((&mother["orders"], &son["orders"], &pool["orders"]), (&json!(1), &json!(0), &json!(0)));
    assert_eq!(
        (&son["wallets"]["stamps"]["lots"], &son["wallets"]["stamps"]["revoked"]),
        (&json!([]), &json!("1"))
    );
    // The day's limit has its 100 again, and 8,000 + 16,999 won are a won less than a step.
    let next = shop.sell(Some(2), 1, "o3", rice(16_999), "2026-03-02T13");
    assert_eq!(next["earned"]["points"], "100");
    let rules: Vec<&Value> =
        next["accruals"].as_array().unwrap().iter().map(|accrual| &accrual["rule"]).collect();
    assert_eq!(rules, ["base", "visit"]);
}

#[test]
fn what_the_pool_used_is_missing_in_the_pool() {
    let mut shop = family();
    shop.sell(Some(2), 0, "o1", rice(8_000), "2026-03-02T10");
    let first = shop.order.clone();
    shop.sell(Some(2), 1, "o2", paid(10_000), "2026-03-02T11");
    shop.order = first;
    // Of the 400 that the mother's order had earned 100 are found in what the son's earned.
    let returned = shop.back(0, &[2], "cancel", ("r1", "2026-03-03T10"));
    assert_eq!(
        (&returned["returned"]["taken"][0]["points"], &returned["returned"]["taken"][0]["deficit"]),
        (&json!("400"), &json!("300"))
    );
    assert_eq!(shop.members[2]["wallets"]["points"]["deficit"], "300");
    assert_eq!(shop.members[0]["wallets"].get("points"), None);
}

#[test]
fn a_household_is_needed_and_nobody_else_will_do() {
    let mut shop = family();
    shop.sell(Some(2), 0, "o1", rice(8_000), "2026-03-02T10");
    for others in [&[][..], &[1][..]] {
        let failure = shop.ask(0, others, "cancel", ("r1", "2026-03-03T10")).unwrap_err();
        assert_eq!((failure.code.as_str(), failure.path.as_str()), ("missing_field", "others"));
    }
    assert_eq!(
        shop.ask(1, &[2], "cancel", ("r1", "2026-03-03T10")).unwrap_err().code.as_str(),
        "wrong_member"
    );
    shop.back(0, &[2], "cancel", ("r1", "2026-03-03T10"));
    // Once more it is the same answer, whoever is handed in.
    let again = shop.ask(0, &[], "cancel", ("r1", "2026-03-03T10")).unwrap();
    assert_eq!(
        (&again["repeated"], &again["events"], &again["returned"]["money"]),
        (&json!(true), &json!([]), &json!("8000"))
    );
}

fn sent() -> (Shop, Value) {
    let coupon = json!({ "id": "i1/won", "offer": "won", "code": "7KQ2M4XNP9RY", "issued_at": "2026-03-01T03:00:00Z" });
    let friend = json!({ "id": "friend", "version": 7, "coupons": [coupon] });
    let shop = Shop::new(SENT, &[json!({ "id": "m1" }), friend]);
    let mut basket = rice(5_000);
    basket["codes"] = json!(["7KQ2M4XNP9RY"]);
    basket["bearer"] = json!([{ "coupon": coupon, "holder": "friend", "holder_version": 7 }]);
    (shop, basket)
}

#[test]
fn the_coupon_of_a_friend_goes_back_to_the_friend() {
    let (mut shop, basket) = sent();
    assert_eq!(shop.sell(None, 0, "o1", basket, "2026-03-02T10")["due"], "4000");
    assert_eq!(shop.members[1]["coupons"], Value::Null);
    let returned = shop.back(0, &[1], "cancel", ("r1", "2026-03-03T10"));
    assert_eq!(returned["returned"]["offers"][0]["holder"], "friend");
    assert_eq!(shop.members[1]["coupons"][0]["id"], "i1/won");
    assert_eq!(shop.members[0]["coupons"], Value::Null);
    // Taken back, it is used again, and gone with the friend.
    shop.back(0, &[1], "reopen", ("r2", "2026-03-04T10"));
    assert_eq!(shop.members[1]["coupons"], Value::Null);
}

#[test]
fn a_friend_who_is_not_there_gets_none_back() {
    let (mut shop, basket) = sent();
    shop.sell(None, 0, "o1", basket, "2026-03-02T10");
    let returned = shop.back(0, &[], "cancel", ("r1", "2026-03-03T10"));
    assert_eq!(returned["returned"]["offers"][0]["holder"], "friend");
    assert_eq!((&shop.members[0]["coupons"], &shop.members[1]["coupons"]), (&Value::Null, &Value::Null));
}

#[test]
fn a_return_stands_whose_coupon_the_friend_has_used() {
    let (mut shop, basket) = sent();
    shop.sell(None, 0, "o1", basket, "2026-03-02T10");
    let order = shop.order.clone();
    let returned = shop.back(0, &[1], "cancel", ("r1", "2026-03-03T10"));
    assert_eq!(shop.sell(None, 1, "o2", rice(5_000), "2026-03-03T11")["due"], "4000");
    assert_ne!(returned["order"], order);
    shop.order = returned["order"].clone();
    let reopened = shop.back(0, &[1], "reopen", ("r2", "2026-03-04T10"));
    assert_eq!(reopened["refused"]["reason"]["code"], "used_coupon");
    assert_eq!((&reopened["events"], &shop.members[0]["orders"]), (&json!([]), &json!(0)));
}
