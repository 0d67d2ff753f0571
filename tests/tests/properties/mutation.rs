//! No input panics: requests and programs that were broken at random are answered or refused, never more.

use dangol::wire::{self, Failure};
use dangol::{Member, Program};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::config;
use super::visit::{at, read, visit};

/// Something that is out of place nearly everywhere.
fn junk() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        Just(json!(0.1)),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[["deep"]]])),
        Just(json!({ "amount_off": "999999999999999" })),
        Just(json!({ "percent_off": "0.0001" })),
        Just(json!({ "after": "9999 years" })),
        Just(json!("999999999999999")),
        Just(json!("0.000000001")),
        Just(json!("-1")),
        Just(json!("9999-12-31")),
        // In place in some places, and then of another sense.
        Just(json!("2026-01-15")),
        Just(json!("2026-03-01T00:00:00Z")),
        Just(json!("7")),
        Just(json!("points")),
        Just(json!("op0")),
        Just(json!("-262143-01-01T00:00:00Z")),
        Just(json!("9999-12-31T23:59:60-23:59")),
        Just(json!("max")),
        "\\PC{0,12}".prop_map(Value::from),
        ".{0,3}".prop_map(Value::from),
    ]
}

/// How many places a document has.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum::<usize>(),
        Value::Object(fields) => fields.values().map(size).sum(),
        _ => 0,
    }
}

/// Puts something at the place of that number; what is left of the number where the document is smaller.
fn put(value: &mut Value, place: usize, junk: &Value) -> Result<(), usize> {
    let Some(mut left) = place.checked_sub(1) else {
        *value = junk.clone();
        return Ok(());
    };
    let below: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(fields) => fields.values_mut().collect(),
        _ => Vec::new(),
    };
    for child in below {
        match put(child, left, junk) {
            Ok(()) => return Ok(()),
            Err(rest) => left = rest,
        }
    }
    Err(left)
}

/// The document with some of its places filled with junk.
pub(crate) fn broken(mut value: Value, breaks: &[(Index, Value)]) -> Value {
    for (index, junk) in breaks {
        let place = index.index(size(&value));
        let _ = put(&mut value, place, junk);
    }
    value
}

/// What is refused says what and where.
pub(crate) fn told(result: Result<String, Failure>) -> Option<Value> {
    match result {
        Ok(reply) => Some(serde_json::from_str(&reply).unwrap_or_else(|error| panic!("{error} in {reply}"))),
        Err(failure) => {
            assert!(!failure.message.is_empty() && !failure.problems.is_empty(), "{failure:?}");
            None
        }
    }
}

pub(crate) fn breaks() -> impl Strategy<Value = Vec<(Index, Value)>> {
    proptest::collection::vec((any::<Index>(), junk()), 1..4)
}

proptest! {
    #![proptest_config(config(192))]

    /// Any verb takes any broken request; what it accepts it can book and fold, and the member that comes out goes in again.
    #[test]
    fn no_request_panics((shop, member, basket, hours) in visit(), breaks in breaks()) {
        let program = shop.program();
        let now = at(hours);
        let request = broken(json!({ "member": member, "basket": basket, "now": now }), &breaks);
        if let Some(quote) = told(wire::call(&program, "quote", &request.to_string())) {
            let placed = told(wire::call(&program, "place", &json!({ "quote": quote, "order": "o1" }).to_string())).unwrap();
            let apply = json!({ "member": request["member"], "events": placed["events"] });
            if let Some(member) = told(wire::call(&program, "apply", &apply.to_string())) {
                let _: Member = read(&member);
            }
            // Without its hash, as orders of older releases are, a broken order is looked at.
            let mut order = placed["order"].clone();
            let _ = order.as_object_mut().map(|order| order.remove("hash"));
            for returned in [json!({ "goods": { "lines": { "1": 1 } } }), json!("cancel"), json!("reopen")] {
                let refund = json!({ "member": request["member"], "order": order, "returned": returned, "now": now, "operation": "r1" });
                let refund = broken(refund, &breaks);
                if let Some(refunded) = told(wire::call(&program, "refund", &refund.to_string())) {
                    let again = json!({ "member": refund["member"], "order": broken(refunded["order"].clone(), &breaks), "returned": "cancel", "now": now, "operation": "r2" });
                    let _ = told(wire::call(&program, "refund", &again.to_string()));
                }
            }
            let _ = told(wire::call(&program, "explain", &json!({ "quote": broken(quote, &breaks) }).to_string()));
            let _ = told(wire::call(&program, "apply", &broken(apply, &breaks).to_string()));
        }
        let advance = broken(json!({ "member": member, "until": now }), &breaks);
        let _ = told(wire::call(&program, "advance", &advance.to_string()));
    }

    /// Text that is cut off or has other characters in it is read or refused.
    #[test]
    fn no_text_panics((shop, member, basket, hours) in visit(), cut in any::<Index>(), junk in "\\PC{0,4}") {
        let request = json!({ "member": member, "basket": basket, "now": at(hours) }).to_string();
        let places: Vec<usize> = request.char_indices().map(|(place, _)| place).collect();
        let (head, tail) = request.split_at(places[cut.index(places.len())]);
        let program = shop.program();
        let _ = told(wire::call(&program, "quote", head));
        let _ = told(wire::call(&program, "quote", &format!("{head}{junk}{tail}")));
        let _ = Program::from_json(&format!("{head}{junk}{tail}"));
        let _ = Program::from_toml(&format!("{head}{junk}{tail}"));
    }

    /// A broken program is refused with problems that have a message, or it can be used.
    #[test]
    fn no_program_panics((shop, member, basket, hours) in visit(), breaks in breaks()) {
        match Program::from_json(&broken(shop.file, &breaks).to_string()) {
            Ok(program) => {
                let _ = program.quote(&read(&member), &read(&basket), at(hours));
                let _ = program.advance(&read(&member), at(hours));
            }
            Err(error) => prop_assert!(error.problems().iter().all(|problem| !problem.message.is_empty())),
        }
    }
}
