//! Splitting an amount over weights so that the parts always sum to the whole.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decimal::product;

/// How the minor units that do not divide evenly are placed when an amount is spread over lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// Each share is rounded down; what is left goes, a minor unit each, to the largest fractions, ties to the
    /// earlier line.
    #[default]
    LargestRemainder,
    /// The running total is rounded down line by line, so that the parts up to any line sum exactly.
    Cumulative,
}

impl Split {
    /// The parts of `total` by weight: they sum to `total`, and none exceeds its weight where `total` does not
    /// exceed the sum of weights.
    ///
    /// Weights and total are not negative. Where every weight is zero, nothing can be placed and all parts are zero.
    pub(crate) fn parts(self, total: i64, weights: &[i64], parts: &mut Vec<i64>) {
        parts.clear();
        let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        if sum <= 0 {
            parts.resize(weights.len(), 0);
            return;
        }
        match self {
            Split::Cumulative => cumulative(total, weights, sum, parts),
            Split::LargestRemainder => largest_remainder(total, weights, sum, parts),
        }
    }
}

/// The whole part and the rest of `total * weight / sum`; both fit, since the share is at most `total`.
fn share(total: i64, weight: i64, sum: i128) -> (i64, i128) {
    let wide = product(total, weight);
    let whole = wide.checked_div(sum).unwrap_or(0);
    (i64::try_from(whole).unwrap_or(0), wide.checked_rem(sum).unwrap_or(0))
}

fn cumulative(total: i64, weights: &[i64], sum: i128, parts: &mut Vec<i64>) {
    let (mut weight_so_far, mut placed) = (0_i64, 0_i64);
    for weight in weights {
        weight_so_far = weight_so_far.saturating_add(*weight);
        let (upto, _) = share(total, weight_so_far, sum);
        parts.push(upto.saturating_sub(placed));
        placed = upto;
    }
}

fn largest_remainder(total: i64, weights: &[i64], sum: i128, parts: &mut Vec<i64>) {
    let mut rests: Vec<(i128, usize)> = Vec::with_capacity(weights.len());
    let mut left = total;
    for (index, weight) in weights.iter().enumerate() {
        let (whole, rest) = share(total, *weight, sum);
        parts.push(whole);
        left = left.saturating_sub(whole);
        if rest > 0 {
            rests.push((rest, index));
        }
    }
    // Fewer units are left than there are fractions, since each fraction is below one unit.
    let left = usize::try_from(left).unwrap_or(0);
    if left == 0 {
        return;
    }
    rests.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, index) in rests.into_iter().take(left) {
        if let Some(part) = parts.get_mut(index) {
            *part = part.saturating_add(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(split: Split, total: i64, weights: &[i64]) -> Vec<i64> {
        let mut parts = Vec::new();
        split.parts(total, weights, &mut parts);
        parts
    }

    #[test]
    fn what_is_left_goes_to_the_largest_fractions() {
        assert_eq!(parts(Split::LargestRemainder, 100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(parts(Split::LargestRemainder, 10, &[3, 3, 4]), [3, 3, 4]);
        assert_eq!(parts(Split::LargestRemainder, 5, &[1, 2, 4]), [1, 1, 3]);
        assert_eq!(parts(Split::Cumulative, 100, &[1, 1, 1]), [33, 33, 34]);
    }

    #[test]
    fn nothing_is_placed_on_nothing() {
        assert_eq!(parts(Split::LargestRemainder, 100, &[0, 0]), [0, 0]);
        assert_eq!(parts(Split::Cumulative, 100, &[]), [0; 0]);
    }
}
