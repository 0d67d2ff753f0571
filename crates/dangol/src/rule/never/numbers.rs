//! Numbers between bounds: what the basket is worth, how old the member is, how many orders there were.

use super::truth::{Truth, World, possible};
use crate::check::Declared;
use crate::model::AttributeOf;
use crate::rule::condition::{Contains, SpendCondition, SpendDiscounts, UnitsPer};
use crate::rule::{Condition, Counting, Selector};
use crate::value::{Amount, Id, Period};

/// What a condition with bounds looks at.
#[derive(Clone, Copy, PartialEq)]
enum Measure<'a> {
    Spend(&'a SpendCondition),
    Units(Option<&'a Selector>),
    Age,
    OrderNumber,
    Rank(usize),
    Balance(Option<&'a Id>),
    OrdersIn(Period),
    SpendIn(Period),
    Expiring(Option<&'a Id>, Period),
    Attribute(AttributeOf, &'a Id),
}

/// What a condition looks at, and between which bounds, which both count; with nine digits after the point, so that all are
/// whole numbers.
struct Bounds<'a> {
    of: Measure<'a>,
    least: Option<i128>,
    most: Option<i128>,
}

/// How much there is of it; nothing where it is not known.
struct Worth<'a> {
    of: Measure<'a>,
    amount: Option<i128>,
    declared: &'a Declared,
}

fn exact(amount: Amount) -> i128 {
    let digits = u32::from(Amount::MAX_DIGITS.saturating_sub(amount.digits()));
    i128::from(amount.units()).saturating_mul(10_i128.saturating_pow(digits))
}

fn whole(number: impl Into<i128>) -> i128 {
    number.into().saturating_mul(10_i128.saturating_pow(Amount::MAX_DIGITS.into()))
}

/// The bounds of a condition that has some.
fn bounds<'a>(condition: &'a Condition, declared: &'a Declared) -> Option<Bounds<'a>> {
    let first = declared.wallets.first().filter(|_| declared.wallets_known).map(|(id, _)| id);
    let own = |wallet: &'a Option<Id>| wallet.as_ref().or(first);
    let (of, least, most) = match condition {
        Condition::Spend(kind) => {
            (Measure::Spend(kind), kind.at_least.map(|it| exact(it.0)), kind.at_most.map(|it| exact(it.0)))
        }
        Condition::Contains(kind) if kind.per == UnitsPer::Lines => {
            let Contains { lines, units, at_most, .. } = kind.as_ref();
            (Measure::Units(lines.as_ref()), Some(whole(*units)), at_most.map(whole))
        }
        Condition::Age(kind) => (Measure::Age, kind.from.map(whole), kind.to.map(whole)),
        Condition::OrderNumber(kind) => (Measure::OrderNumber, Some(whole(kind.from)), kind.until.map(whole)),
        Condition::TierAtLeast(kind) => {
            let place = declared.tiers.iter().find(|tier| tier.id == kind.0)?;
            (Measure::Rank(place.ladder), Some(whole(u64::try_from(place.rank).unwrap_or(u64::MAX))), None)
        }
        Condition::Balance(kind) => {
            let (least, most) = (kind.at_least.map(|it| exact(it.0)), kind.at_most.map(|it| exact(it.0)));
            (Measure::Balance(own(&kind.wallet)), least, most)
        }
        Condition::OrdersIn(kind) => {
            (Measure::OrdersIn(kind.window), kind.at_least.map(whole), kind.at_most.map(whole))
        }
        Condition::SpendIn(kind) => {
            let (least, most) = (kind.at_least.map(|it| exact(it.0)), kind.at_most.map(|it| exact(it.0)));
            (Measure::SpendIn(kind.window), least, most)
        }
        Condition::PointsExpiring(kind) => {
            (Measure::Expiring(own(&kind.wallet), kind.within), Some(exact(kind.at_least.0)), None)
        }
        Condition::Attribute(kind) if kind.of != AttributeOf::Line => {
            let bounded = kind.at_least.is_some() || kind.at_most.is_some();
            let of = Measure::Attribute(kind.of, &kind.name);
            bounded.then_some((of, kind.at_least.map(exact), kind.at_most.map(exact)))?
        }
        _ => return None,
    };
    Some(Bounds { of, least, most })
}

impl Measure<'_> {
    /// Whether this is never more than the other.
    fn is_within(self, other: Measure<'_>) -> bool {
        match (self, other) {
            (Measure::Spend(one), Measure::Spend(other)) => spend_is_within(one, other),
            (Measure::Units(one), Measure::Units(other)) => other.is_none() || one == other,
            (Measure::OrdersIn(one), Measure::OrdersIn(other))
            | (Measure::SpendIn(one), Measure::SpendIn(other)) => is_no_longer(one, other),
            (Measure::Expiring(one, soon), Measure::Expiring(other, late)) => {
                one == other && is_no_longer(soon, late)
            }
            _ => self == other,
        }
    }
}

/// Whether what the first looks at is a part of what the second looks at.
fn spend_is_within(one: &SpendCondition, other: &SpendCondition) -> bool {
    let lines = other.lines.is_none() || one.lines == other.lines;
    let included = |tax: Option<Counting>| tax != Some(Counting::Excluded);
    let tax = included(other.tax) || !included(one.tax);
    let counts = |shipping: Option<Counting>| shipping == Some(Counting::Included);
    let shipping = counts(other.shipping) || !counts(one.shipping);
    let discounts = one.discounts == other.discounts
        || one.discounts == Some(SpendDiscounts::After)
        || other.discounts == Some(SpendDiscounts::Before);
    lines && tax && shipping && discounts
}

/// Whether the first period is surely no longer than the second, whatever day it is counted from.
fn is_no_longer(one: Period, other: Period) -> bool {
    let in_months = |period: Period| match period.parts() {
        (count, "year") => (count.saturating_mul(12), "month"),
        parts => parts,
    };
    let ((one, unit), (other, other_unit)) = (in_months(one), in_months(other));
    unit == other_unit && one <= other
}

impl World for Worth<'_> {
    fn says(&self, condition: &Condition) -> Option<Truth> {
        let Bounds { of, least, most } = bounds(condition, self.declared)?;
        let (below, above) = (of.is_within(self.of), self.of.is_within(of));
        let Some(amount) = self.amount else { return (below && above).then_some(Truth::No) };
        if below && above {
            let holds = least.is_none_or(|least| least <= amount) && most.is_none_or(|most| amount <= most);
            return Some(holds.into());
        }
        // It is at most, or at least, so much.
        let missed = below && least.is_some_and(|least| amount < least)
            || above && most.is_some_and(|most| most < amount);
        (below || above).then_some(if missed { Truth::No } else { Truth::Open })
    }
}

/// Whether the conditions leave no number for what they look at.
pub(super) fn forbid(together: &[&Condition], all: &[&Condition], declared: &Declared) -> bool {
    let bounds: Vec<_> = all.iter().filter_map(|condition| bounds(condition, declared)).collect();
    let impossible = |of: Measure<'_>| {
        let turns = bounds.iter().flat_map(|it| [it.least, it.most]).flatten();
        let amounts = turns.flat_map(|turn| [turn.saturating_sub(1), turn, turn.saturating_add(1)]);
        let unknown = matches!(of, Measure::Age | Measure::Attribute(..)).then_some(None);
        let mut worlds = amounts.map(Some).chain(unknown).map(|amount| Worth { of, amount, declared });
        !worlds.any(|world| possible(together, &world))
    };
    bounds.len() > 1 && bounds.iter().any(|it| impossible(it.of))
}
