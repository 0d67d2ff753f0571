//! Conditions: when a rule applies. A closed vocabulary, nested by `all`, `any` and `not`.

mod all;
mod anniversary;
mod any;
mod balance;
mod birthday;
mod channel_in;
mod code_shown;
mod contains;
mod failing;
mod hours;
mod not;
mod order_number;
mod spend_at_least;
mod tender_in;
mod tenure_at_least;
mod tier_at_least;
mod weekdays;

pub use all::All;
pub use anniversary::Anniversary;
pub use any::Any;
pub use balance::BalanceCondition;
pub use birthday::BirthdayCondition;
pub use channel_in::ChannelIn;
pub use code_shown::CodeShown;
pub use contains::Contains;
pub use hours::Hours;
pub use not::Not;
pub use order_number::OrderNumber;
pub use spend_at_least::SpendAtLeast;
pub use tender_in::TenderIn;
pub use tenure_at_least::TenureAtLeast;
pub use tier_at_least::TierAtLeast;
pub use weekdays::Weekdays;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Facts;
use crate::check::Check;
use crate::model::Reason;

/// When a rule applies: one word and what it needs, as in `{"tier_at_least": "gold"}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is documented at its own type")]
pub enum Condition {
    All(All),
    Any(Any),
    Not(Not),
    SpendAtLeast(SpendAtLeast),
    TierAtLeast(TierAtLeast),
    Weekdays(Weekdays),
    Hours(Hours),
    Contains(Contains),
    OrderNumber(OrderNumber),
    Birthday(BirthdayCondition),
    Anniversary(Anniversary),
    TenureAtLeast(TenureAtLeast),
    Balance(BalanceCondition),
    CodeShown(CodeShown),
    ChannelIn(ChannelIn),
    TenderIn(TenderIn),
}

impl Condition {
    /// The word that stands for it in a program file.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Condition::All(_) => "all",
            Condition::Any(_) => "any",
            Condition::Not(_) => "not",
            Condition::SpendAtLeast(_) => "spend_at_least",
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
        }
    }

    pub(crate) fn check(&mut self, check: &mut Check) {
        let word = self.word();
        check.at(word, |check| match self {
            Condition::All(kind) => kind.check(check),
            Condition::Any(kind) => kind.check(check),
            Condition::Not(kind) => kind.check(check),
            Condition::SpendAtLeast(kind) => kind.check(check),
            Condition::TierAtLeast(kind) => kind.check(check),
            Condition::Weekdays(kind) => kind.check(check),
            Condition::Hours(kind) => kind.check(check),
            Condition::Contains(kind) => kind.check(check),
            Condition::OrderNumber(kind) => kind.check(check),
            Condition::Birthday(kind) => kind.check(check),
            Condition::Anniversary(kind) => kind.check(check),
            Condition::TenureAtLeast(_) => {}
            Condition::Balance(kind) => kind.check(check),
            Condition::CodeShown(kind) => kind.check(check),
            Condition::ChannelIn(kind) => kind.check(check),
            Condition::TenderIn(kind) => kind.check(check),
        });
    }

    /// Nothing where the condition holds, else why it does not.
    pub(crate) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        match self {
            Condition::All(kind) => kind.refusal(facts),
            Condition::Any(kind) => kind.refusal(facts),
            Condition::Not(kind) => kind.refusal(facts),
            Condition::SpendAtLeast(kind) => kind.refusal(facts),
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
            Condition::SpendAtLeast(_)
            | Condition::Contains(_)
            | Condition::OrderNumber(_)
            | Condition::CodeShown(_)
            | Condition::ChannelIn(_)
            | Condition::TenderIn(_) => true,
            Condition::TierAtLeast(_)
            | Condition::Weekdays(_)
            | Condition::Hours(_)
            | Condition::Birthday(_)
            | Condition::Anniversary(_)
            | Condition::TenureAtLeast(_)
            | Condition::Balance(_) => false,
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
        assert!(!looks(r#"{"all": [{"birthday": {"before": 7}}, {"not": {"balance": {"at_most": "0"}}}]}"#));
    }
}
