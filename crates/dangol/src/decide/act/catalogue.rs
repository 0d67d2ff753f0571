//! Rewards of the catalogue.

use crate::error::{Code, InputError, suggestion};
use crate::model::{Because, Change, Claim, Reason};
use crate::rule::{Reward, RewardPoints, window_refusal};
use crate::value::Points;

use super::{Done, mistake, refused, wallet};
use crate::decide::draft::Draft;
use crate::decide::keep::with_grace;
use crate::decide::{resolve, tier};

pub(super) fn claim(draft: &mut Draft<'_>, asked: &Claim) -> Done {
    let program = draft.program;
    let Some(reward) = program.file.rewards.iter().find(|reward| reward.id == asked.reward) else {
        let near = suggestion(asked.reward.as_str(), program.file.rewards.iter().map(|it| it.id.as_str()));
        let message = format!("no such reward: `{}`{near}", asked.reward);
        return mistake(Code::UnknownName, "claim.reward", message);
    };
    if asked.times == 0 {
        return mistake(Code::OutOfRange, "claim.times", "must be at least 1, found `0`");
    }
    if let Some(reason) = window_refusal(reward.from, reward.until, draft.today) {
        return refused("claim.reward", reason);
    }
    if let Some(when) = &reward.when {
        let facts = resolve::alone(program, &draft.member, draft.now)?;
        if let Some(reason) = when.refusal(&facts) {
            return refused("claim.reward", reason);
        }
    }
    if let Some(limit) = reward.at_most.filter(|limit| asked.times > *limit) {
        let reason = Reason::TooMany { limit: u64::from(limit), actual: u64::from(asked.times) };
        return refused("claim.times", reason);
    }
    let paying = wallet(program, reward.cost.wallet.as_ref(), "claim")?;
    let many = |points: Points| match points.times(asked.times) {
        Ok(points) => Ok(points),
        Err(overflow) => mistake(Code::Overflow, "claim.times", overflow.to_string()),
    };
    let cost = many(tier::price(program, &draft.member, reward, draft.today)?)?;
    let given = match &reward.gives {
        None => None,
        Some(gives) => match given(draft, reward, gives, many(gives.points)?)? {
            Ok(change) => Some(change),
            Err(reason) => return refused("claim.reward", reason),
        },
    };
    let there = draft.usable(&paying.id);
    if there < cost {
        let (wallet, required, actual) = (paying.id.clone(), cost, there);
        return refused("claim.reward", Reason::NotEnoughPoints { wallet, required, actual });
    }
    draft.add(Change::PointsSpent {
        wallet: paying.id.clone(),
        points: cost,
        lots: draft.plan(paying, cost),
        deficit: Points::ZERO,
        offer: None,
        reward: Some(reward.id.clone()),
        hold: None,
        reason: None,
    })?;
    if let Some(change) = given {
        draft.add(change)?;
    }
    Ok(Ok(()))
}

/// The points that a reward gives, or why they would be lost at once.
fn given(
    draft: &Draft<'_>,
    reward: &Reward,
    gives: &RewardPoints,
    points: Points,
) -> Result<Result<Change, Reason>, InputError> {
    let target = wallet(draft.program, Some(&gives.wallet), "claim")?;
    let expiry = gives.expiry.as_ref().or(target.expiry.as_ref());
    let last = expiry.and_then(|expiry| expiry.last_day(draft.today));
    if let Some(until) = last.filter(|last| *last < draft.today) {
        return Ok(Err(Reason::Ended { until }));
    }
    let (expires_on, grace_until) = with_grace(target, last);
    Ok(Ok(Change::PointsGranted {
        wallet: target.id.clone(),
        lot: draft.operation.part(&reward.id),
        points,
        because: Because::Reward(reward.id.clone()),
        earned_at: None,
        expires_on,
        grace_until,
        usable_from: None,
        awaits: None,
        issuer: target.issuer.clone(),
    }))
}
