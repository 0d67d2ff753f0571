//! Lanes: which offers compete, and in which order they come.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::value::Id;

/// Offers that compete with one another. Lanes follow one another in the order of the program; each sees what earlier
/// lanes left of the prices.
///
/// One word in place of priority, exclusive, stackable and stop-processing (the idea is Solidus').
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lane {
    /// Its name.
    pub id: Id,
    /// Which of its offers take effect.
    #[serde(default)]
    pub choose: Choose,
    /// The most offers that may take effect together where the best are chosen; 1 where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// What `spend` looks at.
    #[serde(default)]
    pub conditions_see: ConditionsSee,
}

/// Which offers of a lane take effect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Choose {
    /// The combination of at most `at_most` offers that leaves the least to pay; ties go to fewer offers, then to
    /// the earlier ones.
    #[default]
    Best,
    /// For each line the offer that takes the most off it.
    BestPerLine,
    /// All of them, one after the other, each on what is left.
    All,
}

/// What conditions on the worth of the basket look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConditionsSee {
    /// The basket before any offer.
    #[default]
    Original,
    /// What earlier lanes left of it, and points that pay before offers.
    Left,
}

impl Lane {
    /// The lane of programs that declare none.
    pub(crate) fn default_lane(id: Id) -> Lane {
        Lane { id, choose: Choose::Best, at_most: None, conditions_see: ConditionsSee::Original }
    }

    pub(crate) fn check(&self, check: &mut Check) {
        check.at("at_most", |check| match self.at_most {
            Some(0) => check.problem(Code::OutOfRange, "must be at least 1, found `0`"),
            Some(_) if self.choose != Choose::Best => {
                check.problem(Code::Contradiction, "only a lane that chooses the best has `at_most`");
            }
            _ => {}
        });
    }
}
