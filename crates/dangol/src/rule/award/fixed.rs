//! `fixed`: the same points for every order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::value::Points;

/// `{"fixed": "1000"}` grants that many points once for an order or event, whatever it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct FixedAward(pub Points);

impl FixedAward {
    pub(super) fn check(&mut self, check: &mut Check, digits: u8) {
        check.positive_points(&mut self.0, digits);
    }
}
