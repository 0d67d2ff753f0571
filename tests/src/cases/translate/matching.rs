//! Which lines a rule is about, and when it holds.

use dangol::Amount;
use serde_json::{Map, Value, json};

use super::Stop;
use crate::cases::keys::{Keys, whole};

/// The lines that a rule is about.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Lines {
    /// Every line.
    All,
    /// Those of a selector.
    Some(Value),
    /// None: an empty list means nothing.
    None,
}

/// When a rule holds: conditions that must all hold, and its first and last day.
#[derive(Clone, Debug, Default)]
pub(super) struct When {
    pub(super) all: Vec<Value>,
    pub(super) from: Option<String>,
    pub(super) until: Option<String>,
    /// A condition looks at what the basket is worth.
    pub(super) threshold: bool,
}

/// The word that lines with a price below their list price carry as a tag, and those on sale.
pub(super) const DISCOUNTED: &str = "already_discounted";
pub(super) const ON_SALE: &str = "on_sale";

/// The names of a `match` or an `exclude`: `skus`, `categories`, `tags`.
fn names(mut keys: Keys) -> Result<Map<String, Value>, Stop> {
    let mut found = Map::new();
    for (key, list) in [("sku", "skus"), ("category", "categories"), ("tag", "tags")] {
        if let Some(names) = keys.names(key)? {
            found.insert(list.into(), json!(names));
        }
    }
    // A label is a tag with a value, and so are a family and a group.
    let mut tags = Vec::new();
    if let Some(mut labels) = keys.keys("label")? {
        tags.push(tagged(&mut labels)?);
    }
    for key in ["family", "group"] {
        let values = keys.names(key)?;
        tags.extend(values.map(|values| values.iter().map(|value| format!("{key}:{value}")).collect()));
    }
    keys.finish()?;
    for list in tags {
        let list: Vec<String> = list;
        if found.insert("tags".into(), json!(list)).is_some() {
            return Err(Stop::unsupported("several tags that a line must all have"));
        }
    }
    Ok(found)
}

/// A label with its values, as tags.
fn tagged(labels: &mut Keys) -> Result<Vec<String>, Stop> {
    let mut tags = Vec::new();
    for (number, name) in labels.left().into_iter().enumerate() {
        if number > 0 {
            return Err(Stop::unsupported("several tags that a line must all have"));
        }
        let values = labels.names(&name)?.unwrap_or_default();
        tags.extend(values.into_iter().map(|value| format!("{name}:{value}")));
    }
    Ok(tags)
}

/// The lines that `match`, `exclude` and the switches of an effect leave.
pub(super) fn lines(effect: &mut Keys, outer: Option<Keys>) -> Result<Lines, Stop> {
    let inner = effect.keys("match")?;
    let both = inner.is_some() && outer.is_some();
    let mut selector = match inner.or(outer) {
        _ if both => return Err(Stop::unsupported("match, both in the rule and in its effect")),
        Some(keys) => names(keys)?,
        None => Map::new(),
    };
    let nothing = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
    if selector.values().any(nothing) {
        return Ok(Lines::None);
    }
    let mut except = match effect.keys("exclude")? {
        Some(keys) => names(keys)?,
        None => Map::new(),
    };
    except.retain(|_, value| !nothing(value));
    for (switch, tag) in [("exclude_already_discounted", DISCOUNTED), ("exclude_sale_items", ON_SALE)] {
        if effect.flag(switch)? == Some(true) {
            let tags = except.entry("tags").or_insert_with(|| json!([]));
            tags.as_array_mut().into_iter().for_each(|tags| tags.push(json!(tag)));
        }
    }
    if !except.is_empty() {
        selector.insert("except".into(), Value::Object(except));
    }
    Ok(if selector.is_empty() { Lines::All } else { Lines::Some(Value::Object(selector)) })
}

impl When {
    /// Reads a list of conditions, each of which must hold.
    pub(super) fn read(&mut self, conditions: Option<Vec<Value>>) -> Result<(), Stop> {
        for condition in conditions.unwrap_or_default() {
            let mut keys = Keys::read("conditions", condition)?;
            let kind = keys.text("type")?.unwrap_or_default();
            self.condition(&kind, &mut keys)?;
            keys.finish()?;
        }
        Ok(())
    }

