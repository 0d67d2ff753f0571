//! `bands`: rates that change as the amount grows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::error::Code;
use crate::model::{Arithmetic, BandPart};
use crate::value::{Amount, Fraction, Money, Overflow, Percent, product, ten_to};

/// `{"bands": [{"up_to": "200000", "percent": "5"}, {"up_to": "2000000", "percent": "2"}, {"percent": "1"}]}` grants 5 %
/// of the first 200,000, 2 % of what lies between that and 2,000,000, and 1 % of the rest: 10,000 points for 200,000
/// won, 16,000 for 500,000.
///
/// Each band's rate counts for what lies in the band only (as Naver grants, month by month), and the sum is rounded
/// once, whatever the wallet says about lines. With `"over": "month"` the month's spend fills the bands, not each order's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct BandsAward(pub Vec<Band>);

/// One band: so many percent of what lies in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Where it ends, above the end of the band before; only the last may go on for ever. What lies above the last end
    /// earns nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Money>,
    /// Its rate, from 0 to 1,000, with up to 4 digits after the point.
    pub percent: Percent,
}

/// Rates have up to so many digits after the point.
const RATE_DIGITS: u8 = 4;

impl BandsAward {
    pub(super) fn check(&mut self, check: &mut Check) {
        check.not_empty(&self.0);
        let last = self.0.len().saturating_sub(1);
        let mut below = Money::ZERO;
        for (index, band) in self.0.iter_mut().enumerate() {
            check.entry(index, |check| band.check(index == last, &mut below, check));
        }
    }

    pub(super) fn exact(&self, amount: Money, digits: u8) -> Result<Fraction, Overflow> {
        let mut sum = 0_i128;
        for (percent, part) in self.parts(amount) {
            let rate = percent.0.rescaled(RATE_DIGITS).ok_or(Overflow)?;
            sum = sum.checked_add(product(part.units(), rate.units())).ok_or(Overflow)?;
        }
        let hundred = ten_to(RATE_DIGITS)?.checked_mul(100).ok_or(Overflow)?;
        let denominator = hundred.checked_mul(ten_to(amount.0.digits())?).ok_or(Overflow)?;
        Fraction::new(sum.checked_mul(ten_to(digits)?).ok_or(Overflow)?, denominator)
    }

    pub(super) fn arithmetic(&self, of: Money) -> Result<Arithmetic, Overflow> {
        let filled = self.parts(of).filter(|(_, part)| !part.is_zero());
        Ok(Arithmetic::Bands { parts: filled.map(|(percent, of)| BandPart { percent, of }).collect(), of })
    }

    /// The bands of which an amount filled these parts.
    pub(super) fn of(parts: &[BandPart]) -> Option<BandsAward> {
        let mut end = Money::ZERO;
        let band = |part: &BandPart| {
            end = end.plus(part.of).ok()?;
            Some(Band { up_to: Some(end), percent: part.percent })
        };
        parts.iter().map(band).collect::<Option<Vec<Band>>>().map(BandsAward)
    }

    /// What of the amount lies in each band, with the band's rate.
    fn parts(&self, amount: Money) -> impl Iterator<Item = (Percent, Money)> {
        let mut below = Money::ZERO;
        self.0.iter().map(move |band| {
            let end = band.up_to.map_or(amount, |end| end.min(amount)).max(below);
            // Both are parts of the amount, so their difference fits.
            let part = end.minus(below).unwrap_or(Money::ZERO);
            below = end;
            (band.percent, part)
        })
    }
}

impl Band {
    fn check(&mut self, last: bool, below: &mut Money, check: &mut Check) {
        check.at("percent", |check| {
            let in_range = |rate| rate >= Amount::ZERO && rate <= Amount::from(1_000);
            check.range(self.percent.0, in_range, "from 0 to 1000");
            check.rate_digits(self.percent.0, RATE_DIGITS);
        });
        match &mut self.up_to {
            Some(end) => check.at("up_to", |check| {
                check.positive_money(end);
                if *end <= *below && *below > Money::ZERO {
                    let message = format!("bands stand lowest first: {end} is not above {below}");
                    check.problem(Code::OutOfOrder, message);
                }
                *below = *end;
            }),
            None if !last => check.problem(Code::MissingField, "every band but the last needs `up_to`"),
            None => {}
        }
    }
}
