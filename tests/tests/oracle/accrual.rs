//! What an order earns: what counts for each rule, what it makes, and what limits, groups and budgets leave of it.

use chrono::Datelike;
use serde_json::Value;

use super::calendar::Day;
use super::multiply::points;
use super::number::{Q, smallest, split, sum};

/// What of an order counts: of one line, or of what belongs to none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) line: Option<usize>,
    pub(crate) money: Q,
    pub(crate) units: Q,
}

/// What one line costs: before offers, after them, and what points pay of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Price {
    pub(crate) gross: Q,
    pub(crate) net: Q,
    pub(crate) paid: Q,
}

/// An order with its prices, on a day.
#[derive(Clone, Debug)]
pub(crate) struct Sale {
    pub(crate) basket: Value,
    pub(crate) prices: Vec<Price>,
    pub(crate) day: Day,
    /// What can be used of `points` and of `stamps` after what the order spends.
    pub(crate) balance: [Q; 2],
}

/// What a rule counted and granted on a day.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    rule: String,
    wallet: String,
    day: Day,
    counted: Q,
    points: Q,
}

/// Whether a selector is about a line.
pub(crate) fn matches(selector: &Value, line: &Value) -> bool {
    let any = |names: &Value, own: &Value| {
        own.as_array().into_iter().flatten().any(|name| names.as_array().unwrap().contains(name))
    };
    let wanted = selector["tags"].is_null() || any(&selector["tags"], &line["tags"]);
    let left_out = !selector["except"]["tags"].is_null() && any(&selector["except"]["tags"], &line["tags"]);
    wanted && !left_out
}

/// Whether two days lie in the same span.
fn together(span: &str, one: Day, other: Day) -> bool {
    match span {
        "day" => one == other,
        "week" => one.iso_week() == other.iso_week(),
        "month" => (one.year(), one.month()) == (other.year(), other.month()),
        "year" => one.year() == other.year(),
        "lifetime" => true,
        _ => false,
    }
}

/// What counts for a rule; nothing where it may not grant any points.
fn parts(program: &Value, rule: &Value, wallet: &Value, sale: &Sale) -> Option<Vec<Part>> {
    let base = if rule["base"].is_null() { &wallet["base"] } else { &rule["base"] };
    let says = |field: &str, word: &str| base[field] == word;
    let lines = sale.basket["lines"].as_array().unwrap();
    let touched = |price: &Price| price.net != price.gross;
    if says("discounts", "undiscounted_orders") && sale.prices.iter().any(touched) {
        return None;
    }
    if says("points_paid", "no_accrual") && sale.prices.iter().any(|price| !price.paid.is_zero()) {
        return None;
    }
    let minor = smallest(&program["x_digits"]);
    let mut parts = vec![];
    for (number, (line, price)) in lines.iter().zip(&sale.prices).enumerate() {
        let selected = rule["lines"].is_null() || matches(&rule["lines"], line);
        if !selected || line["earns"] == false || (says("discounts", "undiscounted_lines") && touched(price))
        {
            continue;
        }
        let before = if says("discounts", "before") { price.gross } else { price.net };
        let mut money = if says("points_paid", "included") { before } else { before.minus(price.paid) };
        if says("tax", "excluded") && !price.gross.is_zero() {
            let share = Q::of(&line["tax"]).times(money).over(price.gross);
            money = money.minus(share.rounded("half_up", minor));
        }
        let quantity = Q::of(&line["quantity"]);
        let whole = quantity.rest().is_zero() && price.net > Q::ZERO;
        parts.push(Part { line: Some(number), money, units: if whole { quantity } else { Q::ZERO } });
    }
    if parts.is_empty() {
        return None;
    }
    for charge in ["shipping", "fees"] {
        if rule["lines"].is_null() && says(charge, "included") {
            parts.push(Part { line: None, money: Q::of(&sale.basket[charge]), units: Q::ZERO });
        }
    }
    if let Some(names) = rule["tenders"].as_array() {
        let mut tenders: Vec<(&String, &Value)> =
            sale.basket["tenders"].as_object().into_iter().flatten().collect();
        tenders.sort_by_key(|(id, _)| super::account::by_name(id));
        let weights: Vec<Q> = tenders.iter().map(|(_, money)| Q::of(money)).collect();
        let own = |id: &str| names.iter().any(|name| name == id);
        if !tenders.iter().any(|(id, _)| own(id)) {
            return None;
        }
        let shares = split(&Value::Null, sum(parts.iter().map(|part| part.money)), &weights, minor);
        let mine = sum(tenders.iter().zip(shares).filter(|((id, _), _)| own(id)).map(|(_, share)| share));
        let how = &program["discounts"]["split"];
        let money: Vec<Q> = parts.iter().map(|part| part.money).collect();
        for (part, money) in parts.iter_mut().zip(split(how, mine, &money, minor)) {
            part.money = money;
        }
    }
    Some(parts)
}

