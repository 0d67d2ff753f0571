//! Whole numbers and decimals of any width, exactly.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Int8Type, Int16Type, Int32Type, Int64Type,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, PrimitiveArray};
use arrow_schema::DataType;

/// Whole numbers.
#[derive(Debug)]
pub(crate) enum Whole {
    I8(PrimitiveArray<Int8Type>),
    I16(PrimitiveArray<Int16Type>),
    I32(PrimitiveArray<Int32Type>),
    I64(PrimitiveArray<Int64Type>),
    U8(PrimitiveArray<UInt8Type>),
    U16(PrimitiveArray<UInt16Type>),
    U32(PrimitiveArray<UInt32Type>),
    U64(PrimitiveArray<UInt64Type>),
}

impl Whole {
    pub(crate) fn of(array: &ArrayRef) -> Option<Whole> {
        Some(match array.data_type() {
            DataType::Int8 => Whole::I8(array.as_primitive().clone()),
            DataType::Int16 => Whole::I16(array.as_primitive().clone()),
            DataType::Int32 => Whole::I32(array.as_primitive().clone()),
            DataType::Int64 => Whole::I64(array.as_primitive().clone()),
            DataType::UInt8 => Whole::U8(array.as_primitive().clone()),
            DataType::UInt16 => Whole::U16(array.as_primitive().clone()),
            DataType::UInt32 => Whole::U32(array.as_primitive().clone()),
            DataType::UInt64 => Whole::U64(array.as_primitive().clone()),
            _ => return None,
        })
    }

    pub(crate) fn value(&self, row: usize) -> i128 {
        match self {
            Whole::I8(numbers) => numbers.value(row).into(),
            Whole::I16(numbers) => numbers.value(row).into(),
            Whole::I32(numbers) => numbers.value(row).into(),
            Whole::I64(numbers) => numbers.value(row).into(),
            Whole::U8(numbers) => numbers.value(row).into(),
            Whole::U16(numbers) => numbers.value(row).into(),
            Whole::U32(numbers) => numbers.value(row).into(),
            Whole::U64(numbers) => numbers.value(row).into(),
        }
    }
}

/// Decimal numbers, and how many of their digits stand after the point.
#[derive(Debug)]
pub(crate) struct Decimals {
    pub(crate) values: Values,
    pub(crate) scale: i8,
}

#[derive(Debug)]
pub(crate) enum Values {
    D32(PrimitiveArray<Decimal32Type>),
    D64(PrimitiveArray<Decimal64Type>),
    D128(PrimitiveArray<Decimal128Type>),
    D256(PrimitiveArray<Decimal256Type>),
}

/// A decimal that was read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Decimal {
    Whole(i64),
    Text(String),
}

impl Decimals {
    pub(crate) fn of(array: &ArrayRef) -> Option<Decimals> {
        let (values, scale) = match array.data_type() {
            DataType::Decimal32(_, scale) => (Values::D32(array.as_primitive().clone()), *scale),
            DataType::Decimal64(_, scale) => (Values::D64(array.as_primitive().clone()), *scale),
            DataType::Decimal128(_, scale) => (Values::D128(array.as_primitive().clone()), *scale),
            DataType::Decimal256(_, scale) => (Values::D256(array.as_primitive().clone()), *scale),
            _ => return None,
        };
        Some(Decimals { values, scale })
    }

    /// The number without needless zeros behind the point, since a column has as many for all of its numbers.
    pub(crate) fn value(&self, row: usize) -> Decimal {
        let units = match &self.values {
            Values::D32(values) => values.value(row).into(),
            Values::D64(values) => values.value(row).into(),
            Values::D128(values) => values.value(row),
            Values::D256(values) => match values.value(row).to_i128() {
                Some(units) => units,
                // Far beyond what the core takes: it says so.
                None => return Decimal::Text(values.value(row).to_string()),
            },
        };
        decimal(units, self.scale)
    }
}

/// `units` of which the last `scale` digits stand after the point.
fn decimal(units: i128, scale: i8) -> Decimal {
    let (mut units, mut digits) = (units, usize::from(scale.unsigned_abs()));
    if scale < 0 {
        let factor = 10_i128.checked_pow(u32::from(scale.unsigned_abs()));
        let Some(whole) = factor.and_then(|factor| units.checked_mul(factor)) else {
            return Decimal::Text(format!("{units}{}", "0".repeat(digits)));
        };
        (units, digits) = (whole, 0);
    }
    while digits > 0 && units.checked_rem(10) == Some(0) {
        units = units.checked_div(10).unwrap_or(0);
        digits = digits.saturating_sub(1);
    }
    match i64::try_from(units) {
        Ok(whole) if digits == 0 => Decimal::Whole(whole),
        _ => Decimal::Text(decimal_text(units, digits)),
    }
}

fn decimal_text(units: i128, digits: usize) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let figures = format!("{:0>width$}", units.unsigned_abs(), width = digits.saturating_add(1));
    match figures.split_at_checked(figures.len().saturating_sub(digits)) {
        Some((whole, part)) if digits > 0 => format!("{sign}{whole}.{part}"),
        _ => format!("{sign}{figures}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_keeps_its_value_and_no_needless_zeros() {
        assert_eq!(decimal(12_50, 2), Decimal::Text("12.5".to_owned()));
        assert_eq!(decimal(-5, 3), Decimal::Text("-0.005".to_owned()));
        assert_eq!(decimal(480_000, 2), Decimal::Whole(4800));
        assert_eq!(decimal(48, -2), Decimal::Whole(4800));
        assert_eq!(decimal(0, 9), Decimal::Whole(0));
    }
}
