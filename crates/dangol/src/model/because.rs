//! Why points were granted without a rule.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::Id;

/// Why points were granted without a rule of accrual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Because {
    /// By hand, for the reason that the host noted.
    Adjustment(String),
    /// Another member gave them.
    Gift {
        /// Who.
        from: Id,
        /// The lot that they came from.
        lot: Id,
    },
    /// They were exchanged for points of another wallet.
    Reward(Id),
}
