//! Money, points, quantities and percentages: one exact number each, never mixed by mistake.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::amount::power;
use super::{Amount, AmountError, LineRounding, Overflow, PricePlace, Rounding};

/// A kind of amount that adds up with its own kind only.
macro_rules! kind_of_amount {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub Amount);

        impl $name {
            /// Nothing.
            pub const ZERO: $name = $name(Amount::ZERO);

            /// As many smallest units, of which the last `digits` digits stand after the point.
            ///
            /// # Errors
            /// [`Overflow`] beyond 15 digits.
            pub fn of_units(units: i64, digits: u8) -> Result<$name, Overflow> {
                Amount::new(units, digits).map($name).map_err(|_| Overflow)
            }

            /// The whole number of its smallest units.
            #[must_use]
            pub const fn units(self) -> i64 {
                self.0.units()
            }

            /// Whether it is nothing.
            #[must_use]
            pub const fn is_zero(self) -> bool {
                self.0.is_zero()
            }

            /// The sum.
            ///
            /// # Errors
            /// [`Overflow`] beyond 15 digits.
            pub fn plus(self, other: $name) -> Result<$name, Overflow> {
                self.0.plus(other.0).map($name)
            }

            /// The difference.
            ///
            /// # Errors
            /// [`Overflow`] beyond 15 digits.
            pub fn minus(self, other: $name) -> Result<$name, Overflow> {
                self.0.minus(other.0).map($name)
            }

            /// The sum of them all.
            ///
            /// # Errors
            /// [`Overflow`] beyond 15 digits.
            pub fn sum(all: impl IntoIterator<Item = $name>) -> Result<$name, Overflow> {
                all.into_iter().try_fold($name::ZERO, $name::plus)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = AmountError;
            fn from_str(text: &str) -> Result<$name, AmountError> {
                text.parse().map($name)
            }
        }
    };
}

kind_of_amount! {
    /// An exact amount of money in the program's currency, with no more digits than the currency has.
    Money
}
kind_of_amount! {
    /// An exact number of points of one wallet (points, stamps, miles), with the wallet's digits.
    Points
}
kind_of_amount! {
    /// How much of a line is bought: positive, with up to 3 digits after the point (0.350 kg).
    Quantity
}
kind_of_amount! {
    /// A rate in percent with up to 4 digits after the point: `"5"` is 5 %.
    Percent
}

impl Money {
    /// Whether it is left out when it is written.
    pub(crate) fn is_nothing(&self) -> bool {
        self.is_zero()
    }

    /// This price for so many units, rounded once.
    ///
    /// # Errors
    /// [`Overflow`] beyond 15 digits.
    pub fn times(self, quantity: Quantity, rounding: Rounding) -> Result<Money, Overflow> {
        let scale = power(quantity.0.digits()).ok_or(Overflow)?;
        let digits = self.0.digits();
        let units = rounding.ratio(product(self.units(), quantity.units()), i128::from(scale), digits)?;
        Money::of_units(units, digits)
    }

    /// The amount of a line: so many units at this price, with `digits` digits after the point.
    pub(crate) fn gross(self, quantity: Quantity, how: LineRounding, digits: u8) -> Result<Money, Overflow> {
        let rounding = how.rounding();
        let price = match how.at {
            PricePlace::Unit => Money(rounding.round(self.0, digits)?),
            PricePlace::Line => self,
        };
        if let Some(exact) = price.0.rescaled(digits) {
            return Money(exact).times(quantity, rounding);
        }
        // The price has digits that money has not: both are rounded away at once.
        let finer = price.0.digits().saturating_sub(digits);
        let scale = ten_to(quantity.0.digits())?.checked_mul(ten_to(finer)?).ok_or(Overflow)?;
        Money::of_units(rounding.ratio(product(price.units(), quantity.units()), scale, digits)?, digits)
    }

    /// That many percent of this amount, rounded once.
    ///
    /// # Errors
    /// [`Overflow`] beyond 15 digits.
    pub fn percent(self, rate: Percent, rounding: Rounding) -> Result<Money, Overflow> {
        let digits = self.0.digits();
        let units = rounding.ratio(product(self.units(), rate.units()), rate.scale()?, digits)?;
        Money::of_units(units, digits)
    }
}

impl Points {
    /// Whether it is left out when it is written.
    pub(crate) fn is_nothing(&self) -> bool {
        self.is_zero()
    }

    /// So many times as many points.
    ///
    /// # Errors
    /// [`Overflow`] beyond 15 digits.
    pub fn times(self, count: u32) -> Result<Points, Overflow> {
        let units = self.units().checked_mul(i64::from(count)).ok_or(Overflow)?;
        Points::of_units(units, self.0.digits())
    }
}

impl Percent {
    /// What a product with its units is to be divided by: 100 for `"5"`, 10,000 for `"0.25"`.
    pub(crate) fn scale(self) -> Result<i128, Overflow> {
        ten_to(self.0.digits())?.checked_mul(100).ok_or(Overflow)
    }
}

impl Quantity {
    /// One unit.
    #[must_use]
    pub fn one() -> Quantity {
        Quantity(Amount::from(1))
    }

    /// The number of whole units, or nothing for a weighed quantity such as 0.350.
    #[must_use]
    pub fn whole_units(self) -> Option<i64> {
        self.0.rescaled(0).map(Amount::units)
    }
}

/// The product of two numbers of 64 bits, which 128 bits always hold.
pub(crate) fn product(a: i64, b: i64) -> i128 {
    i128::from(a).saturating_mul(i128::from(b))
}

/// 10 to the given power, wide enough for products.
pub(crate) fn ten_to(digits: u8) -> Result<i128, Overflow> {
    power(digits).map(i128::from).ok_or(Overflow)
}
