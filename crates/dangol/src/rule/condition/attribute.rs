//! `attribute`: what the host says about the member, the basket or a line.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::model::{Attribute, AttributeOf, Reason};
use crate::rule::{Facts, bounds};
use crate::value::{Amount, Id};

/// `{"attribute": {"of": "member", "name": "employer", "is": "acme"}}` holds where the host gave the member that attribute
/// with that value; with `one_of` it is one of several, with `at_least` and `at_most` a number within bounds.
///
/// Of a basket it looks at `basket.attributes`; of lines it holds where any line has such an attribute. What is not said is
/// no value: then it does not hold. Texts are compared letter by letter, numbers by value (`"1.50"` is `1.5`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttributeCondition {
    /// Whose attribute it is.
    pub of: AttributeOf,
    /// Its name.
    pub name: Id,
    /// The value that it must have; give `is`, `one_of`, or bounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<Attribute>,
    /// The values of which it must have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_of: Option<Vec<Attribute>>,
    /// The least that it must be, as a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Amount>,
    /// The most that it may be, as a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Amount>,
}

impl AttributeCondition {
    /// The most values that a refusal lists.
    const MAX_LISTED: usize = 10;

    pub(super) fn check(&self, check: &mut Check) {
        let bounded = self.at_least.is_some() || self.at_most.is_some();
        let ways = [self.is.is_some(), self.one_of.is_some(), bounded];
        match ways.iter().filter(|given| **given).count() {
            0 => check.problem(Code::MissingField, "give `is`, `one_of`, `at_least` or `at_most`"),
            1 => {}
            _ => check.problem(Code::Contradiction, "give one of `is`, `one_of`, and bounds"),
        }
        if bounded {
            bounds::ordered(self.at_least, self.at_most, check);
        }
        if let Some(value) = &self.is {
            check.at("is", |check| AttributeCondition::check_value(value, check));
        }
        if let Some(values) = &self.one_of {
            check.at("one_of", |check| {
                check.not_empty(values);
                for (index, value) in values.iter().enumerate() {
                    check.entry(index, |check| AttributeCondition::check_value(value, check));
                }
            });
        }
    }

    /// Notes a problem where the text of a value is too long.
    pub(in crate::rule) fn check_value(value: &Attribute, check: &mut Check) {
        if value.is_too_long() {
            let message = format!("at most {} characters", Attribute::MAX_CHARACTERS);
            check.problem(Code::InvalidValue, message);
        }
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let own = |attributes: &BTreeMap<Id, Attribute>| {
            let value = attributes.get(&self.name);
            if value.is_some_and(|value| self.allows(value)) { Ok(()) } else { Err(value.cloned()) }
        };
        let actual = match self.of {
            AttributeOf::Member => own(&facts.member.attributes).err()?.into_iter().collect(),
            AttributeOf::Basket => own(&facts.basket.attributes).err()?.into_iter().collect(),
            AttributeOf::Line => {
                let lines = &facts.basket.lines;
                let values = || lines.iter().filter_map(|line| line.attributes.get(&self.name));
                if values().any(|value| self.allows(value)) {
                    return None;
                }
                // By line id, so that their order in the basket does not matter.
                let sorted = facts.lines.iter().filter_map(|line| lines.get(line.position));
                listed(sorted.filter_map(|line| line.attributes.get(&self.name)))
            }
        };
        Some(Reason::WrongAttribute {
            of: self.of,
            name: self.name.clone(),
            required: self.is.iter().chain(self.one_of.iter().flatten()).cloned().collect(),
            at_least: self.at_least,
            at_most: self.at_most,
            actual,
        })
    }

    /// Whether it holds for that value.
    pub(in crate::rule) fn allows(&self, value: &Attribute) -> bool {
        let within = |number: Amount| bounds::hold(self.at_least, self.at_most, &number);
        match (&self.is, &self.one_of) {
            (Some(is), _) => is == value,
            (_, Some(values)) => values.contains(value),
            _ => value.number().is_some_and(within),
        }
    }
}

/// The first of the values, each once.
fn listed<'a>(values: impl Iterator<Item = &'a Attribute>) -> Vec<Attribute> {
    let mut found: Vec<Attribute> = Vec::new();
    for value in values {
        if found.len() < AttributeCondition::MAX_LISTED && !found.contains(value) {
            found.push(value.clone());
        }
    }
    found
}
