//! zen-engine: a decision table over all lines, and its expressions by themselves.

use std::hint::black_box;

use dangol_benches::Outcome;
use dangol_benches::fixture::{Scope, When};
use dangol_benches::measure::Task;
use futures::executor::block_on;
use serde_json::{Map, Value, json};
use zen_engine::DecisionEngine;
use zen_engine::model::DecisionContent;
use zen_expression::{Isolate, Variable};

use crate::rules::{Pair, Shop};

/// The decision table with all rules, asked once for all lines; its input is made before the clock starts.
pub fn table(name: &str, shop: &Shop) -> Outcome<Task> {
    let content: DecisionContent = serde_json::from_value(content(shop))?;
    let mut decision = DecisionEngine::default().create_decision(content.into())?;
    decision.compile();
    let input: Variable = json!({ "lines": shop.joined() }).into();
    let result = block_on(decision.evaluate(input.clone())).map_err(|error| format!("{error:?}"))?.result;
    shop.check(name, matched(&result.into(), shop))?;
    Ok(Task::new(name, move || {
        let _ = black_box(block_on(decision.evaluate(black_box(input.clone()))).map(|reply| reply.result));
    }))
}

/// The columns of the table: the fact and the number of the column.
const COLUMNS: [&str; 8] = ["category", "sku", "brand", "tier", "channel", "weekday", "minute", "subtotal"];

fn content(shop: &Shop) -> Value {
    let rules = shop.rules.iter().enumerate().map(|(number, rule)| {
        let (when, lines) = (&rule.when, &rule.lines);
        let cells = [
            lines.categories.as_deref().map(quoted),
            lines.skus.as_deref().map(quoted),
            lines.brands.as_deref().map(quoted),
            when.tiers.as_deref().map(quoted),
            when.channels.as_deref().map(quoted),
            when.weekdays.as_deref().map(numbers),
            when.minutes.map(|[from, until]| format!("[{from}..{until})")),
            when.min_spend.map(|spend| format!(">= {spend}")),
        ];
        let cells = COLUMNS.iter().zip(cells).map(|(id, cell)| ((*id).to_owned(), cell.unwrap_or_default().into()));
        let mut row: Map<String, Value> = cells.collect();
        row.insert("_id".into(), rule.id.clone().into());
        row.insert("rule".into(), number.to_string().into());
        Value::from(row)
    });
    let inputs = COLUMNS.map(|field| json!({ "id": field, "name": field, "field": field }));
    let node = |id: &str, kind: &str| json!({ "id": id, "name": id, "type": kind, "position": { "x": 0, "y": 0 } });
    let mut table = node("table", "decisionTableNode");
    table["content"] = json!({
        "hitPolicy": "collect", "passThrough": false, "executionMode": "loop", "inputField": "lines", "outputPath": "matched",
        "inputs": inputs, "outputs": [{ "id": "rule", "name": "rule", "field": "rule" }], "rules": rules.collect::<Vec<_>>(),
    });
    let edge = |id: &str, from: &str, to: &str| json!({ "id": id, "type": "edge", "sourceId": from, "targetId": to });
    json!({
        "nodes": [node("in", "inputNode"), table, node("out", "outputNode")],
        "edges": [edge("e1", "in", "table"), edge("e2", "table", "out")],
    })
}

fn matched(result: &Value, shop: &Shop) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for line in 0..shop.lines.len() {
        let rows = result["matched"][line].as_array().into_iter().flatten();
        pairs.extend(rows.filter_map(|row| Some((usize::try_from(row["rule"].as_u64()?).ok()?, line))));
    }
    pairs
}

/// Its compiled expressions without the engine around them, driven by a loop: once for the visit, then for each line.
pub fn expressions(name: &str, shop: &Shop) -> Outcome<Task> {
    let mut isolate = Isolate::new();
    let mut rules = Vec::new();
    for rule in &shop.rules {
        let mut compiled = |text: Option<String>| {
            text.map(|text| isolate.compile_standard(&text)).transpose().map_err(|error| format!("{error:?}"))
        };
        rules.push((compiled(visit(&rule.when))?, compiled(line(&rule.lines))?));
    }
    let (visit, lines): (Variable, Vec<Variable>) =
        (shop.visit.clone().into(), shop.lines.iter().cloned().map(Variable::from).collect());
    let mut active = Vec::new();
    shop.driven(name, move |pairs| {
        active.clear();
        pairs.clear();
        isolate.set_environment(visit.clone());
        for (number, (when, _)) in rules.iter().enumerate() {
            if when.as_ref().is_none_or(|when| isolate.run_compiled(when.bytecode()).is_ok_and(|it| it.as_bool() == Some(true))) {
                active.push(number);
            }
        }
        for (place, line) in lines.iter().enumerate() {
            isolate.set_environment(line.clone());
            for number in &active {
                if rules[*number].1.as_ref().is_none_or(|it| isolate.run_compiled(it.bytecode()).is_ok_and(|it| it.as_bool() == Some(true))) {
                    pairs.push((*number, place));
                }
            }
        }
    })
}

fn visit(when: &When) -> Option<String> {
    joined([
        when.tiers.as_deref().map(|names| format!("tier in [{}]", quoted(names))),
        when.channels.as_deref().map(|names| format!("channel in [{}]", quoted(names))),
        when.weekdays.as_deref().map(|days| format!("weekday in [{}]", numbers(days))),
        when.minutes.map(|[from, until]| format!("minute >= {from} and minute < {until}")),
        when.min_spend.map(|spend| format!("subtotal >= {spend}")),
    ])
}

fn line(scope: &Scope) -> Option<String> {
    joined([
        scope.categories.as_deref().map(|names| format!("category in [{}]", quoted(names))),
        scope.skus.as_deref().map(|names| format!("sku in [{}]", quoted(names))),
        scope.brands.as_deref().map(|names| format!("brand in [{}]", quoted(names))),
    ])
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" and "))
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

fn numbers(numbers: &[u8]) -> String {
    numbers.iter().map(u8::to_string).collect::<Vec<_>>().join(", ")
}
