//! Rounding, with its three parts stated: how, to a multiple of what, and where.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::amount::power;
use super::{Amount, Overflow};

/// Which neighbour a number between two multiples goes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Towards nothing: 4.9 becomes 4 (절사).
    #[default]
    Down,
    /// Away from nothing: 4.1 becomes 5.
    Up,
    /// To the nearest, a half away from nothing: 4.5 becomes 5.
    HalfUp,
    /// To the nearest, a half to the even one: 4.5 becomes 4.
    HalfEven,
    /// To the nearest, a half towards nothing: 4.5 becomes 4.
    HalfDown,
    /// To the nearest, a half to the odd one: 4.5 becomes 5, and so does 5.5.
    HalfOdd,
}

/// Whether each line is rounded by itself, or the sum of a rule once.
///
/// The two differ by up to one unit a line: Cafe24 rounds each product, most others the order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Each line by itself.
    Line,
    /// The sum over the lines of one rule, once.
    #[default]
    Rule,
}

/// What a discount is rounded for.
///
/// Systems differ here by up to one unit a line: Vendure rounds each unit, Cafe24 each line, most others the order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DiscountPlace {
    /// Each unit of a line by itself; what is taken off the line is so many times that.
    Unit,
    /// Each line by itself.
    #[default]
    Line,
    /// Each line, with what rounding cut off the lines before it carried on.
    Running,
    /// The sum over the lines of one offer, once; the sum is then spread over them.
    Rule,
    /// The sum over the lines of one offer that carry the same taxes, once; it is then spread over them.
    TaxRate,
}

/// A mode and the unit whose multiples are the possible results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rounding {
    /// Which neighbour is taken.
    #[serde(default)]
    pub mode: Mode,
    /// The result is a multiple of this: `1`, `10`, `0.05` …; by default the smallest unit there is.
    #[serde(default, skip_serializing_if = "Amount::is_zero_ref")]
    pub unit: Amount,
}

/// What price × quantity is rounded for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PricePlace {
    /// The line: price × quantity is rounded once.
    #[default]
    Line,
    /// The unit: its price is rounded before it is multiplied, and the product once more where units are weighed.
    Unit,
}

/// How price × quantity is rounded: which way, to a multiple of what, and whether the price of a unit is first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineRounding {
    /// Which neighbour is taken.
    #[serde(default)]
    pub mode: Mode,
    /// The result is a multiple of this: `1`, `10`, `0.05` …; by default the smallest unit there is.
    #[serde(default, skip_serializing_if = "Amount::is_zero_ref")]
    pub unit: Amount,
    /// The line where left out.
    #[serde(default, skip_serializing_if = "PricePlace::is_line")]
    pub at: PricePlace,
}

impl PricePlace {
    fn is_line(&self) -> bool {
        *self == PricePlace::Line
    }
}

impl LineRounding {
    /// Which way, and to a multiple of what.
    #[must_use]
    pub const fn rounding(self) -> Rounding {
        Rounding { mode: self.mode, unit: self.unit }
    }
}

impl Amount {
    fn is_zero_ref(&self) -> bool {
        self.is_zero()
    }
}

impl Rounding {
    /// To the smallest unit by the given mode.
    #[must_use]
    pub const fn to_unit(mode: Mode) -> Rounding {
        Rounding { mode, unit: Amount::ZERO }
    }

    /// The fraction `numerator / denominator` of smallest units, rounded; `digits` tells what the smallest unit is.
    pub(crate) fn ratio(self, numerator: i128, denominator: i128, digits: u8) -> Result<i64, Overflow> {
        if self.unit.is_zero() {
            // Nearly all amounts fit into 64 bits, where a division is ten times as fast.
            if let (Ok(short), Ok(divisor)) = (i64::try_from(numerator), i64::try_from(denominator)) {
                return divided_short(short, divisor, self.mode);
            }
            return i64::try_from(divided(numerator, denominator, self.mode)?).map_err(|_| Overflow);
        }
        let step =
            self.unit.rescaled(digits).map(Amount::units).filter(|units| *units > 0).ok_or(Overflow)?;
        let denominator = denominator.checked_mul(i128::from(step)).ok_or(Overflow)?;
        if let (Ok(short), Ok(divisor)) = (i64::try_from(numerator), i64::try_from(denominator)) {
            return divided_short(short, divisor, self.mode)?.checked_mul(step).ok_or(Overflow);
        }
        let steps = divided(numerator, denominator, self.mode)?;
        i64::try_from(steps.checked_mul(i128::from(step)).ok_or(Overflow)?).map_err(|_| Overflow)
    }

    /// The amount rounded to a multiple of the unit, with exactly `digits` digits.
    ///
    /// # Errors
    /// [`Overflow`] beyond 15 digits.
    pub fn round(self, amount: Amount, digits: u8) -> Result<Amount, Overflow> {
        let (up, down) = (digits.saturating_sub(amount.digits()), amount.digits().saturating_sub(digits));
        let (up, down) = (power(up).ok_or(Overflow)?, power(down).ok_or(Overflow)?);
        let units = self.ratio(super::decimal::product(amount.units(), up), i128::from(down), digits)?;
        Amount::new(units, digits).map_err(|_| Overflow)
    }
}

