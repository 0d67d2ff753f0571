//! Ladders of tiers, and what is known of the member on them.

use dangol::Amount;
use serde_json::{Map, Value, json};

use super::member::Known;
use super::payments::POINTS;
use super::{Draft, Setup, Stop};
use crate::cases::keys::Keys;

/// The ladder where there is one.
pub(super) const STATUS: &str = "status";

/// What a policy says of tiers.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    crossing: Option<&'static str>,
    downgrade: Option<&'static str>,
    /// Whether what was spent in all decides.
    lifetime_spend: bool,
    /// Whether the order that is asked for counts for the tier that it is asked for.
    pub(super) counts_order: bool,
}

/// The ladders as they are written, and the fields of the member that are about them.
#[derive(Clone, Debug, Default)]
pub(super) struct Ladders {
    pub(super) ladders: Vec<Value>,
    pub(super) member: Map<String, Value>,
}

/// What decides about a tier: a measure, and the window in which it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    LifetimeSpend,
    LifetimePoints,
    /// Points of a year, which is over when the tier is reviewed.
    YearPoints,
}

impl Terms {
    pub(super) fn read(keys: &mut Keys) -> Result<Terms, Stop> {
        let mut one_of = |key: &str, known: &[(&str, &'static str)]| {
            let Some(word) = keys.text(key)? else { return Ok(None) };
            let found = known.iter().find(|(case, _)| *case == word).map(|(_, own)| *own);
            found.map(Some).ok_or_else(|| Stop::Unsupported(format!("policy.{key}: {word}")))
        };
        let crossing = [("lazy", "old_rate"), ("eager", "new_rate"), ("split", "split")];
        let downgrade = [("eligible_tier", "to_qualified"), ("one_below", "one_step"), ("none", "never")];
        Ok(Terms {
            crossing: one_of("upgrade_timing", &crossing)?,
            downgrade: one_of("downgrade_to", &downgrade)?,
            lifetime_spend: one_of("tier_basis", &[("lifetime_spend", "lifetime")])?.is_some(),
            counts_order: keys.flag("tier_includes_current_transaction")? == Some(true),
        })
    }
}

/// Reads the ladder of the setup, and what each of its tiers earns.
pub(super) fn read(draft: &mut Draft, setup: &Setup) -> Result<(), Stop> {
    if setup.tiers.is_empty() {
        return Ok(());
    }
    let spend_is_said = draft.policy.tiers.lifetime_spend || setup.member.contains_key("lifetime_spend");
    let (mut tiers, mut measures, mut rates) = (Vec::new(), Vec::new(), Vec::new());
    for tier in &setup.tiers {
        let mut keys = Keys::read("tiers", tier.clone())?;
        let name = keys.text("name")?.ok_or_else(|| Stop::unsupported("tiers.name is not said"))?;
        let mut found = Vec::new();
        for (key, measure) in [
            ("min", Measure::LifetimeSpend),
            ("min_lifetime_points", Measure::LifetimePoints),
            ("min_points", Measure::YearPoints),
        ] {
            found.extend(keys.number(key)?.map(|number| (measure, number)));
        }
        let [(measure, least)] = found[..] else {
            return Err(Stop::unsupported("tiers: one measure for each tier"));
        };
        if measure == Measure::LifetimeSpend && !spend_is_said {
            return Err(Stop::unsupported("tiers.min: nothing says of what"));
        }
        measures.push(measure);
        rates.push((name.clone(), keys.number("earn_percent")?));
        keys.finish()?;
        tiers.push(one(&name, measure, least));
    }
    let first = measures.first().copied().unwrap_or(Measure::LifetimeSpend);
    if measures.iter().any(|measure| *measure != first) {
        return Err(Stop::unsupported("tiers by several measures"));
    }
    let mut ladder = ladder(first, tiers);
    let terms = [("crossing", draft.policy.tiers.crossing), ("downgrade", draft.policy.tiers.downgrade)];
    let terms = terms.into_iter().filter_map(|(field, word)| Some((field.to_owned(), json!(word?))));
    ladder.extend(terms);
    draft.tiers.ladders.push(Value::Object(ladder));
    earned(draft, &rates)
}

/// A ladder of so many stars each, as the table of unstated terms has it.
pub(super) fn by_points(tiers: &[(&str, &str)]) -> Value {
    let tier = |(name, least): &(&str, &str)| one(name, Measure::YearPoints, super::unstated::number(least));
    Value::Object(ladder(Measure::YearPoints, tiers.iter().map(tier).collect()))
}

/// A tier; one from nothing on is everybody's.
fn one(name: &str, measure: Measure, least: Amount) -> Value {
    let enter = match measure {
        Measure::LifetimeSpend => json!({ "spend_at_least": least }),
        Measure::LifetimePoints | Measure::YearPoints => {
            json!({ "points_at_least": { "wallet": POINTS, "points": least } })
        }
    };
    if least.is_zero() { json!({ "id": name }) } else { json!({ "id": name, "enter": enter }) }
}

fn ladder(measure: Measure, tiers: Vec<Value>) -> Map<String, Value> {
    let ladder = match measure {
        Measure::LifetimeSpend | Measure::LifetimePoints => json!({ "window": "lifetime" }),
        Measure::YearPoints => {
            json!({ "window": "12 months", "review": "tier_year", "validity": { "after": "12 months" } })
        }
    };
    let mut fields = Map::new();
    fields.insert("id".into(), json!(STATUS));
    if let Value::Object(more) = ladder {
        fields.extend(more);
    }
    fields.insert("tiers".into(), json!(tiers));
    fields
}

/// Each tier earns its own percentage, which takes the place of that of the tier below.
fn earned(draft: &mut Draft, rates: &[(String, Option<Amount>)]) -> Result<(), Stop> {
    for (number, (name, rate)) in rates.iter().enumerate() {
        let Some(rate) = rate else { continue };
        let mut when = vec![json!({ "tier_at_least": name })];
        if let Some((above, _)) = rates.get(number.saturating_add(1)) {
            when.push(json!({ "not": { "tier_at_least": above } }));
        }
        draft.grains.computed(None)?;
        draft.expiries.push(None);
        draft.accruals.push(
            json!({ "id": format!("tier.{name}"), "award": { "percent": rate }, "when": { "all": when } }),
        );
    }
    Ok(())
}

impl Ladders {
    /// The highest tier of the only ladder.
    pub(super) fn highest(&self) -> Option<Value> {
        let [ladder] = self.ladders.as_slice() else { return None };
        ladder.get("tiers")?.as_array()?.last()?.get("id").cloned()
    }

    /// Whether a tier is entered by points.
    pub(super) fn count_points(&self) -> bool {
        let tiers = self.ladders.iter().filter_map(|ladder| ladder.get("tiers")?.as_array()).flatten();
        let mut enter = tiers.filter_map(|tier| tier.get("enter"));
        enter.any(|enter| enter.get("points_at_least").is_some())
    }

    /// The fields of a member of whom that is known.
    pub(super) fn member(&self, known: &Known) -> Result<Map<String, Value>, Stop> {
        let mut fields = self.member.clone();
        if self.ladders.is_empty() {
            return match (&known.tier, known.lifetime_spend) {
                (None, None) => Ok(fields),
                _ => Err(Stop::unsupported("member.tier without tiers")),
            };
        }
        if let Some(tier) = &known.tier {
            fields.insert("tiers".into(), json!({ STATUS: { "tier": tier } }));
        }
        let mut earlier = Map::new();
        earlier.extend(known.lifetime_spend.map(|spend| ("spend".to_owned(), json!(spend))));
        earlier.extend(known.lifetime.map(|points| ("points".to_owned(), json!({ POINTS: points }))));
        if !earlier.is_empty() {
            fields.insert("earlier".into(), Value::Object(earlier));
        }
        Ok(fields)
    }
}
