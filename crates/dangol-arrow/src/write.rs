//! The core's values as columns of any type that can hold them.

use std::sync::Arc;

use arrow_array::types::{
    Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    ArrayRef, ArrowPrimitiveType, BooleanArray, Date32Array, Date64Array, LargeListArray, LargeStringArray,
    ListArray, MapArray, NullArray, PrimitiveArray, RecordBatch, RecordBatchOptions, StringArray,
    StringViewArray, StructArray,
};
use arrow_buffer::{NullBuffer, OffsetBuffer, i256};
use arrow_schema::{ArrowError, DataType, FieldRef, Fields, Schema, TimeUnit};
use serde_json::Value;

use crate::fault::Fault;
use crate::moment;

/// What stands in the rows of one column; nothing is null.
type Rows<'a> = [Option<&'a Value>];

/// A table of objects; each has a row.
pub(crate) fn table(schema: &Arc<Schema>, rows: &[Value]) -> Result<RecordBatch, Fault> {
    let rows: Vec<Option<&Value>> = rows.iter().map(Some).collect();
    let columns = columns(schema.fields(), &rows, "")?;
    let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
    RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options)
        .map_err(|error| broken("", &error))
}

fn columns(fields: &Fields, rows: &Rows<'_>, within: &str) -> Result<Vec<ArrayRef>, Fault> {
    let one = |field: &FieldRef| {
        let name =
            if within.is_empty() { field.name().clone() } else { format!("{within}.{}", field.name()) };
        let cells: Vec<_> = rows.iter().map(|row| present((*row)?.get(field.name()))).collect();
        array(field.data_type(), &cells, &name)
    };
    for row in rows.iter().flatten() {
        roomy(fields, row, within)?;
    }
    fields.iter().map(one).collect()
}

/// Nothing of a row may be lost for want of a column.
fn roomy(fields: &Fields, row: &Value, within: &str) -> Result<(), Fault> {
    let lost = |(name, value): &(&String, &Value)| {
        !value.is_null() && fields.iter().all(|field| field.name() != name.as_str())
    };
    match row.as_object().and_then(|row| row.iter().find(lost)) {
        None => Ok(()),
        Some((name, _)) => {
            let message = format!("has no `{name}`, which a member now has: add it, or make the column text");
            Err(Fault::of_column("missing_field", within, message))
        }
    }
}

fn present(value: Option<&Value>) -> Option<&Value> {
    value.filter(|value| !value.is_null())
}

