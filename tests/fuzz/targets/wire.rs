//! Any text at the one door: it never panics, and what it makes fits.
//!
//! The first byte chooses the verb. Where a request is answered with events, they must fit the member that they were
//! made for; what a quote says must be what its order books.
#![no_main]

use std::sync::LazyLock;

use dangol::{Program, wire};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

static PROGRAM: LazyLock<Program> =
    LazyLock::new(|| Program::from_json(include_str!("../program.json")).expect("the program is right"));

/// The reply of a verb to a request that the library's own replies make up, which it must not refuse.
fn call(verb: &str, request: &Value) -> Value {
    let reply = wire::call(&PROGRAM, verb, &request.to_string());
    let reply = reply.unwrap_or_else(|failure| panic!("{verb} refuses its own: {failure}\n{request}"));
    serde_json::from_str(&reply).expect("a reply is JSON")
}

/// Events that were made for a member fit it, and fit only once.
fn fold(member: &Value, events: &Value) {
    let Some(events) = events.as_array() else { return };
    let own = events.iter().filter(|event| event["member"] == member["id"]);
    let own = Value::from(own.cloned().collect::<Vec<_>>());
    let after = call("apply", &json!({ "member": member, "events": own }));
    let again = call("apply", &json!({ "member": after, "events": own }));
    assert_eq!(after, again, "the same events twice");
}

fuzz_target!(|data: &[u8]| {
    let Some((choice, text)) = data.split_first() else { return };
    let verb = wire::VERBS[usize::from(*choice) % wire::VERBS.len()];
    let Ok(text) = std::str::from_utf8(text) else { return };
    let Ok(reply) = wire::call(&PROGRAM, verb, text) else { return };
    let reply: Value = serde_json::from_str(&reply).expect("a reply is JSON");
    let Ok(request) = serde_json::from_str::<Value>(text) else { return };
    match verb {
        "quote" if request.get("pool").is_none() => {
            call("explain", &json!({ "quote": reply, "lang": "ko" }));
            // An order under a name that the member remembers is another matter.
            let placed = call("place", &json!({ "quote": reply, "order": "fuzz/never/used/before" }));
            fold(&request["member"], &placed["events"]);
        }
        "act" | "advance" => {
            call("describe", &json!({ "events": reply["events"], "lang": "ko" }));
            fold(&request["member"], &reply["events"]);
        }
        _ => {}
    }
});
