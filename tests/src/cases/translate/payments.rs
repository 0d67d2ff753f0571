//! Wallets, what pays from them, and what points are exchanged for.

use dangol::Amount;
use serde_json::{Map, Value, json};

use super::{Draft, Stop, offers};
use crate::cases::dates;
use crate::cases::keys::Keys;

/// The wallets of money: what a case calls them, and the engine's wallet.
pub(in crate::cases) const WALLET: &str = "wallet";
pub(in crate::cases) const GIFT_CARD: &str = "gift_card";
/// The wallet of points.
pub(in crate::cases) const POINTS: &str = "points";

/// Money that a member holds: one unit of it pays one unit of an order.
#[derive(Clone, Debug)]
pub(super) struct Purse {
    pub(super) id: String,
    pub(super) amount: Amount,
    pub(super) last_day: Option<String>,
    /// Whether it pays for every order by itself.
    pub(super) automatic: bool,
}

/// The effects that pay.
pub(super) const EFFECTS: [&str; 4] =
    ["wallet_payment", "gift_card_payment", "amount_off_per_points", "free_product_for_points"];

/// Writes a rule that lets points or money pay.
pub(super) fn read(draft: &mut Draft, id: &str, mut rule: Keys, mut effect: Keys) -> Result<(), Stop> {
    let kind = effect.text("type")?.unwrap_or_default();
    let conditions = rule.list("conditions").unwrap_or_default();
    let code = offers::code(&mut rule)?;
    if !conditions.is_empty() || code.is_some() {
        return Err(Stop::Unsupported(format!("{kind} with conditions")));
    }
    // What pays comes after discounts, whatever its place among the rules.
    rule.pass_over(&["priority"]);
    match kind.as_str() {
        "wallet_payment" => pays(draft, WALLET, &mut effect)?,
        "gift_card_payment" => pays(draft, GIFT_CARD, &mut effect)?,
        "amount_off_per_points" => {
            let whole = effect.text("apply_to")?.is_none_or(|scope| scope == "order");
            if !whole {
                return Err(Stop::unsupported("amount_off_per_points off lines"));
            }
            let mut tender = Map::new();
            tender.insert("value".into(), json!(effect.needed("amount_per_point")?));
            if let Some(step) = effect.number("points_step")? {
                tender.insert("step".into(), json!(step));
            }
            tender.insert("automatic".into(), json!("all"));
            tenders(draft, tender)?;
        }
        _ => {
            // Which product it is does not matter to what it costs; how many can be had is asked for.
            effect.pass_over(&["free_sku"]);
            let cost = effect.needed("points_cost")?;
            draft.grains.digits(cost.digits());
            draft.rewards.push(json!({ "id": id, "cost": { "points": cost } }));
        }
    }
    effect.finish()?;
    rule.finish()
}

fn pays(draft: &mut Draft, id: &'static str, effect: &mut Keys) -> Result<(), Stop> {
    let amount = effect.needed("amount")?;
    let last_day = match effect.text("expires")? {
        None => None,
        Some(text) if text == "yesterday" => dates::before(draft.times.today()?).map(|day| day.to_string()),
        Some(text) => Some(draft.times.last_day(&text)?.to_string()),
    };
    // The second gift card is a wallet of its own.
    let others = draft.purses.iter().filter(|purse| purse.id.starts_with(id)).count();
    let id = if others == 0 { id.to_owned() } else { format!("{id}-{}", others.saturating_add(1)) };
    draft.purses.push(Purse { id, amount, last_day, automatic: true });
    Ok(())
}

/// How points pay; a program says it once.
pub(super) fn tenders(draft: &mut Draft, tender: Map<String, Value>) -> Result<(), Stop> {
    match &draft.tender {
        Some(known) if *known != tender => Err(Stop::unsupported("points that pay in several ways")),
        _ => {
            draft.tender = Some(tender);
            Ok(())
        }
    }
}

/// The terms of redemption.
pub(super) fn redemption(draft: &mut Draft, terms: Option<Map<String, Value>>) -> Result<(), Stop> {
    let Some(terms) = terms else { return Ok(()) };
    let mut keys = Keys::of("redemption", terms);
    let mut tender = Map::new();
    let (points, worth) = (keys.number("points")?, keys.number("amount_minor")?);
    let value = match (points, worth) {
        // Nothing says what a point is worth: the amount that it pays cannot be asked for, and one unit will do.
        (None, None) => json!("1"),
        (Some(points), Some(worth)) => {
            tender.insert("step".into(), json!(points));
            json!(rate(worth, points, draft.digits)?)
        }
        _ => return Err(Stop::unsupported("redemption.points without redemption.amount_minor")),
    };
    tender.insert("value".into(), value);
    for (key, field) in [
        ("multiple_of", "step"),
        ("min_points", "minimum"),
        ("max_per_transaction", "maximum"),
        ("min_lifetime_points", "minimum_lifetime"),
        ("max_percent_of_order", "max_percent"),
    ] {
        if let Some(number) = keys.number(key)?
            && tender.insert(field.into(), json!(number)).is_some()
        {
            return Err(Stop::Unsupported(format!("redemption.{key} beside another step")));
        }
    }
    keys.finish()?;
    draft.worth = tender.get("value").cloned();
    tenders(draft, tender)
}

/// The rate of the policy, where points pay for the order that earns.
pub(super) fn conversion(draft: &mut Draft) -> Result<(), Stop> {
    let Some((points, amount)) = draft.policy.conversion else { return Ok(()) };
    let minor = (0..draft.digits).try_fold(amount, |amount, _| tenfold(amount));
    let minor = minor.ok_or_else(|| Stop::unsupported("policy.conversion"))?;
    let mut tender = Map::new();
    tender.insert("value".into(), json!(rate(minor, points, draft.digits)?));
    tenders(draft, tender)
}

fn tenfold(amount: Amount) -> Option<Amount> {
    match amount.digits().checked_sub(1) {
        Some(digits) => Amount::new(amount.units(), digits).ok(),
        None => Amount::new(amount.units().checked_mul(10)?, 0).ok(),
    }
}

/// What one point is worth in money, where so many minor units are worth so many points: it must come out even.
pub(super) fn rate(minor: Amount, points: Amount, digits: u8) -> Result<Amount, Stop> {
    let even = || -> Option<Amount> {
        let (minor, points) = (minor.rescaled(0)?.units(), points.rescaled(0)?.units());
        // A rate has up to 6 digits after the point.
        let scale = 10_i64.checked_pow(u32::from(6_u8.checked_sub(digits)?))?;
        let wide = minor.checked_mul(scale)?;
        let rest = wide.checked_rem(points)?;
        Amount::new(wide.checked_div(points).filter(|_| rest == 0)?, 6).ok()
    };
    even().ok_or_else(|| Stop::unsupported("a point is worth no even amount"))
}
