//! Conditions: when a rule applies. A closed vocabulary, nested by `all`, `any` and `not`.

mod age;
mod all;
mod anniversary;
mod any;
mod attribute;
mod balance;
mod birthday;
mod channel_in;
mod code_shown;
mod contains;
mod dates;
mod delivery_in;
mod dormant;
mod failing;
mod hours;
mod near;
mod not;
mod nth_weekday;
mod order_number;
mod orders_in;
mod points_expiring;
mod segment_in;
mod spend;
mod spend_in;
mod store_in;
mod tender_in;
mod tenure_at_least;
mod tier_at_least;
mod weekdays;

pub use age::Age;
pub use all::All;
pub use anniversary::Anniversary;
pub use any::Any;
pub use attribute::AttributeCondition;
pub use balance::BalanceCondition;
pub use birthday::BirthdayCondition;
pub use channel_in::ChannelIn;
pub use code_shown::CodeShown;
pub use contains::{Contains, UnitsPer};
pub use dates::Dates;
pub use delivery_in::DeliveryIn;
pub use dormant::Dormant;
pub use hours::Hours;
pub use near::Near;
pub use not::Not;
pub use nth_weekday::NthWeekday;
pub use order_number::OrderNumber;
pub use orders_in::OrdersIn;
pub use points_expiring::PointsExpiring;
pub use segment_in::SegmentIn;
pub use spend::{SpendCondition, SpendDiscounts};
pub use spend_in::SpendIn;
pub use store_in::StoreIn;
pub use tender_in::TenderIn;
pub use tenure_at_least::TenureAtLeast;
pub use tier_at_least::TierAtLeast;
pub use weekdays::Weekdays;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Facts, Selector};
use crate::check::Check;
use crate::model::{AttributeOf, Reason};

/// When a rule applies: one word and what it needs, as in `{"tier_at_least": "gold"}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is documented at its own type")]
pub enum Condition {
    All(All),
    Any(Any),
    Not(Not),
    Spend(Box<SpendCondition>),
    TierAtLeast(TierAtLeast),
    Weekdays(Weekdays),
    Hours(Hours),
    Contains(Box<Contains>),
    OrderNumber(OrderNumber),
    Birthday(BirthdayCondition),
    Anniversary(Anniversary),
    TenureAtLeast(TenureAtLeast),
    Balance(BalanceCondition),
    CodeShown(CodeShown),
    ChannelIn(ChannelIn),
    TenderIn(TenderIn),
    SegmentIn(SegmentIn),
    Attribute(AttributeCondition),
    Age(Age),
    Dates(Dates),
    NthWeekday(NthWeekday),
    StoreIn(StoreIn),
    Near(Near),
    DeliveryIn(DeliveryIn),
    Dormant(Dormant),
    OrdersIn(OrdersIn),
    SpendIn(SpendIn),
    PointsExpiring(PointsExpiring),
}

