//! Which lines a rule is about.

use serde_json::{Map, Value, json};

use super::Stop;
use crate::cases::keys::Keys;

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

/// The word that lines with a price below their list price carry as a tag, and those on sale.
pub(super) const DISCOUNTED: &str = "already_discounted";
pub(super) const ON_SALE: &str = "on_sale";

/// The names of a `match` or an `exclude`: `skus`, `categories`, `tags`.
pub(super) fn names(mut keys: Keys) -> Result<Map<String, Value>, Stop> {
    let mut found = Map::new();
    // For delivery the method stands for the article.
    let lists = [("sku", "skus"), ("shipping", "skus"), ("category", "categories"), ("tag", "tags")];
    for (key, list) in lists {
        if let Some(names) = keys.names(key)?
            && found.insert(list.into(), json!(names)).is_some()
        {
            return Err(Stop::Unsupported(format!("match.{key} beside match.sku")));
        }
    }
    if let Some(price) = price(&mut keys)? {
        found.insert("price".into(), price);
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

/// Between which prices of one unit a line must lie.
fn price(keys: &mut Keys) -> Result<Option<Value>, Stop> {
    let exactly = keys.number("unit_price")?;
    let (least, most) = (keys.number("min_unit_price")?, keys.number("max_unit_price")?);
    let mut price = Map::new();
    if let Some(least) = least.or(exactly).filter(|least| !least.is_zero()) {
        price.insert("at_least".into(), json!(least));
    }
    if let Some(most) = most.or(exactly) {
        price.insert("at_most".into(), json!(most));
    }
    Ok((!price.is_empty()).then_some(Value::Object(price)))
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
