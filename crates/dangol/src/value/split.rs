//! Splitting an amount over weights so that the parts always sum to the whole.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decimal::product;

/// How an amount is spread over lines: by which weights, how each share is rounded, and where the minor units go that
/// are left then.
///
/// The parts always sum to the whole. A line that has no room for its share is filled, and what it cannot take is
/// spread anew over the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// What a line's share is in proportion to; what is left of the line where left out.
    #[serde(default)]
    pub weights: SplitWeights,
    /// How each share is rounded to the smallest unit of money; down where left out.
    #[serde(default)]
    pub shares: SplitShares,
    /// Where the difference between the whole and the rounded shares goes; to the largest fractions where left out.
    #[serde(default)]
    pub rest: SplitRest,
}

/// What a line's share of a discount is in proportion to. What points pay is always spread by what is left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SplitWeights {
    /// What is left of the line.
    #[default]
    Left,
    /// The price of one unit of the line, however many there are.
    Price,
    /// The quantity of the line.
    Units,
    /// Every line alike.
    Even,
}

/// How each share is rounded to the smallest unit of money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SplitShares {
    /// Down: 4.9 becomes 4.
    #[default]
    Down,
    /// To the nearest, a half up: 4.5 becomes 5.
    HalfUp,
    /// To the nearest, a half down: 4.5 becomes 4.
    HalfDown,
}

/// Where the difference between the whole and the rounded shares goes; where shares were rounded up, it is taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SplitRest {
    /// A minor unit each to the largest fractions that rounding cut off, ties to the earlier line.
    #[default]
    LargestFractions,
    /// A minor unit each to the lines in their order.
    FirstLines,
    /// All of it to the last line.
    LastLine,
    /// A minor unit each to the lines with the largest weights, ties to the earlier line.
    DearestFirst,
    /// There is none: the running total is rounded line by line, so that the parts up to any line sum exactly.
    Cumulative,
}

impl Split {
    /// Each share is rounded down; what is left goes to the largest fractions.
    pub(crate) const USUAL: Split =
        Split { weights: SplitWeights::Left, shares: SplitShares::Down, rest: SplitRest::LargestFractions };

    /// The parts of `total` by weight, none above its room; they sum to `total`, or to all the room there is.
    ///
    /// Nothing is negative, and there is a room for each weight. A part without weight gets nothing before all others
    /// are full; then those without weight share evenly.
    pub(crate) fn parts(self, total: i64, weights: &[i64], room: &[i64], parts: &mut Vec<i64>) {
        parts.clear();
        let space = room.iter().fold(0_i64, |sum, room| sum.saturating_add(*room));
        if total >= space {
            parts.extend_from_slice(room);
            return;
        }
        let sum = whole(weights);
        if sum > 0 {
            self.place(total, weights, sum, None, parts);
            if parts.iter().zip(room).all(|(part, room)| part <= room) {
                return;
            }
            parts.clear();
        }
        self.fill(total, weights, room, parts);
    }

    /// The parts of `total` by weight, without a limit to any; nothing anywhere where every weight is nothing.
    pub(crate) fn shares(self, total: i64, weights: &[i64], parts: &mut Vec<i64>) {
        parts.clear();
        match whole(weights) {
            0 => parts.resize(weights.len(), 0),
            sum => self.place(total, weights, sum, None, parts),
        }
    }

    /// Fills the lines that have no room for their share, and spreads the rest over the others.
    fn fill(self, total: i64, weights: &[i64], room: &[i64], parts: &mut Vec<i64>) {
        let mut open: Vec<i64> =
            weights.iter().zip(room).map(|(weight, room)| if *room > 0 { *weight } else { 0 }).collect();
        let mut full = vec![0; room.len()];
        let mut left = saturate(total, &mut open, room, &mut full);
        if left > 0 && whole(&open) == 0 {
            let unfilled = room.iter().zip(&full).map(|(room, full)| i64::from(room > full));
            open = unfilled.collect();
            left = saturate(left, &mut open, room, &mut full);
        }
        self.place(left, &open, whole(&open), Some(room), parts);
        parts.iter_mut().zip(full).for_each(|(part, full)| *part = part.saturating_add(full));
    }

    /// Appends the parts of `total`; with `room`, no exact share reaches its room.
    fn place(self, total: i64, weights: &[i64], sum: i128, room: Option<&[i64]>, parts: &mut Vec<i64>) {
        if self.rest == SplitRest::Cumulative {
            return self.cumulative(total, weights, sum, parts);
        }
        let mut gaps: Vec<(i128, usize)> = Vec::new();
        let mut left = total;
        for (index, weight) in weights.iter().enumerate() {
            let (share, gap) = self.shares.of(total, i128::from(*weight), sum);
            parts.push(share);
            left = left.saturating_sub(share);
            if gap != 0 {
                gaps.push((gap, index));
            }
        }
        if left != 0 {
            let order = self.rest.order(left, weights, gaps);
            let step = if self.rest == SplitRest::LastLine { left } else { left.signum() };
            let most = |index: usize| room.map_or(i64::MAX, |room| room.get(index).copied().unwrap_or(0));
            settle(left, step, &order, most, parts);
        }
    }

