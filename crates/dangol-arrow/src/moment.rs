//! Days, instants and numbers from the text that the core writes, as the numbers of a column.

use arrow_schema::TimeUnit;
use chrono::{DateTime, NaiveDate};

/// The days since 1970 of a day.
pub(crate) fn day(text: &str) -> Option<i32> {
    let day: NaiveDate = text.parse().ok()?;
    day.signed_duration_since(NaiveDate::default()).num_days().try_into().ok()
}

/// The ticks since 1970 of an instant, where none is lost.
pub(crate) fn ticks(text: &str, unit: TimeUnit) -> Option<i64> {
    let at = DateTime::parse_from_rfc3339(text).ok()?.to_utc();
    let micros = at.timestamp_micros();
    let exactly = |per: i64| (micros.checked_rem(per) == Some(0)).then(|| micros.checked_div(per)).flatten();
    match unit {
        TimeUnit::Second => exactly(1_000_000),
        TimeUnit::Millisecond => exactly(1_000),
        TimeUnit::Microsecond => Some(micros),
        TimeUnit::Nanosecond => at.timestamp_nanos_opt(),
    }
}

/// The number with `scale` digits after the point as a whole number of its last ones, where no digit is lost.
pub(crate) fn units(text: &str, scale: i8) -> Option<i128> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{part}").parse::<i128>().ok()?;
    let places = i8::try_from(part.len()).ok()?;
    let shift = scale.checked_sub(places)?;
    let factor = 10_i128.checked_pow(u32::from(shift.unsigned_abs()))?;
    if shift >= 0 {
        return digits.checked_mul(factor);
    }
    if digits.checked_rem(factor)? == 0 { digits.checked_div(factor) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_digit_is_lost() {
        assert_eq!(units("12.50", 2), Some(1250));
        assert_eq!(units("12.50", 1), Some(125));
        assert_eq!(units("12.55", 1), None);
        assert_eq!(units("-0.5", 3), Some(-500));
        assert_eq!(units("4800", -2), Some(48));
    }

    #[test]
    fn an_instant_fits_its_unit_or_not() {
        assert_eq!(ticks("1970-01-01T00:00:01.5Z", TimeUnit::Millisecond), Some(1500));
        assert_eq!(ticks("1970-01-01T00:00:01.5Z", TimeUnit::Second), None);
        assert_eq!(day("1970-02-01"), Some(31));
    }
}
