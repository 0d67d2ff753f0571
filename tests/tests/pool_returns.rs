//! Goods come back that a household, or the coupon of somebody else, had a part in.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is its purpose"
)]

use dangol::{Program, wire};
use serde_json::{Value, json};

const MART: &str = r#"{
    "format": 1, "id": "mart", "version": "1", "currency": "KRW", "zone": "Asia/Seoul",
    "wallets": [
        { "id": "points", "shared": true, "tender": { "value": "1" }, "limits": [{ "per": "day", "points": "500" }] },
        { "id": "stamps" }
    ],
    "accruals": [
        { "id": "base", "award": { "percent": "5" } },
        { "id": "tower", "over": "lifetime", "award": { "per_amount": { "points": "1", "amount": "25000" } } },
        { "id": "visit", "wallet": "stamps", "award": { "fixed": "1" } }
    ]
}"#;

const SENT: &str = r#"{
    "format": 1, "id": "mart", "version": "1", "currency": "KRW", "zone": "Asia/Seoul", "codes": { "length": 12 },
    "offers": [{ "id": "won", "coupon": { "transferable": true }, "benefit": { "amount_off": "1000" } }]
}"#;

/// A shop with the members and the orders as they were stored.
struct Shop {
    program: Program,
    members: Vec<Value>,
    order: Value,
}

impl Shop {
    fn new(program: &str, members: &[Value]) -> Shop {
        Shop { program: Program::from_json(program).unwrap(), members: members.to_vec(), order: Value::Null }
    }

    fn call(&self, verb: &str, request: &Value) -> Result<Value, wire::Failure> {
        Ok(serde_json::from_str(&wire::call(&self.program, verb, &request.to_string())?).unwrap())
    }

    /// Quotes for a member, with or without a pool, places it, and applies each event to its own member.
    fn sell(&mut self, pool: Option<usize>, who: usize, order: &str, basket: Value, day: &str) -> Value {
        let mut request = json!({ "member": self.members[who], "basket": basket, "now": at(day) });
        if let Some(pool) = pool {
            request["pool"] = self.members[pool].clone();
        }
        let quote = self.call("quote", &request).unwrap();
        let placed = self.call("place", &json!({ "quote": quote, "order": order })).unwrap();
        self.order = placed["order"].clone();
        self.apply(&placed);
        quote
    }

    fn ask(
        &self,
        who: usize,
        others: &[usize],
        returned: &str,
        (operation, day): (&str, &str),
    ) -> Result<Value, wire::Failure> {
        let others: Vec<&Value> = others.iter().map(|other| &self.members[*other]).collect();
        self.call(
            "refund",
            &json!({
                "member": self.members[who], "others": others, "order": self.order, "returned": returned,
                "now": at(day), "operation": operation
            }),
        )
    }

    /// Something comes back, and each event is applied to its own member.
    fn back(&mut self, who: usize, others: &[usize], returned: &str, named: (&str, &str)) -> Value {
        let reply = self.ask(who, others, returned, named).unwrap();
        self.order = reply["order"].clone();
        self.apply(&reply);
        reply
    }

    fn apply(&mut self, reply: &Value) {
        let events = reply["events"].as_array().unwrap().clone();
        let program = &self.program;
        for member in &mut self.members {
            let own: Vec<&Value> = events.iter().filter(|event| event["member"] == member["id"]).collect();
            let request = json!({ "member": member, "events": own });
            *member =
                serde_json::from_str(&wire::call(program, "apply", &request.to_string()).unwrap()).unwrap();
        }
    }
}

fn at(day: &str) -> String {
    format!("2026-03-{day}:00:00+09:00")
}

fn rice(won: u32) -> Value {
    json!({ "lines": [{ "sku": "rice", "price": won.to_string() }] })
}

fn paid(won: u32) -> Value {
    let mut basket = rice(won);
    basket["points"] = json!({ "points": "max" });
    basket
}

fn family() -> Shop {
    Shop::new(MART, &[json!({ "id": "mother" }), json!({ "id": "son" }), json!({ "id": "family" })])
}

