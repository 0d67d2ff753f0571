//! From the words of a case to a program, a member, and a row of acts.

mod basket;
mod conditions;
mod dating;
mod granting;
mod matching;
mod member;
mod money;
mod offers;
mod orders;
mod payments;
mod points;
mod policy;
mod returns;
mod rounding;
mod rules;
mod scope;
mod splitting;
mod standing;
mod tiers;
mod unstated;
mod words;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use dangol::Amount;
use serde_json::{Map, Value, json};

use super::Stop;
use super::asked::{Plan, Step, Uses};
use super::file::{Given, Setup};
use super::keys::{Keys, number};
use basket::Lines;
use conditions::Sees;
use dating::Times;
use offers::Reach;
use payments::Purse;
use policy::Policy;
use rounding::Grains;
use rules::EarnRule;
use scope::Scope;

pub(super) use payments::{GIFT_CARD, POINTS, WALLET};
pub(super) use standing::{TOWARD_DRINK, WITH_STAY, WITHOUT_STAY};

/// What is known of the program while it is put together.
#[derive(Debug)]
struct Draft {
    digits: u8,
    times: Times,
    policy: Policy,
    scope: Scope,
    lines: Lines,
    grains: Grains,
    /// Whether a step tells the tax within an amount.
    tax_told: bool,
    /// The code of the case's currency.
    currency: String,
    /// What conditions of discounts look at.
    sees: Sees,
    /// What the percentages are taken off.
    percents: Vec<Reach>,
    /// The rule that each offer belongs to, and the lane of each rule.
    names: BTreeMap<String, String>,
    phases: BTreeMap<String, String>,
    /// The rules that need a code.
    coded: BTreeSet<String>,
    /// Whether a step asks in which order discounts come, and whether one splits an amount evenly.
    order_asked: bool,
    evenly: bool,
    /// Whether shares say how prices change, and not what is taken off.
    changes: bool,
    /// Whether a rule that grants points always takes the place of all others.
    displaced_by: Option<String>,
    /// How often offers with a limit for all members were used, and whether any has one for each.
    uses: BTreeMap<String, Uses>,
    per_member: bool,
    /// Articles that cannot be given.
    out_of_stock: Vec<Value>,
    purses: Vec<Purse>,
    tender: Option<Map<String, Value>>,
    /// Whether any rule says what is earned.
    has_earn_rules: bool,
    /// The offer whose availability is asked for.
    tried: Option<String>,
    /// The codes of all rules, and whether steps name those that are shown; where none does, all are.
    codes: Vec<String>,
    codes_are_named: bool,
    /// What a point is worth where points are redeemed by terms.
    worth: Option<Value>,
    accruals: Vec<Value>,
    /// The expiry of each accrual of an order or event.
    expiries: Vec<Option<Value>>,
    multipliers: Vec<Value>,
    offers: Vec<Value>,
    lanes: Vec<Value>,
    rewards: Vec<Value>,
    /// The ladders of tiers, and what is known of the member on them.
    tiers: tiers::Ladders,
    decay: Option<Value>,
    unstated: Vec<&'static str>,
}

/// Translates a case.
pub(super) fn plan(given: &Given) -> Result<Plan, Stop> {
    let Given { setup, steps, .. } = given;
    let words = words::read(steps)?;
    let times = Times::read(setup, &words)?;
    let (start, clock) = (times.start, times.clock);
    let mut draft = draft(setup, &words, times)?;
    rules(&mut draft, setup, &words)?;
    tiers::read(&mut draft, setup)?;
    returns::unsaid(&mut draft);
    let member = member::read(&mut draft, setup.member.clone())?;
    payments::redemption(&mut draft, setup.redemption.clone())?;
    payments::conversion(&mut draft)?;
    multiplied(&mut draft, setup)?;
    let steps: Vec<Step> = points::steps(&mut draft, words)?;
    let tolerance = match &setup.tolerance {
        // Fractions that nothing rounds are equal to the last digit of the engine's money.
        None if draft.policy.rounding.keeps_fractions() => Amount::new(1, 9).ok(),
        None => Some(Amount::ZERO),
        Some(value) => number(value),
    };
    Ok(Plan {
        program: write::program(&draft, setup)?,
        later: later(given)?,
        member: member::write(&draft, &member, start)?,
        start,
        clock,
        tolerance: tolerance.ok_or_else(|| Stop::unsupported("setup.tolerance"))?,
        digits: draft.digits,
        lines: draft.lines.names.clone(),
        names: draft.names.clone(),
        phases: draft.phases.clone(),
        coded: draft.coded.clone(),
        uses: draft.uses.clone(),
        changes: draft.changes,
        balance: write::balance(&draft, &steps),
        carried: write::carried(&draft),
        reward: write::reward(&draft),
        tried: draft.tried.clone(),
        counts_order: draft.policy.tiers.counts_order,
        unstated: draft.unstated,
        steps,
    })
}

