//! Exact quotients, for what is multiplied before it is rounded.

use super::decimal::ten_to;
use super::{Amount, Overflow};

/// An exact quotient of whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fraction {
    numerator: i128,
    // INVARIANT: more than nothing.
    denominator: i128,
}

impl Fraction {
    /// The number nothing, as it is shortened.
    pub(crate) const ZERO: Fraction = Fraction { numerator: 0, denominator: 1 };
    /// The number one.
    pub(crate) const ONE: Fraction = Fraction { numerator: 1, denominator: 1 };

    /// A quotient as it is, not shortened; the denominator is more than nothing.
    pub(crate) fn new(numerator: i128, denominator: i128) -> Result<Fraction, Overflow> {
        if denominator <= 0 { Err(Overflow) } else { Ok(Fraction { numerator, denominator }) }
    }

    /// The value of an amount, shortened: equal values are equal fractions.
    pub(crate) fn of(amount: Amount) -> Result<Fraction, Overflow> {
        Ok(Fraction::new(i128::from(amount.units()), ten_to(amount.digits())?)?.shortened())
    }

    /// The amount of this value, with as many digits as it needs; nothing where no amount has it.
    pub(crate) fn amount(self) -> Option<Amount> {
        let digits = (0..=Amount::MAX_DIGITS).find(|digits| {
            ten_to(*digits).is_ok_and(|scale| scale.checked_rem(self.denominator) == Some(0))
        })?;
        let scale = ten_to(digits).ok()?.checked_div(self.denominator)?;
        Amount::new(i64::try_from(self.numerator.checked_mul(scale)?).ok()?, digits).ok()
    }

    pub(crate) fn numerator(self) -> i128 {
        self.numerator
    }

    pub(crate) fn denominator(self) -> i128 {
        self.denominator
    }

    pub(crate) fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// The sum, shortened.
    pub(crate) fn plus(self, other: Fraction) -> Result<Fraction, Overflow> {
        let common = gcd(self.denominator, other.denominator);
        let (mine, theirs) = (whole(other.denominator, common)?, whole(self.denominator, common)?);
        let left = self.numerator.checked_mul(mine).ok_or(Overflow)?;
        let right = other.numerator.checked_mul(theirs).ok_or(Overflow)?;
        let numerator = left.checked_add(right).ok_or(Overflow)?;
        let denominator = self.denominator.checked_mul(mine).ok_or(Overflow)?;
        Ok(Fraction::new(numerator, denominator)?.shortened())
    }

    /// The difference, shortened.
    pub(crate) fn minus(self, other: Fraction) -> Result<Fraction, Overflow> {
        let numerator = other.numerator.checked_neg().ok_or(Overflow)?;
        self.plus(Fraction { numerator, denominator: other.denominator })
    }

    /// The product, shortened.
    pub(crate) fn times(self, other: Fraction) -> Result<Fraction, Overflow> {
        // Shortened crosswise first, so that no product is larger than it must be.
        let a = Fraction { numerator: self.numerator, denominator: other.denominator }.shortened();
        let b = Fraction { numerator: other.numerator, denominator: self.denominator }.shortened();
        let numerator = a.numerator.checked_mul(b.numerator).ok_or(Overflow)?;
        Fraction::new(numerator, a.denominator.checked_mul(b.denominator).ok_or(Overflow)?)
    }

    fn shortened(self) -> Fraction {
        let common = gcd(self.numerator, self.denominator);
        match (whole(self.numerator, common), whole(self.denominator, common)) {
            (Ok(numerator), Ok(denominator)) => Fraction { numerator, denominator },
            _ => self,
        }
    }
}

fn whole(number: i128, divisor: i128) -> Result<i128, Overflow> {
    number.checked_div(divisor).ok_or(Overflow)
}

/// The greatest whole number that divides both; the second is more than nothing.
fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.saturating_abs(), b);
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Fraction {
        Fraction::of(text.parse().unwrap()).unwrap()
    }

    #[test]
    fn equal_values_are_equal_fractions() {
        assert_eq!(of("1.50"), of("1.5"));
        assert_eq!(of("0.5").times(of("2")).unwrap(), Fraction::ONE);
        assert_eq!(of("0.5").plus(of("0.25")).unwrap(), of("0.75"));
        assert_eq!(of("0.5").minus(of("0.5")).unwrap(), of("0"));
        assert!(of("0.5").minus(of("0.75")).unwrap().is_negative());
    }
}