#[test]
fn what_the_pool_paid_and_earned_goes_back_to_it() {
    let mut shop = family();
    shop.sell(Some(2), 0, "o1", rice(8_000), "02T10");
    // 400 of the pool pay, and 9,600 won earn the 100 that the day's limit leaves.
    shop.sell(Some(2), 1, "o2", paid(10_000), "02T11");
    let returned = shop.back(1, &[2], "cancel", ("r1", "02T12"));
    assert_eq!(returned["returned"]["money"], "9600");
    assert_eq!(
        returned["returned"]["points"],
        json!([{ "wallet": "points", "points": "400", "value": "400" }])
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
    let next = shop.sell(Some(2), 1, "o3", rice(16_999), "02T13");
    assert_eq!(next["earned"]["points"], "100");
    let rules: Vec<&Value> =
        next["accruals"].as_array().unwrap().iter().map(|accrual| &accrual["rule"]).collect();
    assert_eq!(rules, ["base", "visit"]);
}

#[test]
fn what_the_pool_used_is_missing_in_the_pool() {
    let mut shop = family();
    shop.sell(Some(2), 0, "o1", rice(8_000), "02T10");
    let first = shop.order.clone();
    shop.sell(Some(2), 1, "o2", paid(10_000), "02T11");
    shop.order = first;
    // Of the 400 that the mother's order had earned 100 are found in what the son's earned.
    let returned = shop.back(0, &[2], "cancel", ("r1", "03T10"));
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
    shop.sell(Some(2), 0, "o1", rice(8_000), "02T10");
    for others in [&[][..], &[1][..]] {
        let failure = shop.ask(0, others, "cancel", ("r1", "03T10")).unwrap_err();
        assert_eq!((failure.code.as_str(), failure.path.as_str()), ("missing_field", "others"));
    }
    assert_eq!(shop.ask(1, &[2], "cancel", ("r1", "03T10")).unwrap_err().code.as_str(), "wrong_member");
    shop.back(0, &[2], "cancel", ("r1", "03T10"));
    // Once more it is the same answer, whoever is handed in.
    let again = shop.ask(0, &[], "cancel", ("r1", "03T10")).unwrap();
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
    assert_eq!(shop.sell(None, 0, "o1", basket, "02T10")["due"], "4000");
    assert_eq!(shop.members[1]["coupons"], Value::Null);
    let returned = shop.back(0, &[1], "cancel", ("r1", "03T10"));
    assert_eq!(returned["returned"]["offers"][0]["holder"], "friend");
    assert_eq!(shop.members[1]["coupons"][0]["id"], "i1/won");
    assert_eq!(shop.members[0]["coupons"], Value::Null);
    // Taken back, it is used again, and gone with the friend.
    shop.back(0, &[1], "reopen", ("r2", "04T10"));
    assert_eq!(shop.members[1]["coupons"], Value::Null);
}

#[test]
fn a_friend_who_is_not_there_gets_none_back() {
    let (mut shop, basket) = sent();
    shop.sell(None, 0, "o1", basket, "02T10");
    let returned = shop.back(0, &[], "cancel", ("r1", "03T10"));
    assert_eq!(returned["returned"]["offers"][0]["holder"], "friend");
    assert_eq!((&shop.members[0]["coupons"], &shop.members[1]["coupons"]), (&Value::Null, &Value::Null));
}

#[test]
fn a_return_stands_whose_coupon_the_friend_has_used() {
    let (mut shop, basket) = sent();
    shop.sell(None, 0, "o1", basket, "02T10");
    let order = shop.order.clone();
    let returned = shop.back(0, &[1], "cancel", ("r1", "03T10"));
    assert_eq!(shop.sell(None, 1, "o2", rice(5_000), "03T11")["due"], "4000");
    assert_ne!(returned["order"], order);
    shop.order = returned["order"].clone();
    let reopened = shop.back(0, &[1], "reopen", ("r2", "04T10"));
    assert_eq!(reopened["refused"]["reason"]["code"], "used_coupon");
    assert_eq!((&reopened["events"], &shop.members[0]["orders"]), (&json!([]), &json!(0)));
}