impl Condition {
    /// The word that stands for it in a program file.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Condition::All(_) => "all",
            Condition::Any(_) => "any",
            Condition::Not(_) => "not",
            Condition::Spend(_) => "spend",
            Condition::TierAtLeast(_) => "tier_at_least",
            Condition::Weekdays(_) => "weekdays",
            Condition::Hours(_) => "hours",
            Condition::Contains(_) => "contains",
            Condition::OrderNumber(_) => "order_number",
            Condition::Birthday(_) => "birthday",
            Condition::Anniversary(_) => "anniversary",
            Condition::TenureAtLeast(_) => "tenure_at_least",
            Condition::Balance(_) => "balance",
            Condition::CodeShown(_) => "code_shown",
            Condition::ChannelIn(_) => "channel_in",
            Condition::TenderIn(_) => "tender_in",
            Condition::SegmentIn(_) => "segment_in",
            Condition::Attribute(_) => "attribute",
            Condition::Age(_) => "age",
            Condition::Dates(_) => "dates",
            Condition::NthWeekday(_) => "nth_weekday",
            Condition::StoreIn(_) => "store_in",
            Condition::Near(_) => "near",
            Condition::DeliveryIn(_) => "delivery_in",
            Condition::Dormant(_) => "dormant",
            Condition::OrdersIn(_) => "orders_in",
            Condition::SpendIn(_) => "spend_in",
            Condition::PointsExpiring(_) => "points_expiring",
        }
    }

    pub(crate) fn check(&mut self, check: &mut Check) {
        let word = self.word();
        check.at(word, |check| match self {
            Condition::All(kind) => kind.check(check),
            Condition::Any(kind) => kind.check(check),
            Condition::Not(kind) => kind.check(check),
            Condition::Spend(kind) => kind.check(check),
            Condition::TierAtLeast(kind) => kind.check(check),
            Condition::Weekdays(kind) => kind.check(check),
            Condition::Hours(kind) => kind.check(check),
            Condition::Contains(kind) => kind.check(check),
            Condition::OrderNumber(kind) => kind.check(check),
            Condition::Birthday(kind) => kind.check(check),
            Condition::Anniversary(kind) => kind.check(check),
            Condition::TenureAtLeast(_) | Condition::Dormant(_) => {}
            Condition::Balance(kind) => kind.check(check),
            Condition::CodeShown(kind) => kind.check(check),
            Condition::ChannelIn(kind) => kind.check(check),
            Condition::TenderIn(kind) => kind.check(check),
            Condition::SegmentIn(kind) => kind.check(check),
            Condition::Attribute(kind) => kind.check(check),
            Condition::Age(kind) => kind.check(check),
            Condition::Dates(kind) => kind.check(check),
            Condition::NthWeekday(kind) => kind.check(check),
            Condition::StoreIn(kind) => kind.check(check),
            Condition::Near(kind) => kind.check(check),
            Condition::DeliveryIn(kind) => kind.check(check),
            Condition::OrdersIn(kind) => kind.check(check),
            Condition::SpendIn(kind) => kind.check(check),
            Condition::PointsExpiring(kind) => kind.check(check),
        });
    }

    /// Nothing where the condition holds, else why it does not.
    pub(crate) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        match self {
            Condition::All(kind) => kind.refusal(facts),
            Condition::Any(kind) => kind.refusal(facts),
            Condition::Not(kind) => kind.refusal(facts),
            Condition::Spend(kind) => kind.refusal(facts),
            Condition::TierAtLeast(kind) => kind.refusal(facts),
            Condition::Weekdays(kind) => kind.refusal(facts),
            Condition::Hours(kind) => kind.refusal(facts),
            Condition::Contains(kind) => kind.refusal(facts),
            Condition::OrderNumber(kind) => kind.refusal(facts),
            Condition::Birthday(kind) => kind.refusal(facts),
            Condition::Anniversary(kind) => kind.refusal(facts),
            Condition::TenureAtLeast(kind) => kind.refusal(facts),
            Condition::Balance(kind) => kind.refusal(facts),
            Condition::CodeShown(kind) => kind.refusal(facts),
            Condition::ChannelIn(kind) => kind.refusal(facts),
            Condition::TenderIn(kind) => kind.refusal(facts),
            Condition::SegmentIn(kind) => kind.refusal(facts),
            Condition::Attribute(kind) => kind.refusal(facts),
            Condition::Age(kind) => kind.refusal(facts),
            Condition::Dates(kind) => kind.refusal(facts),
            Condition::NthWeekday(kind) => kind.refusal(facts),
            Condition::StoreIn(kind) => kind.refusal(facts),
            Condition::Near(kind) => kind.refusal(facts),
            Condition::DeliveryIn(kind) => kind.refusal(facts),
            Condition::Dormant(kind) => kind.refusal(facts),
            Condition::OrdersIn(kind) => kind.refusal(facts),
            Condition::SpendIn(kind) => kind.refusal(facts),
            Condition::PointsExpiring(kind) => kind.refusal(facts),
        }
    }

    /// Tells the selectors of the lines that it counts.
    pub(crate) fn counts<'a>(&'a self, each: &mut dyn FnMut(&'a Selector)) {
        match self {
            Condition::All(All(inner)) | Condition::Any(Any(inner)) => {
                inner.iter().for_each(|condition| condition.counts(each));
            }
            Condition::Spend(kind) => kind.lines.iter().for_each(each),
            Condition::Contains(kind) => kind.lines.iter().for_each(each),
            _ => {}
        }
    }

    /// Whether it looks at what offers left of the lines, whatever its lane sees.
    pub(crate) fn looks_at_rest(&self) -> bool {
        match self {
            Condition::All(All(inner)) | Condition::Any(Any(inner)) => {
                inner.iter().any(Condition::looks_at_rest)
            }
            Condition::Not(Not(inner)) => inner.looks_at_rest(),
            Condition::Spend(kind) => kind.looks_at_rest(),
            _ => false,
        }
    }

    /// Whether it looks at a basket or at the order that it becomes; other rules than those on orders have none.
    #[must_use]
    pub(crate) fn looks_at_basket(&self) -> bool {
        match self {
            Condition::All(All(inner)) | Condition::Any(Any(inner)) => {
                inner.iter().any(Condition::looks_at_basket)
            }
            Condition::Not(Not(inner)) => inner.looks_at_basket(),
            Condition::Spend(_)
            | Condition::Contains(_)
            | Condition::OrderNumber(_)
            | Condition::CodeShown(_)
            | Condition::ChannelIn(_)
            | Condition::TenderIn(_)
            | Condition::StoreIn(_)
            | Condition::Near(_)
            | Condition::DeliveryIn(_) => true,
            Condition::Attribute(kind) => kind.of != AttributeOf::Member,
            Condition::TierAtLeast(_)
            | Condition::Weekdays(_)
            | Condition::Hours(_)
            | Condition::Birthday(_)
            | Condition::Anniversary(_)
            | Condition::TenureAtLeast(_)
            | Condition::Balance(_)
            | Condition::SegmentIn(_)
            | Condition::Age(_)
            | Condition::Dates(_)
            | Condition::NthWeekday(_)
            | Condition::Dormant(_)
            | Condition::OrdersIn(_)
            | Condition::SpendIn(_)
            | Condition::PointsExpiring(_) => false,
        }
    }
}

/// Checks the conditions of a list, one level deeper.
fn check_nested(conditions: &mut [Condition], check: &mut Check) {
    check.not_empty(conditions);
    check.deeper(|check| check.each(conditions, |check, condition| condition.check(check)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_looks_at_the_basket_wherever_that_is_nested() {
        let looks = |text: &str| serde_json::from_str::<Condition>(text).unwrap().looks_at_basket();
        assert!(looks(r#"{"any": [{"birthday": "day"}, {"not": {"all": [{"tender_in": ["cash"]}]}}]}"#));
        assert!(looks(r#"{"order_number": {"from": 1}}"#));
        assert!(looks(r#"{"attribute": {"of": "line", "name": "a", "is": true}}"#));
        assert!(!looks(r#"{"attribute": {"of": "member", "name": "a", "is": true}}"#));
        assert!(!looks(r#"{"all": [{"birthday": {"before": 7}}, {"not": {"balance": {"at_most": "0"}}}]}"#));
    }
}
