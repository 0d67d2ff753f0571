//! Points that a step grants by terms of its own: a rule for an event of its own stands for it, so that the engine rounds
//! the points and dates them.

use dangol::Amount;
use serde_json::{Map, Value, json};

use super::points::{Asked, Row};
use super::{Stop, unstated};
use crate::cases::asked::Role;
use crate::cases::dates;
use crate::cases::keys::{Keys, number, whole};

impl Row<'_> {
    /// Grants points by a rule of its own; steps with the same terms share one.
    fn granted(&mut self, asked: &Asked, award: Value, terms: Map<String, Value>) {
        let content = json!([award, terms]);
        let known = self.rules.iter().position(|rule| *rule == content);
        let number = known.unwrap_or_else(|| {
            self.rules.push(content);
            self.rules.len().saturating_sub(1)
        });
        let id = format!("{}.{number}", "step");
        if known.is_none() {
            let mut rule = terms;
            let expiry = rule.remove("expiry");
            rule.insert("id".into(), json!(id));
            rule.insert("on".into(), json!({ "event": id }));
            rule.insert("award".into(), award);
            self.draft.expiries.push(expiry);
            self.draft.accruals.push(Value::Object(rule));
        }
        self.act(asked, json!({ "event": { "name": id, "amount": "1" } }), Role::Earns);
    }

    /// So many points, which are rounded where they have digits after the point.
    fn award(&mut self, points: Amount) -> Result<Value, Stop> {
        if points <= Amount::ZERO {
            return Err(Stop::Unsupported(format!("steps.points: {points}")));
        }
        if points.rescaled(0).is_some() {
            return Ok(json!({ "fixed": points }));
        }
        self.draft.grains.default = true;
        proportional(points)
    }

    pub(super) fn earn(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let points = asked.keys.needed("points")?;
        let award = self.award(points)?;
        let mut terms = Map::new();
        if let Some(expiry) = asked.keys.keys("expiry")? {
            terms.insert("expiry".into(), expiry_of(expiry)?);
        }
        match asked.keys.number("delay_days")?.map(whole) {
            None | Some(Some(0)) => {}
            Some(Some(days)) => {
                terms.insert("vesting".into(), json!({ "after": format!("{days} days") }));
            }
            Some(None) => return Err(Stop::unsupported("steps.delay_days")),
        }
        // What the order was worth matters only to a return, which knows the order by it.
        asked.keys.pass_over(&["order_amount"]);
        self.granted(asked, award, terms);
        Ok(())
    }

    pub(super) fn round(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let value = asked.keys.needed("value")?;
        let digits =
            asked.keys.number("digits")?.and_then(whole).and_then(|digits| u8::try_from(digits).ok());
        let digits = digits.ok_or_else(|| Stop::unsupported("steps.digits"))?;
        let own = self.draft.policy.points_rounding.as_ref().map(|(mode, _)| mode.clone());
        let mode = asked.keys.text("mode")?.or(own).unwrap_or_else(|| "half_up".into());
        self.draft.grains.exactly(&mode, digits)?;
        if value <= Amount::ZERO {
            return Err(Stop::Unsupported(format!("steps.value: {value}")));
        }
        let award = proportional(value)?;
        self.granted(asked, award, Map::new());
        Ok(())
    }

    /// The longest of several extensions counts.
    pub(super) fn extend(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let mut longest = Vec::new();
        for months in asked.keys.list("candidates_months").unwrap_or_default() {
            longest.push(json!({ "after": format!("{} months", months) }));
        }
        asked.at = asked.keys.text("from")?.map(|text| dates::instant(&text)).transpose()?;
        let mut terms = Map::new();
        terms.insert("expiry".into(), json!({ "latest_of": longest }));
        self.granted(asked, json!({ "fixed": "1" }), terms);
        Ok(())
    }

    /// The last activity: what it grants lapses with the whole balance.
    pub(super) fn activity(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let (period, term) = unstated::LAPSE;
        self.draft.unstated.push(term);
        let mut terms = Map::new();
        terms.insert("expiry".into(), json!({ "after": period }));
        self.granted(asked, json!({ "fixed": "1" }), terms);
        Ok(())
    }

    pub(super) fn round_up(&mut self, asked: &mut Asked) -> Result<(), Stop> {
        let multiple = asked.keys.needed("multiple")?;
        let mut terms = Map::new();
        if let Some(range) = asked.keys.list("range") {
            let mut between = Map::new();
            for (field, bound) in ["at_least", "at_most"].into_iter().zip(&range) {
                let bound = number(bound).ok_or_else(|| Stop::unsupported("steps.range"))?;
                if !bound.is_zero() {
                    between.insert(field.into(), json!(bound));
                }
            }
            terms.insert("when".into(), json!({ "balance": between }));
        }
        self.granted(asked, json!({ "round_up": multiple }), terms);
        Ok(())
    }
}

/// So many points for 1 of money, with at most four digits in the rate: larger steps stand for more digits.
fn proportional(points: Amount) -> Result<Value, Stop> {
    let digits = points.digits().min(dangol::Wallet::MAX_DIGITS);
    let shift = points.digits().saturating_sub(digits);
    let scaled = Amount::new(points.units(), digits).ok();
    let amount = 10_i64.checked_pow(u32::from(shift)).and_then(|amount| Amount::new(amount, 0).ok());
    let (Some(scaled), Some(amount)) = (scaled, amount) else {
        return Err(Stop::unsupported("steps.points"));
    };
    Ok(json!({ "per_amount": { "points": scaled, "amount": amount, "steps": "proportional" } }))
}

/// How long points can be used.
fn expiry_of(mut keys: Keys) -> Result<Value, Stop> {
    let snap = keys.text("snap")?;
    let fixed = keys.text("fixed")?;
    let mut period = None;
    for unit in ["days", "months", "years"] {
        if let Some(count) = keys.number(unit)? {
            let count = whole(count).filter(|count| *count > 0 && period.is_none());
            period = Some(format!("{} {unit}", count.ok_or_else(|| Stop::unsupported("expiry"))?));
        }
    }
    keys.finish()?;
    let snapped = |unit: &str, period: Option<String>| match period {
        Some(after) => json!({ "end_of": { "unit": unit, "after": after } }),
        None => json!({ "end_of": { "unit": unit } }),
    };
    match (fixed, snap.as_deref(), period) {
        (Some(day), None, None) => Ok(json!({ "on": day })),
        (None, None, Some(after)) => Ok(json!({ "after": after })),
        (None, Some("month_end"), period) => Ok(snapped("month", period)),
        (None, Some("quarter_end"), period) => Ok(snapped("quarter", period)),
        (None, Some("half_year_end"), period) => Ok(snapped("half_year", period)),
        (None, Some("year_end"), period) => Ok(snapped("year", period)),
        (_, snap, _) => Err(Stop::Unsupported(format!("expiry.snap: {}", snap.unwrap_or("none")))),
    }
}
