//! Which units a discount touches.

use serde_json::{Map, Value, json};

use crate::cases::Stop;
use crate::cases::keys::{Keys, whole};
use crate::cases::translate::Draft;

/// The units that an effect limits itself to, as the engine chooses them; nothing where it touches all.
pub(super) fn chosen(draft: &Draft, effect: &mut Keys) -> Result<Option<Map<String, Value>>, Stop> {
    let order = if draft.policy.together.dearest_first { "dearest" } else { "cheapest" };
    let ways = [
        ("max_units_total", "at_most", order, "order"),
        ("max_affected_units", "at_most", order, "order"),
        ("max_units_per_line", "at_most", order, "line"),
        // Complete groups are put together in the order of the lines.
        ("group_size", "of_every", "first", "order"),
    ];
    let mut found: Option<Map<String, Value>> = None;
    for (key, field, choose, per) in ways {
        let Some(number) = effect.number(key)? else { continue };
        let number = whole(number).filter(|number| *number > 0);
        let number = number.ok_or_else(|| Stop::Unsupported(effect.path(key)))?;
        if found.is_some() {
            return Err(Stop::Unsupported(format!("{} beside another limit of units", effect.path(key))));
        }
        found = Some(choice(field, number, choose, per));
    }
    Ok(found)
}

/// So many units.
pub(super) fn choice(field: &str, number: u32, choose: &str, per: &str) -> Map<String, Value> {
    let mut units = Map::new();
    units.insert("choose".into(), json!(choose));
    units.insert("per".into(), json!(per));
    units.insert(field.to_owned(), json!(number));
    units
}
