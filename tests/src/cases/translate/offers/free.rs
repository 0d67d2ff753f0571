//! What is given for something that is bought: units of the basket for less, units that are added, bundles.

use serde_json::{Map, Value, json};

use super::Reach;
use super::effect::{Effect, Part};
use crate::cases::Stop;
use crate::cases::keys::{Keys, whole};
use crate::cases::translate::Draft;
use crate::cases::translate::matching::{Lines, names};

/// The effects that are read here.
pub(super) fn read(draft: &Draft, kind: &str, effect: &mut Keys, lines: &Lines) -> Result<Effect, Stop> {
    let (reach, benefit) = match kind {
        "buy_x_get_y" => (Reach::Unit, buy_get(draft, effect)?),
        "discount_item_free" => (Reach::Unit, item_free(effect, lines)?),
        "bundle_price" => (Reach::Unit, bundle(draft, effect)?),
        "add_extra_free_units" => (Reach::Order, extra_units(effect, lines)?),
        "add_free_item" => (Reach::Order, free_item(effect)?),
        unknown => return Err(Stop::Unsupported(format!("effect.type: {unknown}"))),
    };
    let consumes = ["buy_x_get_y", "discount_item_free"].contains(&kind);
    Ok(Effect { consumes, ..Effect::new(reach, None, vec![Part::new(benefit)]) })
}

fn count(keys: &mut Keys, key: &str) -> Result<Option<u32>, Stop> {
    let Some(number) = keys.number(key)? else { return Ok(None) };
    let number = whole(number).filter(|number| *number > 0);
    number.map(Some).ok_or_else(|| Stop::Unsupported(keys.path(key)))
}

fn needed(keys: &mut Keys, key: &str) -> Result<u32, Stop> {
    let missing = Stop::Unsupported(format!("{} is not said", keys.path(key)));
    count(keys, key)?.ok_or(missing)
}

/// Units of the basket for less where others are bought.
fn buy_get(draft: &Draft, effect: &mut Keys) -> Result<Value, Stop> {
    let side = |effect: &mut Keys, key: &str| {
        let missing = Stop::Unsupported(format!("effect.{key} is not said"));
        let mut side = effect.keys(key)?.ok_or(missing)?;
        let lines = side.keys("match")?.map(names).transpose()?;
        Ok((needed(&mut side, "qty")?, lines, side))
    };
    let (bought, buy, rest) = side(effect, "buy")?;
    rest.finish()?;
    let (got, get, mut rest) = side(effect, "get")?;
    // Of goods that are bought anyway the cheapest are given; else those that are worth most.
    let apart = get.is_some() && get != buy;
    let choose = if apart || draft.policy.together.dearest_first { "dearest" } else { "cheapest" };
    let mut benefit = Map::new();
    let percent = rest.number("percent_off")?;
    benefit.insert("percent_off".into(), json!(percent.ok_or_else(|| Stop::unsupported("effect.get"))?));
    rest.finish()?;
    let with = |mut side: Map<String, Value>, lines: Option<Map<String, Value>>| {
        side.extend(lines.map(|lines| ("lines".to_owned(), Value::Object(lines))));
        Value::Object(side)
    };
    benefit.insert("buy".into(), with(Map::from_iter([("units".to_owned(), json!(bought))]), buy));
    let get_units = Map::from_iter([("units".to_owned(), json!(got)), ("choose".to_owned(), json!(choose))]);
    benefit.insert("get".into(), with(get_units, get));
    if effect.flag("partial_get_allowed")? == Some(true) {
        benefit.insert("partial".into(), json!(true));
    }
    if let Some(most) = count(effect, "max_units_total")? {
        benefit.insert("at_most_units".into(), json!(most));
    }
    Ok(json!({ "buy_get": benefit }))
}

/// An article of the basket is free where another one is bought.
fn item_free(effect: &mut Keys, lines: &Lines) -> Result<Value, Stop> {
    let missing = || Stop::unsupported("effect.discount_item_free without match");
    let buy = effect.keys("buy_match")?.map(names).transpose()?.ok_or_else(missing)?;
    let Lines::Some(get) = lines else { return Err(missing()) };
    let mut benefit = json!({
        "buy": { "lines": buy, "units": count(effect, "buy")?.unwrap_or(1) },
        "get": { "lines": get, "units": 1 },
        "percent_off": "100",
    });
    if let (Some(most), Value::Object(fields)) = (count(effect, "max_rewards")?, &mut benefit) {
        fields.insert("at_most_times".into(), json!(most));
    }
    Ok(json!({ "buy_get": benefit }))
}

/// So many units together for one price.
fn bundle(draft: &Draft, effect: &mut Keys) -> Result<Value, Stop> {
    let (price, units) = (effect.needed("price")?, needed(effect, "qty")?);
    let choose = if draft.policy.together.dearest_first { "dearest" } else { "cheapest" };
    Ok(json!({ "bundle_price": { "price": price, "of": [{ "units": units }], "choose": choose } }))
}

/// Units beside those that are paid: of the same article, of another one, or of one that is chosen.
fn extra_units(effect: &mut Keys, lines: &Lines) -> Result<Value, Stop> {
    let every = needed(effect, "buy")?;
    let units = needed(effect, "free")?;
    let own = || match lines {
        Lines::Some(selector) => selector.get("skus").cloned(),
        Lines::All | Lines::None => None,
    };
    let sku = effect.text("free_sku")?.map(|sku| json!([sku]));
    let choice = effect.names("free_choice")?.map(|skus| json!(skus));
    let skus = choice.or(sku).or_else(own);
    let skus = skus.ok_or_else(|| Stop::unsupported("effect.free_sku is not said"))?;
    Ok(json!({ "gift": { "skus": skus, "units": units, "for_every": { "units": every } } }))
}

/// An article that is added: once, for every so many units, or for every so much money.
fn free_item(effect: &mut Keys) -> Result<Value, Stop> {
    let missing = || Stop::unsupported("effect.free_sku is not said");
    let sku = effect.text("free_sku")?.ok_or_else(missing)?;
    let mut gift = json!({ "skus": [sku], "units": needed(effect, "free_qty")? });
    let (units, amount) = (count(effect, "every")?, effect.number("every_amount")?);
    let every = match (units, amount) {
        (None, None) => None,
        (Some(units), None) => Some(json!({ "units": units })),
        (None, Some(amount)) => Some(json!({ "amount": amount })),
        (Some(_), Some(_)) => return Err(Stop::unsupported("effect.every beside effect.every_amount")),
    };
    match effect.text("round")?.as_deref() {
        None | Some("down") => {}
        Some(other) => return Err(Stop::Unsupported(format!("effect.round: {other}"))),
    }
    let price = effect.number("free_unit_price")?.map(|price| json!(price));
    if let Value::Object(fields) = &mut gift {
        fields.extend(every.map(|every| ("for_every".to_owned(), every)));
        fields.extend(price.map(|price| ("price".to_owned(), price)));
    }
    Ok(json!({ "gift": gift }))
}

/// A gift beside a discount, where it is in stock.
pub(super) fn gift(effect: &mut Keys) -> Result<Option<Part>, Stop> {
    let Some(sku) = effect.text("gift_sku")? else { return Ok(None) };
    let benefit = json!({ "gift": { "skus": [sku] } });
    Ok(Some(Part { suffix: ".gift", ..Part::new(benefit) }))
}
