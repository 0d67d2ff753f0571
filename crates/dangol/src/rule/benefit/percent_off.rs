//! `percent_off`: a share of the price.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Desk, Given, Portion};
use crate::check::Check;
use crate::model::Arithmetic;
use crate::value::{Amount, DiscountPlace, Overflow, Percent, Shares, product};

/// `{"percent_off": "10"}` takes 10 % off what is left of the matching lines.
///
/// The program's rounding says whether each line is rounded by itself or the sum once, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct PercentOff(pub Percent);

impl PercentOff {
    pub(super) fn check(self, check: &mut Check) {
        check.percent(self.0, 100);
    }

    pub(super) fn take(self, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
        if given.adds {
            return self.take_added(given, desk);
        }
        match given.terms.place {
            DiscountPlace::Rule => {
                let total = given.total(desk)?;
                Ok(given.spread(self.of(total, given)?, desk))
            }
            DiscountPlace::TaxRate => self.by_tax(given, desk),
            DiscountPlace::Line | DiscountPlace::Unit | DiscountPlace::Running => self.by_line(given, desk),
        }
    }

    /// Each line by itself: as a whole, by the unit, or with what rounding cut off before carried on.
    fn by_line(self, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
        let Desk { portions, parts, .. } = desk;
        parts.reserve(portions.len());
        let shares = self.shares(given)?;
        let (mut sum, mut upto, mut rounded) = (0_i64, 0_i64, 0_i64);
        for portion in portions {
            let wanted = match given.terms.place {
                DiscountPlace::Unit => self.by_unit(portion, given)?,
                DiscountPlace::Running => {
                    upto = upto.checked_add(portion.basis).ok_or(Overflow)?;
                    let so_far = shares.of(upto)?.min(upto);
                    let own = so_far.saturating_sub(rounded);
                    rounded = so_far;
                    own
                }
                _ => shares.of(portion.basis)?.min(portion.basis),
            };
            sum = sum.checked_add(given.put(portion, wanted, parts)).ok_or(Overflow)?;
        }
        Ok(sum)
    }

    /// What `take` would come to, where it goes by lines as wholes.
    pub(super) fn worth(self, given: &Given<'_>) -> Option<i64> {
        if given.adds || given.terms.place != DiscountPlace::Line {
            return None;
        }
        let shares = self.shares(given).ok()?;
        let mut sum = 0_i64;
        for (_, basis, room) in given.plain()? {
            // No more than there is room for, which is no more than the basis.
            sum = sum.checked_add(shares.of(basis).ok()?.min(room))?;
        }
        Some(sum)
    }

    /// The share of one unit, so many times; what has no units is one.
    fn by_unit(self, portion: &Portion, given: &Given<'_>) -> Result<i64, Overflow> {
        let units = given.units_in(portion).unwrap_or(1);
        let scale = self.0.scale()?.checked_mul(i128::from(units)).ok_or(Overflow)?;
        let one =
            given.terms.rounding.ratio(product(portion.basis, self.0.units()), scale, given.terms.digits)?;
        Ok(one.saturating_mul(units).min(portion.basis))
    }

    /// The sum over the lines that carry the same taxes, once for each kind.
    fn by_tax(self, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
        let all = std::mem::take(&mut desk.portions);
        let set = |portion: &Portion| given.line(portion.line).and_then(|line| line.tax_set);
        let mut sets: Vec<Option<usize>> = all.iter().map(set).collect();
        sets.sort_unstable();
        sets.dedup();
        let mut sum = 0_i64;
        for one in sets {
            desk.portions.clear();
            desk.portions.extend(all.iter().copied().filter(|portion| set(portion) == one));
            let total = given.total(desk)?;
            sum = sum.checked_add(given.spread(self.of(total, given)?, desk)).ok_or(Overflow)?;
        }
        desk.portions = all;
        Ok(sum)
    }

    /// So much of a basis. Rounding up to a unit must not take more than there is.
    pub(crate) fn of(self, basis: i64, given: &Given<'_>) -> Result<i64, Overflow> {
        Ok(self.shares(given)?.of(basis)?.min(basis))
    }

    fn shares(self, given: &Given<'_>) -> Result<Shares, Overflow> {
        let whole = i64::try_from(self.0.scale()?).map_err(|_| Overflow)?;
        Ok(Shares::new(given.terms.rounding, given.terms.digits, self.0.units(), whole))
    }

    /// What the sum of percentages comes to, less what it came to before: so the offers sum to what is rounded once.
    fn take_added(self, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
        const HUNDRED_PERCENT: i64 = 1_000_000;
        let upto = |basis: i64, percent: i64| {
            let percent = percent.min(HUNDRED_PERCENT);
            given.terms.rounding.ratio(
                product(basis, percent),
                i128::from(HUNDRED_PERCENT),
                given.terms.digits,
            )
        };
        let own = self.ten_thousandths();
        let Desk { portions, parts, .. } = desk;
        let mut sum = 0_i64;
        for portion in portions {
            let before = given.added(portion.line);
            let (from, to) = (upto(portion.basis, before)?, upto(portion.basis, before.saturating_add(own))?);
            sum = sum.checked_add(given.put(portion, to.saturating_sub(from), parts)).ok_or(Overflow)?;
        }
        Ok(sum)
    }

    /// The rate in ten thousandths of a percent.
    pub(crate) fn ten_thousandths(self) -> i64 {
        self.0.0.rescaled(4).map_or(0, Amount::units)
    }

    pub(super) fn arithmetic(self, given: &Given<'_>, desk: &Desk) -> Result<Arithmetic, Overflow> {
        Ok(Arithmetic::Percent { percent: self.0, of: given.money(given.total(desk)?)? })
    }
}
