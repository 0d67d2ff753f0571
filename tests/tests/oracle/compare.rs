//! An account as the oracle has it and as the core has it, in one form.

use std::collections::BTreeMap;

use dangol::Member;
use serde_json::{Value, json};

use super::account::{Account, Lot, by_name};
use super::calendar::{Day, written};

/// Everything that the oracle knows of an account, to be compared.
pub(crate) fn expected(account: &Account) -> Value {
    let today = account.today();
    let mut lots: Vec<_> = account.lots.iter().collect();
    lots.sort_by_key(|lot| by_name(&lot.id));
    let lot = |lot: &&Lot| {
        json!([
            lot.id,
            lot.points,
            account.held(&lot.id),
            lot.expires,
            lot.grace,
            lot.from,
            lot.awaits,
            written(lot.earned)
        ])
    };
    let holds: BTreeMap<&str, &Vec<(String, i64)>> =
        account.holds.iter().map(|hold| (hold.id.as_str(), &hold.parts)).collect();
    let open = account.lapsed.iter().filter(|(_, until)| today <= *until);
    let mut lapsed: Vec<Value> = open.map(|(lot, until)| json!([until, lot.id, lot.points])).collect();
    lapsed.sort_by_key(Value::to_string);
    json!({
        "lots": lots.iter().map(lot).collect::<Vec<_>>(), "holds": holds, "lapsed": lapsed, "usable": account.usable(),
        "totals": [account.granted, account.spent, account.expired, account.revoked, account.sent, account.deficit],
    })
}

/// The same of the core's account.
pub(crate) fn found(member: &Member, today: Day) -> Value {
    let account = member.account("points").cloned().unwrap_or_default();
    let mut lots: Vec<_> = account.lots().iter().collect();
    lots.sort_by_key(|lot| by_name(lot.id.as_str()));
    let lot = |lot: &&dangol::Lot| {
        json!([
            lot.id,
            lot.points.units(),
            lot.held.units(),
            lot.expires_on,
            lot.grace_until,
            lot.usable_from,
            lot.awaits.is_some(),
            lot.earned_at
        ])
    };
    let parts = |hold: &dangol::Hold| -> Vec<Value> {
        hold.lots.iter().map(|draw| json!([draw.lot, draw.points.units()])).collect()
    };
    let holds: BTreeMap<&str, Vec<Value>> =
        account.holds().iter().map(|hold| (hold.id.as_str(), parts(hold))).collect();
    let open = account.lapsed().iter().filter(|lapsed| today <= lapsed.until.0);
    let mut lapsed: Vec<Value> =
        open.map(|lapsed| json!([lapsed.until, lapsed.lot.id, lapsed.lot.points.units()])).collect();
    lapsed.sort_by_key(Value::to_string);
    let totals = [account.granted(), account.spent(), account.expired(), account.revoked(), account.sent()];
    let mut totals: Vec<i64> = totals.iter().map(|points| points.units()).collect();
    totals.push(account.deficit().units());
    json!({
        "lots": lots.iter().map(lot).collect::<Vec<_>>(), "holds": holds, "lapsed": lapsed,
        "usable": account.usable(dangol::Day(today)).units(), "totals": totals,
    })
}
