//! Members as they stand, so that what returns leave of them can be compared.

use std::collections::BTreeMap;

use dangol::{Member, Points, Returned};
use serde_json::{Value, json};

use super::parts::{is_nothing, plain};
use super::returns::{points, sum};
use super::selling::{Bought, Sold};
use super::visit::read;

/// The member as it stands: without what only remembers that something was done, and without what comes to nothing.
pub(crate) fn standing(bought: &Bought, member: &Member) -> Value {
    let mut value = json!(member);
    // Who was never looked at has the tier that everybody has.
    value["tiers"] =
        json!(bought.program.tiers(member, bought.now).unwrap_or_else(|error| panic!("{error}")));
    let fields = value.as_object_mut().unwrap_or_else(|| panic!("a member is an object"));
    // Who came from elsewhere with what was done there had the latest order then.
    let latest = member
        .activity
        .iter()
        .filter(|day| day.orders > 0)
        .map(|day| day.on)
        .chain(member.last_order_on)
        .max();
    fields.insert("last_order_on".to_owned(), json!(latest));
    // What no rule will ask about any more may be kept day by day, or in all.
    let (first, lost) = (bought.order.quote.forget_before, &member.earlier);
    let days = member.activity.iter().filter(|day| first.is_none_or(|first| first <= day.on));
    let older = || member.activity.iter().filter(|day| first.is_some_and(|first| day.on < first));
    let spend = sum(older().map(|day| day.spend).chain([lost.spend]));
    let orders = older().map(|day| day.orders).sum::<u64>() + lost.orders;
    fields.insert("activity".to_owned(), json!(days.collect::<Vec<_>>()));
    fields.insert("earlier".to_owned(), json!([spend, orders]));
    for field in ["version", "at", "operations", "past_coupons"] {
        fields.remove(field);
    }
    for (wallet, account) in fields["wallets"].as_object_mut().into_iter().flatten() {
        // What was granted and taken back is as if neither had been.
        let total = |field: &str| account.get(field).map_or(Points::ZERO, read);
        let granted = total("granted").minus(total("revoked"));
        account["granted"] = json!(granted.unwrap_or_else(|error| panic!("{error}")));
        account["revoked"] = Value::Null;
        // When a wallet was last used matters only where activity keeps it up.
        if bought.order.quote.before.kept_up.keys().all(|kept| kept.as_str() != wallet) {
            account["active_at"] = Value::Null;
        }
        account["lots"] = renamed(&account["lots"]);
    }
    for list in ["activity", "tallies"] {
        let nothing = |entry: &Value| {
            let mut entry = entry.clone();
            for field in ["on", "kind", "of", "per", "since"] {
                entry[field] = Value::Null;
            }
            is_nothing(&entry)
        };
        fields
            .get_mut(list)
            .and_then(Value::as_array_mut)
            .into_iter()
            .for_each(|all| all.retain(|one| !nothing(one)));
    }
    // The sum of a span that is over counts for nothing.
    let on = bought.order.quote.on.0;
    let runs = |tally: &Value| {
        let Some(since) = tally["since"].as_str().and_then(|day| day.parse::<chrono::NaiveDate>().ok())
        else {
            return true;
        };
        match tally["per"].as_str() {
            Some("day") => since == on,
            Some("week") => (on - since).num_days() < 7,
            Some("month") => since.format("%Y-%m").to_string() == on.format("%Y-%m").to_string(),
            _ => since.format("%Y").to_string() == on.format("%Y").to_string(),
        }
    };
    fields.get_mut("tallies").and_then(Value::as_array_mut).into_iter().for_each(|all| all.retain(runs));
    for list in ["tallies", "coupons"] {
        fields
            .get_mut(list)
            .and_then(Value::as_array_mut)
            .into_iter()
            .for_each(|all| all.sort_by_key(Value::to_string));
    }
    for counts in ["uses", "issued"] {
        if let Some(counts) = fields.get_mut(counts).and_then(Value::as_object_mut) {
            counts.retain(|_, count| !is_nothing(count));
        }
    }
    fields.retain(|_, value| !is_nothing(value));
    plain(value)
}

