//! `bundle_price`: several units together for one price.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bundles::Bundles;
use super::sides::minor;
use super::{Desk, Given};
use crate::check::Check;
use crate::error::Code;
use crate::model::{Arithmetic, Reason};
use crate::rule::{Choice, Selector};
use crate::value::{Money, Overflow};

/// `{"bundle_price": {"price": "5000", "of": [{"units": 3}]}}` is three for 5,000; with `"of": [{"lines": {"categories":
/// ["burger"]}, "units": 1}, {"lines": {"categories": ["drink"]}, "units": 1}]` it is a burger with a drink for 5,000.
///
/// It is repeated as often as that is cheaper, and it never makes anything dearer. Where parts overlap, a unit serves one
/// of them only. What is taken off is spread over the units of the bundles as the program says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BundlePrice {
    /// What one bundle costs.
    pub price: Money,
    /// What is in one bundle: 1 to 20 parts.
    pub of: Vec<BundlePart>,
    /// How many bundles one order may have at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most_times: Option<u32>,
    /// Which units go into bundles first; the dearest where left out, so that nobody saves more with two orders.
    #[serde(default = "BundlePrice::dearest")]
    pub choose: Choice,
}

/// A part of a bundle: so many units of these lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BundlePart {
    /// Which lines of the offer; all where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Selector>,
    /// How many units.
    pub units: u32,
}

impl BundlePrice {
    /// The most parts that a bundle may have.
    pub const MAX_PARTS: usize = 20;

    fn dearest() -> Choice {
        Choice::Dearest
    }

    pub(super) fn check(&mut self, check: &mut Check) {
        check.at("price", |check| check.money(&mut self.price));
        check.at("of", |check| {
            if self.of.is_empty() {
                check.problem(Code::Empty, "a bundle without lines: name at least one part with its `units`");
            }
            if self.of.len() > BundlePrice::MAX_PARTS {
                let message = format!("at most {} parts, found {}", BundlePrice::MAX_PARTS, self.of.len());
                check.problem(Code::TooMany, message);
            }
            check.each(&mut self.of, |check, part| {
                if let Some(lines) = &mut part.lines {
                    check.at("lines", |check| lines.check(check));
                }
                check.at("units", |check| check.count(Some(part.units)));
            });
        });
        check.at("at_most_times", |check| check.count(self.at_most_times));
    }

    /// How many units are in one bundle.
    fn size(&self) -> i64 {
        self.of.iter().fold(0_i64, |sum, part| sum.saturating_add(part.units.into()))
    }

    pub(super) fn take(&self, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
        self.take_chosen(self.choose, given, desk)
    }

    fn take_chosen(&self, choose: Choice, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
        let mut bundles = Bundles::new(self, choose, given, desk);
        let most = bundles.most_times(self.at_most_times);
        let price = minor(self.price, given);
        let mut gain = |times: i64, desk: &mut Desk| -> Result<i64, Overflow> {
            bundles.fill(times);
            bundles.portions(given, desk);
            Ok(given.total(desk)?.saturating_sub(price.saturating_mul(times)))
        };
        // With dearer units first, each bundle saves no more than the one before.
        let (mut low, mut high) = (0_i64, most);
        while low < high {
            let middle = i64::midpoint(low, high);
            if gain(middle.saturating_add(1), desk)? > gain(middle, desk)? {
                low = middle.saturating_add(1);
            } else {
                high = middle;
            }
        }
        let (mut times, mut discount) = (low, gain(low, desk)?);
        if choose != Choice::Dearest {
            // With cheaper units first, the last bundles save the most.
            let all = gain(most, desk)?;
            (times, discount) = if all > discount { (most, all) } else { (times, discount) };
        }
        desk.parts.clear();
        if discount <= 0 || times == 0 {
            desk.portions.clear();
            return Ok(0);
        }
        gain(times, desk)?;
        Ok(given.spread(discount, desk))
    }

    /// The most that it can take: with the dearest units.
    pub(super) fn bound(&self, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
        self.take_chosen(Choice::Dearest, given, desk)
    }

    /// What is missing for one bundle.
    pub(super) fn refusal(&self, given: &Given<'_>, desk: &mut Desk) -> Option<Reason> {
        let mut bundles = Bundles::new(self, self.choose, given, desk);
        if bundles.most_times(None) > 0 {
            return None;
        }
        let missing = |required: i64, actual: i64| {
            (actual < required).then(|| Reason::TooFewUnits {
                required: required.unsigned_abs(),
                actual: actual.unsigned_abs(),
            })
        };
        let parts = self.of.iter().enumerate();
        let mut parts = parts.filter_map(|(number, part)| missing(part.units.into(), bundles.units(number)));
        let lacking = parts.next();
        // Where each part alone has enough, together they have not.
        lacking.or_else(|| missing(self.size(), bundles.fill(1)))
    }

    pub(super) fn arithmetic(&self, given: &Given<'_>, desk: &Desk) -> Result<Arithmetic, Overflow> {
        let units = desk.portions.iter().filter_map(|portion| portion.units);
        let units = units.fold(0_i64, i64::saturating_add);
        let times = units.checked_div(self.size()).unwrap_or(0).unsigned_abs();
        Ok(Arithmetic::FixedPrice { price: self.price, times, of: given.money(given.total(desk)?)? })
    }
}
