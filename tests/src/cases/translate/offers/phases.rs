//! Phases that follow one another, each with its own choice; and discounts that people at the till give.

use serde_json::json;

use super::choices::{all, best, one};
use super::lanes::Lane;
use super::{Discount, Reach};
use crate::cases::Stop;
use crate::cases::translate::policy::Together;

/// The phase of codes and of discounts of the whole order, before which people at the till give theirs.
const CODES: &str = "code_or_order";

/// The lanes of the phases, in their order.
pub(super) fn lanes(together: &Together, found: Vec<Discount>) -> Result<Vec<Lane>, Stop> {
    let mut lanes = Vec::new();
    let (manual, mut rest): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.manual);
    let mut manual = Some(manual);
    for (scope, pick) in &together.phases {
        let (own, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(|one| belongs(scope, one));
        rest = others;
        let given = if scope == CODES { manual.take().unwrap_or_default() } else { Vec::new() };
        if given.is_empty() {
            lanes.extend(picked(scope, pick, own)?);
        } else {
            lanes.extend(by_hand(scope, pick, given, own)?);
        }
    }
    match (rest.first(), manual.filter(|manual| !manual.is_empty())) {
        (Some(stray), _) => Err(Stop::Unsupported(format!("policy.phases: none for `{}`", stray.rule))),
        (None, Some(_)) => Err(Stop::unsupported("policy.manual_discount without a phase of codes")),
        (None, None) => Ok(lanes),
    }
}

fn belongs(scope: &str, one: &Discount) -> bool {
    match scope.strip_prefix("lane:") {
        Some(lane) => one.phase.as_deref().unwrap_or("default") == lane,
        None if scope == "catalogue" => !one.coded && one.reach <= Reach::Line,
        None => scope == CODES,
    }
}

fn picked(scope: &str, pick: &str, found: Vec<Discount>) -> Result<Vec<Lane>, Stop> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    match pick {
        "best_single_per_line" => best(scope, found),
        "one" => Ok(vec![one(scope, found)]),
        "all" => Ok(vec![all(scope, found)]),
        other => Err(Stop::Unsupported(format!("policy.phases.pick: {other}"))),
    }
}

/// A discount by hand takes the place of those of its scope: off lines that of all that follow on these lines, off the
/// order that of others off the order.
fn by_hand(scope: &str, pick: &str, given: Vec<Discount>, own: Vec<Discount>) -> Result<Vec<Lane>, Stop> {
    let (mut lines, mut orders): (Vec<_>, Vec<_>) =
        given.into_iter().partition(|one| one.reach <= Reach::Line);
    let (rivals, own): (Vec<_>, Vec<_>) =
        own.into_iter().partition(|one| one.reach == Reach::Order && !orders.is_empty());
    for one in lines.iter_mut().flat_map(|one| one.offers.iter_mut()) {
        one.insert("stops".into(), json!("line"));
    }
    let replaced = format!("{scope}-replaced");
    if !rivals.is_empty() {
        for one in orders.iter_mut().flat_map(|one| one.offers.iter_mut()) {
            one.insert("excludes".into(), json!({ "lanes": [replaced] }));
        }
    }
    let mut lanes = vec![all("by-hand-lines", lines)];
    lanes.extend(picked(scope, pick, own)?);
    lanes.push(all("by-hand-order", orders));
    lanes.push(one(&replaced, rivals));
    Ok(lanes)
}