/// One share of many amounts, `amount * rate / whole`: what is the same for all of them is worked out once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shares {
    rounding: Rounding,
    digits: u8,
    rate: i64,
    whole: i64,
    /// What is added before a division that cuts off, so that it rounds as it should; nothing where that is not all.
    bias: Option<i64>,
}

impl Shares {
    /// Shares of `rate / whole`, rounded to amounts of so many digits; neither is negative, and the whole is even.
    pub(crate) fn new(rounding: Rounding, digits: u8, rate: i64, whole: i64) -> Shares {
        let half = whole.checked_div(2).unwrap_or(0);
        let bias = match rounding.mode {
            Mode::Down => Some(0),
            Mode::Up => whole.checked_sub(1),
            Mode::HalfUp => Some(half),
            Mode::HalfDown => half.checked_sub(1),
            Mode::HalfEven | Mode::HalfOdd => None,
        };
        let plain = rounding.unit.is_zero() && rate >= 0 && whole > 0 && whole.checked_rem(2) == Some(0);
        Shares { rounding, digits, rate, whole, bias: bias.filter(|_| plain) }
    }

    /// The share of one amount.
    #[inline]
    pub(crate) fn of(&self, amount: i64) -> Result<i64, Overflow> {
        let biased = |bias: i64| amount.checked_mul(self.rate)?.checked_add(bias);
        match self.bias.filter(|_| amount >= 0).and_then(biased) {
            Some(product) => product.checked_div(self.whole).ok_or(Overflow),
            None => {
                let product = super::decimal::product(amount, self.rate);
                self.rounding.ratio(product, self.whole.into(), self.digits)
            }
        }
    }
}

/// Defines the quotient of whole numbers of one width, rounded to a whole number; the denominator is positive.
macro_rules! rounded_quotient {
    ($name:ident, $width:ty) => {
        #[inline]
        fn $name(numerator: $width, denominator: $width, mode: Mode) -> Result<$width, Overflow> {
            let quotient = numerator.checked_div(denominator).ok_or(Overflow)?;
            let rest = numerator.checked_rem(denominator).ok_or(Overflow)?.unsigned_abs();
            if rest == 0 {
                return Ok(quotient);
            }
            let against_half = rest.cmp(&denominator.unsigned_abs().saturating_sub(rest));
            let odd = quotient.checked_rem(2).is_some_and(|rest| rest != 0);
            let away = match mode {
                Mode::Down => false,
                Mode::Up => true,
                Mode::HalfUp => against_half.is_ge(),
                Mode::HalfDown => against_half.is_gt(),
                Mode::HalfEven => against_half.is_gt() || (against_half.is_eq() && odd),
                Mode::HalfOdd => against_half.is_gt() || (against_half.is_eq() && !odd),
            };
            if !away {
                return Ok(quotient);
            }
            quotient.checked_add(if numerator < 0 { -1 } else { 1 }).ok_or(Overflow)
        }
    };
}

rounded_quotient!(divided, i128);
rounded_quotient!(divided_short, i64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_differ_only_between_two_multiples() {
        let rounded =
            |text: &str, mode| Rounding::to_unit(mode).round(text.parse().unwrap(), 0).unwrap().units();
        let table = [
            (Mode::Down, [4, 4, 5, 5, -4]),
            (Mode::Up, [5, 5, 6, 6, -5]),
            (Mode::HalfUp, [4, 5, 6, 6, -5]),
            (Mode::HalfEven, [4, 4, 6, 6, -4]),
            (Mode::HalfDown, [4, 4, 5, 6, -4]),
            (Mode::HalfOdd, [4, 5, 5, 6, -5]),
        ];
        for (mode, expected) in table {
            for (text, want) in ["4.4", "4.5", "5.5", "5.6", "-4.5"].into_iter().zip(expected) {
                assert_eq!(rounded(text, mode), want, "{text} {mode:?}");
            }
            assert_eq!(rounded("7", mode), 7);
        }
    }

    #[test]
    fn shares_are_what_each_of_them_is_by_itself() {
        use Mode::{Down, HalfDown, HalfEven, HalfOdd, HalfUp, Up};
        for (mode, unit) in [Down, Up, HalfUp, HalfEven, HalfDown, HalfOdd]
            .into_iter()
            .flat_map(|mode| [(mode, 0), (mode, 10)])
        {
            let rounding = Rounding { mode, unit: Amount::from(unit) };
            for (rate, whole) in [(0, 100), (10, 100), (35, 1_000), (125, 10_000), (i64::MAX, 100)] {
                let shares = Shares::new(rounding, 0, rate, whole);
                for amount in [-15, 0, 1, 5, 10, 14, 15, 149, 150, 151, 1_000, i64::MAX] {
                    let alone = rounding.ratio(crate::value::decimal::product(amount, rate), whole.into(), 0);
                    assert_eq!(shares.of(amount).ok(), alone.ok(), "{amount} * {rate} / {whole} {mode:?}");
                }
            }
        }
    }

    #[test]
    fn a_unit_of_ten_cuts_the_last_digit() {
        let rounding = Rounding { mode: Mode::Down, unit: Amount::from(10) };
        assert_eq!(rounding.round("45".parse().unwrap(), 0).unwrap().units(), 40);
    }
}