    fn condition(&mut self, kind: &str, keys: &mut Keys) -> Result<(), Stop> {
        match kind {
            "min_subtotal" => {
                inclusive(keys)?;
                let amount = keys.needed("amount")?;
                self.spend_at_least(amount);
            }
            "max_subtotal" => {
                inclusive(keys)?;
                let amount = keys.needed("amount")?;
                self.spend_at_most(amount);
            }
            "subtotal_equals" => {
                let amount = keys.needed("amount")?;
                self.spend_at_least(amount);
                self.spend_at_most(amount);
            }
            "min_quantity" => self.quantity(keys)?,
            "contains" => {
                let lines = keys.keys("match")?.map(names).transpose()?;
                let lines = lines.ok_or_else(|| Stop::unsupported("conditions.contains without match"))?;
                self.all.push(json!({ "contains": { "lines": lines } }));
            }
            "nth_order" => {
                let number = whole(keys.needed("n")?).ok_or_else(|| Stop::unsupported("conditions.n"))?;
                self.all.push(json!({ "order_number": { "from": number, "until": number } }));
            }
            "date_window" => {
                inclusive(keys)?;
                self.window(keys)?;
            }
            unknown => return Err(Stop::Unsupported(format!("conditions.type: {unknown}"))),
        }
        Ok(())
    }

    /// First and last day.
    pub(super) fn window(&mut self, keys: &mut Keys) -> Result<(), Stop> {
        for (key, field) in [("from", &mut self.from), ("to", &mut self.until)] {
            if let Some(day) = keys.text(key)? {
                let known: Result<dangol::Day, _> = day.parse();
                if known.is_err() || field.is_some() {
                    return Err(Stop::Unsupported(format!("{}: {day}", keys.path(key))));
                }
                *field = Some(day);
            }
        }
        Ok(())
    }

    pub(super) fn spend_at_least(&mut self, amount: Amount) {
        self.threshold = true;
        // A basket is always worth nothing or more.
        if amount > Amount::ZERO {
            self.all.push(json!({ "spend": { "at_least": amount } }));
        }
    }

    fn spend_at_most(&mut self, amount: Amount) {
        self.threshold = true;
        self.all.push(json!({ "spend": { "at_most": amount } }));
    }

    fn quantity(&mut self, keys: &mut Keys) -> Result<(), Stop> {
        let lines = keys.keys("match")?.map(names).transpose()?;
        let least = whole(keys.needed("qty")?).ok_or_else(|| Stop::unsupported("conditions.qty"))?;
        let contains = |units: u32| match &lines {
            Some(lines) => json!({ "contains": { "lines": lines, "units": units } }),
            None => json!({ "contains": { "units": units } }),
        };
        if least > 0 {
            self.all.push(contains(least));
        }
        if let Some(most) = keys.number("max_qty")? {
            let most = whole(most).ok_or_else(|| Stop::unsupported("conditions.max_qty"))?;
            self.all.push(json!({ "not": contains(most.saturating_add(1)) }));
        }
        Ok(())
    }

    /// The fields `when`, `from` and `until` of a rule.
    pub(super) fn write(self, rule: &mut Map<String, Value>) {
        let mut all = self.all;
        match all.len() {
            0 => {}
            1 => {
                rule.insert("when".into(), all.remove(0));
            }
            _ => {
                rule.insert("when".into(), json!({ "all": all }));
            }
        }
        let days = [("from", self.from), ("until", self.until)];
        rule.extend(days.into_iter().filter_map(|(field, day)| Some((field.to_owned(), json!(day?)))));
    }
}

/// Thresholds and days count themselves: the engine knows no other way.
pub(super) fn inclusive(keys: &mut Keys) -> Result<(), Stop> {
    match keys.flag("inclusive")? {
        Some(false) => Err(Stop::unsupported("inclusive: false")),
        _ => Ok(()),
    }
}
