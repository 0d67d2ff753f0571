//! What a member's orders say about the member: how long ago, how often, how much, and the names that the host gives to it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Amount, Day, Id, Money, Period};

/// What members are told apart by: the borders of the bands, and the names of what lies in them.
///
/// Borders are nothing or more and ascend, and whoever reaches one is beyond it: three borders make four bands. Band 1 is the worst and the last one
/// the best. Fewer days since the last order are better, so there band 1 lies beyond the last border. Neighbours may be
/// equal, as cutoffs of groups can be; no member is in the band between them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentBands {
    /// How far back orders and spend count: with `"12 months"` today's order counts, and one of 12 months ago to the day no
    /// longer does. It may not reach further back than the program keeps days one by one, which is as far as its ladders,
    /// `orders_in` and `spend_in` look. Everything counts where left out, also what is kept as a sum only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Period>,
    /// The borders of days since the last order, at most 1,000: with `[30, 90]` up to 29 days are band 3, up to 89 days
    /// band 2, and more are band 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recency: Vec<Amount>,
    /// The borders of orders, at most 1,000: with `[2, 5]` fewer than 2 are band 1, and 5 are band 3.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frequency: Vec<Amount>,
    /// The borders of spend, at most 1,000: what was paid for goods, after discounts and points, as counts for
    /// tiers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub monetary: Vec<Money>,
    /// How long ago the last order of a dormant member lies at least, as the condition `dormant` counts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dormant: Option<Period>,
    /// The segments, at most 100; a member may be in several, or in none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<SegmentRule>,
}

/// A segment, and what must all hold for a member to be in it; one of the bounds must be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentRule {
    /// Its name, which the host writes into `member.segments`, where the condition `segment_in` finds it.
    pub id: Id,
    /// The lowest band of recency; like every bound on recency it does not hold for a member who never ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recency_at_least: Option<u32>,
    /// The highest band of recency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recency_at_most: Option<u32>,
    /// The lowest band of frequency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequency_at_least: Option<u32>,
    /// The highest band of frequency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequency_at_most: Option<u32>,
    /// The lowest band of spend.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monetary_at_least: Option<u32>,
    /// The highest band of spend.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monetary_at_most: Option<u32>,
    /// Whether the member must be dormant, or must not be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dormant: Option<bool>,
}

/// What a member's orders say as of a day: the facts, the bands that they lie in, and the segments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Segments {
    /// The civil day in the program's zone, on which the window ends.
    pub on: Day,
    /// The day of the last order; left out where there was none, or where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_order_on: Option<Day>,
    /// How many days ago that is: 0 on the day itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// How many orders were placed in the window, or ever.
    pub orders: u64,
    /// What was paid in it for goods, after discounts and points.
    pub spend: Money,
    /// The band of the days, where there are borders of them and a last order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recency: Option<u32>,
    /// The band of the orders, where there are borders of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequency: Option<u32>,
    /// The band of the spend, where there are borders of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monetary: Option<u32>,
    /// Whether the member is dormant, where it is said what that is; who never ordered is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dormant: Option<bool>,
    /// The segments that the member is in, in the order of their rules.
    pub segments: Vec<Id>,
}

impl SegmentBands {
    /// The most borders of one measure.
    pub const MAX_BORDERS: usize = 1_000;
}
