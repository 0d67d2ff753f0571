//! Where a member stands on each ladder.

use crate::model::{Change, Member, Standing, TierCause, TierFloor};
use crate::program::Compiled;
use crate::rule::{OwnDays, Reward, Tier, TierLadder};
use crate::value::{Day, Id, Overflow, Points};

use super::reading::Reading;

/// A place on a ladder; nothing is below the lowest tier.
pub(super) type Rank = Option<usize>;

/// The number of the tier above a place.
pub(super) fn above(rank: Rank) -> usize {
    rank.map_or(0, |rank| rank.saturating_add(1))
}

/// Where a member stands on one ladder.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stand {
    /// By what the member did.
    pub(super) earned: Rank,
    /// With what was set by hand.
    pub(super) held: Rank,
    /// Whether the tier that was held is no longer there.
    pub(super) edited: bool,
}

/// The place of the member's tier on each ladder.
pub(in crate::decide) fn ranks(
    program: &Compiled,
    member: &Member,
    today: Day,
) -> Result<Vec<Option<usize>>, Overflow> {
    let ladders = program.ladders().iter();
    ladders.map(|ladder| Ok(stand(program, ladder, member, today)?.held)).collect()
}

/// Where the member stands on that ladder.
///
/// A member who is not there stands at its beginning; one whose tier is gone where the activity of the day puts him.
pub(super) fn stand(
    program: &Compiled,
    ladder: &TierLadder,
    member: &Member,
    today: Day,
) -> Result<Stand, Overflow> {
    let Some(standing) = member.tiers.get(&ladder.id) else {
        let earned = ladder.beginning();
        return Ok(Stand { earned, held: earned, edited: false });
    };
    let (earned, edited) = match standing.earned().map(|tier| ladder.rank(tier)) {
        None => (ladder.beginning(), false),
        Some(None) => (Reading::new(program, ladder, member, today).qualified()?, true),
        Some(rank) => (rank, false),
    };
    let floor = standing.floor.as_ref().and_then(|floor| ladder.rank(&floor.tier));
    Ok(Stand { earned, held: earned.max(floor), edited })
}

/// The standing, with that tier earned and its floor above it.
pub(super) fn with_earned(ladder: &TierLadder, mut standing: Standing, earned: Rank) -> Standing {
    let floor = standing.floor.as_ref().and_then(|floor| ladder.rank(&floor.tier));
    standing.tier = ladder.tier_at(earned.max(floor)).cloned();
    if let Some(floor) = &mut standing.floor {
        floor.earned = ladder.tier_at(earned).cloned();
    }
    standing
}

/// Whether the member has that tier, or a higher one of its ladder.
pub(in crate::decide) fn has(
    program: &Compiled,
    member: &Member,
    tier: &Id,
    today: Day,
) -> Result<bool, Overflow> {
    let place = program.place_of(tier);
    let Some((place, ladder)) = place.and_then(|place| Some((place, program.ladders().get(place.ladder)?)))
    else {
        return Ok(false);
    };
    Ok(Some(place.rank) <= stand(program, ladder, member, today)?.held)
}

/// What one reward costs the member on that day.
pub(in crate::decide) fn price(
    program: &Compiled,
    member: &Member,
    reward: &Reward,
    today: Day,
) -> Result<Points, Overflow> {
    let mut least = reward.cost.points;
    for (tier, points) in &reward.tier_prices {
        if has(program, member, tier, today)? {
            least = least.min(*points);
        }
    }
    Ok(least)
}

/// The change that puts a floor under a standing, or takes it away.
pub(in crate::decide) fn with_floor(
    program: &Compiled,
    ladder: &TierLadder,
    member: &Member,
    standing: Standing,
    floor: Option<TierFloor>,
    because: TierCause,
    today: Day,
) -> Result<Change, Overflow> {
    let stand = stand(program, ladder, member, today)?;
    let standing = with_earned(ladder, Standing { floor, ..standing }, stand.earned);
    let from = ladder.tier_at(stand.held).cloned();
    Ok(Change::of_tier(ladder.id.clone(), from, because, Vec::new(), Box::new(standing)))
}

/// The days of the member from which spans of his own on that ladder are counted.
pub(super) fn own_days(program: &Compiled, ladder: &TierLadder, member: &Member) -> OwnDays {
    let since = member.tiers.get(&ladder.id).and_then(|standing| standing.since);
    OwnDays { joined_on: member.joined_on, since, leap_day: program.file.leap_day }
}

impl TierLadder {
    /// Where a member stands who has done nothing.
    pub(super) fn beginning(&self) -> Rank {
        self.tiers.first().filter(|tier| tier.enter.is_none()).map(|_| 0)
    }

    /// The place of a tier.
    pub(super) fn rank(&self, tier: &Id) -> Rank {
        self.tiers.iter().position(|known| known.id == *tier)
    }

    /// The place of a tier, where there is one.
    pub(super) fn rank_of(&self, tier: Option<&Id>) -> Rank {
        tier.and_then(|tier| self.rank(tier))
    }

    /// The tier at a place.
    pub(super) fn step(&self, rank: Rank) -> Option<&Tier> {
        rank.and_then(|rank| self.tiers.get(rank))
    }

    /// The name of the tier at a place.
    pub(super) fn tier_at(&self, rank: Rank) -> Option<&Id> {
        self.step(rank).map(|tier| &tier.id)
    }

    /// The last day until which a tier is kept that is entered or renewed on `day`; what was looked at ended on `looked_at`.
    pub(super) fn valid_until(&self, rank: Rank, day: Day, looked_at: Day) -> Option<Day> {
        let validity = self.validity.as_ref().filter(|_| rank > self.beginning())?;
        let holds = |last: &Day| day <= *last;
        // A tier that would have ended before it is entered holds from its first day.
        validity.last_day(looked_at).filter(holds).or_else(|| validity.last_day(day).filter(holds))
    }
}
