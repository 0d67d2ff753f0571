//! The exact decimal that everything countable is made of.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use rust_decimal::Decimal;

/// An exact decimal number: a whole number of units and how many of its digits stand after the point.
///
/// Up to 15 significant digits, of which up to 9 stand after the point. On the wire it is a string
/// (`"12.50"`) or an integer; a floating-point literal is refused, since `0.1` has no exact float.
/// Arithmetic is checked: a sum beyond the limit is an [`Overflow`], never a wrapped or clamped number.
/// Amounts compare by value (`1.5 == 1.50`) and keep the digits that they were written with.
///
/// ```
/// use dangol::Amount;
/// let price: Amount = "12.50".parse()?;
/// assert_eq!(price.plus("0.5".parse()?)?.to_string(), "13.00");
/// assert_eq!(price, "12.5".parse()?);
/// assert!("1e3".parse::<Amount>().is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Default)]
pub struct Amount {
    // INVARIANT: |units| <= MAX_UNITS and digits <= MAX_DIGITS.
    units: i64,
    digits: u8,
}

/// The sum or product does not fit into 15 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the result has more than {} digits", Amount::MAX_SIGNIFICANT)]
pub struct Overflow;

/// Why a text or number is not an [`Amount`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// The text is not of the form `-12.50`.
    #[error("expected an exact decimal such as `12.50`")]
    Malformed,
    /// More than 15 significant digits, or more than 9 after the point.
    #[error(
        "more than {} digits, or more than {} after the point",
        Amount::MAX_SIGNIFICANT,
        Amount::MAX_DIGITS
    )]
    TooManyDigits,
}

impl Amount {
    /// The number nothing.
    pub const ZERO: Amount = Amount { units: 0, digits: 0 };
    /// The most digits of an amount that may stand after the point.
    pub const MAX_DIGITS: u8 = 9;
    /// The most digits of an amount in all.
    pub const MAX_SIGNIFICANT: u8 = 15;
    const MAX_UNITS: i64 = 999_999_999_999_999;

    /// An amount of `units` of which the last `digits` digits stand after the point: `new(1250, 2)` is 12.50.
    ///
    /// # Errors
    /// [`AmountError::TooManyDigits`] beyond 15 digits, or 9 after the point.
    pub const fn new(units: i64, digits: u8) -> Result<Amount, AmountError> {
        if digits > Amount::MAX_DIGITS || units > Amount::MAX_UNITS || units < -Amount::MAX_UNITS {
            return Err(AmountError::TooManyDigits);
        }
        Ok(Amount { units, digits })
    }

    /// The whole number of its smallest units: 1250 for 12.50.
    #[must_use]
    pub const fn units(self) -> i64 {
        self.units
    }

    /// How many digits stand after the point.
    #[must_use]
    pub const fn digits(self) -> u8 {
        self.digits
    }

    /// Whether it is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.units == 0
    }

    /// Whether it is less than nothing.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.units < 0
    }

    /// The same value with exactly `digits` digits after the point, or nothing where that would lose some.
    #[must_use]
    pub fn rescaled(self, digits: u8) -> Option<Amount> {
        if digits >= self.digits {
            let units = self.units.checked_mul(power(digits.checked_sub(self.digits)?)?)?;
            return Amount::new(units, digits).ok();
        }
        let factor = power(self.digits.checked_sub(digits)?)?;
        let (units, rest) = (self.units.checked_div(factor)?, self.units.checked_rem(factor)?);
        (rest == 0).then_some(Amount { units, digits })
    }

    /// The sum, with the digits of the longer of the two.
    ///
    /// # Errors
    /// [`Overflow`] beyond 15 digits.
    pub fn plus(self, other: Amount) -> Result<Amount, Overflow> {
        let (a, b) = if self.digits == other.digits { (self, other) } else { aligned(self, other)? };
        Amount::new(a.units.checked_add(b.units).ok_or(Overflow)?, a.digits).map_err(|_| Overflow)
    }

    /// The difference, with the digits of the longer of the two.
    ///
    /// # Errors
    /// [`Overflow`] beyond 15 digits.
    pub fn minus(self, other: Amount) -> Result<Amount, Overflow> {
        self.plus(Amount { units: other.units.checked_neg().ok_or(Overflow)?, digits: other.digits })
    }
}