/// What limits leave of points, given what was granted in each span.
fn limited(limits: &Value, points: Q, used: impl Fn(&str) -> (Q, usize)) -> Option<Q> {
    let mut left = points;
    for limit in limits.as_array().into_iter().flatten() {
        let (granted, times) = used(limit["per"].as_str().unwrap());
        if limit["times"].as_u64().is_some_and(|most| u64::try_from(times).unwrap() >= most) {
            return None;
        }
        if !limit["points"].is_null() {
            left = left.min(Q::of(&limit["points"]).minus(granted));
        }
    }
    (left > Q::ZERO).then_some(left)
}

/// Everything that was granted so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Book(Vec<Entry>);

impl Book {
    fn used(&self, day: Day, own: impl Fn(&Entry) -> bool) -> impl Fn(&str) -> (Q, usize) {
        move |span| {
            let granted = self.0.iter().filter(|entry| own(entry) && together(span, entry.day, day));
            let granted: Vec<Q> =
                granted.map(|entry| entry.points).filter(|points| !points.is_zero()).collect();
            (sum(granted.iter().copied()), granted.len())
        }
    }

    /// What a rule grants for what is kept of an order, after what was sold before it, without any limit; nothing for awards
    /// that do not grow with what is bought. `share` says what is kept of an amount of a line, in such units.
    pub(crate) fn kept(
        &self,
        program: &Value,
        id: &str,
        sale: &Sale,
        unit: Q,
        share: &impl Fn(usize, Q, Q) -> Q,
    ) -> Option<Q> {
        let rule = program["accruals"].as_array().unwrap().iter().find(|rule| rule["id"] == id).unwrap();
        let wallet_id = rule["wallet"].as_str().unwrap_or("points");
        let wallet =
            program["wallets"].as_array().unwrap().iter().find(|one| one["id"] == wallet_id).unwrap();
        let mut kept = parts(program, rule, wallet, sale).unwrap();
        let nothing = |parts: &[Part]| parts.iter().all(|part| part.money.is_zero() && part.units.is_zero());
        let counted = !nothing(&kept);
        for part in &mut kept {
            let Some(line) = part.line else { continue };
            (part.money, part.units) = (share(line, part.money, unit), share(line, part.units, Q::ONE));
        }
        let gone = counted && nothing(&kept);
        // For the order as such nothing is kept only where all of it is back.
        let fixed = rule["award"].get("fixed").is_some();
        if fixed && (rule["lines"].is_null() || !gone) {
            return None;
        }
        if gone {
            return Some(Q::ZERO);
        }
        let over = rule["over"].as_str().filter(|over| *over != "order");
        let own =
            |entry: &&Entry| entry.rule == id && over.is_some_and(|over| together(over, entry.day, sale.day));
        let before = sum(self.0.iter().filter(own).map(|entry| entry.counted));
        let granted = sum(self.0.iter().filter(own).map(|entry| entry.points));
        let points = points(program, rule, wallet, &sale.basket["lines"], &kept, before);
        Some(points.minus(granted).max(Q::ZERO))
    }

