//! The program, put together.

use dangol::{Amount, Currency};
use serde_json::{Map, Value, json};

use super::payments::{GIFT_CARD, POINTS, WALLET};
use super::{Draft, Setup, Stop};
use crate::cases::asked::{Act, Step};
use crate::cases::keys::number;

/// The program as JSON. Sections that are empty are left out.
pub(super) fn program(draft: &Draft, setup: &Setup) -> Result<Value, Stop> {
    let mut program = Map::new();
    program.insert("format".into(), json!(1));
    program.insert("id".into(), json!("case"));
    program.insert("version".into(), json!("1"));
    program.insert("currency".into(), json!(currency(setup)?));
    program.extend(super::money::write(draft)?);
    let returns = draft.policy.returns.section.clone();
    if !returns.is_empty() {
        program.insert("returns".into(), Value::Object(returns));
    }
    let (points, expiry) = points(draft)?;
    let mut wallets = vec![points];
    wallets.extend(draft.purses.iter().map(|purse| {
        let automatic = if purse.automatic { "all" } else { "off" };
        json!({ "id": purse.id, "digits": draft.digits, "tender": { "value": "1", "automatic": automatic } })
    }));
    let mut accruals = accruals(draft, expiry.as_ref());
    if accruals.is_empty() && draft.tiers.count_points() {
        // Somewhere points came from, of which the case does not tell.
        accruals.push(json!({ "id": "untold", "on": { "event": "untold" }, "award": { "fixed": "1" } }));
    }
    let sections = [
        ("wallets", wallets),
        ("accruals", accruals),
        ("multipliers", draft.multipliers.clone()),
        ("rewards", draft.rewards.clone()),
        ("lanes", draft.lanes.clone()),
        ("offers", draft.offers.clone()),
    ];
    if !draft.tiers.ladders.is_empty() {
        program.insert("tiers".into(), json!(draft.tiers.ladders));
    }
    let sections = sections.into_iter().filter(|(_, entries)| !entries.is_empty());
    program.extend(sections.map(|(name, entries)| (name.to_owned(), json!(entries))));
    Ok(Value::Object(program))
}

/// The currency; one with as many digits stands for it where it has others than the case says. Its name matters to no
/// number.
fn currency(setup: &Setup) -> Result<&str, Stop> {
    let code = setup.currency.code.as_str();
    let others = [code, "KRW", "EUR", "KWD", "CLF"];
    let fits = |code: &&str| {
        let digits = Currency::from_code(code).map(Currency::digits);
        digits == Some(setup.currency.minor_digits)
    };
    others.into_iter().find(fits).ok_or_else(|| Stop::unsupported("currency.minor_digits"))
}

/// The wallet of points, and its expiry.
fn points(draft: &Draft) -> Result<(Value, Option<Value>), Stop> {
    let (digits, rounding) = draft.grains.wallet(draft.digits)?;
    let mut wallet = Map::new();
    wallet.insert("id".into(), json!(POINTS));
    wallet.insert("digits".into(), json!(digits));
    wallet.insert("rounding".into(), rounding);
    let order = match draft.policy.lot_consumption.as_deref() {
        None | Some("earliest_expiry") => "soonest_expiry",
        Some("fifo") => "oldest_first",
        Some("lifo") => "newest_first",
        Some(other) if draft.scope.spends => {
            return Err(Stop::Unsupported(format!("policy.lot_consumption: {other}")));
        }
        Some(_) => "soonest_expiry",
    };
    wallet.insert("burn_order".into(), json!(order));
    // Rules that multiply do so one after the other.
    if draft.multipliers.len() > 1 {
        wallet.insert("multipliers".into(), json!("product"));
    }
    let expiry = common(&draft.expiries);
    let fields = [
        ("expiry", expiry.clone()),
        ("tender", tender(draft, digits)),
        ("extension", extension(draft, expiry.as_ref())?),
        ("decay", draft.decay.clone()),
    ];
    wallet.extend(fields.into_iter().filter_map(|(field, value)| Some((field.to_owned(), value?))));
    Ok((Value::Object(wallet), expiry))
}

/// How points pay. Where they are used up and nothing says what one is worth, any worth will do that comes out even.
fn tender(draft: &Draft, digits: u8) -> Option<Value> {
    let any = || {
        let even = 10_i64.checked_pow(u32::from(digits.saturating_sub(draft.digits)))?;
        draft.scope.spends.then(|| json!({ "value": even.to_string() }))
    };
    draft.tender.clone().map(Value::Object).or_else(any)
}

/// What a purchase does to the points that are there: it dates them anew, by a period of its own, or as new points.
fn extension(draft: &Draft, expiry: Option<&Value>) -> Result<Option<Value>, Stop> {
    let new = match (draft.policy.rolling_months, draft.policy.rolling) {
        (None, false) => return Ok(None),
        (Some(months), false) => json!({ "after": format!("{months} months") }),
        (None, true) => {
            expiry.cloned().ok_or_else(|| Stop::unsupported("policy.rolling without one expiry"))?
        }
        (Some(_), true) => return Err(Stop::unsupported("policy.rolling with a window")),
    };
    Ok(Some(json!({ "on": ["order", "accrual"], "expiry": new })))
}

/// Points of one kind live as long as its rules say, where they all say the same.
fn common(expiries: &[Option<Value>]) -> Option<Value> {
    let mut said = expiries.iter().flatten();
    let first = said.next()?;
    said.all(|other| other == first).then(|| first.clone())
}

/// The accruals, each with its own expiry where that is not the wallet's.
fn accruals(draft: &Draft, common: Option<&Value>) -> Vec<Value> {
    let rules = draft.accruals.iter().zip(&draft.expiries);
    let with = |(rule, expiry): (&Value, &Option<Value>)| {
        let mut rule = rule.clone();
        if let (Value::Object(fields), Some(expiry)) = (&mut rule, expiry)
            && common != Some(expiry)
        {
            fields.insert("expiry".into(), expiry.clone());
        }
        rule
    };
    rules.map(with).collect()
}

/// The wallet that a plain `balance` is about: the points, or the only wallet that is used.
pub(super) fn balance(draft: &Draft, steps: &[Step]) -> Option<&'static str> {
    let moves = |wallet: &str| {
        steps.iter().any(|step| match &step.act {
            Act::Action { action, .. } => {
                let named = action.as_object().and_then(|action| action.values().next());
                named.and_then(|named| named.get("wallet")).is_some_and(|named| *named == json!(wallet))
            }
            _ => false,
        })
    };
    let purse = draft.purses.first();
    match purse {
        None => Some(POINTS),
        Some(_) if draft.purses.len() > 1 => None,
        Some(purse) if draft.accruals.is_empty() && !moves(POINTS) => {
            [WALLET, GIFT_CARD].into_iter().find(|id| *id == purse.id)
        }
        Some(_) => None,
    }
}

/// The money of one step of the only rule, where what is left over is carried on.
pub(super) fn carried(draft: &Draft) -> Option<Amount> {
    let [rule] = draft.accruals.as_slice() else { return None };
    number(rule.pointer("/award/per_amount/amount")?).filter(|_| draft.policy.carry_over)
}

/// The only reward.
pub(super) fn reward(draft: &Draft) -> Option<String> {
    let [reward] = draft.rewards.as_slice() else { return None };
    reward.get("id")?.as_str().map(str::to_owned)
}
