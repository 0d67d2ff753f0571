//! What a member must do to rise or to stay.

use crate::error::InputError;
use crate::model::{Member, TierCause, TierGoal, TierReview, TierStanding};
use crate::program::{Compiled, Program};
use crate::rule::{Review, Threshold, Tier, TierLadder};
use crate::value::{Day, Instant, Overflow, Period};

use super::reading::Reading;
use super::review::foreseen;
use super::rise::{Moved, perks};
use super::standing::{Rank, above, own_days, stand};
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
        let standing = |ladder| of_ladder(program, ladder, &current.member, (at, today));
        Ok(ladders.map(standing).collect::<Result<_, Overflow>>()?)
    }
}

fn of_ladder(
    program: &Compiled,
    (number, ladder): (usize, &TierLadder),
    member: &Member,
    (at, today): (Instant, Day),
) -> Result<TierStanding, Overflow> {
    let stand = stand(program, ladder, member, today)?;
    let reading = Reading::new(program, ladder, member, today);
    let mut standing = member.tiers.get(&ladder.id).cloned().unwrap_or_default();
    standing.tier = ladder.tier_at(stand.held).cloned();
    let horizon = Period::HORIZON.after(today).unwrap_or(today);
    let found = foreseen(program, (number, ladder), member, Since { at, done: true }, horizon)?;
    let found = found.and_then(|(on, moved)| Some((on, moved.into_iter().next_back()?)));
    let end = ladder.window.last_day(today, own_days(program, ladder, member));
    let next = ladder.tiers.get(above(stand.held));
    let next = next.and_then(|tier| Some((tier, tier.enter.as_ref()?)));
    let next = next.map(|(tier, enter)| goal(&reading, ladder, tier, enter, end)).transpose()?;
    let kept = ladder.step(stand.earned);
    let keep = match kept.and_then(|tier| Some((tier, tier.keeps()?))) {
        None => None,
        Some((tier, keeps)) => Some(match falls(ladder, stand.earned, found.as_ref()) {
            None => goal(&reading, ladder, tier, keeps, end)?,
            // What counts then, and not what counts today, is what will be missing.
            Some(day) => {
                let named = [standing.falls_on, standing.until.and_then(Day::next)].contains(&Some(day));
                let left = ladder.reviewed() == Review::Always && !named;
                let last = if left { day } else { day.yesterday().unwrap_or(day) };
                let then = Reading::new(program, ladder, member, last);
                let today = goal(&reading, ladder, tier, keeps, day.yesterday())?;
                TierGoal { missing: then.missing(keeps)?, ..today }
            }
        }),
    };
    let review = found.map(|(on, moved)| TierReview {
        on,
        tier: moved.standing.tier,
        because: moved.because,
        by: moved.by,
    });
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

/// The day on which the member falls if nothing more is done, where that is foreseen.
fn falls(ladder: &TierLadder, earned: Rank, found: Option<&(Day, Moved)>) -> Option<Day> {
    let (on, moved) = found?;
    let standing = &moved.standing;
    match moved.because {
        TierCause::Warned => standing.falls_on,
        TierCause::Fell => Some(*on).filter(|_| ladder.rank_of(standing.earned()) < earned),
        _ => None,
    }
}

/// A tier, and what is asked for it, as of the day that was read.
fn goal(
    reading: &Reading<'_>,
    ladder: &TierLadder,
    tier: &Tier,
    threshold: &Threshold,
    by: Option<Day>,
) -> Result<TierGoal, Overflow> {
    Ok(TierGoal {
        tier: tier.id.clone(),
        reached: reading.reached(threshold, ladder.window)?,
        measures: reading.measures(Some(threshold))?,
        missing: reading.missing(threshold)?,
        by,
    })
}
