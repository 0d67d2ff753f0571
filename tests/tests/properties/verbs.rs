//! No input panics, for every verb and for members with a history: what is accepted leads to what can be read again.

use dangol::wire;
use dangol::{Change, Event, Instant, Member, Program, Quote};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::config;
use super::deed::{Life, life};
use super::mutation::{breaks, broken, told};
use super::visit::{at, read};

/// What a life leaves to ask about.
struct Left {
    program: Program,
    /// Requests that were answered.
    asked: Vec<(&'static str, Value)>,
}

fn left(life: &Life) -> Left {
    let mut deeds: Vec<(Member, Vec<Event>)> = Vec::new();
    let mut asked = Vec::new();
    let (members, hours) = life.live(|done| {
        let me = &done.before[done.me];
        deeds.push((me.clone(), done.events.iter().filter(|event| event.member == me.id).cloned().collect()));
        if let Some((action, acted)) = &done.acted {
            let (operation, now) = (&acted.operation, done.now);
            asked
                .push(("act", json!({ "member": me, "action": action, "now": now, "operation": operation })));
        }
        if let Some(quote) = &done.quote {
            asked.push(("place", json!({ "quote": quote, "order": "new" })));
            asked.push(("explain", json!({ "quote": quote, "lang": "ko" })));
            returns(quote, done.now, me, &mut asked);
        }
    });
    for (member, events) in &deeds {
        asked.push(("apply", json!({ "member": member, "events": events })));
        asked.push(("statement", json!({ "member": member, "events": events, "until": at(hours + 50) })));
        let changes: Vec<&Change> = events.iter().map(|event| &event.change).collect();
        asked.push(("describe", json!({ "events": events, "changes": changes })));
    }
    let later = at(hours + 500);
    for member in &members {
        asked.push(("balance", json!({ "member": member, "at": later })));
        asked.push(("advance", json!({ "member": member, "until": later })));
        let rule = json!({ "id": "away", "recency_at_most": 1, "dormant": true });
        let bands = json!({ "recency": [7, 30], "dormant": "30 days", "segments": [rule] });
        asked.push(("segments", json!({ "member": member, "at": later, "bands": bands })));
        asked.push(("notices", json!({ "member": member, "from": "2026-01-01", "until": "2027-12-31" })));
    }
    let cut = json!({ "at": { "above_average": { "percent": "120" } }, "ties": "exclude", "digits": 2 });
    let counted = json!([{ "value": "2.5", "count": 3 }]);
    asked.push(("cutoff", json!({ "values": ["1", "20"], "counted": counted, "cut": cut })));
    asked.push(("liability", json!({ "members": members, "at": later, "rate": "85" })));
    Left { program: life.shop.program(), asked }
}

/// What can be asked about goods that come back, and of tills that did not know of each other.
fn returns(quote: &Quote, now: Instant, me: &Member, asked: &mut Vec<(&'static str, Value)>) {
    let placed = quote.clone().place(read(&json!("new")));
    let mut after = me.clone();
    let own: Vec<Event> = placed.events.iter().filter(|event| event.member == me.id).cloned().collect();
    after.apply_all(&own).unwrap_or_else(|error| panic!("{error}"));
    let order = &placed.order;
    let lines = quote.lines.iter().map(|line| (line.id.to_string(), json!(line.quantity)));
    let goods = json!({ "goods": { "lines": lines.take(2).collect::<serde_json::Map<_, _>>() } });
    for returned in [goods.clone(), json!("cancel"), json!("void"), json!("reopen")] {
        let refund =
            json!({ "member": after, "order": order, "returned": returned, "now": now, "operation": "back" });
        asked.push(("refund", refund));
    }
    let basket = json!({ "lines": [{ "sku": "a", "price": "20" }] });
    let half = json!({ "member": after, "order": order, "returned": goods, "now": now });
    let mut exchange = half.clone();
    exchange["basket"] = basket;
    exchange["exchange"] = json!("newer");
    asked.push(("exchange", exchange));
    let refund = json!({ "order": order, "returned": goods, "now": now, "operation": "back" });
    let grant = json!({ "grant": { "points": "5", "reason": "sorry" } });
    let action = json!({ "action": grant, "now": now, "operation": "sorry" });
    let done = json!([{ "refund": refund }, { "order": order }, { "action": action }, { "order": order }]);
    asked.push(("merge", json!({ "member": me, "done": done })));
}

/// Members that come out go in again, and what is decided about them fits them.
fn goes_on(program: &Program, verb: &str, request: &Value, reply: &Value) {
    let member = match verb {
        "apply" => reply.clone(),
        "merge" => reply["member"].clone(),
        "act" | "advance" | "refund" | "exchange" => {
            let member = &request["member"];
            let own = |event: &&Value| event["member"] == member["id"];
            let events: Vec<&Value> = reply["events"].as_array().into_iter().flatten().filter(own).collect();
            let apply = json!({ "member": member, "events": events }).to_string();
            let after = wire::call(program, "apply", &apply);
            let after = after.unwrap_or_else(|failure| panic!("{failure} in {apply}"));
            serde_json::from_str(&after).unwrap_or(Value::Null)
        }
        _ => return,
    };
    // An order that comes out goes in again: the same once more changes nothing.
    if verb == "refund" && reply["returned"].is_object() {
        let mut again = request.clone();
        again["order"] = reply["order"].clone();
        let again = told(wire::call(program, verb, &again.to_string())).unwrap_or(Value::Null);
        assert_eq!((&again["repeated"], &again["order"]), (&json!(true), &reply["order"]), "{request}");
    }
    let member: Member = read(&member);
    let _ = program.advance(&member, at(200_000));
}

proptest! {
    #![proptest_config(config(24))]

    /// Any verb takes any broken request.
    #[test]
    fn no_verb_panics(life in life(9), picks in proptest::collection::vec((any::<Index>(), breaks()), 8)) {
        let left = left(&life);
        for (pick, breaks) in picks {
            let (verb, request) = &left.asked[pick.index(left.asked.len())];
            let request = broken(request.clone(), &breaks);
            if let Some(reply) = told(wire::call(&left.program, verb, &request.to_string())) {
                goes_on(&left.program, verb, &request, &reply);
            }
        }
    }

    /// Every request as it is gets an answer, and what it says fits.
    #[test]
    fn every_verb_answers(life in life(7)) {
        let left = left(&life);
        for (verb, request) in &left.asked {
            let reply = told(wire::call(&left.program, verb, &request.to_string()));
            prop_assert!(reply.is_some(), "{verb}");
            goes_on(&left.program, verb, request, &reply.unwrap());
        }
    }
}
