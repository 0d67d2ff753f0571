//! A shop with its members, through the door that every language uses.

use dangol::{Program, wire};
use serde_json::{Value, json};

pub(super) const MART: &str = r#"{
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

/// A shop with the members and the orders as they were stored.
pub(super) struct Shop {
    pub(super) program: Program,
    pub(super) members: Vec<Value>,
    /// The latest order, with its returns.
    pub(super) order: Value,
}

impl Shop {
    pub(super) fn new(program: &str, members: &[Value]) -> Shop {
        Shop { program: Program::from_json(program).unwrap(), members: members.to_vec(), order: Value::Null }
    }

    pub(super) fn call(&self, verb: &str, request: &Value) -> Result<Value, wire::Failure> {
        Ok(serde_json::from_str(&wire::call(&self.program, verb, &request.to_string())?).unwrap())
    }

    /// Quotes for a member, with or without a pool, places it, and applies each event to its own member.
    pub(super) fn sell(
        &mut self,
        pool: Option<usize>,
        who: usize,
        order: &str,
        basket: Value,
        day: &str,
    ) -> Value {
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

    pub(super) fn ask(
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
    pub(super) fn back(
        &mut self,
        who: usize,
        others: &[usize],
        returned: &str,
        named: (&str, &str),
    ) -> Value {
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

pub(super) fn at(day: &str) -> String {
    format!("{day}:00:00+09:00")
}

pub(super) fn rice(won: u32) -> Value {
    json!({ "lines": [{ "sku": "rice", "price": won.to_string() }] })
}

pub(super) fn paid(won: u32) -> Value {
    let mut basket = rice(won);
    basket["points"] = json!({ "points": "max" });
    basket
}

/// Members of the mart who have nothing yet.
pub(super) fn members(ids: &[&str]) -> Shop {
    Shop::new(MART, &ids.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>())
}