/// One column of that type.
fn array(kind: &DataType, rows: &Rows<'_>, column: &str) -> Result<ArrayRef, Fault> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        // What has no text of its own is JSON text.
        other => other.to_string(),
    };
    let texts = || rows.iter().map(|row| row.map(text));
    Ok(match kind {
        DataType::Null => Arc::new(NullArray::new(rows.len())),
        DataType::Utf8 => Arc::new(texts().collect::<StringArray>()),
        DataType::LargeUtf8 => Arc::new(texts().collect::<LargeStringArray>()),
        DataType::Utf8View => Arc::new(texts().collect::<StringViewArray>()),
        DataType::Boolean => Arc::new(rows.iter().map(|row| (*row)?.as_bool()).collect::<BooleanArray>()),
        DataType::Int8 => whole::<Int8Type>(rows, column)?,
        DataType::Int16 => whole::<Int16Type>(rows, column)?,
        DataType::Int32 => whole::<Int32Type>(rows, column)?,
        DataType::Int64 => whole::<Int64Type>(rows, column)?,
        DataType::UInt8 => whole::<UInt8Type>(rows, column)?,
        DataType::UInt16 => whole::<UInt16Type>(rows, column)?,
        DataType::UInt32 => whole::<UInt32Type>(rows, column)?,
        DataType::UInt64 => whole::<UInt64Type>(rows, column)?,
        DataType::Decimal32(_, scale) => {
            decimals::<Decimal32Type>(kind, rows, column, *scale, |units| units.try_into().ok())?
        }
        DataType::Decimal64(_, scale) => {
            decimals::<Decimal64Type>(kind, rows, column, *scale, |units| units.try_into().ok())?
        }
        DataType::Decimal128(_, scale) => decimals::<Decimal128Type>(kind, rows, column, *scale, Some)?,
        DataType::Decimal256(_, scale) => {
            decimals::<Decimal256Type>(kind, rows, column, *scale, |units| Some(i256::from_i128(units)))?
        }
        DataType::Date32 => Arc::new(each(rows, column, moment::day)?.collect::<Date32Array>()),
        DataType::Date64 => Arc::new(
            each(rows, column, |text| i64::from(moment::day(text)?).checked_mul(86_400_000))?
                .collect::<Date64Array>(),
        ),
        DataType::Timestamp(unit, zone) => instants(*unit, zone.clone(), rows, column)?,
        DataType::Struct(fields) => {
            let nulls = NullBuffer::from_iter(rows.iter().map(|row| row.is_some_and(Value::is_object)));
            let columns = columns(fields, rows, column)?;
            let nulls = Some(nulls).filter(|nulls| nulls.null_count() > 0);
            let made = StructArray::try_new_with_length(fields.clone(), columns, nulls, rows.len());
            Arc::new(made.map_err(|error| broken(column, &error))?)
        }
        DataType::List(item) => {
            let (lengths, nulls, items) = listed(item, rows, column)?;
            let made =
                ListArray::try_new(Arc::clone(item), OffsetBuffer::from_lengths(lengths), items, nulls);
            Arc::new(made.map_err(|error| broken(column, &error))?)
        }
        DataType::LargeList(item) => {
            let (lengths, nulls, items) = listed(item, rows, column)?;
            let made =
                LargeListArray::try_new(Arc::clone(item), OffsetBuffer::from_lengths(lengths), items, nulls);
            Arc::new(made.map_err(|error| broken(column, &error))?)
        }
        DataType::Map(entries, sorted) => mapped(entries, *sorted, rows, column)?,
        other => return Err(Fault::of_column("wrong_type", column, format!("{other} cannot be written"))),
    })
}

/// The items of lists, and how many each row has.
type Listed = (Vec<usize>, Option<NullBuffer>, ArrayRef);

fn listed(item: &FieldRef, rows: &Rows<'_>, column: &str) -> Result<Listed, Fault> {
    let pairs = match item.data_type() {
        DataType::Struct(fields) => match fields.iter().as_slice() {
            [key, value] => Some((Arc::clone(key), Arc::clone(value))),
            _ => None,
        },
        _ => None,
    };
    let has = |row: &Option<&Value>| row.is_some_and(|row| row.is_array() || row.is_object());
    let nulls = NullBuffer::from_iter(rows.iter().map(has));
    let nulls = Some(nulls).filter(|nulls| nulls.null_count() > 0);
    if let Some((key, value)) = pairs.filter(|_| rows.iter().flatten().any(|row| row.is_object())) {
        let (lengths, keys, values) = entries(rows);
        let fields: Fields = [Arc::clone(&key), Arc::clone(&value)].into_iter().collect();
        let keys: StringArray = keys.into_iter().map(Some).collect();
        let keys = text_like(keys, key.data_type());
        let columns = vec![keys, array(value.data_type(), &values, column)?];
        let made = StructArray::try_new(fields, columns, None).map_err(|error| broken(column, &error))?;
        return Ok((lengths, nulls, Arc::new(made)));
    }
    let parts = |row: &Option<&'_ Value>| row.and_then(Value::as_array).map_or(0, Vec::len);
    let lengths = rows.iter().map(parts).collect();
    let items: Vec<Option<&Value>> = rows
        .iter()
        .flatten()
        .filter_map(|row| row.as_array())
        .flatten()
        .map(|one| present(Some(one)))
        .collect();
    Ok((lengths, nulls, array(item.data_type(), &items, column)?))
}

/// Keys in the layout that the column has.
fn text_like(keys: StringArray, kind: &DataType) -> ArrayRef {
    match kind {
        DataType::LargeUtf8 => Arc::new(keys.iter().collect::<LargeStringArray>()),
        DataType::Utf8View => Arc::new(keys.iter().collect::<StringViewArray>()),
        _ => Arc::new(keys),
    }
}

type Entries<'a> = (Vec<usize>, Vec<&'a str>, Vec<Option<&'a Value>>);

