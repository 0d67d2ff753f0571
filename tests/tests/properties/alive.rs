//! Offers that could never apply are refused when a program is loaded: what makes them so is left out.

use dangol::Program;
use serde_json::{Value, json};

use super::shop::lean;

/// The offer without the conditions and lines that leave it nothing to apply to.
pub(crate) fn alive(mut offer: Value) -> Value {
    let mut alone = offer.clone();
    alone["lane"] = Value::Null;
    let program = json!({
        "format": 1, "id": "one", "version": "1", "currency": "KRW", "digits": 3,
        "wallets": [{ "id": "points" }, { "id": "stamps" }],
        "tiers": { "window": "1 year", "tiers": [
            { "id": "basic" }, { "id": "silver", "enter": { "spend_at_least": "1" } }, { "id": "gold", "enter": { "spend_at_least": "2" } },
        ] },
        "offers": [lean(alone)],
    });
    let Err(error) = Program::from_json(&program.to_string()) else { return offer };
    for problem in error.problems().iter().filter(|problem| problem.message.contains("never applies")) {
        let path = problem.path.trim_start_matches("offers[0].");
        match path.split_once('.').map_or(path, |(field, _)| field) {
            "benefit" => {
                let parent = path.trim_end_matches(".lines").replace(['.', '['], "/").replace(']', "");
                if let Some(Value::Object(fields)) = offer.pointer_mut(&format!("/{parent}")) {
                    fields.remove("lines");
                }
            }
            field => offer[field] = Value::Null,
        }
    }
    lean(offer)
}
