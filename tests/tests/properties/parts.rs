//! Taking an order apart: which goods come back in which return, and what several returns come to.

use std::collections::BTreeMap;

use dangol::{Amount, Order, Return, Returned};
use proptest::sample::Index;
use serde_json::{Map, Value, json};

use super::shop::decimal;
use super::visit::read;

/// Thousandths of a quantity.
fn thousandths(quantity: dangol::Quantity) -> i64 {
    quantity.0.rescaled(3).map_or(0, Amount::units)
}

/// So many thousandths, as whole units where they are.
fn quantity(thousandths: i64) -> Value {
    if thousandths % 1_000 == 0 {
        json!((thousandths / 1_000).to_string())
    } else {
        json!(decimal(thousandths, 3))
    }
}

/// Goods as thousandths of each line, and charges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Part {
    lines: BTreeMap<String, i64>,
    shipping: bool,
    fees: bool,
}

impl Part {
    pub(crate) fn is_nothing(&self) -> bool {
        *self == Part::default()
    }

    pub(crate) fn asked(&self) -> Returned {
        let lines = self.lines.iter().map(|(id, units)| (id.clone(), quantity(*units)));
        let lines: Map<String, Value> = lines.collect();
        read(&json!({ "goods": { "lines": lines, "shipping": self.shipping, "fees": self.fees } }))
    }

    fn with(mut self, other: &Part) -> Part {
        for (id, units) in &other.lines {
            *self.lines.entry(id.clone()).or_default() += units;
        }
        self.shipping |= other.shipping;
        self.fees |= other.fees;
        self
    }

    /// All of them together.
    pub(crate) fn sum(parts: &[Part]) -> Part {
        parts.iter().fold(Part::default(), Part::with)
    }
}

/// Divides what is not back of an order into so many parts by dice; with `some` a part of it stays.
pub(crate) fn divided(order: &Order, count: usize, some: bool, dice: &[Index]) -> Vec<Part> {
    let mut parts = vec![Part::default(); count + usize::from(some)];
    let ways = parts.len();
    let mut dice = dice.iter().cycle();
    let mut throw = |sides: usize| dice.next().map_or(0, |index| index.index(sides.max(1)));
    for line in &order.quote.lines {
        let back = order.back.lines.get(&line.id).copied().unwrap_or(dangol::Quantity::ZERO);
        let left = thousandths(line.quantity) - thousandths(back);
        let whole = line.quantity.0.rescaled(0).is_some();
        let step = if whole { 1_000 } else { (left / 3).max(1) };
        let mut rest = left;
        while rest > 0 {
            // What is left of weighed goods goes with the last piece.
            let piece = if !whole && rest < 2 * step { rest } else { step };
            *parts[throw(ways)].lines.entry(line.id.to_string()).or_default() += piece;
            rest -= piece;
        }
    }
    if !order.back.shipping && !order.quote.shipping.is_zero() {
        parts[throw(ways)].shipping = true;
    }
    if !order.back.fees && !order.quote.fees.is_zero() {
        parts[throw(ways)].fees = true;
    }
    parts.truncate(count);
    parts.retain(|part| !part.is_nothing());
    parts
}

/// Everything that returns come to, by what it is; in millionths, without what is nothing.
pub(crate) type Total = BTreeMap<String, i64>;

fn note(total: &mut Total, what: String, amount: Amount) {
    let millionths = amount.rescaled(6).unwrap_or_else(|| panic!("{amount} has too many digits"));
    *total.entry(what).or_default() += millionths.units();
}

/// What all returns of an order come to that were not taken back.
pub(crate) fn total(returns: &[Return]) -> Total {
    let mut total = Total::new();
    for known in returns {
        let amounts = [
            ("value", known.value),
            ("lost", known.lost_discounts),
            ("paid_with_points", known.paid_with_points),
            ("shipping", known.shipping),
            ("fees", known.fees),
            ("tax_added", known.tax_added),
            ("rounding", known.rounding),
            ("gifts", known.gifts_charged),
            ("points_charged", known.points_charged),
            ("settled", known.settled),
            ("money", known.money),
            ("spend", known.spend),
        ];
        for (what, amount) in amounts {
            note(&mut total, what.to_owned(), amount.0);
        }
        for (tender, amount) in &known.tenders {
            note(&mut total, format!("tender {tender}"), amount.0);
        }
        for row in &known.taxes {
            for (what, amount) in [("base", row.base), ("tax", row.tax), ("added", row.added), ("of", row.of)]
            {
                note(&mut total, format!("taxes {} {what}", row.rate.0), amount.0);
            }
        }
        for line in &known.lines {
            note(&mut total, format!("line {}", line.id), line.quantity.0);
            note(&mut total, format!("line {} gross", line.id), line.gross.0);
            note(&mut total, format!("line {} value", line.id), line.value.0);
            note(&mut total, format!("line {} paid_with_points", line.id), line.paid_with_points.0);
        }
        for restored in &known.points {
            let of = restored.offer.as_ref().map_or("tender", |offer| offer.as_str());
            note(&mut total, format!("points {} {of}", restored.wallet), restored.points.0);
            note(&mut total, format!("points {} {of} value", restored.wallet), restored.value.0);
            note(&mut total, format!("points {} {of} ended", restored.wallet), restored.ended.0);
        }
        for taken in &known.taken {
            let parts = [
                ("points", taken.points),
                ("expired", taken.expired),
                ("deficit", taken.deficit),
                ("forgiven", taken.forgiven),
                ("charged", taken.charged),
            ];
            for (what, points) in parts {
                // Which rule's points are missing depends on which of them were taken first.
                let of = if what == "points" { &taken.rule } else { &taken.wallet };
                note(&mut total, format!("taken {of} {what}"), points.0);
            }
        }
        for released in &known.offers {
            note(&mut total, format!("released {}", released.offer), Amount::from(1));
        }
        for issued in &known.issued {
            note(&mut total, format!("issued {} {}", issued.offer, issued.taken), Amount::from(1));
        }
        for (budget, amount) in &known.budgets {
            note(&mut total, format!("budget {budget}"), *amount);
        }
    }
    total.retain(|_, amount| *amount != 0);
    total
}

/// Whether an amount, a count, a list or an object says nothing.
pub(crate) fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(yes) => !yes,
        Value::Number(number) => number.as_i64() == Some(0),
        Value::String(text) => text.trim_matches(['0', '.']).is_empty(),
        Value::Array(items) => items.iter().all(is_nothing),
        Value::Object(fields) => fields.values().all(is_nothing),
    }
}

/// The same with all numbers written alike.
pub(crate) fn plain(value: Value) -> Value {
    match value {
        Value::String(text) => json!(text.parse::<Amount>().map_or(text, |amount| {
            amount.rescaled(6).map_or_else(|| amount.to_string(), |amount| amount.to_string())
        })),
        Value::Array(items) => items.into_iter().map(plain).collect(),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, plain(value))).collect())
        }
        other => other,
    }
}

/// The basket without tenders that pay nothing.
pub(crate) fn paying(basket: &Value) -> Value {
    let mut basket = basket.clone();
    if let Some(tenders) = basket["tenders"].as_object_mut() {
        let pays = |amount: &Value| {
            amount.as_str().is_none_or(|text| text.contains(|sign| ('1'..='9').contains(&sign)))
        };
        tenders.retain(|_, amount| pays(amount));
    }
    basket
}
