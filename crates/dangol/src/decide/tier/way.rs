//! What is missing to a threshold, on the shortest way.

use crate::model::TierMeasure;
use crate::rule::{SomeOf, Threshold, TierWindow};
use crate::value::{Amount, Overflow};

use super::reading::Reading;

/// One way to a threshold.
#[derive(Debug, Default)]
struct Way {
    /// How much is missing of what is asked, in millionths, summed over the measures.
    share: u128,
    measures: Vec<TierMeasure>,
}

/// How much is missing of what is asked, in millionths.
fn share(measure: &TierMeasure) -> u128 {
    let of = |missing: i64, required: i64| {
        let (missing, required) = (u128::from(missing.unsigned_abs()), u128::from(required.unsigned_abs()));
        missing.saturating_mul(1_000_000).checked_div(required).unwrap_or(0)
    };
    let units = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let amounts = |missing: Amount, required: Amount| {
        let digits = missing.digits().max(required.digits());
        let units = |amount: Amount| amount.rescaled(digits).map_or(i64::MAX, Amount::units);
        of(units(missing), units(required))
    };
    match measure {
        TierMeasure::Spend { missing, required, .. } => amounts(missing.0, required.0),
        TierMeasure::Points { missing, required, .. } => amounts(missing.0, required.0),
        TierMeasure::Orders { missing, required, .. }
        | TierMeasure::Visits { missing, required, .. }
        | TierMeasure::Events { missing, required, .. } => of(units(*missing), units(*required)),
        // Time cannot be bought: any other way is shorter.
        TierMeasure::Tenure { .. } => 1_000_000_000,
    }
}

impl Reading<'_> {
    /// What is missing on the shortest way to a threshold: the one on which the smallest share of what is asked is missing,
    /// summed over its measures; of ways of the same length the one that the file names first.
    pub(super) fn missing(&self, threshold: &Threshold) -> Result<Vec<TierMeasure>, Overflow> {
        Ok(self.way(threshold, self.ladder.window)?.measures)
    }

    fn way(&self, threshold: &Threshold, window: TierWindow) -> Result<Way, Overflow> {
        match threshold {
            Threshold::Within(within) => self.way(&within.reach, within.window),
            Threshold::All(of) => self.shortest(of, window, of.len()),
            Threshold::Any(of) => self.shortest(of, window, 1),
            Threshold::Some(some @ SomeOf { of, .. }) => self.shortest(of, window, some.count()),
            leaf => {
                let measure = self.measure(leaf, window)?.filter(|measure| !measure.is_reached());
                Ok(measure.map_or_else(Way::default, |measure| Way {
                    share: share(&measure),
                    measures: vec![measure],
                }))
            }
        }
    }

    /// The shortest way to so many of them.
    fn shortest(&self, of: &[Threshold], window: TierWindow, count: usize) -> Result<Way, Overflow> {
        let mut ways = Vec::with_capacity(of.len());
        for one in of {
            ways.push(self.way(one, window)?);
        }
        if count < ways.len() {
            ways.sort_by_key(|way| way.share);
            ways.truncate(count);
        }
        let mut all = Way::default();
        for way in ways {
            all.share = all.share.saturating_add(way.share);
            all.measures.extend(way.measures);
        }
        Ok(all)
    }
}
