//! How the goods of a basket are delivered, and what that costs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::TaxRate;
use crate::value::{Id, Money};

/// One delivery of a basket: a parcel, a shipping group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// Its name, unique among the basket's deliveries; its number among them (`"1"`, `"2"` …) where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// How the goods come: `ground`, `express`, `pickup` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Id>,
    /// What it costs.
    pub price: Money,
    /// The tax that is contained in the price, where its rate does not matter; none where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<Money>,
    /// The taxes of the delivery by rate, in place of `tax`: at most 10; none where left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taxes: Vec<TaxRate>,
}
