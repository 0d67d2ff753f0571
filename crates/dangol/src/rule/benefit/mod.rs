//! Benefits: what an offer takes off.

mod amount_off;
mod cheapest_free;
mod given;
mod percent_off;

pub use amount_off::AmountOff;
pub use cheapest_free::CheapestFree;
pub use percent_off::PercentOff;

pub(crate) use given::{Given, Part, Rest};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::{Arithmetic, Reason};
use crate::value::Overflow;

/// What an offer takes off: one word and what it needs, as in `{"percent_off": "10"}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is documented at its own type")]
pub enum Benefit {
    PercentOff(PercentOff),
    AmountOff(AmountOff),
    CheapestFree(CheapestFree),
}

impl Benefit {
    pub(crate) fn check(&mut self, check: &mut Check) {
        match self {
            Benefit::PercentOff(kind) => check.at("percent_off", |check| kind.check(check)),
            Benefit::AmountOff(kind) => check.at("amount_off", |check| kind.check(check)),
            Benefit::CheapestFree(kind) => check.at("cheapest_free", |check| kind.check(check)),
        }
    }

    /// What is missing for the benefit to have an effect at all.
    pub(crate) fn refusal(&self, given: &Given<'_>) -> Option<Reason> {
        match self {
            Benefit::CheapestFree(kind) => kind.refusal(given),
            Benefit::PercentOff(_) | Benefit::AmountOff(_) => None,
        }
    }

    /// What is taken off each line, never more than is left of it, and the sum, which is returned.
    pub(crate) fn take(&self, given: &Given<'_>, parts: &mut Vec<Part>) -> Result<i64, Overflow> {
        parts.clear();
        match self {
            Benefit::PercentOff(kind) => kind.take(given, parts),
            Benefit::AmountOff(kind) => kind.take(given, parts),
            Benefit::CheapestFree(kind) => kind.take(given, parts),
        }
    }

    /// The arithmetic behind `take`.
    pub(crate) fn arithmetic(&self, given: &Given<'_>) -> Result<Arithmetic, Overflow> {
        match self {
            Benefit::PercentOff(kind) => kind.arithmetic(given),
            Benefit::AmountOff(kind) => kind.arithmetic(given),
            Benefit::CheapestFree(kind) => Ok(kind.arithmetic(given)),
        }
    }

    /// The most that it can take off once other offers have taken theirs, when it takes off so much alone.
    pub(crate) fn bound(&self, given: &Given<'_>, alone: i64) -> i64 {
        match self {
            // A share of less is less, and an amount is capped by less.
            Benefit::PercentOff(_) | Benefit::AmountOff(_) => alone,
            // Where another offer made the cheapest units free, it is the turn of dearer ones.
            Benefit::CheapestFree(kind) => kind.bound(given),
        }
    }
}
