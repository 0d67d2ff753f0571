//! What members of one pool earn and spend together.

use serde_json::{Value, json};

use super::shop::{MART, Shop, at, members, paid, rice};

#[test]
fn a_family_earns_and_spends_from_one_pool() {
    let mut shop = members(&["mother", "son", "family"]);
    let first = shop.sell(Some(2), 0, "o1", rice(8_000), "2026-03-02T10");
    assert_eq!(first["earned"], json!({ "points": "400", "stamps": "1" }));
    assert_eq!(first["pool"]["member"], "family");
    // The pool's 400 pay for the son, and its limit of 500 a day leaves him 100.
    let second = shop.sell(Some(2), 1, "o2", paid(10_000), "2026-03-02T18");
    assert_eq!((&second["paid_with_points"], &second["due"]), (&json!("400"), &json!("9600")));
    assert_eq!(second["earned"]["points"], "100");
    assert_eq!(second["balances"], json!({ "points": "100", "stamps": "1" }));
    // What was carried on is the pool's too: 8,000 + 9,600 + 9,000 won make one step of 25,000.
    let third = shop.sell(Some(2), 0, "o3", rice(9_000), "2026-03-03T10");
    let tower = third["accruals"].as_array().unwrap().iter().find(|accrual| accrual["rule"] == "tower");
    assert_eq!(tower.unwrap()["points"], "1");

    let [mother, son, family] = &shop.members[..] else { panic!("three members") };
    assert_eq!((&mother["orders"], &son["orders"], &family["orders"]), (&json!(2), &json!(1), &json!(0)));
    assert_eq!(mother["wallets"].get("points"), None);
    assert_eq!(mother["wallets"]["stamps"]["granted"], "2");
    assert_eq!(family["wallets"]["points"]["granted"], "951");
    assert_eq!(family["wallets"]["points"]["spent"], "400");
    assert_eq!(mother["tallies"], Value::Null);
}

#[test]
fn what_has_ended_in_the_pool_is_written_with_the_order() {
    let mut shop = members(&["mother", "family"]);
    shop.sell(Some(1), 0, "o1", rice(8_000), "2026-03-02T10");
    let later = shop.sell(Some(1), 0, "o2", paid(8_000), "2027-03-03T10");
    assert_eq!(later["paid_with_points"], "0");
    assert_eq!(later["pool"]["overdue"][0]["change"]["type"], "points_expired");
    assert_eq!(shop.members[1]["wallets"]["points"]["expired"], "400");
    assert_eq!(shop.members[1]["version"], 5);
}

#[test]
fn a_pool_is_somebody_else_and_holds_shared_wallets() {
    let shop = members(&["mother", "family"]);
    let (basket, now) = (rice(1_000), at("2026-03-02T10"));
    let own = json!({ "member": shop.members[0], "pool": shop.members[0], "basket": basket, "now": now });
    let failure = shop.call("quote", &own).unwrap_err();
    assert_eq!((failure.code.as_str(), failure.path.as_str()), ("contradiction", "pool.id"));
    let guest = json!({ "id": "guest", "guest": true });
    let request = json!({ "member": guest, "pool": shop.members[1], "basket": basket, "now": now });
    assert_eq!(shop.call("quote", &request).unwrap_err().path, "pool");
    let alone = MART.replace("\"shared\": true, ", "");
    let alone = Shop::new(&alone, &shop.members);
    let request = json!({ "member": shop.members[0], "pool": shop.members[1], "basket": basket, "now": now });
    assert_eq!(alone.call("quote", &request).unwrap_err().path, "pool");
}