    /// What each rule grants on an order, by the names of the rules; it goes into the book.
    pub(crate) fn sell(&mut self, program: &Value, sale: &Sale) -> Vec<(String, Q)> {
        let mut rules: Vec<&Value> = program["accruals"].as_array().unwrap().iter().collect();
        rules.sort_by_key(|rule| super::account::by_name(rule["id"].as_str().unwrap()));
        let mut asked: Vec<(&Value, Entry)> = vec![];
        for rule in rules {
            let id = rule["id"].as_str().unwrap().to_owned();
            let wallet_id = rule["wallet"].as_str().unwrap_or("points");
            let wallet = program["wallets"]
                .as_array()
                .unwrap()
                .iter()
                .find(|wallet| wallet["id"] == wallet_id)
                .unwrap();
            let Some(parts) = parts(program, rule, wallet, sale) else { continue };
            let over = rule["over"].as_str().filter(|over| *over != "order");
            let own = |entry: &&Entry| {
                entry.rule == id && over.is_some_and(|over| together(over, entry.day, sale.day))
            };
            let before = sum(self.0.iter().filter(own).map(|entry| entry.counted));
            let granted = sum(self.0.iter().filter(own).map(|entry| entry.points));
            let mut points = match rule["award"].get("round_up") {
                Some(to) => {
                    let over = sale.balance[usize::from(wallet_id == "stamps")].over(Q::of(to)).rest();
                    if over.is_zero() { Q::ZERO } else { Q::ONE.minus(over).times(Q::of(to)) }
                }
                None => points(program, rule, wallet, &sale.basket["lines"], &parts, before),
            };
            points = points.minus(granted).max(Q::ZERO);
            let left = limited(&rule["limits"], points, self.used(sale.day, |entry| entry.rule == id));
            let counted = if over.is_some() { sum(parts.iter().map(|part| part.money)) } else { Q::ZERO };
            let entry = Entry {
                rule: id,
                wallet: wallet_id.into(),
                day: sale.day,
                counted,
                points: left.unwrap_or(Q::ZERO),
            };
            asked.push((rule, entry));
        }
        self.settle(program, sale, asked)
    }

    /// Of a group the best; then wallets and budgets, rule by rule.
    fn settle(&mut self, program: &Value, sale: &Sale, asked: Vec<(&Value, Entry)>) -> Vec<(String, Q)> {
        let all: Vec<(Value, Q)> =
            asked.iter().map(|(rule, entry)| (rule["group"].clone(), entry.points)).collect();
        let mut told = vec![];
        let mut taken = Q::ZERO;
        for (number, (rule, mut entry)) in asked.into_iter().enumerate() {
            let beats = |(other, (group, points)): (usize, &(Value, Q))| {
                !group.is_null()
                    && *group == rule["group"]
                    && (*points > entry.points || (*points == entry.points && other < number))
            };
            if entry.points > Q::ZERO && all.iter().enumerate().any(beats) {
                continue;
            }
            if entry.points > Q::ZERO {
                let wallet = program["wallets"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .find(|wallet| wallet["id"] == entry.wallet)
                    .unwrap();
                let used = self.used(sale.day, |other| other.wallet == entry.wallet);
                // What this order granted before counts for limits on the order as well.
                let now = sum(self
                    .0
                    .iter()
                    .rev()
                    .take(told.len())
                    .filter(|other| other.wallet == entry.wallet)
                    .map(|other| other.points));
                let used = |span: &str| if span == "order" { (now, 0) } else { used(span) };
                let mut left = limited(&wallet["limits"], entry.points, used);
                if let (Some(points), Some(budget)) = (left, rule["budget"].as_str()) {
                    let whole = Q::of(&program["budgets"][0]["points"]);
                    assert_eq!(program["budgets"][0]["id"], budget);
                    let rest = whole.minus(Q::of(&sale.basket["budgets"][budget])).minus(taken);
                    let rest = rest.max(Q::ZERO).rounded("down", smallest(&wallet["digits"]));
                    left = Some(points.min(rest)).filter(|points| *points > Q::ZERO);
                    taken = taken.plus(left.unwrap_or(Q::ZERO));
                }
                entry.points = left.unwrap_or(Q::ZERO);
            }
            if entry.points > Q::ZERO {
                told.push((entry.rule.clone(), entry.points));
                self.0.push(entry);
            } else if !entry.counted.is_zero() {
                self.0.insert(0, entry);
            }
        }
        told
    }
}
