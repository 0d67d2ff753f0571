//! The member before the first step.

use dangol::{Amount, Instant, Money};
use serde_json::{Map, Value, json};

use super::payments::{GIFT_CARD, POINTS, Purse, WALLET};
use super::{Draft, Stop};
use crate::cases::keys::{Keys, whole};

/// The lot that a balance is which nothing more is said about.
pub(in crate::cases) const OPENING: &str = "opening";

/// What a member has and has done.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    points: Option<Amount>,
    pub(super) lifetime: Option<Amount>,
    orders: u32,
    pub(super) tier: Option<String>,
    pub(super) lifetime_spend: Option<Amount>,
    /// Who it is, and the groups that it belongs to.
    id: Option<String>,
    groups: Vec<String>,
}

/// Reads a member.
pub(super) fn read(draft: &mut Draft, member: Map<String, Value>) -> Result<Known, Stop> {
    let mut keys = Keys::of("member", member);
    let known = Known {
        points: keys.number("points_balance")?,
        lifetime: keys.number("lifetime_points")?,
        orders: orders(&mut keys)?,
        tier: keys.text("tier")?,
        lifetime_spend: keys.number("lifetime_spend")?,
        id: keys.text("id")?,
        groups: keys.names("groups")?.unwrap_or_default(),
    };
    for (key, id) in [("wallet", WALLET), ("gift_card", GIFT_CARD)] {
        if let Some(amount) = keys.number(key)? {
            if draft.purses.iter().any(|purse| purse.id == id) {
                return Err(Stop::Unsupported(format!("several of `{id}`")));
            }
            draft.purses.push(Purse { id: id.to_owned(), amount, last_day: None, automatic: false });
        }
    }
    keys.finish()?;
    for points in [known.points, known.lifetime].into_iter().flatten() {
        draft.grains.digits(points.digits());
    }
    Ok(known)
}

/// The orders that count: those that were cancelled do not.
fn orders(keys: &mut Keys) -> Result<u32, Stop> {
    let mut count = |key: &str| -> Result<u32, Stop> {
        let number = keys.number(key)?.unwrap_or(Amount::ZERO);
        whole(number).ok_or_else(|| Stop::Unsupported(format!("member.{key}")))
    };
    let (placed, cancelled) = (count("orders_placed")?, count("orders_cancelled")?);
    placed.checked_sub(cancelled).ok_or_else(|| Stop::unsupported("member.orders_cancelled"))
}

/// Writes the member: what was granted before and is no longer there was spent.
pub(super) fn write(draft: &Draft, known: &Known, start: Instant) -> Result<Value, Stop> {
    let mut wallets = Map::new();
    let lot = |amount: Amount, last_day: Option<&String>| {
        let mut lot = json!({ "id": OPENING, "earned_at": start, "points": amount });
        if let (Some(day), Value::Object(fields)) = (last_day, &mut lot) {
            fields.insert("expires_on".into(), json!(day));
        }
        if amount > Amount::ZERO { vec![lot] } else { Vec::new() }
    };
    for purse in &draft.purses {
        let lots = lot(purse.amount, purse.last_day.as_ref());
        wallets.insert(purse.id.clone(), json!({ "lots": lots }));
    }
    let balance = known.points.unwrap_or(Amount::ZERO);
    let spent = match known.lifetime {
        Some(lifetime) => Money(lifetime).minus(Money(balance)).map(|spent| spent.0),
        None => Ok(Amount::ZERO),
    };
    let spent = spent.ok().filter(|spent| !spent.is_negative() && !balance.is_negative());
    let spent = spent.ok_or_else(|| Stop::unsupported("member.points_balance"))?;
    if known.points.is_some() || known.lifetime.is_some() {
        wallets.insert(
            POINTS.to_owned(),
            json!({ "lots": lot(balance, None), "spent": spent, "active_at": start }),
        );
    }
    let mut member = json!({ "id": "m1", "orders": known.orders, "wallets": wallets });
    if let Value::Object(fields) = &mut member {
        fields.extend(draft.tiers.member(known)?);
        if let Some(id) = &known.id {
            fields.insert("attributes".into(), json!({ "id": id }));
        }
        if !known.groups.is_empty() {
            fields.insert("segments".into(), json!(known.groups));
        }
    }
    Ok(member)
}
