//! What of an order counted for something: enough to work it out again when goods come back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Amount, Id, Money};

/// What one line, or a charge, counted for a rule or a ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountedPart {
    /// The line; nothing for what belongs to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<Id>,
    /// The charge, where it belongs to no line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge: Option<Charge>,
    /// The money that counted.
    #[serde(default, skip_serializing_if = "Money::is_nothing")]
    pub money: Money,
    /// The whole units that counted.
    #[serde(default, skip_serializing_if = "is_none")]
    pub units: u64,
    /// What multipliers made of it together; 1 where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub factor: Option<Amount>,
}

/// What is charged beside the goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Charge {
    /// Delivery.
    Shipping,
    /// Everything else.
    Fees,
}

impl Charge {
    /// Every one.
    pub(crate) const ALL: [Charge; 2] = [Charge::Shipping, Charge::Fees];

    /// As fields are named.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Charge::Shipping => "shipping",
            Charge::Fees => "fees",
        }
    }
}

impl CountedPart {
    /// By which parts are ordered: by line, then what belongs to none.
    pub(crate) fn place(&self) -> (bool, Option<&Id>) {
        (self.line.is_none(), self.line.as_ref())
    }
}

fn is_none(units: &u64) -> bool {
    *units == 0
}
