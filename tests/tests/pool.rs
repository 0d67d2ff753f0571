//! Households: what members of one pool earn and spend together, through the door that every language uses.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is its purpose"
)]

use dangol::{Program, wire};
use serde_json::{Value, json};

const PROGRAM: &str = r#"{
    "format": 1, "id": "mart", "version": "1", "currency": "KRW", "zone": "Asia/Seoul",
    "wallets": [
        { "id": "points", "shared": true, "expiry": { "after": "1 year" }, "tender": { "value": "1" },
          "limits": [{ "per": "day", "points": "500" }] },
        { "id": "stamps" }
    ],
    "accruals": [
        { "id": "base", "award": { "percent": "5" } },
        { "id": "tower", "over": "lifetime", "award": { "per_amount": { "points": "1", "amount": "25000" } } },
        { "id": "visit", "wallet": "stamps", "award": { "fixed": "1" } }
    ]
}"#;

/// A shop with the members as they were stored.
struct Shop {
    program: Program,
    members: Vec<Value>,
}

impl Shop {
    fn new(ids: &[&str]) -> Shop {
        let members = ids.iter().map(|id| json!({ "id": id })).collect();
        Shop { program: Program::from_json(PROGRAM).unwrap(), members }
    }

    fn call(&self, verb: &str, request: &Value) -> Result<Value, wire::Failure> {
        Ok(serde_json::from_str(&wire::call(&self.program, verb, &request.to_string())?).unwrap())
    }

    /// Quotes for member `who` with the points of the pool, places it, and applies each event to its own member.
    fn sell(&mut self, who: usize, pool: usize, order: &str, won: u32, points: Value, now: &str) -> Value {
        let basket = json!({ "lines": [{ "sku": "rice", "price": won.to_string() }], "points": points });
        let request =
            json!({ "member": self.members[who], "pool": self.members[pool], "basket": basket, "now": now });
        let quote = self.call("quote", &request).unwrap();
        let placed = self.call("place", &json!({ "quote": quote, "order": order })).unwrap();
        for member in &mut self.members {
            let own =
                placed["events"].as_array().unwrap().iter().filter(|event| event["member"] == member["id"]);
            let request = json!({ "member": member, "events": own.collect::<Vec<_>>() });
            *member =
                serde_json::from_str(&wire::call(&self.program, "apply", &request.to_string()).unwrap())
                    .unwrap();
        }
        quote
    }
}

#[test]
fn a_family_earns_and_spends_from_one_pool() {
    let mut shop = Shop::new(&["mother", "son", "family"]);
    let first = shop.sell(0, 2, "o1", 8_000, json!({}), "2026-03-02T10:00:00+09:00");
    assert_eq!(first["earned"], json!({ "points": "400", "stamps": "1" }));
    assert_eq!(first["pool"]["member"], "family");
    // The pool's 400 pay for the son, and its limit of 500 a day leaves him 100.
    let second = shop.sell(1, 2, "o2", 10_000, json!({ "points": "max" }), "2026-03-02T18:00:00+09:00");
    assert_eq!((&second["paid_with_points"], &second["due"]), (&json!("400"), &json!("9600")));
    assert_eq!(second["earned"]["points"], "100");
    assert_eq!(second["balances"], json!({ "points": "100", "stamps": "1" }));
    // What was carried on is the pool's too: 8,000 + 9,600 + 9,000 won make one step of 25,000.
    let third = shop.sell(0, 2, "o3", 9_000, json!({}), "2026-03-03T10:00:00+09:00");
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
    let mut shop = Shop::new(&["mother", "family"]);
    shop.sell(0, 1, "o1", 8_000, json!({}), "2026-03-02T10:00:00+09:00");
    let later = shop.sell(0, 1, "o2", 8_000, json!({ "points": "max" }), "2027-03-03T10:00:00+09:00");
    assert_eq!(later["paid_with_points"], "0");
    assert_eq!(later["pool"]["overdue"][0]["change"]["type"], "points_expired");
    assert_eq!(shop.members[1]["wallets"]["points"]["expired"], "400");
    assert_eq!(shop.members[1]["version"], 5);
}

#[test]
fn a_pool_is_somebody_else_and_holds_shared_wallets() {
    let shop = Shop::new(&["mother", "family"]);
    let basket = json!({ "lines": [{ "sku": "rice", "price": "1000" }] });
    let now = "2026-03-02T10:00:00+09:00";
    let own = json!({ "member": shop.members[0], "pool": shop.members[0], "basket": basket, "now": now });
    let failure = shop.call("quote", &own).unwrap_err();
    assert_eq!((failure.code.as_str(), failure.path.as_str()), ("contradiction", "pool.id"));
    let guest = json!({ "id": "guest", "guest": true });
    let request = json!({ "member": guest, "pool": shop.members[1], "basket": basket, "now": now });
    assert_eq!(shop.call("quote", &request).unwrap_err().path, "pool");
    let alone = PROGRAM.replace("\"shared\": true, ", "");
    let alone = Shop { program: Program::from_json(&alone).unwrap(), members: shop.members.clone() };
    let request = json!({ "member": shop.members[0], "pool": shop.members[1], "basket": basket, "now": now });
    assert_eq!(alone.call("quote", &request).unwrap_err().path, "pool");
}