    fn cumulative(self, total: i64, weights: &[i64], sum: i128, parts: &mut Vec<i64>) {
        // Nearly all amounts fit into 64 bits, and where they do for all weights together, they do for each.
        let short = i64::try_from(sum).ok().filter(|sum| *sum > 0 && total.checked_mul(*sum).is_some());
        let (mut weight_so_far, mut placed) = (0_i128, 0_i64);
        if let (Some(sum), SplitShares::Down) = (short, self.shares) {
            let mut upto = 0_i64;
            parts.extend(weights.iter().map(|weight| {
                upto = upto.saturating_add(*weight);
                let so_far = total.saturating_mul(upto).checked_div(sum).unwrap_or(0);
                so_far.saturating_sub(std::mem::replace(&mut placed, so_far))
            }));
            return;
        }
        for weight in weights {
            weight_so_far = weight_so_far.saturating_add(i128::from(*weight));
            let (upto, _) = self.shares.of(total, weight_so_far, sum);
            parts.push(upto.saturating_sub(placed));
            placed = upto;
        }
    }
}

impl SplitShares {
    /// The share `total * weight / sum`, rounded, and what rounding cut off (negative where it added), times `sum`.
    fn of(self, total: i64, weight: i128, sum: i128) -> (i64, i128) {
        let (share, rest) = divided(total, weight, sum);
        let up = match self {
            SplitShares::Down => false,
            SplitShares::HalfUp => rest >= sum.saturating_sub(rest),
            SplitShares::HalfDown => rest > sum.saturating_sub(rest),
        };
        // Where nothing is to be shared by, nothing is rounded.
        if up && rest > 0 { (share.saturating_add(1), rest.saturating_sub(sum)) } else { (share, rest) }
    }
}

/// The whole part and the rest of `total * weight / sum`; nothing where the sum is.
fn divided(total: i64, weight: i128, sum: i128) -> (i64, i128) {
    // Nearly all amounts fit into 64 bits, where a division is ten times as fast.
    if let (Ok(weight), Ok(sum)) = (i64::try_from(weight), i64::try_from(sum))
        && let Some(product) = total.checked_mul(weight)
    {
        return (product.checked_div(sum).unwrap_or(0), product.checked_rem(sum).unwrap_or(0).into());
    }
    let wide = i128::from(total).saturating_mul(weight);
    let share = wide.checked_div(sum).unwrap_or(0);
    (i64::try_from(share).unwrap_or(0), wide.checked_rem(sum).unwrap_or(0))
}

impl SplitRest {
    /// The lines in the order in which they get what is left, or give back what is too much.
    fn order(self, left: i64, weights: &[i64], mut gaps: Vec<(i128, usize)>) -> Vec<usize> {
        let weighty = weights.iter().enumerate().filter(|(_, weight)| **weight > 0);
        let lines = weighty.clone().map(|(index, _)| index);
        match self {
            SplitRest::LargestFractions => {
                gaps.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
                if left < 0 {
                    gaps.reverse();
                }
                gaps.into_iter().map(|(_, index)| index).collect()
            }
            SplitRest::LastLine => lines.rev().collect(),
            SplitRest::DearestFirst => {
                let mut dearest: Vec<(i64, usize)> =
                    weighty.map(|(index, weight)| (*weight, index)).collect();
                dearest.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
                dearest.into_iter().map(|(_, index)| index).collect()
            }
            SplitRest::FirstLines | SplitRest::Cumulative => lines.collect(),
        }
    }
}

/// Adds up to `step` to each part in turn, within nothing and `most`, until nothing is left.
fn settle(mut left: i64, step: i64, order: &[usize], most: impl Fn(usize) -> i64, parts: &mut [i64]) {
    while left != 0 {
        let before = left;
        for index in order {
            let Some(part) = parts.get_mut(*index) else { continue };
            let wanted = if left > 0 { left.min(step) } else { left.max(step) };
            let next = part.saturating_add(wanted).clamp(0, most(*index));
            left = left.saturating_sub(next.saturating_sub(*part));
            *part = next;
            if left == 0 {
                return;
            }
        }
        if left == before {
            return;
        }
    }
}

/// Fills the lines whose share reaches their room, takes their weight away, and returns what is left for the others.
fn saturate(total: i64, open: &mut [i64], room: &[i64], full: &mut [i64]) -> i64 {
    let (mut left, mut sum) = (total, whole(open));
    let mut lines: Vec<(usize, i64, i64)> = Vec::with_capacity(open.len());
    for (index, (weight, room)) in open.iter().zip(room).enumerate() {
        if *weight > 0 {
            lines.push((index, *weight, *room));
        }
    }
    // What a full line cannot take only makes the shares of the others larger: who has least room for its weight is
    // full first. a / m against b / n is a * n against b * m.
    lines.sort_unstable_by(|(i, m, a), (j, n, b)| product(*a, *n).cmp(&product(*b, *m)).then(i.cmp(j)));
    for (index, weight, room) in lines {
        if product(left, weight) < i128::from(room).saturating_mul(sum) {
            break;
        }
        left = left.saturating_sub(room);
        sum = sum.saturating_sub(i128::from(weight));
        if let (Some(open), Some(full)) = (open.get_mut(index), full.get_mut(index)) {
            (*open, *full) = (0, room);
        }
    }
    left
}

fn whole(weights: &[i64]) -> i128 {
    weights.iter().map(|weight| i128::from(*weight)).sum()
}
