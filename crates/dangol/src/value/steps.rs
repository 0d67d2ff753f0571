//! What counts of a step that is not full.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What counts of the last step of an amount: 1,999 in steps of 1,000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Steps {
    /// Only whole steps: 1.
    #[default]
    Whole,
    /// Every step that was begun: 2.
    Started,
    /// The rest counts in proportion: 1.999.
    Proportional,
}
