//! What awards come to on parts of an order, with multipliers and rounding.

use serde_json::Value;

use super::accrual::{Part, matches};
use super::number::{Q, smallest, sum};

/// The exact points of an award on so much money and so many units.
fn exact(award: &Value, money: Q, units: Q) -> Q {
    let hundred = Q::whole(100);
    let (word, value) = award.as_object().unwrap().iter().next().unwrap();
    match word.as_str() {
        "percent" => money.times(Q::of(value)).over(hundred),
        "per_unit" => units.times(Q::of(value)),
        "per_amount" => {
            let steps = money.over(Q::of(&value["amount"]));
            let steps = match value["steps"].as_str() {
                Some("proportional") => steps,
                Some("started") => steps.rounded("up", Q::ONE),
                _ => steps.floor(),
            };
            steps.times(Q::of(&value["points"]))
        }
        "bands" => {
            let (mut points, mut below) = (Q::ZERO, Q::ZERO);
            for band in value.as_array().unwrap() {
                let end = if band["up_to"].is_null() { money } else { money.min(Q::of(&band["up_to"])) };
                let part = end.minus(below).max(Q::ZERO);
                points = points.plus(part.times(Q::of(&band["percent"])).over(hundred));
                below = below.max(end);
            }
            points
        }
        other => panic!("{other} is not about goods"),
    }
}

fn is(award: &Value, words: &[&str]) -> bool {
    words.iter().any(|word| award.get(word).is_some())
}

/// The factor of a part, and whether any multiplier is about it.
fn factor(program: &Value, rule: &Value, wallet: &Value, lines: &Value, part: &Part) -> Option<Q> {
    let mut factors = vec![];
    for multiplier in program["multipliers"].as_array().into_iter().flatten() {
        let names = &multiplier["accruals"];
        let mine = names.is_null() || names.as_array().unwrap().contains(&rule["id"]);
        let of = multiplier["wallet"].as_str().unwrap_or("points") == wallet["id"].as_str().unwrap();
        let covers = match (&multiplier["lines"], part.line) {
            (Value::Null, _) => true,
            (_, None) => false,
            (selector, Some(line)) => matches(selector, &lines[line]),
        };
        if mine && of && covers {
            factors.push(Q::of(&multiplier["factor"]));
        }
    }
    if factors.is_empty() {
        return None;
    }
    Some(match wallet["multipliers"].as_str() {
        Some("sum") => sum(factors.iter().map(|factor| factor.minus(Q::ONE))).plus(Q::ONE).max(Q::ZERO),
        Some("product") => factors.into_iter().fold(Q::ONE, Q::times),
        _ => factors.into_iter().max().unwrap(),
    })
}

/// The points of a rule on these parts, rounded, of which money counted before is a part too.
pub(crate) fn points(
    program: &Value,
    rule: &Value,
    wallet: &Value,
    lines: &Value,
    parts: &[Part],
    before: Q,
) -> Q {
    let award = &rule["award"];
    if let Some(fixed) = award.get("fixed") {
        return Q::of(fixed);
    }
    let rounding = &wallet["rounding"];
    let unit =
        if rounding["unit"].is_null() { smallest(&wallet["digits"]) } else { Q::of(&rounding["unit"]) };
    let rounded = |points: Q| points.max(Q::ZERO).rounded(rounding["mode"].as_str().unwrap_or("down"), unit);
    let over = rule["over"].as_str().is_some_and(|over| over != "order");
    let factors: Vec<Option<Q>> = parts
        .iter()
        .map(|part| if over { None } else { factor(program, rule, wallet, lines, part) })
        .collect();
    let multiplied = factors.iter().any(Option::is_some);
    let (money, units) = (sum(parts.iter().map(|part| part.money)), sum(parts.iter().map(|part| part.units)));
    if is(award, &["per_unit"]) && !multiplied {
        return exact(award, money, units);
    }
    let factors: Vec<Q> = factors.into_iter().map(|factor| factor.unwrap_or(Q::ONE)).collect();
    if rounding["at"] == "line" && !over && !is(award, &["bands"]) {
        let one = |(part, factor): (&Part, &Q)| rounded(exact(award, part.money, part.units).times(*factor));
        return sum(parts.iter().zip(&factors).map(one));
    }
    // All of it once, and for the lines of each factor the award on them times the factor less one.
    let mut points = exact(award, before.plus(money), units);
    let mut kinds = factors.clone();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let own = || parts.iter().zip(&factors).filter(|(_, factor)| **factor == kind).map(|(part, _)| part);
        let group = exact(award, sum(own().map(|part| part.money)), sum(own().map(|part| part.units)));
        points = points.plus(group.times(kind.minus(Q::ONE)));
    }
    rounded(points)
}
