//! Tiers by hand: set, tried, taken away; and what counts for them put right.

use std::collections::BTreeMap;

use crate::error::{ApplyError, Code, InputError, suggestion};
use crate::model::{Change, CorrectActivity, EndTier, Reason, SetTier, TierCause, TierFloor, TryTier};
use crate::program::Compiled;
use crate::rule::TierLadder;
use crate::value::{Day, Id, Money};

use super::{Done, mistake, refused, words};
use crate::decide::draft::Draft;
use crate::decide::tier as ladder;

pub(super) fn set(draft: &mut Draft<'_>, asked: &SetTier) -> Done {
    words(&asked.reason, "set_tier.reason")?;
    let on = ladder_of(draft.program, &asked.tier, "set_tier.tier")?;
    if asked.until.is_some_and(|until| until < draft.today) {
        let message = format!("lies before today, {}", draft.today);
        return mistake(Code::OutOfRange, "set_tier.until", message);
    }
    put(draft, on, (&asked.tier, asked.until, false), TierCause::Set)
}

pub(super) fn begin(draft: &mut Draft<'_>, asked: &TryTier) -> Done {
    let on = ladder_of(draft.program, &asked.tier, "try_tier.tier")?;
    let tier = on.tiers.iter().find(|tier| tier.id == asked.tier);
    let Some(trial) = tier.and_then(|tier| tier.trial.as_ref()) else {
        let message = format!("the program has no `trial` for tier `{}`", asked.tier);
        return mistake(Code::Contradiction, "try_tier.tier", message);
    };
    if ladder::has(draft.program, &draft.member, &asked.tier, draft.today)? {
        return refused("try_tier.tier", Reason::TierHeld { tier: asked.tier.clone() });
    }
    let Some(until) = trial.lasts.after(draft.today) else {
        return mistake(Code::OutOfRange, "try_tier", "the last day lies beyond the calendar's end");
    };
    put(draft, on, (&asked.tier, Some(until), true), TierCause::Tried)
}

pub(super) fn end(draft: &mut Draft<'_>, asked: &EndTier) -> Done {
    words(&asked.reason, "end_tier.reason")?;
    let ladders = draft.program.ladders();
    let found = ladders.iter().find(|ladder| asked.ladder.as_ref().is_none_or(|id| ladder.id == *id));
    let Some(on) = found else {
        let (path, id) = ("end_tier.ladder", asked.ladder.as_ref().map_or("status", Id::as_str));
        let near = suggestion(id, ladders.iter().map(|ladder| ladder.id.as_str()));
        return mistake(Code::UnknownName, path, format!("no such ladder: `{id}`{near}"));
    };
    let standing = draft.member.tiers.get(&on.id).filter(|standing| standing.floor.is_some());
    let Some(standing) = standing.cloned() else {
        return refused("end_tier.ladder", Reason::NothingLeft);
    };
    let change =
        ladder::with_floor(draft.program, on, &draft.member, standing, None, TierCause::Ended, draft.today)?;
    draft.add(change)?;
    Ok(Ok(()))
}

/// Puts a floor under the member's standing.
fn put(
    draft: &mut Draft<'_>,
    on: &TierLadder,
    (tier, until, trial): (&Id, Option<Day>, bool),
    because: TierCause,
) -> Done {
    let standing = draft.member.tiers.get(&on.id).cloned().unwrap_or_default();
    let floor = TierFloor { tier: tier.clone(), since: draft.today, until, trial, earned: None };
    let change =
        ladder::with_floor(draft.program, on, &draft.member, standing, Some(floor), because, draft.today)?;
    draft.add(change)?;
    Ok(Ok(()))
}

fn ladder_of<'a>(program: &'a Compiled, tier: &Id, path: &str) -> Result<&'a TierLadder, InputError> {
    let place = program.place_of(tier).and_then(|place| program.ladders().get(place.ladder));
    if let Some(ladder) = place {
        return Ok(ladder);
    }
    let near = suggestion(tier.as_str(), program.tiers.iter().map(|place| place.id.as_str()));
    mistake(Code::UnknownName, path, format!("no such tier: `{tier}`{near}"))
}

pub(super) fn correct(draft: &mut Draft<'_>, asked: &CorrectActivity) -> Done {
    let path = |field: &str| format!("correct_activity.{field}");
    words(&asked.reason, "correct_activity.reason")?;
    let CorrectActivity { on, spend, orders, ladder, reason } = asked.clone();
    if on > draft.today {
        let message = format!("lies after today, {}", draft.today);
        return mistake(Code::OutOfRange, &path("on"), message);
    }
    if spend.is_zero() && orders == 0 {
        return mistake(Code::Empty, &path("spend"), "give `spend`, `orders` or both");
    }
    let currency = draft.program.currency();
    let spend = match crate::check::exact(spend.0, currency.digits(), currency.code()) {
        Ok(exact) => Money(exact),
        Err((code, message)) => return mistake(code, &path("spend"), message),
    };
    if let Some(id) = &ladder {
        let known = draft.program.ladder(id);
        let message = match known {
            Some(known) if known.counts_itself() => None,
            Some(_) => Some(format!("ladder `{id}` counts orders as everything else does: leave it out")),
            None => {
                let near = suggestion(id.as_str(), draft.program.ladders().iter().map(|it| it.id.as_str()));
                Some(format!("no such ladder: `{id}`{near}"))
            }
        };
        if let Some(message) = message {
            let code = if known.is_some() { Code::Contradiction } else { Code::UnknownName };
            return mistake(code, &path("ladder"), message);
        }
    }
    let day = draft.member.kept_day(on);
    let own = draft.program.ladders().iter().filter(|known| ladder.is_none() && known.counts_itself());
    let beside = own.map(|known| known.id.clone()).collect();
    let (points, order) = (BTreeMap::new(), None);
    let more = ladder::More { on, spend, orders, points: &points };
    let (points, ladder_id) = (points.clone(), ladder.clone());
    let change = Change::ActivityCorrected {
        on: day,
        spend,
        orders,
        points,
        ladder: ladder_id,
        beside,
        reason,
        order,
    };
    if let Err(ApplyError::OutOfRange { field, .. }) = draft.member.clone().change(&change, draft.now) {
        let message = "takes out more than there is on that day";
        return mistake(Code::OutOfRange, &path(field), message);
    }
    draft.add(change)?;
    for change in ladder::corrected(draft.program, &draft.member, more, ladder.as_ref(), draft.today)? {
        draft.add(change)?;
    }
    Ok(Ok(()))
}
