//! What lifts members at once.

use std::collections::BTreeMap;

use crate::model::{Change, LadderCount, Member, Standing, TierCause, TierMeasure, TierPreview, TierRise};
use crate::program::Compiled;
use crate::rule::{TierLadder, Upgrade};
use crate::value::{Day, Id, Money, Overflow, Points};

use super::reading::Reading;
use super::standing::{Rank, Stand, above, stand, with_earned};

/// What an order counts as spend.
#[derive(Clone, Copy, Debug)]
pub(in crate::decide) struct Counted<'a> {
    /// Where a ladder does not say otherwise.
    pub(in crate::decide) usual: Money,
    /// On each ladder; nothing where none says otherwise.
    pub(in crate::decide) own: &'a [Money],
}

impl Counted<'_> {
    /// What it counts on the ladder of that number.
    pub(super) fn on(self, ladder: usize) -> Money {
        self.own.get(ladder).copied().unwrap_or(self.usual)
    }
}

/// An order that is not booked yet, as one ladder counts it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Order<'a> {
    /// What it counts as spend.
    pub(super) spend: Money,
    /// The points that rules grant on it, by wallet.
    pub(super) points: &'a BTreeMap<Id, Points>,
    /// Whether it counts as an order already.
    pub(super) counts: bool,
}

/// A standing that changes, and why.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    pub(super) standing: Standing,
    pub(super) because: TierCause,
    pub(super) by: Vec<TierMeasure>,
}

/// The ladders before and after an order; a guest stands on none.
pub(in crate::decide) fn previews(
    program: &Compiled,
    member: &Member,
    today: Day,
    counted: Counted<'_>,
    points: &BTreeMap<Id, Points>,
) -> Result<Vec<TierPreview>, Overflow> {
    if member.guest {
        return Ok(Vec::new());
    }
    let mut previews = Vec::with_capacity(program.ladders().len());
    for (number, ladder) in program.ladders().iter().enumerate() {
        let counted = counted.on(number);
        let counts = ladder.counts_after.is_none();
        let order = Order { spend: if counts { counted } else { Money::ZERO }, points, counts };
        previews.push(preview(program, ladder, member, today, counted, &order)?);
    }
    Ok(previews)
}

fn preview(
    program: &Compiled,
    ladder: &TierLadder,
    member: &Member,
    today: Day,
    counted: Money,
    order: &Order<'_>,
) -> Result<TierPreview, Overflow> {
    let stand = stand(program, ladder, member, today)?;
    let reading = Reading::new(program, ladder, member, today).with_order(order);
    let moved = risen(ladder, member, stand, &reading, today)?;
    let after = moved.as_ref().map_or(stand.held, |moved| ladder.rank_of(moved.standing.tier.as_ref()));
    let next = ladder.tiers.get(above(after));
    let missing = next.and_then(|next| next.enter.as_ref());
    let missing = missing.map(|enter| reading.missing(enter)).transpose()?.unwrap_or_default();
    let now = ladder.tier_at(stand.held).cloned();
    let own = ladder.counts_itself().then(|| {
        let (ladder, awaits) = (ladder.id.clone(), ladder.counts_after.clone());
        Box::new(LadderCount { ladder, spend: counted, awaits })
    });
    let (standing, by) = moved.map(|moved| (Box::new(moved.standing), moved.by)).unzip();
    Ok(TierPreview {
        ladder: ladder.id.clone(),
        after: ladder.tier_at(after).cloned(),
        now,
        spend: reading.spend(ladder.window)?,
        next: next.map(|tier| tier.id.clone()),
        missing,
        perks: perks(ladder, stand.held),
        counts: own,
        counted: None,
        standing,
        by: by.unwrap_or_default(),
    })
}

/// What lifts a member at once who has done so much.
pub(in crate::decide) fn lifts(
    program: &Compiled,
    member: &Member,
    today: Day,
) -> Result<Vec<Change>, Overflow> {
    let mut lifted = Vec::new();
    for ladder in program.ladders() {
        let stand = stand(program, ladder, member, today)?;
        let reading = Reading::new(program, ladder, member, today);
        let moved = risen(ladder, member, stand, &reading, today)?;
        let held = ladder.tier_at(stand.held).cloned();
        lifted.extend(changes(ladder, held, moved));
    }
    Ok(lifted)
}

/// The moves of one ladder, one after the other, of a member who held that tier.
pub(super) fn changes(
    ladder: &TierLadder,
    mut held: Option<Id>,
    moved: impl IntoIterator<Item = Moved>,
) -> Vec<Change> {
    let change = |Moved { standing, because, by }: Moved| {
        let from = std::mem::replace(&mut held, standing.tier.clone());
        Change::of_tier(ladder.id.clone(), from, because, by, Box::new(standing))
    };
    moved.into_iter().map(change).collect()
}

/// Whether an order lifts the member to that tier or above it, from below.
pub(in crate::decide) fn reaches(program: &Compiled, preview: &TierPreview, tier: &Id) -> bool {
    let Some(ladder) = program.ladder(&preview.ladder) else { return false };
    let (now, after) = (ladder.rank_of(preview.now.as_ref()), ladder.rank_of(preview.after.as_ref()));
    ladder.rank(tier).is_some_and(|required| now < Some(required) && Some(required) <= after)
}

/// What the host lets a member do who stands there.
pub(super) fn perks(ladder: &TierLadder, rank: Rank) -> Vec<Id> {
    ladder.tiers.iter().take(above(rank)).flat_map(|tier| &tier.perks).cloned().collect()
}

/// The standing of a member whom what was read lifts at once.
pub(super) fn risen(
    ladder: &TierLadder,
    member: &Member,
    stand: Stand,
    reading: &Reading<'_>,
    today: Day,
) -> Result<Option<Moved>, Overflow> {
    if ladder.upgrade == Upgrade::AtReview {
        return Ok(None);
    }
    let reached = reading.qualified()?;
    if reached <= stand.earned {
        return Ok(None);
    }
    let standing = member.tiers.get(&ladder.id).cloned().unwrap_or_default();
    lifted(ladder, standing, stand.earned, reached, (today, today), reading).map(Some)
}

/// The standing after a rise on a day for which was looked at what was done until the other one.
pub(super) fn lifted(
    ladder: &TierLadder,
    standing: Standing,
    from: Rank,
    to: Rank,
    (day, looked_at): (Day, Day),
    reading: &Reading<'_>,
) -> Result<Moved, Overflow> {
    let enter = ladder.step(to).and_then(|tier| tier.enter.as_ref());
    let by = reading.measures(enter)?;
    let mut risen = with_earned(ladder, standing, to);
    let before = TierRise {
        from: ladder.tier_at(from).cloned(),
        since: risen.since,
        until: risen.until,
        falls_on: risen.falls_on,
        looked_at: Some(looked_at).filter(|last| *last < day),
        by: by.clone(),
    };
    risen.rises.push(before);
    (risen.since, risen.until, risen.falls_on) = (Some(day), ladder.valid_until(to, day, looked_at), None);
    Ok(Moved { standing: risen, because: TierCause::Rose, by })
}