/// Both amounts with the digits of the longer one.
fn aligned(a: Amount, b: Amount) -> Result<(Amount, Amount), Overflow> {
    let digits = a.digits.max(b.digits);
    Ok((a.rescaled(digits).ok_or(Overflow)?, b.rescaled(digits).ok_or(Overflow)?))
}

/// 10 to the given power, up to the powers that an amount can need.
pub(super) fn power(exponent: u8) -> Option<i64> {
    const POWERS: [i64; 10] =
        [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];
    POWERS.get(usize::from(exponent)).copied()
}

impl Ord for Amount {
    fn cmp(&self, other: &Amount) -> Ordering {
        if self.digits == other.digits {
            return self.units.cmp(&other.units);
        }
        let digits = self.digits.max(other.digits);
        let wide = |amount: &Amount| {
            let factor = power(digits.saturating_sub(amount.digits)).unwrap_or(1);
            // 15 digits times 10^9 always fit into an i128.
            i128::from(amount.units).saturating_mul(i128::from(factor))
        };
        wide(self).cmp(&wide(other))
    }
}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Amount) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Amount {
    fn eq(&self, other: &Amount) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Amount {}

impl Hash for Amount {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Equal values must hash alike whatever their digits: hash the shortest form.
        let mut shortest = *self;
        while let Some(shorter) = shortest.digits.checked_sub(1).and_then(|digits| shortest.rescaled(digits))
        {
            shortest = shorter;
        }
        (shortest.units, shortest.digits).hash(state);
    }
}

impl From<i32> for Amount {
    fn from(whole: i32) -> Amount {
        Amount { units: i64::from(whole), digits: 0 }
    }
}

impl From<Amount> for Decimal {
    fn from(amount: Amount) -> Decimal {
        Decimal::new(amount.units, u32::from(amount.digits))
    }
}

impl TryFrom<Decimal> for Amount {
    type Error = AmountError;
    fn try_from(decimal: Decimal) -> Result<Amount, AmountError> {
        let units = i64::try_from(decimal.mantissa()).map_err(|_| AmountError::TooManyDigits)?;
        let digits = u8::try_from(decimal.scale()).map_err(|_| AmountError::TooManyDigits)?;
        Amount::new(units, digits)
    }
}

impl FromStr for Amount {
    type Err = AmountError;
    fn from_str(text: &str) -> Result<Amount, AmountError> {
        let (negative, body) = text.strip_prefix('-').map_or((false, text), |body| (true, body));
        if body.is_empty() || body.starts_with('.') || body.ends_with('.') {
            return Err(AmountError::Malformed);
        }
        let (mut units, mut point, mut digits) = (0_i64, false, 0_u8);
        for byte in body.bytes() {
            let digit = match byte {
                b'0'..=b'9' => i64::from(byte.saturating_sub(b'0')),
                b'.' if !point => {
                    point = true;
                    continue;
                }
                _ => return Err(AmountError::Malformed),
            };
            units = units.saturating_mul(10).saturating_add(digit);
            if units > Amount::MAX_UNITS {
                return Err(AmountError::TooManyDigits);
            }
            digits = digits.saturating_add(u8::from(point));
        }
        Amount::new(if negative { units.saturating_neg() } else { units }, digits)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let factor = power(self.digits).unwrap_or(1).unsigned_abs();
        let units = self.units.unsigned_abs();
        let sign = if self.is_negative() { "-" } else { "" };
        let whole = units.checked_div(factor).unwrap_or(units);
        match (self.digits, units.checked_rem(factor)) {
            (0, _) | (_, None) => write!(f, "{sign}{whole}"),
            (digits, Some(part)) => write!(f, "{sign}{whole}.{part:0>width$}", width = usize::from(digits)),
        }
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_what_it_read() {
        for text in ["0", "-0.5", "12.50", "999999999999999", "0.000000001"] {
            assert_eq!(text.parse::<Amount>().unwrap().to_string(), text);
        }
        for text in ["", "-", ".5", "5.", "1e3", "+1", " 1", "1_000", "1,000", "NaN", "١"] {
            assert_eq!(text.parse::<Amount>(), Err(AmountError::Malformed), "{text}");
        }
        for text in ["1000000000000000", "0.0000000001"] {
            assert_eq!(text.parse::<Amount>(), Err(AmountError::TooManyDigits), "{text}");
        }
    }
}
