//! Terms that some cases leave to their prose: the schema has no field that says them.
//!
//! A step such as `decay` names what happens and not by how much; the number stands in the description alone, which is
//! never read. What such a word means is therefore fixed here, once for every case that uses it, and a case that needs
//! it is marked in the report as resting on an assumption.

use dangol::Amount;

/// An assumption, as the report names it.
pub(in crate::cases) type Term = &'static str;

/// Points are earned and no rule says how many: one for each 1.00 of money.
pub(super) const RATE: (&str, &str, Term) = ("1", "1", "earning without a rule: 1 point for each whole 1.00");

/// What is left over is carried to the next purchase, and no rule says what a step is: one star for each 30,000.
pub(super) const CARRIED: (&str, &str, Term) =
    ("1", "30000", "carry_over without a rule: 1 point for each 30000");

/// Points go back by whole steps, and no rule says what a step is: one point for each 10.
pub(super) const BY_STEP: (&str, &str, Term) =
    ("1", "10", "floor_of_refund_by_step without a rule: 1 point for each 10");

/// A discount is spread over all units of its offer, and nothing says where the rest goes: to the last line.
pub(super) const SPREAD: Term = "a discount spread over all units of its offer: the last line takes the rest";

/// A tier is worked out again after a return, and no ladder is said: one that 100 of spend reaches.
pub(super) const KEPT_TIER: (&str, &str, Term) =
    ("kept", "100", "tier_on_refund without tiers: 100 of spend reach one");

/// A reward pays so much, and nothing says how many points it took: one for each 1.00.
pub(super) const REWARD: Term = "reward_amount without reward_points: 1 point for each 1.00";

/// Points that are redeemed between an order and its return, without saying what for: they paid for that order.
pub(super) const PAID_FOR_ORDER: Term = "redeem before refund_amount: the points paid for that order";

/// `activity` without a period: a balance lapses 18 months after it.
pub(super) const LAPSE: (&str, Term) = ("18 months", "activity: the balance lapses after 18 months");

/// `decay` without a rate: 5 % of the balance, or 5 points where that is more, each week.
pub(super) const DECAY: (&str, &str, &str, Term) =
    ("7 days", "5", "5", "decay: 5 % of the balance each week, at least 5 points");

/// `stars` without tiers: what is collected within a year, and from how many on a tier is reached.
pub(super) const STARS: ([(&str, &str); 3], Term) =
    ([("Welcome", "0"), ("Green", "5"), ("Gold", "30")], "stars: 5 within a year give Green, 30 give Gold");

/// `renewal_check` without a member: a year of the highest tier is over, and this is what was done in it.
pub(super) const RENEWAL: Term = "renewal_check: a year of the highest tier ends";

/// `anniversary` and what else is about dates alone: any tier, which any order reaches and which is not reached again.
pub(super) const ANY_TIER: Term = "dates alone: a tier that any order reaches, and that nothing keeps";

/// A number of this table.
pub(super) fn number(text: &str) -> Amount {
    text.parse().unwrap_or(Amount::ZERO)
}
