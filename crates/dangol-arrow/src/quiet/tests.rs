//! That members for whom nothing is due are told from their columns, and others are not.

use arrow_array::StructArray;
use dangol::{Member, Program};
use serde_json::{Value, json};

use super::QuietColumns;
use crate::node::Node;
use crate::{columns_of, member_schema};

const PROGRAM: &str = r#"{ "format": 1, "id": "p", "version": "1", "currency": "EUR", "zone": "Asia/Seoul",
    "wallets": [{ "id": "points" }], "accruals": [{ "id": "base", "award": { "percent": "100" } }],
    "tiers": { "window": "365 days", "validity": { "after": "365 days" }, "tiers": [
        { "id": "base" }, { "id": "gold", "enter": { "points_at_least": { "points": 100 } } }] } }"#;

/// Whether the member is told to have nothing due on the night before 14 March 2026.
fn told(change: &Value) -> bool {
    let mut member = json!({
        "id": "m", "version": 3, "at": "2026-03-01T09:00:00Z",
        "tiers": { "status": { "tier": "gold", "since": "2025-06-01", "until": "2026-06-01" } },
        "activity": [{ "on": "2026-03-01", "points": { "points": "120" } }],
        "wallets": { "points": { "lots": [
            { "id": "l", "earned_at": "2026-03-01T09:00:00Z", "expires_on": "2026-03-14", "points": "120" }] } }
    });
    for (name, value) in change.as_object().unwrap() {
        member[name] = value.clone();
    }
    let program = Program::from_json(PROGRAM).unwrap();
    let member: Member = serde_json::from_value(member).unwrap();
    let until = "2026-03-13T15:00:00Z".parse().unwrap();
    let quiet = program.quiet(until).unwrap();
    let table = columns_of(&program, std::slice::from_ref(&member)).unwrap();
    let node = Node::table(&StructArray::from(table)).unwrap();
    let told = QuietColumns::new(&quiet, &node, member_schema(&program)).unwrap().is_quiet(0);
    if told {
        assert_eq!(program.advance(&member, until).unwrap(), []);
    }
    told
}

fn status(standing: Value) -> Value {
    json!({ "tiers": { "status": standing } })
}

#[test]
fn a_usual_member_is_quiet() {
    assert!(told(&json!({})));
    assert!(told(&json!({ "wallets": {} })));
    assert!(told(&status(json!({ "tier": "gold" }))), "what keeps the tier is reached all the while");
    assert!(told(&json!({ "tiers": {}, "activity": [] })));
}

#[test]
fn a_member_in_doubt_is_not() {
    let lot = |more: Value| {
        let mut lot = json!({ "id": "l", "earned_at": "2026-03-01T09:00:00Z", "points": "120" });
        for (name, value) in more.as_object().unwrap() {
            lot[name] = value.clone();
        }
        json!({ "wallets": { "points": { "lots": [lot] } } })
    };
    assert!(!told(&lot(json!({ "expires_on": "2026-03-13" }))));
    assert!(told(&lot(json!({ "expires_on": "2026-03-13", "grace_until": "2026-03-20" }))));
    assert!(!told(&lot(json!({ "expires_on": "2026-03-01", "grace_until": "2026-03-13" }))));
    assert!(!told(&json!({ "at": "2026-03-13T15:00:01Z" })));
    assert!(!told(&status(json!({ "tier": "gold", "until": "2026-03-13" }))));
    assert!(!told(&status(json!({ "tier": "gold", "falls_on": "2026-03-20" }))));
    assert!(!told(&status(json!({ "tier": "base" }))), "more is reached than the tier that is held");
    assert!(!told(&status(json!({ "tier": "gone" }))));
    assert!(
        !told(&json!({ "tiers": { "status": { "tier": "gold" } }, "activity": [] })),
        "nothing keeps the tier"
    );
    assert!(!told(&json!({ "wallets": { "points": { "deficit": "5", "spent": "5" } } })));
}
