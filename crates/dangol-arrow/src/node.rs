//! A table taken apart: every column, and every field below it, as the kind of value that it holds.
//!
//! What no field of the core can hold exactly is refused here, by the name of the column: floating-point numbers, clocks
//! without a zone, bytes.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use arrow_array::{Array, ArrayRef, BooleanArray, Date32Array, Date64Array, Int64Array};
use arrow_array::{LargeStringArray, StringArray, StringViewArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{DataType, TimeUnit};

use crate::fault::Fault;
use crate::number::{Decimals, Whole};

/// Deeper than this no member is nested, and no table may be.
const MOST_NESTED: usize = 64;

/// A column, or a field below it.
#[derive(Debug)]
pub(crate) struct Node {
    /// Its names from the table down: `wallets.lots.points`.
    pub(crate) column: String,
    pub(crate) nulls: Option<NullBuffer>,
    pub(crate) kind: Kind,
}

/// What it holds.
#[derive(Debug)]
pub(crate) enum Kind {
    Nothing,
    Truth(BooleanArray),
    Whole(Whole),
    Decimal(Decimals),
    Text(Texts),
    Day(Date32Array),
    DayMillis(Date64Array),
    Instant(Int64Array, TimeUnit),
    List(Spans, Box<Node>),
    Map(Spans, Box<Node>, Box<Node>),
    Fields(Vec<(String, Node)>),
    /// Numbers of values that stand once.
    Coded(Vec<usize>, Box<Node>),
}

/// Text of any layout.
#[derive(Debug)]
pub(crate) enum Texts {
    Small(StringArray),
    Large(LargeStringArray),
    View(StringViewArray),
}

impl Texts {
    pub(crate) fn value(&self, row: usize) -> &str {
        match self {
            Texts::Small(texts) => texts.value(row),
            Texts::Large(texts) => texts.value(row),
            Texts::View(texts) => texts.value(row),
        }
    }
}

/// Which items belong to which row.
#[derive(Debug)]
pub(crate) enum Spans {
    Small(OffsetBuffer<i32>),
    Large(OffsetBuffer<i64>),
    Fixed(usize),
}

impl Spans {
    /// The first item of a row, and the first that is no longer its own.
    pub(crate) fn of(&self, row: usize) -> (usize, usize) {
        let after = row.saturating_add(1);
        match self {
            Spans::Small(offsets) => {
                let at = |row| offsets.get(row).and_then(|at| usize::try_from(*at).ok()).unwrap_or(0);
                (at(row), at(after))
            }
            Spans::Large(offsets) => {
                let at = |row| offsets.get(row).and_then(|at| usize::try_from(*at).ok()).unwrap_or(0);
                (at(row), at(after))
            }
            Spans::Fixed(size) => (row.saturating_mul(*size), after.saturating_mul(*size)),
        }
    }
}

impl Node {
    /// The columns of a table.
    pub(crate) fn table(columns: &StructArray) -> Result<Node, Fault> {
        Node::fields(columns, String::new(), 0)
    }

    /// Whether the row has nothing there.
    pub(crate) fn is_null(&self, row: usize) -> bool {
        match &self.kind {
            Kind::Nothing => true,
            Kind::Coded(codes, values) => {
                self.own_null(row) || codes.get(row).is_none_or(|code| values.is_null(*code))
            }
            _ => self.own_null(row),
        }
    }

    fn own_null(&self, row: usize) -> bool {
        self.nulls.as_ref().is_some_and(|nulls| nulls.is_null(row))
    }

    /// The field of that name.
    pub(crate) fn field(&self, name: &str) -> Option<&Node> {
        let Kind::Fields(fields) = &self.kind else { return None };
        fields.iter().find(|(known, _)| known == name).map(|(_, node)| node)
    }

    /// The text of a row, where there is text.
    pub(crate) fn text(&self, row: usize) -> Option<&str> {
        match &self.kind {
            Kind::Text(texts) if !self.own_null(row) => Some(texts.value(row)),
            Kind::Coded(codes, values) if !self.own_null(row) => values.text(*codes.get(row)?),
            _ => None,
        }
    }

    /// The key and the value of a list of pairs, which is how some engines write a map.
    pub(crate) fn pair(&self) -> Option<(&Node, &Node)> {
        let Kind::Fields(fields) = &self.kind else { return None };
        match fields.as_slice() {
            [(key, keys), (value, values)]
                if matches!(
                    (key.as_str(), value.as_str()),
                    ("key", "value") | ("keys", "values") | ("entries", "values")
                ) =>
            {
                Some((keys, values))
            }
            _ => None,
        }
    }

    fn fields(columns: &StructArray, column: String, depth: usize) -> Result<Node, Fault> {
        let below = |name: &str| if column.is_empty() { name.to_owned() } else { format!("{column}.{name}") };
        let mut fields: Vec<(String, Node)> = Vec::new();
        for (field, array) in columns.fields().iter().zip(columns.columns()) {
            let name = field.name();
            if fields.iter().any(|(known, _)| known == name) {
                return Err(Fault::of_column("duplicate_field", &below(name), "is there twice"));
            }
            fields.push((name.clone(), Node::new(array, below(name), depth.saturating_add(1))?));
        }
        Ok(Node { column, nulls: columns.nulls().cloned(), kind: Kind::Fields(fields) })
    }

    fn new(array: &ArrayRef, column: String, depth: usize) -> Result<Node, Fault> {
        if depth > MOST_NESTED {
            let message = format!("nested more than {MOST_NESTED} levels deep");
            return Err(Fault::of_column("too_deep", &column, message));
        }
        let kind = match array.data_type() {
            DataType::Struct(_) => return Node::fields(array.as_struct(), column, depth),
            DataType::List(_) => {
                let list = array.as_list::<i32>();
                Node::list(Spans::Small(list.offsets().clone()), list.values(), &column, depth)?
            }
            DataType::LargeList(_) => {
                let list = array.as_list::<i64>();
                Node::list(Spans::Large(list.offsets().clone()), list.values(), &column, depth)?
            }
            DataType::FixedSizeList(_, size) => {
                let size = usize::try_from(*size).unwrap_or(0);
                Node::list(Spans::Fixed(size), array.as_fixed_size_list().values(), &column, depth)?
            }
            DataType::Map(..) => {
                let map = array.as_map();
                let below = |part: &ArrayRef| Node::new(part, column.clone(), depth.saturating_add(1));
                let (keys, values) = (below(map.keys())?, below(map.values())?);
                Kind::Map(Spans::Small(map.offsets().clone()), Box::new(keys), Box::new(values))
            }
            DataType::Dictionary(..) => {
                let coded = array.as_any_dictionary();
                if coded.values().is_empty() {
                    Kind::Nothing
                } else {
                    let values = Node::new(coded.values(), column.clone(), depth.saturating_add(1))?;
                    Kind::Coded(coded.normalized_keys(), Box::new(values))
                }
            }
            _ => leaf(array, &column)?,
        };
        Ok(Node { column, nulls: array.nulls().cloned(), kind })
    }

    fn list(spans: Spans, items: &ArrayRef, column: &str, depth: usize) -> Result<Kind, Fault> {
        let items = Node::new(items, column.to_owned(), depth.saturating_add(1))?;
        Ok(Kind::List(spans, Box::new(items)))
    }
}

/// A column that has nothing below it.
fn leaf(array: &ArrayRef, column: &str) -> Result<Kind, Fault> {
    if let Some(whole) = Whole::of(array) {
        return Ok(Kind::Whole(whole));
    }
    if let Some(decimals) = Decimals::of(array) {
        return Ok(Kind::Decimal(decimals));
    }
    Ok(match array.data_type() {
        DataType::Null => Kind::Nothing,
        DataType::Boolean => Kind::Truth(array.as_boolean().clone()),
        DataType::Utf8 => Kind::Text(Texts::Small(array.as_string::<i32>().clone())),
        DataType::LargeUtf8 => Kind::Text(Texts::Large(array.as_string::<i64>().clone())),
        DataType::Utf8View => Kind::Text(Texts::View(array.as_string_view().clone())),
        DataType::Date32 => Kind::Day(array.as_primitive::<Date32Type>().clone()),
        DataType::Date64 => Kind::DayMillis(array.as_primitive::<Date64Type>().clone()),
        DataType::Timestamp(unit, Some(_)) => {
            let ticks = match unit {
                TimeUnit::Second => array.as_primitive::<TimestampSecondType>().reinterpret_cast(),
                TimeUnit::Millisecond => array.as_primitive::<TimestampMillisecondType>().reinterpret_cast(),
                TimeUnit::Microsecond => array.as_primitive::<TimestampMicrosecondType>().reinterpret_cast(),
                TimeUnit::Nanosecond => array.as_primitive::<TimestampNanosecondType>().reinterpret_cast(),
            };
            Kind::Instant(ticks, *unit)
        }
        other => return Err(refused(other, column)),
    })
}

/// Why a column of that type is not taken, and what to do about it.
fn refused(kind: &DataType, column: &str) -> Fault {
    let (code, message) = match kind {
        DataType::Float16 | DataType::Float32 | DataType::Float64 => (
            "floating_point",
            format!("{kind} is not exact: cast the column to decimal128(18, 2), whole numbers, or text"),
        ),
        DataType::Timestamp(unit, None) => {
            let unit = match unit {
                TimeUnit::Second => "s",
                TimeUnit::Millisecond => "ms",
                TimeUnit::Microsecond => "us",
                TimeUnit::Nanosecond => "ns",
            };
            let cure = format!("give the column one, as in timestamp('{unit}', tz='UTC')");
            ("invalid_value", format!("the timestamps have no time zone: {cure}"))
        }
        other => {
            ("wrong_type", format!("{other} has no meaning here: cast the column to text, numbers or days"))
        }
    };
    Fault::of_column(code, column, message)
}
