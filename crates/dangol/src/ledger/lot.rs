//! One grant of points and what is left of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Day, Id, Instant, Overflow, Points};

/// Points that were granted together, and what is left of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lot {
    /// Its name: the operation that granted it and the rule, as in `o1/base`.
    pub id: Id,
    /// When the points were earned.
    pub earned_at: Instant,
    /// The last day on which they can be used, or nothing where they do not expire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Day>,
    /// What is left: more than nothing, held points included.
    pub points: Points,
    /// The end of a grace after `expires_on`, in which they can still be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_until: Option<Day>,
    /// The first day on which they can be used; at once where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usable_from: Option<Day>,
    /// The signal that must come before they can be used, such as `delivered`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awaits: Option<Id>,
    /// Whose points they are, where that matters for tax or for settling with a partner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Id>,
    /// The part that holds keep.
    #[serde(default, skip_serializing_if = "Points::is_nothing")]
    pub held: Points,
}

impl Lot {
    /// Points that were granted at that instant, usable at once and for ever.
    #[must_use]
    pub fn new(id: Id, points: Points, earned_at: Instant) -> Lot {
        Lot {
            id,
            earned_at,
            expires_on: None,
            points,
            grace_until: None,
            usable_from: None,
            awaits: None,
            issuer: None,
            held: Points::ZERO,
        }
    }

    /// A part of it, free of holds.
    pub(crate) fn part(&self, points: Points) -> Lot {
        Lot { points, held: Points::ZERO, ..self.clone() }
    }

    /// Whether its points count on that day: its last day counts to its end.
    #[must_use]
    pub fn is_usable(&self, today: Day) -> bool {
        !self.has_ended(today) && !self.is_pending(today)
    }

    /// Whether its last day, with the grace, has passed.
    #[must_use]
    pub fn has_ended(&self, today: Day) -> bool {
        self.last_day().is_some_and(|last| last < today)
    }

    /// Whether its points wait for a day or a signal.
    #[must_use]
    pub fn is_pending(&self, today: Day) -> bool {
        self.awaits.is_some() || self.usable_from.is_some_and(|first| today < first)
    }

    /// The last day on which its points can be used, with the grace.
    #[must_use]
    pub fn last_day(&self) -> Option<Day> {
        self.grace_until.or(self.expires_on)
    }

    /// What no hold keeps.
    #[must_use]
    pub fn free(&self) -> Points {
        if self.held.is_zero() {
            return self.points;
        }
        // At least nothing: no more is held than there is.
        self.points.minus(self.held).unwrap_or(Points::ZERO)
    }

    /// What lots are kept sorted by: soonest end, then oldest, then id; what never ends comes last.
    pub(super) fn key(&self) -> (bool, Option<Day>, Instant, &Id) {
        let last = self.last_day();
        (last.is_none(), last, self.earned_at, &self.id)
    }

    /// Why it cannot be a lot of any account.
    pub(super) fn fault(&self) -> Option<String> {
        let id = &self.id;
        if self.points <= Points::ZERO {
            return Some(format!("lot `{id}` must hold more than nothing, found {}", self.points));
        }
        if self.held < Points::ZERO || self.held > self.points {
            return Some(format!("lot `{id}` holds {}, of which {} cannot be held", self.points, self.held));
        }
        if self.grace_until.is_some_and(|grace| self.expires_on.is_none_or(|last| grace < last)) {
            return Some(format!("the grace of lot `{id}` ends before the lot does"));
        }
        None
    }
}

/// How long a lot lasts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LotDays {
    /// The lot.
    pub lot: Id,
    /// The last day on which its points can be used.
    pub expires_on: Day,
    /// The end of a grace after that, in which they can still be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_until: Option<Day>,
}

impl LotDays {
    /// Those of a lot; nothing of one that never ends.
    pub(crate) fn of(lot: &Lot) -> Option<LotDays> {
        let Lot { id, expires_on, grace_until, .. } = lot.clone();
        Some(LotDays { lot: id, expires_on: expires_on?, grace_until })
    }

    /// The last day, with the grace.
    pub(crate) fn last(&self) -> Day {
        self.grace_until.unwrap_or(self.expires_on)
    }
}

/// So many points taken from one lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// The lot.
    pub lot: Id,
    /// How much of it.
    pub points: Points,
}

impl Draw {
    /// How many points draws are together.
    pub(crate) fn sum(draws: &[Draw]) -> Result<Points, Overflow> {
        Points::sum(draws.iter().map(|draw| draw.points))
    }

    /// So many points of draws, the first ones first.
    pub(crate) fn first(
        draws: impl IntoIterator<Item = Draw>,
        points: Points,
    ) -> Result<Vec<Draw>, Overflow> {
        let (mut left, mut first) = (points, Vec::new());
        for draw in draws {
            let points = draw.points.min(left);
            if !points.is_zero() {
                left = left.minus(points)?;
                first.push(Draw { points, ..draw });
            }
        }
        Ok(first)
    }
}

/// Points that were set aside for a payment under way, lot by lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// The operation that made it.
    pub id: Id,
    /// From which lots.
    pub lots: Vec<Draw>,
    /// When it ends by itself; it stays until it is captured or released where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

/// A lot that expired and can still be brought back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lapsed {
    /// What expired.
    pub lot: Lot,
    /// The last day on which it can be brought back.
    pub until: Day,
}
