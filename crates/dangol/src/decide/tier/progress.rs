//! What a member must do to rise or to stay.

use crate::error::InputError;
use crate::model::{Member, TierGoal, TierReview, TierStanding};
use crate::program::{Compiled, Program};
use crate::rule::{Threshold, Tier, TierLadder};
use crate::value::{Day, Id, Instant, Overflow, Period};

use super::reading::Reading;
use super::review::foreseen;
use super::rise::perks;
use super::standing::{own_days, stand};
use crate::decide::overdue;
use crate::decide::yearly::Since;

impl Program {
    /// Where a member stands on each ladder as of an instant, what is missing to rise and to stay, and what the next review
    /// will find if nothing more is done.
    ///
    /// Under an edited program it tells what its next review will change.
    ///
    /// # Errors
    /// An [`InputError`] where the instant lies before the member's latest event.
    ///
    /// ```
    /// # let program = dangol::Program::from_json(r#"{ "format": 1, "id": "cafe", "version": "1", "currency": "KRW",
    /// #     "tiers": { "window": "12 months", "tiers": [{ "id": "basic" }, { "id": "gold", "enter": { "any": [
    /// #         { "spend_at_least": "300000" }, { "orders_at_least": 10 }] } }] } }"#)?;
    /// let member = serde_json::from_str(r#"{ "id": "m1", "activity": [{ "on": "2026-01-10", "spend": "240000", "orders": 6 }] }"#)?;
    /// let [status] = &program.tiers(&member, "2026-01-31T09:00:00+09:00".parse()?)?[..] else { panic!() };
    /// let next = status.next.as_ref().ok_or("the top")?;
    /// assert_eq!(next.tier.as_str(), "gold");
    /// // 60,000 won are a fifth of what is asked, 4 orders two fifths.
    /// let missing = serde_json::to_value(&next.missing)?;
    /// assert_eq!((&missing[0]["of"], &missing[0]["missing"]), (&"spend".into(), &"60000".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn tiers(&self, member: &Member, at: Instant) -> Result<Vec<TierStanding>, InputError> {
        let program = self.compiled();
        let current = overdue::current(program, member, at, "at")?;
        let today = program.zone().day(at);
        let ladders = program.ladders().iter().enumerate();
        let standing = |(number, ladder)| of_ladder(program, number, ladder, &current.member, (at, today));
        Ok(ladders.map(standing).collect::<Result<_, Overflow>>()?)
    }
}

fn of_ladder(
    program: &Compiled,
    number: usize,
    ladder: &TierLadder,
    member: &Member,
    (at, today): (Instant, Day),
) -> Result<TierStanding, Overflow> {
    let stand = stand(program, ladder, member, today)?;
    let reading = Reading::new(program, ladder, member, today);
    let own = own_days(program, ladder, member);
    let mut standing = member.tiers.get(&ladder.id).cloned().unwrap_or_default();
    standing.tier = ladder.tier_at(stand.held).cloned();
    let horizon = Period::HORIZON.after(today).unwrap_or(today);
    let review = foreseen(program, number, member, Since { at, done: true }, horizon)?;
    let review = review.and_then(|(on, moved)| {
        let last = moved.into_iter().next_back()?;
        Some(TierReview { on, tier: last.standing.tier, because: last.because, by: last.by })
    });
    let end = ladder.window.last_day(today, own);
    let goal = |tier: &Tier, threshold: Option<&Threshold>, by: Option<Day>| {
        let Some(threshold) = threshold else { return Ok(None) };
        Ok(Some(TierGoal {
            tier: tier.id.clone(),
            reached: reading.reached(threshold, ladder.window)?,
            measures: reading.measures(Some(threshold))?,
            missing: reading.missing(threshold)?,
            by,
        }))
    };
    let next = ladder.tiers.get(stand.held.map_or(0, |held| held.saturating_add(1)));
    let next = next.map(|tier| goal(tier, tier.enter.as_ref(), end)).transpose()?.flatten();
    let rank = |tier: Option<&Id>| tier.and_then(|tier| ladder.rank(tier));
    let kept = stand.earned.and_then(|rank| ladder.tiers.get(rank));
    let falls = review.as_ref().filter(|review| rank(review.tier.as_ref()) < stand.held);
    let by = falls.and_then(|review| review.on.yesterday()).or(end);
    let keep = kept.map(|tier| goal(tier, tier.keeps(), by)).transpose()?.flatten();
    Ok(TierStanding {
        ladder: ladder.id.clone(),
        tier: standing.tier.clone(),
        perks: perks(ladder, stand.held),
        standing,
        next,
        keep,
        review,
    })
}
