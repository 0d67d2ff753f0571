//! Points that a rule grants, and everything that made them so many.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Arithmetic, CountedPart, TallyEntry, TallyKind};
use crate::value::{Amount, Day, Id, Money, Points, PointsRounding, Span};

/// Points that a rule grants.
///
/// They come about in this order: the arithmetic, multipliers, rounding once, what the rule granted before in its span,
/// limits of the rule and of the wallet, the budget.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accrual {
    /// The rule.
    pub rule: Id,
    /// The wallet.
    pub wallet: Id,
    /// How many: more than nothing.
    pub points: Points,
    /// How that was computed.
    pub how: Arithmetic,
    /// The multipliers that took part, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub multipliers: Vec<UsedMultiplier>,
    /// What the rule counted and granted before, where it adds up over a span.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accumulated: Option<Accumulated>,
    /// What kept it from being more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limited_by: Option<AccrualCap>,
    /// The first day on which they can be used; at once where nothing stands here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usable_from: Option<Day>,
    /// The signal that they wait for before they can be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awaits: Option<Id>,
    /// The last day on which they can be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Day>,
    /// The end of a grace after that, in which they can still be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_until: Option<Day>,
    /// Whose points they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Id>,
    /// The tallies of the member that they are added to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tallies: Vec<TallyEntry>,
    /// The civil day on which they count on ladders, where one counts points of the wallet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_on: Option<Day>,
    /// What each line counted, so that goods that come back can be left out; what money paid for each where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<Vec<CountedPart>>,
    /// How the points were rounded.
    #[serde(default, skip_serializing_if = "PointsRounding::is_default")]
    pub rounding: PointsRounding,
    /// The budget that they are given out of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Id>,
    /// The tier for whose reaching they are granted: they go where goods come back and it was not reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<Id>,
}

impl Accrual {
    /// Whether its points can be used from the moment of the order.
    #[must_use]
    pub fn counts_at_once(&self) -> bool {
        self.usable_from.is_none() && self.awaits.is_none()
    }
}

/// A multiplier that took part in an accrual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UsedMultiplier {
    /// The multiplier.
    pub id: Id,
    /// Its factor.
    pub factor: Amount,
}

/// What a rule counted and granted earlier in its span. The arithmetic is about the sum of what was counted before and
/// of what counts now; what was granted is taken off the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accumulated {
    /// The money that was counted before.
    pub before: Money,
    /// The points that were granted for it.
    pub granted: Points,
}

/// What kept an accrual from being more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccrualCap {
    /// Whose limit it is.
    pub of: CapOf,
    /// The span of the limit; a budget has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<Span>,
    /// How many points it would have been.
    pub points: Points,
}

/// Whose limit it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CapOf {
    /// The offer's own.
    Offer,
    /// The rule's own.
    Accrual,
    /// The wallet's.
    Wallet,
    /// The budget's.
    Budget,
}

/// What a rule counted without granting points: it is carried on to the next time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Carried {
    /// The rule.
    pub rule: Id,
    /// The wallet whose points it grants.
    pub wallet: Id,
    /// The span over which it adds up.
    pub per: Span,
    /// The first day of that span; a lifetime has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    /// The money that counts: more than nothing.
    pub amount: Money,
    /// What each line counted of it; what money paid for each where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<Vec<CountedPart>>,
}

impl Carried {
    /// The tally of the member that it is added to.
    pub(crate) fn entry(&self) -> TallyEntry {
        let (rule, per, since, amount) = (self.rule.clone(), self.per, self.since, self.amount);
        TallyEntry { kind: TallyKind::Accrual, of: rule, per, since, amount }
    }
}