fn entries<'a>(rows: &Rows<'a>) -> Entries<'a> {
    let mut found: Entries<'a> = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let object = row.and_then(Value::as_object);
        found.0.push(object.map_or(0, serde_json::Map::len));
        for (key, value) in object.into_iter().flatten() {
            found.1.push(key);
            found.2.push(present(Some(value)));
        }
    }
    found
}

fn mapped(entry: &FieldRef, sorted: bool, rows: &Rows<'_>, column: &str) -> Result<ArrayRef, Fault> {
    let DataType::Struct(fields) = entry.data_type() else {
        return Err(Fault::of_column("wrong_type", column, "a map has entries"));
    };
    let [key, value] = fields.iter().as_slice() else {
        return Err(Fault::of_column("wrong_type", column, "a map has keys and values"));
    };
    let (lengths, keys, values) = entries(rows);
    let keys = text_like(keys.into_iter().map(Some).collect(), key.data_type());
    let columns = vec![keys, array(value.data_type(), &values, column)?];
    let broken = |error: ArrowError| broken(column, &error);
    let both = StructArray::try_new(fields.clone(), columns, None).map_err(broken)?;
    let nulls = NullBuffer::from_iter(rows.iter().map(|row| row.is_some_and(Value::is_object)));
    let nulls = Some(nulls).filter(|nulls| nulls.null_count() > 0);
    let offsets = OffsetBuffer::from_lengths(lengths);
    let made = MapArray::try_new(Arc::clone(entry), offsets, both, nulls, sorted);
    Ok(Arc::new(made.map_err(broken)?))
}

/// Every text of a column as something else; a value that is not one, or cannot be it, does not fit.
fn each<T>(
    rows: &Rows<'_>,
    column: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<impl Iterator<Item = Option<T>>, Fault> {
    let one = |row: &Option<&Value>| {
        let Some(value) = row else { return Ok(None) };
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        read(&text).map(Some).ok_or_else(|| too_narrow(column, &text))
    };
    Ok(rows.iter().map(one).collect::<Result<Vec<_>, Fault>>()?.into_iter())
}

fn whole<T: ArrowPrimitiveType>(rows: &Rows<'_>, column: &str) -> Result<ArrayRef, Fault>
where
    T::Native: TryFrom<i128>,
{
    let read = |text: &str| T::Native::try_from(moment::units(text, 0)?).ok();
    Ok(Arc::new(each(rows, column, read)?.collect::<PrimitiveArray<T>>()))
}

fn decimals<T: ArrowPrimitiveType>(
    kind: &DataType,
    rows: &Rows<'_>,
    column: &str,
    scale: i8,
    fit: impl Fn(i128) -> Option<T::Native>,
) -> Result<ArrayRef, Fault> {
    let read = |text: &str| fit(moment::units(text, scale)?);
    let made = each(rows, column, read)?.collect::<PrimitiveArray<T>>();
    Ok(Arc::new(made.with_data_type(kind.clone())))
}

fn instants(
    unit: TimeUnit,
    zone: Option<Arc<str>>,
    rows: &Rows<'_>,
    column: &str,
) -> Result<ArrayRef, Fault> {
    let read = |text: &str| moment::ticks(text, unit);
    let ticks = each(rows, column, read)?;
    Ok(match unit {
        TimeUnit::Second => {
            Arc::new(ticks.collect::<PrimitiveArray<TimestampSecondType>>().with_timezone_opt(zone))
        }
        TimeUnit::Millisecond => {
            Arc::new(ticks.collect::<PrimitiveArray<TimestampMillisecondType>>().with_timezone_opt(zone))
        }
        TimeUnit::Microsecond => {
            Arc::new(ticks.collect::<PrimitiveArray<TimestampMicrosecondType>>().with_timezone_opt(zone))
        }
        TimeUnit::Nanosecond => {
            Arc::new(ticks.collect::<PrimitiveArray<TimestampNanosecondType>>().with_timezone_opt(zone))
        }
    })
}

/// A value that the column's type cannot hold.
fn too_narrow(column: &str, value: &str) -> Fault {
    let message = format!(
        "the column cannot hold `{value}`: give it the type that `member_schema` has, or make it text"
    );
    Fault::of_column("too_many_digits", column, message)
}

fn broken(column: &str, error: &ArrowError) -> Fault {
    Fault::of_column("invalid_value", column, error.to_string())
}