/// Whether a lot of that name was issued anew: there is one for each issuer.
fn is_anew(id: &str) -> bool {
    let name = id.rsplit_once('/').map_or(id, |(_, name)| name);
    name.strip_prefix("restored").is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Points that are issued anew are named after the return: here they are one lot for each issuer and last day.
fn renamed(lots: &Value) -> Value {
    let (anew, mut lots): (Vec<Value>, Vec<Value>) = lots
        .as_array()
        .into_iter()
        .flatten()
        .cloned()
        .partition(|lot| lot["id"].as_str().is_some_and(is_anew));
    let mut all: BTreeMap<String, Vec<Points>> = BTreeMap::new();
    for mut lot in anew {
        let points = read(&lot["points"]);
        // What was earned on several days is as old as what came back first; it could be used before.
        for field in ["id", "points", "earned_at", "usable_from"] {
            lot.as_object_mut().and_then(|lot| lot.remove(field));
        }
        all.entry(lot.to_string()).or_default().push(points);
    }
    lots.extend(all.into_iter().map(|(lot, parts)| json!([lot, points(parts)])));
    json!(lots)
}

/// Whether nothing waits for the next look at what was done, as it does where it came from elsewhere: to lift the member, to
/// let it fall, or to keep a tier whose time is over or whose grace runs: the look that a return takes finds these, too.
fn settled(bought: &Bought, member: &Member) -> bool {
    let due = bought.program.advance(member, bought.now).unwrap_or_else(|error| panic!("{error}"));
    let tiers = bought.program.tiers(member, bought.now).unwrap_or_else(|error| panic!("{error}"));
    let is = |reached: bool| move |goal: &dangol::TierGoal| goal.reached == reached;
    let over = |last: dangol::Day| last < bought.order.quote.on;
    due.is_empty()
        && tiers.iter().all(|tier| {
            let (next, keep) = (tier.next.as_ref(), tier.keep.as_ref());
            let (until, falls_on) = (tier.standing.until, tier.standing.falls_on);
            let graced = falls_on.is_some() && keep.is_some_and(is(true));
            !graced && !next.is_some_and(is(true)) && !keep.is_some_and(is(false)) && !until.is_some_and(over)
        })
}

/// What reaching a tier brought is gone with it: with a tier on no ladder that the member did not have before, no points are
/// kept that the order granted for reaching one, and no coupons.
pub(crate) fn nothing_without_a_rise(bought: &Bought, after: &Bought) {
    let tiers = |member: &Member| -> Vec<_> {
        let tiers = bought.program.tiers(member, bought.now).unwrap_or_else(|error| panic!("{error}"));
        tiers.into_iter().map(|tier| tier.tier).collect()
    };
    let (quote, returns) = (&after.order.quote, &after.order.returns);
    if tiers(&after.member) != tiers(&bought.before) {
        return;
    }
    let keeps = quote.returns.earned == dangol::TakenPoints::None;
    for accrual in quote.accruals.iter().filter(|accrual| accrual.reached.is_some() && !keeps) {
        let taken = returns.iter().flat_map(|known| &known.taken).filter(|taken| taken.rule == accrual.rule);
        assert_eq!(points(taken.map(|taken| taken.points)), accrual.points, "{accrual:?}");
    }
    for issued in quote.issued.iter().filter(|issued| issued.reached.is_some()) {
        let gone = |known: &dangol::TakenCoupon| known.offer == issued.offer;
        assert!(returns.iter().flat_map(|known| &known.issued).any(gone), "{issued:?}");
    }
}

/// The order, placed by a member whom it does not find something to do about that was there before, and whom it does not
/// leave with something to do: what the next look grants is not the order's.
pub(crate) fn fresh(sold: &Sold) -> Option<Bought> {
    let idle =
        |bought: &Bought| [&bought.before, &bought.member].iter().all(|member| settled(bought, member));
    let bought = sold.bought();
    if idle(&bought) {
        return Some(bought);
    }
    let mut first = Bought::of(bought.program, bought.before, &sold.basket, bought.now, "o0");
    first.back(&Returned::Void, "void");
    let bought = Bought::of(first.program, first.member, &sold.basket, first.now, "o1");
    idle(&bought).then_some(bought)
}

/// The same as a return leaves it that was taken back. What decided a rise counts all of its day once more, as nobody knows
/// what came later on that day; a tier that was lost meanwhile is reached anew: it is held since that day and until another.
pub(crate) fn reopened(mut standing: Value, anew: bool) -> Value {
    for tier in standing["tiers"].as_array_mut().into_iter().flatten() {
        for rise in tier["standing"]["rises"].as_array_mut().into_iter().flatten() {
            rise["by"] = Value::Null;
        }
        if anew {
            for field in ["since", "until", "falls_on", "rises"] {
                tier["standing"][field] = Value::Null;
            }
            (tier["review"], tier["keep"]["by"]) = (Value::Null, Value::Null);
        }
    }
    standing
}

/// The same with how many points these wallets have, and not in which lots.
pub(crate) fn in_all(mut standing: Value, wallets: &[String]) -> Value {
    for wallet in wallets {
        let account = &mut standing["wallets"][wallet];
        let of = |lot: &Value| read(if lot.is_array() { &lot[1] } else { &lot["points"] });
        account["lots"] = plain(json!(points(account["lots"].as_array().into_iter().flatten().map(of))));
    }
    standing
}

/// No difference.
pub(crate) const NOTHING: Vec<String> = Vec::new();

/// Where two values differ, so that a failure says just that.
pub(crate) fn differences(one: &Value, other: &Value) -> Vec<String> {
    let mut found = Vec::new();
    differ(String::new(), one, other, &mut found);
    found
}

fn differ(path: String, one: &Value, other: &Value, found: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(fields), Value::Object(others)) => {
            for name in fields.keys().chain(others.keys().filter(|name| !fields.contains_key(*name))) {
                differ(format!("{path}.{name}"), &one[name], &other[name], found);
            }
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            for (number, (one, other)) in items.iter().zip(others).enumerate() {
                differ(format!("{path}[{number}]"), one, other, found);
            }
        }
        _ if one == other || (is_nothing(one) && is_nothing(other)) => {}
        _ => found.push(format!("{path}: {one} and not {other}")),
    }
}
