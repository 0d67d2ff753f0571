//! What is expected against what came out, key by key: a key that is not known here is a word that is not supported.

mod lines;
mod points;
mod prices;
mod probe;
mod returns;
mod tiers;
mod units;

use dangol::{Amount, Code};
use serde_json::{Value, json};

use super::Stop;
use super::asked::Plan;
use super::engine::Engine;
use super::file::Given;
use super::keys::number;
use super::steps::Run;

/// Everything that is not as expected, in a line each.
pub(super) fn compare(given: &Given, plan: &Plan, run: &Run) -> Result<Vec<String>, Stop> {
    let mut wrong = Vec::new();
    for (key, expected) in &given.expected {
        let known = match returns::actual(key, plan, run)? {
            Some(actual) => Some(actual),
            None => points::actual(key, plan, run)?,
        };
        let actual = match known {
            Some(actual) => Some(actual),
            None => match prices::actual(key, &given.expected, plan, run)? {
                Some(actual) => Some(actual),
                None => match tiers::actual(key, plan, run)? {
                    Some(actual) => Some(actual),
                    None => probe::actual(key, expected, plan, run)?,
                },
            },
        };
        let actual = actual.ok_or_else(|| Stop::Unsupported(format!("expected.{key}")))?;
        if !same(expected, &actual, plan.tolerance) {
            wrong.push(format!("{key}: expected {expected}, actual {actual}"));
        }
    }
    Ok(wrong)
}

/// Where a case expects nothing but that its rules are a mistake: what is not so. Nothing for other cases.
pub(super) fn mistaken(given: &Given, plan: &Plan) -> Option<Vec<String>> {
    let expected = given.expected.get("error").filter(|_| given.expected.len() == 1)?;
    let problems = Engine::problems(&plan.program);
    // Two rules of which nothing says which comes first.
    let tie = |(code, path): &(Code, String)| {
        *code == Code::Contradiction && path.starts_with("offers[") && path.ends_with(".priority")
    };
    let word = match problems.as_slice() {
        [] => return None,
        problems if problems.iter().all(tie) => json!("ambiguous_rules"),
        other => json!(format!("{other:?}")),
    };
    Some(if word == *expected {
        Vec::new()
    } else {
        vec![format!("error: expected {expected}, actual {word}")]
    })
}

/// Numbers are equal by worth, within the tolerance; a number that an object does not name is nothing.
fn same(expected: &Value, actual: &Value, tolerance: Amount) -> bool {
    if let (Some(expected), Some(actual)) = (within(expected, tolerance), number(actual)) {
        let apart = if expected > actual { expected.minus(actual) } else { actual.minus(expected) };
        return apart.is_ok_and(|apart| apart <= tolerance);
    }
    match (expected, actual) {
        (Value::Array(expected), Value::Array(actual)) => {
            expected.len() == actual.len()
                && expected.iter().zip(actual).all(|(expected, actual)| same(expected, actual, tolerance))
        }
        (Value::Object(expected), Value::Object(actual)) => {
            let names = expected.keys().chain(actual.keys());
            names.into_iter().all(|name| {
                let (expected, actual) = (expected.get(name), actual.get(name));
                let nothing = if [expected, actual].iter().flatten().any(|value| value.is_object()) {
                    json!({})
                } else {
                    json!("0")
                };
                same(expected.unwrap_or(&nothing), actual.unwrap_or(&nothing), tolerance)
            })
        }
        _ => expected == actual,
    }
}

/// A number, of which the digits are cut off that the tolerance covers.
fn within(expected: &Value, tolerance: Amount) -> Option<Amount> {
    let finest = Amount::new(1, 9).ok().filter(|finest| *finest <= tolerance);
    match (number(expected), expected.as_str(), finest) {
        (None, Some(text), Some(_)) => {
            let (whole, fraction) = text.split_once('.')?;
            let digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
            format!("{whole}.{}", fraction.get(..9)?).parse().ok().filter(|_| digits)
        }
        (known, ..) => known,
    }
}
