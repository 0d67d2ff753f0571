//! The currency of a program: its code and how many minor digits it has.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Unexpected};
use serde::{Serialize, Serializer};

use super::{Amount, Lang, Money};

/// A currency of ISO 4217 by its code: `KRW`, `EUR`, `KWD`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The South Korean won.
    pub const WON: Currency = Currency(iso_currency::Currency::KRW);

    /// The currency with that code, which is three capital letters.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Currency> {
        iso_currency::Currency::from_code(code).map(Currency)
    }

    /// Its three letters.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many digits its minor unit has: 0 for the won, 2 for the euro, 3 for the Kuwaiti dinar.
    #[must_use]
    pub fn digits(self) -> u8 {
        self.0.exponent().and_then(|digits| u8::try_from(digits).ok()).unwrap_or(0)
    }

    /// An amount as people write it: `4,800원` or `₩4,800`, `€12.50`.
    #[must_use]
    pub fn format(self, money: Money, lang: Lang) -> String {
        let digits = self.digits();
        let number = money.0.rescaled(digits).unwrap_or(money.0).grouped();
        if self.code() == "KRW" && lang == Lang::Ko {
            return format!("{number}원");
        }
        let symbol = self.0.symbol().to_string();
        match number.strip_prefix('-') {
            Some(positive) => format!("-{symbol}{positive}"),
            None => format!("{symbol}{number}"),
        }
    }
}

impl Amount {
    /// The number with a comma between thousands: `1,234.50`.
    #[must_use]
    pub fn grouped(self) -> String {
        let plain = self.to_string();
        let (sign, plain) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
        let (whole, part) = plain.split_once('.').map_or((plain, None), |(whole, part)| (whole, Some(part)));
        let mut text = String::from(sign);
        for (index, digit) in whole.chars().enumerate() {
            let left = whole.len().saturating_sub(index);
            if index > 0 && left.is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        if let Some(part) = part {
            text.push('.');
            text.push_str(part);
        }
        text
    }
}

/// The currency of a program, and how finely the program works with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Coinage {
    pub(crate) currency: Currency,
    digits: u8,
}

impl Coinage {
    /// With so many digits after the point, or with those of the currency.
    pub(crate) fn new(currency: Currency, digits: Option<u8>) -> Coinage {
        Coinage { currency, digits: digits.unwrap_or_else(|| currency.digits()) }
    }

    /// How many digits every amount of money has after the point.
    pub(crate) fn digits(self) -> u8 {
        self.digits
    }

    /// The three letters of the currency.
    pub(crate) fn code(self) -> &'static str {
        self.currency.code()
    }

    /// The smallest amount that can be paid: the minor unit of the currency, or the smallest unit that there is.
    pub(crate) fn least(self) -> Amount {
        Amount::new(1, self.currency.digits().min(self.digits)).unwrap_or(Amount::ZERO)
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Currency, D::Error> {
        let code = Cow::<str>::deserialize(deserializer)?;
        Currency::from_code(&code).ok_or_else(|| {
            de::Error::invalid_value(Unexpected::Str(&code), &"an ISO 4217 currency code such as \"KRW\"")
        })
    }
}

impl JsonSchema for Currency {
    fn schema_name() -> Cow<'static, str> {
        "Currency".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "description": "An ISO 4217 currency code such as \"KRW\".", "type": "string", "pattern": "^[A-Z]{3}$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_read_thousands() {
        let won = Currency::from_code("KRW").unwrap();
        let euro = Currency::from_code("EUR").unwrap();
        assert_eq!(won.format("1234567".parse().unwrap(), Lang::Ko), "1,234,567원");
        assert_eq!(won.format("-4800".parse().unwrap(), Lang::En), "-₩4,800");
        assert_eq!(euro.format("12.5".parse().unwrap(), Lang::En), "€12.50");
        assert_eq!(Currency::from_code("KWD").unwrap().digits(), 3);
        assert!(Currency::from_code("WON").is_none());
    }
}
