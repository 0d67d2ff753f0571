//! datalogic-rs: JSONLogic, compiled once, driven by a loop: once for the visit, then for each line.

use dangol_benches::Outcome;
use dangol_benches::fixture::{Scope, When};
use dangol_benches::measure::Task;
use datalogic_rs::{Engine, ParsedData};
use serde_json::{Value, json};

use crate::rules::Shop;

pub fn task(name: &str, shop: &Shop) -> Outcome<Task> {
    // A session borrows its engine, and a task lives as long as it likes.
    let engine: &'static Engine = Box::leak(Box::new(Engine::new()));
    let compiled = |conditions: Vec<Value>| {
        let text = (!conditions.is_empty()).then(|| json!({ "and": conditions }).to_string());
        text.map(|text| engine.compile(text.as_str())).transpose().map_err(|error| format!("{error:?}"))
    };
    let mut rules = Vec::new();
    for rule in &shop.rules {
        rules.push((compiled(visit(&rule.when)?)?, compiled(line(&rule.lines))?));
    }
    let parsed = |facts: &Value| ParsedData::from_json(&facts.to_string()).map_err(|error| format!("{error:?}"));
    let visit = parsed(&shop.visit)?;
    let lines = shop.lines.iter().map(parsed).collect::<Result<Vec<_>, _>>()?;
    let (mut session, mut active) = (engine.session(), Vec::new());
    shop.driven(name, move |pairs| {
        active.clear();
        pairs.clear();
        for (number, (when, _)) in rules.iter().enumerate() {
            if when.as_ref().is_none_or(|it| session.eval_borrowed(it, &visit).is_ok_and(|it| it.as_bool() == Some(true))) {
                active.push(number);
            }
        }
        for (place, line) in lines.iter().enumerate() {
            for number in &active {
                if rules[*number].1.as_ref().is_none_or(|it| session.eval_borrowed(it, line).is_ok_and(|it| it.as_bool() == Some(true))) {
                    pairs.push((*number, place));
                }
            }
        }
        session.reset();
    })
}

fn visit(when: &When) -> Outcome<Vec<Value>> {
    let mut all = Vec::new();
    all.extend(when.tiers.as_ref().map(|names| one_of("tier", json!(names))));
    all.extend(when.channels.as_ref().map(|names| one_of("channel", json!(names))));
    all.extend(when.weekdays.as_ref().map(|days| one_of("weekday", json!(days))));
    if let Some([from, until]) = when.minutes {
        all.push(json!({ ">=": [{ "var": "minute" }, from] }));
        all.push(json!({ "<": [{ "var": "minute" }, until] }));
    }
    if let Some(spend) = when.min_spend {
        all.push(json!({ ">=": [{ "var": "subtotal" }, spend.to_string().parse::<f64>()?] }));
    }
    Ok(all)
}

fn line(scope: &Scope) -> Vec<Value> {
    let lists = [("category", &scope.categories), ("sku", &scope.skus), ("brand", &scope.brands)];
    lists.into_iter().filter_map(|(fact, names)| Some(one_of(fact, json!(names.as_ref()?)))).collect()
}

fn one_of(fact: &str, values: Value) -> Value {
    json!({ "in": [{ "var": fact }, values] })
}