/// The program after each edit of a rule: what the case says, with the rule's new value.
fn later(given: &Given) -> Result<Vec<Value>, Stop> {
    let mut given = given.clone();
    let mut programs = Vec::new();
    while let Some(place) = given.steps.iter().position(|step| step.get("do") == Some(&json!("change_rule")))
    {
        let step = given.steps.remove(place);
        let changed = |rule: &&mut Value| rule.get("id") == step.get("rule");
        let rule = given.setup.rules.iter_mut().find(changed);
        let effect = rule.and_then(|rule| rule.pointer_mut("/effect/value"));
        let (Some(effect), Some(value)) = (effect, step.get("value")) else {
            return Err(Stop::unsupported("steps.rule"));
        };
        *effect = value.clone();
        let edits = |step: &&Value| step.get("do") != Some(&json!("change_rule"));
        let rest = Given { steps: given.steps.iter().filter(edits).cloned().collect(), ..given.clone() };
        let mut program = plan(&rest)?.program;
        if let Value::Object(fields) = &mut program {
            fields.insert("version".into(), json!(programs.len().saturating_add(2).to_string()));
        }
        programs.push(program);
    }
    Ok(programs)
}

/// What the policy and the basket say, before any rule.
fn draft(setup: &Setup, words: &[Keys], times: Times) -> Result<Draft, Stop> {
    let digits = setup.currency.minor_digits;
    let prices = words::prices(words);
    let fees = setup.delivery_fees.as_ref().filter(|_| prices);
    let lines = basket::read(setup.basket.clone().filter(|_| prices), fees, conditions::base_units(setup)?)?;
    let scope = scope::read(setup, words, &lines);
    let policy = Policy::read(Keys::of("policy", setup.policy.clone()), &scope)?;
    let sees = if prices {
        offers::sees(&setup.rules, policy.together.conditions_see.as_deref())?
    } else {
        Sees::default()
    };
    let mut grains = Grains::default();
    if let Some((mode, digits)) = &policy.points_rounding {
        grains.exactly(mode, *digits)?;
    }
    Ok(Draft {
        digits,
        times,
        policy,
        scope,
        grains,
        tax_told: words.iter().any(|step| step.has("tax_included")),
        currency: setup.currency.code.clone(),
        sees,
        percents: Vec::new(),
        names: BTreeMap::new(),
        phases: BTreeMap::new(),
        coded: BTreeSet::new(),
        order_asked: words::any(words, &["evaluation_order"]),
        evenly: words::any(words, &["split_evenly"]),
        changes: false,
        displaced_by: rules::displacing(setup)?,
        uses: BTreeMap::new(),
        per_member: false,
        out_of_stock: Vec::new(),
        lines,
        purses: Vec::new(),
        tender: None,
        has_earn_rules: has_earn_rules(setup),
        tried: None,
        codes: words::codes(setup),
        codes_are_named: words::codes_are_named(words),
        worth: None,
        accruals: Vec::new(),
        expiries: Vec::new(),
        multipliers: Vec::new(),
        offers: Vec::new(),
        lanes: Vec::new(),
        rewards: Vec::new(),
        tiers: tiers::Ladders::default(),
        decay: None,
        unstated: Vec::new(),
    })
}

fn has_earn_rules(setup: &Setup) -> bool {
    let kinds = setup.rules.iter().filter_map(|rule| rule.pointer("/effect/type"));
    kinds.into_iter().any(|kind| kind == "earn_points")
}

/// Every rule, by what it does.
fn rules(draft: &mut Draft, setup: &Setup, words: &[Keys]) -> Result<(), Stop> {
    let mut discounts = Vec::new();
    for rule in &setup.rules {
        let mut rule = Keys::read("rules", rule.clone())?;
        let id = rule.text("id")?.unwrap_or_default();
        let effect = rule.keys("effect")?.ok_or_else(|| Stop::unsupported("a rule without an effect"))?;
        let kind = effect.clone().text("type")?.unwrap_or_default();
        match kind.as_str() {
            "earn_points" => {
                let mut effect = effect;
                effect.text("type")?;
                rules::earn(draft, EarnRule { id, rule, effect })?;
            }
            kind if payments::EFFECTS.contains(&kind) => payments::read(draft, &id, rule, effect)?,
            // Where no basket is priced, no discount can matter.
            _ if !words::prices(words) => {}
            kind if offers::EFFECTS.contains(&kind) => {
                discounts.extend(offers::read(draft, &id, rule, effect)?);
            }
            kind => return Err(Stop::Unsupported(format!("effect.type: {kind}"))),
        }
    }
    offers::write(draft, discounts)
}

/// A factor that a member has, and how its points are rounded: down where nothing is said.
fn multiplied(draft: &mut Draft, setup: &Setup) -> Result<(), Stop> {
    let Some(factor) = &setup.member_multiplier else {
        return match &setup.multiplier_rounding {
            Some(_) if !draft.multipliers.is_empty() => Err(Stop::unsupported("setup.multiplier_rounding")),
            _ => Ok(()),
        };
    };
    let factor = number(factor).ok_or_else(|| Stop::unsupported("setup.member_multiplier"))?;
    draft.multipliers.push(json!({ "id": "member", "factor": factor }));
    draft.grains.exactly(setup.multiplier_rounding.as_deref().unwrap_or("floor"), 0)
}
