//! A line and a delivery of a quote: what each costs, what was taken off it, and what it is worth when it comes back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Id, Money, Percent, Quantity};

/// A line with its price and everything that was taken off it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuotedLine {
    /// The line.
    pub id: Id,
    /// The article.
    pub sku: Id,
    /// How many units.
    pub quantity: Quantity,
    /// The line's amount before anything, in the form that the program's `tax` says.
    pub gross: Money,
    /// What each offer takes off the line.
    pub discounts: Vec<LineDiscount>,
    /// What is left of it.
    pub net: Money,
    /// The part of it that points pay.
    pub paid_with_points: Money,
    /// The offer that added it; nothing for lines of the basket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gift: Option<Id>,
    /// The tax rates that it carries, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taxes: Vec<Percent>,
    /// What it is worth when it comes back, where that is not what was paid for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worth: Option<Box<LineWorth>>,
}

impl QuotedLine {
    /// What it is worth when it comes back, and the part of that which points had paid.
    pub(crate) fn worth(&self) -> (Money, Money) {
        let worth = self.worth.as_deref().map(|worth| (worth.net, worth.paid_with_points));
        worth.unwrap_or((self.net, self.paid_with_points))
    }
}

/// What a line is worth when it comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineWorth {
    /// The whole amount.
    pub net: Money,
    /// The part of it that points paid.
    pub paid_with_points: Money,
}

/// What is charged for one delivery, and everything that was taken off it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuotedDelivery {
    /// The delivery: `shipping` where the basket names none.
    pub id: Id,
    /// What it costs before anything.
    pub gross: Money,
    /// What each offer takes off it.
    pub discounts: Vec<LineDiscount>,
    /// What is left of it.
    pub net: Money,
    /// The tax rates that it carries, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taxes: Vec<Percent>,
}

/// What one offer takes off one line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineDiscount {
    /// The offer.
    pub offer: Id,
    /// What it takes off: more than nothing.
    pub amount: Money,
}
