//! Relative thresholds: where a population is cut, and the numbers that come of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Amount, Percent};

/// Where a population is cut, and what becomes of those who stand exactly on the line.
///
/// ```
/// use dangol::{Amount, Cut, CutAt, Ties};
/// // What eight members spent last month; two of them bought nothing and are left out.
/// let spend: Vec<Amount> = [90, 70, 70, 70, 40, 10, 0, 0].map(Amount::from).to_vec();
///
/// // A third of six are two: 90, and 70 with everybody who has 70.
/// let mut cut = Cut::new(CutAt::TopPercent("33".parse()?));
/// let top = cut.of(&spend, &[])?;
/// assert_eq!((top.values, top.left_out), (6, 2));
/// assert_eq!((top.cutoffs[0].value, top.cutoffs[0].reached_by, top.cutoffs[0].tied), (Amount::from(70), 4, 3));
///
/// // At most a third: nobody of those who have 70.
/// cut.ties = Ties::Exclude;
/// assert_eq!(cut.of(&spend, &[])?.cutoffs[0].value, Amount::from(90));
///
/// // The average is 350 ÷ 6 = 58.33…, rounded up to whole numbers.
/// let average: Cut = serde_json::from_str(r#"{ "at": { "above_average": {} } }"#)?;
/// assert_eq!(average.of(&spend, &[])?.cutoffs[0].value, Amount::from(59));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cut {
    /// Where it is cut.
    pub at: CutAt,
    /// Whether those who stand exactly on the line are in; they are where left out.
    #[serde(default)]
    pub ties: Ties,
    /// Whether those who have nothing are counted; they are not where left out.
    #[serde(default)]
    pub nothing: Nothing,
    /// How many digits the cutoffs have after the point, at most 9: none of the values may have more. As many as the value
    /// with most of them where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digits: Option<u8>,
}

/// Where a population is cut: by rank, or by a measure of the middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CutAt {
    /// The best so many percent, more than 0 and at most 100: at least that share of all is in, or at most that share where
    /// ties are excluded.
    TopPercent(Percent),
    /// The best so many, 1 or more: at least as many are in, or at most as many where ties are excluded.
    TopCount(u64),
    /// The average, or so many percent of it. The average is exact; the cutoff is the smallest number that is not below it,
    /// or that is above it where ties are excluded.
    AboveAverage(Above),
    /// The median, or so many percent of it, in the same way; of an even number of values it is the middle between the two
    /// in the middle.
    AboveMedian(Above),
    /// So many groups of equal size, from 2 to 1,000: one cutoff less than that, lowest first. Of 5 groups the first cutoff
    /// is that of the best 80 percent and the last that of the best 20, ties included or not. Where many have the same,
    /// neighbours are equal, and nobody is in the group between them.
    Groups(u32),
}

/// How much of a measure of the middle must be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Above {
    /// In percent, more than 0 and at most 10,000: `"120"` is a fifth above it. 100 where left out.
    #[serde(default = "whole")]
    pub percent: Percent,
}

/// Whether those who stand exactly on the line are in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// All of them are in, so that more may be in than was asked for.
    #[default]
    Include,
    /// None of them is in, so that fewer may be in than was asked for, or nobody: the cutoff is then the smallest number
    /// above all values.
    Exclude,
}

/// Whether those who have nothing are part of the population.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Nothing {
    /// They are left out: the best tenth of those who bought.
    #[default]
    LeaveOut,
    /// They are counted: the best tenth of everybody. It is also for values of which 0 is one like others, such as days
    /// since the last order.
    Count,
}

/// A value that several have: what the parts of a large population are added up to, each by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// The value: nothing or more.
    pub value: Amount,
    /// How many have it: 1 or more. The same value may come again; its counts add up.
    pub count: u64,
}

/// Where a population was cut: ordinary numbers, to be written into a program or given to `segments`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cutoffs {
    /// One, or for groups one less than there are groups, lowest first.
    pub cutoffs: Vec<Cutoff>,
    /// How many values were counted.
    pub values: u64,
    /// How many were left out because they are nothing.
    pub left_out: u64,
}

/// A number that is reached or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cutoff {
    /// The least that a value must be.
    pub value: Amount,
    /// How many of the values counted are that or more.
    pub reached_by: u64,
    /// How many of these are exactly that.
    pub tied: u64,
}

impl Cut {
    /// The most groups that a population is cut into.
    pub const MAX_GROUPS: u32 = 1_000;

    /// A cut that includes ties and leaves out those who have nothing.
    #[must_use]
    pub fn new(at: CutAt) -> Cut {
        Cut { at, ties: Ties::Include, nothing: Nothing::LeaveOut, digits: None }
    }
}

fn whole() -> Percent {
    Percent(Amount::from(100))
}
