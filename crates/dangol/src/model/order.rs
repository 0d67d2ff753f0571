//! What was sold and why: everything that a return will need.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Event, Quote};
use crate::value::Id;

/// A quote that was booked. The host stores it and hands it back for a return.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// The id that the host gave it.
    pub id: Id,
    /// What was quoted is what was booked.
    pub quote: Quote,
}

/// An order and the events that it caused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Placed {
    /// The order, to be stored.
    pub order: Order,
    /// The events, to be stored and applied to the member, all or none.
    pub events: Vec<Event>,
}
