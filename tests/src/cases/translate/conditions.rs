//! When a rule holds.

use dangol::Amount;
use serde_json::{Map, Value, json};

use super::Stop;
use super::matching::names;
use crate::cases::file::Setup;
use crate::cases::keys::{Keys, whole};

/// What conditions on the worth of the basket look at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sees {
    /// Whether any condition looks at what earlier discounts left.
    pub(super) running: bool,
    /// Whether those do that say nothing of it.
    pub(super) after: bool,
}

/// When a rule holds: conditions that must all hold, and its first and last day.
#[derive(Clone, Debug, Default)]
pub(super) struct When {
    pub(super) all: Vec<Value>,
    pub(super) from: Option<String>,
    pub(super) until: Option<String>,
    /// A condition looks at what the basket is worth.
    pub(super) threshold: bool,
    sees: Sees,
}

impl When {
    /// Without any condition yet.
    pub(super) fn of(sees: Sees) -> When {
        When { sees, ..When::default() }
    }

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
            "min_subtotal" | "min_total_with_shipping" => self.worth(kind, keys, true, false)?,
            "max_subtotal" => self.worth(kind, keys, false, true)?,
            "subtotal_equals" | "total_equals" => self.worth(kind, keys, true, true)?,
            "min_quantity" => self.quantity(keys, "lines")?,
            "any_line_min_quantity" => self.quantity(keys, "line")?,
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
            "shipping_method" => {
                let methods = keys.names("in")?.unwrap_or_default();
                self.all.push(json!({ "delivery_in": methods }));
            }
            "member_is" => {
                let id = keys.text("id")?.unwrap_or_default();
                self.all.push(json!({ "attribute": { "of": "member", "name": "id", "is": id } }));
            }
            "member_group_in" => {
                let groups = keys.names("groups")?.unwrap_or_default();
                self.all.push(json!({ "segment_in": groups }));
            }
            unknown => return Err(Stop::Unsupported(format!("conditions.type: {unknown}"))),
        }
        Ok(())
    }

    /// What the basket, or some of its lines, is worth.
    fn worth(&mut self, kind: &str, keys: &mut Keys, least: bool, most: bool) -> Result<(), Stop> {
        inclusive(keys)?;
        self.threshold = true;
        let amount = keys.needed("amount")?;
        let mut spend = Map::new();
        // A basket is always worth nothing or more.
        if least && amount > Amount::ZERO {
            spend.insert("at_least".into(), json!(amount));
        }
        if most {
            spend.insert("at_most".into(), json!(amount));
        }
        if let Some(lines) = keys.keys("match")?.map(names).transpose()? {
            spend.insert("lines".into(), json!(lines));
        }
        match keys.text("tax")?.as_deref() {
            None => {}
            Some(tax @ ("included" | "excluded")) => {
                spend.insert("tax".into(), json!(tax));
            }
            Some(other) => return Err(Stop::Unsupported(format!("conditions.tax: {other}"))),
        }
        if ["min_total_with_shipping", "total_equals"].contains(&kind) {
            spend.insert("shipping".into(), json!("included"));
        }
        match keys.text("basis")?.as_deref() {
            None if self.sees.running && !self.sees.after => {
                spend.insert("discounts".into(), json!("before"));
            }
            None | Some("after_earlier_discounts") => {}
            Some("original") => {
                spend.insert("discounts".into(), json!("before"));
            }
            Some(other) => return Err(Stop::Unsupported(format!("conditions.basis: {other}"))),
        }
        if least && amount <= Amount::ZERO && !most {
            return Ok(());
        }
        self.all.push(json!({ "spend": spend }));
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
        if amount > Amount::ZERO {
            self.all.push(json!({ "spend": { "at_least": amount } }));
        }
    }

    /// How many units there are of all matching lines, or of any one of them.
    fn quantity(&mut self, keys: &mut Keys, per: &str) -> Result<(), Stop> {
        let lines = keys.keys("match")?.map(names).transpose()?;
        let least = whole(keys.needed("qty")?).ok_or_else(|| Stop::unsupported("conditions.qty"))?;
        let most = keys.number("max_qty")?;
        let most = most.map(|most| whole(most).ok_or_else(|| Stop::unsupported("conditions.max_qty")));
        // Lines have base units where any condition counts these.
        match keys.text("unit")?.as_deref() {
            None | Some("base") => {}
            Some(other) => return Err(Stop::Unsupported(format!("conditions.unit: {other}"))),
        }
        let mut contains = Map::new();
        contains.insert("units".into(), json!(least.max(1)));
        contains.insert("per".into(), json!(per));
        if let Some(lines) = lines {
            contains.insert("lines".into(), json!(lines));
        }
        match most.transpose()? {
            None if least == 0 => return Ok(()),
            None => {}
            Some(_) if least == 0 => {
                return Err(Stop::unsupported("conditions.max_qty without conditions.qty"));
            }
            Some(most) => {
                contains.insert("at_most".into(), json!(most));
            }
        }
        self.all.push(json!({ "contains": contains }));
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

/// Whether conditions count base units, which lines then have: all conditions that count units must.
pub(super) fn base_units(setup: &Setup) -> Result<bool, Stop> {
    let conditions = setup.rules.iter().filter_map(|rule| rule.get("conditions")?.as_array()).flatten();
    let counting = conditions.filter(|one| one.get("qty").is_some());
    let units: Vec<bool> = counting.map(|one| one.get("unit") == Some(&json!("base"))).collect();
    if units.contains(&true) && units.contains(&false) {
        return Err(Stop::unsupported("conditions.unit: base beside other units"));
    }
    Ok(units.contains(&true))
}
