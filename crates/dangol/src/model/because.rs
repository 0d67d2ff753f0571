//! Why points were granted without a rule.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::Id;

/// Why points were granted without a rule of accrual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// By hand, for the reason that the host noted.
    Adjustment(String),
    /// Another member gave them.
    Gift(Gift),
    /// They were exchanged for points of another wallet.
    Reward(Id),
}

/// Points that another member gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gift {
    /// Who.
    pub from: Id,
    /// The lot that they came from.
    pub lot: Id,
}
