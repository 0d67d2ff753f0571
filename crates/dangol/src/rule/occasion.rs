//! What a rule grants points on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::value::Id;

/// What a rule grants points on: an order where left out, or something else that happens to a member.
///
/// Other occasions have no basket: their rules have no `lines`, `base` or `tenders`, and no condition that looks at one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// An order is placed.
    #[default]
    Order,
    /// Somebody becomes a member.
    Enrolment,
    /// The member's birthday, or so many days before it (`days_before`).
    Birthday,
    /// The day of joining in each later year, or so many days before it (`days_before`).
    Anniversary,
    /// The member has brought a friend.
    Referrer,
    /// A friend has brought the member.
    Referred,
    /// The member has reached that tier, by whatever lifted him: `{"tier_reached": "gold"}`.
    TierReached(Id),
    /// The member has fallen from that tier: `{"tier_left": "gold"}`.
    TierLeft(Id),
    /// Something that the host names: `{"event": "review"}`. Its amount and units are the base of the award.
    Event(Id),
}

impl Occasion {
    pub(crate) fn is_order(&self) -> bool {
        *self == Occasion::Order
    }

    pub(super) fn check(&self, check: &mut Check) {
        match self {
            Occasion::TierReached(tier) => check.at("tier_reached", |check| moves(tier, check)),
            Occasion::TierLeft(tier) => check.at("tier_left", |check| moves(tier, check)),
            _ => {}
        }
    }

    /// Whether it comes round every year.
    pub(crate) fn is_yearly(&self) -> bool {
        matches!(self, Occasion::Birthday | Occasion::Anniversary)
    }

    /// Whether money can come with it.
    pub(crate) fn has_amount(&self) -> bool {
        matches!(self, Occasion::Order | Occasion::Event(_))
    }
}

/// Members must be able to reach the tier, and to leave it.
fn moves(tier: &Id, check: &mut Check) {
    check.tier(tier);
    if check.declared.tiers.iter().any(|place| place.id == *tier && place.everybodys) {
        let message = format!("tier `{tier}` is everybody's: nobody reaches or leaves it; name a higher one");
        check.problem(Code::Contradiction, message);
    }
}
