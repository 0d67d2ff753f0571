//! Points that are set aside for a payment under way.

use crate::error::{Code, InputError, suggestion};
use crate::ledger::{Draw, Hold};
use crate::model::{Capture, Change, HoldPoints, Reason, Release};
use crate::value::{Id, Points};

use super::{Done, exact, mistake, positive, refused, wallet};
use crate::decide::draft::Draft;

pub(super) fn hold(draft: &mut Draft<'_>, asked: &HoldPoints) -> Done {
    let wallet = wallet(draft.program, asked.wallet.as_ref(), "hold")?;
    let points = exact(asked.points, wallet, "hold")?;
    if let Some(until) = asked.until.filter(|until| *until <= draft.now) {
        let message = format!("must lie after now, {}, found {until}", draft.now);
        return mistake(Code::OutOfRange, "hold.until", message);
    }
    let there = draft.usable(&wallet.id);
    if there < points {
        return refused("hold.points", Reason::BalanceTooLow { required: points, actual: there });
    }
    draft.add(Change::PointsHeld {
        wallet: wallet.id.clone(),
        hold: draft.operation.clone(),
        points,
        lots: draft.plan(wallet, points),
        until: asked.until,
    })?;
    Ok(Ok(()))
}

pub(super) fn capture(draft: &mut Draft<'_>, asked: &Capture) -> Done {
    let (wallet, hold) = found(draft, &asked.hold, "capture.hold")?;
    let held = Draw::sum(&hold.lots)?;
    let points = match (asked.points, draft.program.wallet(Some(&wallet))) {
        (None, _) => held,
        (Some(points), Some(known)) => exact(points, known, "capture")?,
        (Some(points), None) => positive(points, "capture")?,
    };
    if points > held {
        return refused("capture.points", Reason::BalanceTooLow { required: points, actual: held });
    }
    let lots = Draw::first(hold.lots, points)?;
    let (deficit, offer, reward, hold) = (Points::ZERO, None, None, Some(asked.hold.clone()));
    draft.add(Change::PointsSpent { wallet, points, lots, deficit, offer, reward, hold, reason: None })?;
    Ok(Ok(()))
}

pub(super) fn release(draft: &mut Draft<'_>, asked: &Release) -> Done {
    let (wallet, hold) = found(draft, &asked.hold, "release.hold")?;
    let points = Draw::sum(&hold.lots)?;
    draft.add(Change::HoldReleased { wallet, hold: hold.id, points })?;
    Ok(Ok(()))
}

/// The hold of that name and its wallet.
fn found(draft: &Draft<'_>, id: &Id, path: &str) -> Result<(Id, Hold), InputError> {
    let all = || {
        draft
            .member
            .wallets
            .iter()
            .flat_map(|(wallet, account)| account.holds().iter().map(move |hold| (wallet, hold)))
    };
    if let Some((wallet, hold)) = all().find(|(_, hold)| hold.id == *id) {
        return Ok((wallet.clone(), hold.clone()));
    }
    let near = suggestion(id.as_str(), all().map(|(_, hold)| hold.id.as_str()));
    let message =
        format!("no such hold: `{id}`; it may have ended, or was captured or released before{near}");
    mistake(Code::WrongHold, path, message)
}
