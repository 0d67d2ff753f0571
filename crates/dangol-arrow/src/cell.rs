//! One row of a column as serde input, so that the core's own types read it and find its mistakes.
//!
//! A field that is null is a field left out. Text where the core asks for an object or a list is JSON text.

use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use dangol::wire;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{self, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::error::Category;

use arrow_schema::TimeUnit;

use crate::access::{Entries, Items};
use crate::fault::Fault;
use crate::node::{Kind, Node};
use crate::number::Decimal;

/// Why a cell could not be read.
#[derive(Debug)]
pub(crate) enum CellFault {
    /// A type of the core did not want the value; which one and where, the core tells itself.
    Shape(String),
    /// Something that only a column can do wrong.
    Column(Box<Fault>),
}

impl std::fmt::Display for CellFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            CellFault::Shape(message) => f.write_str(message),
            CellFault::Column(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for CellFault {}

impl de::Error for CellFault {
    fn custom<T: std::fmt::Display>(message: T) -> CellFault {
        CellFault::Shape(message.to_string())
    }
}

/// One row of a column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell<'a> {
    pub(crate) node: &'a Node,
    pub(crate) row: usize,
}

impl<'a> Cell<'a> {
    /// Where the value itself stands: values that stand once are found by their numbers.
    pub(crate) fn resolved(self) -> Cell<'a> {
        match &self.node.kind {
            Kind::Coded(codes, values) => {
                let row = codes.get(self.row).copied().unwrap_or(0);
                Cell { node: values, row }.resolved()
            }
            _ => self,
        }
    }

    /// Its entries, where it has names and is not null.
    pub(crate) fn entries(self) -> Option<Entries<'a>> {
        if self.is_null() { None } else { Entries::of(self.resolved()) }
    }

    pub(crate) fn is_null(self) -> bool {
        self.node.is_null(self.row)
    }

    fn fault(self, message: impl Into<String>) -> CellFault {
        CellFault::Column(Box::new(Fault::of_column("invalid_value", &self.node.column, message)))
    }

    /// The day or the instant as the core writes it; nothing for other kinds.
    pub(crate) fn moment(self) -> Option<Result<String, CellFault>> {
        let day = |days: i64| {
            let day =
                TimeDelta::try_days(days).and_then(|days| NaiveDate::default().checked_add_signed(days));
            day.map(|day| day.to_string()).ok_or_else(|| self.fault("lies outside of the calendar"))
        };
        Some(match &self.node.kind {
            Kind::Day(days) => day(days.value(self.row).into()),
            Kind::DayMillis(millis) => day(millis.value(self.row).div_euclid(86_400_000)),
            Kind::Instant(ticks, unit) => {
                let ticks = ticks.value(self.row);
                let at = match unit {
                    TimeUnit::Second => DateTime::<Utc>::from_timestamp(ticks, 0),
                    TimeUnit::Millisecond => DateTime::from_timestamp_millis(ticks),
                    TimeUnit::Microsecond => DateTime::from_timestamp_micros(ticks),
                    TimeUnit::Nanosecond => Some(DateTime::from_timestamp_nanos(ticks)),
                };
                let text = at.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
                text.ok_or_else(|| self.fault("lies outside of the calendar"))
            }
            _ => return None,
        })
    }

    /// What JSON text in the cell says.
    fn json<T>(
        self,
        text: &'a str,
        read: impl FnOnce(
            &mut serde_json::Deserializer<serde_json::de::StrRead<'a>>,
        ) -> Result<T, serde_json::Error>,
    ) -> Result<T, CellFault> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let done = read(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
        done.map_err(|error| match error.classify() {
            Category::Data => CellFault::Shape(error.to_string()),
            _ => {
                let message = format!("expected JSON text: {error}");
                CellFault::Column(Box::new(Fault::of_column("syntax", &self.node.column, message)))
            }
        })
    }
}

impl<'de> Deserializer<'de> for Cell<'de> {
    type Error = CellFault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CellFault> {
        if self.is_null() {
            return visitor.visit_unit();
        }
        let cell = self.resolved();
        match &cell.node.kind {
            Kind::Text(texts) => visitor.visit_str(texts.value(cell.row)),
            Kind::Whole(numbers) => {
                let number = numbers.value(cell.row);
                match (i64::try_from(number), u64::try_from(number)) {
                    (Ok(number), _) => visitor.visit_i64(number),
                    (_, Ok(number)) => visitor.visit_u64(number),
                    _ => visitor.visit_str(&number.to_string()),
                }
            }
            Kind::Decimal(numbers) => match numbers.value(cell.row) {
                Decimal::Whole(number) => visitor.visit_i64(number),
                Decimal::Text(text) => visitor.visit_str(&text),
            },
            Kind::Truth(truths) => visitor.visit_bool(truths.value(cell.row)),
            Kind::List(spans, items) => {
                let (place, end) = spans.of(cell.row);
                visitor.visit_seq(Items { place, end, items })
            }
            Kind::Day(_) | Kind::DayMillis(_) | Kind::Instant(..) => match cell.moment() {
                Some(text) => visitor.visit_str(&text?),
                None => visitor.visit_unit(),
            },
            Kind::Nothing | Kind::Coded(..) => visitor.visit_unit(),
            Kind::Map(..) | Kind::Fields(_) => match Entries::of(cell) {
                Some(entries) => visitor.visit_map(entries),
                None => visitor.visit_unit(),
            },
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CellFault> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, CellFault> {
        visitor.visit_newtype_struct(self)
    }

    /// `"line"`, or one name with its content.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CellFault> {
        if let Some(text) = self.node.text(self.row) {
            if text.trim_start().starts_with('{') {
                return self.json(text, |json| wire::strict(json).deserialize_enum(name, words, visitor));
            }
            return visitor.visit_enum(StrDeserializer::<CellFault>::new(text));
        }
        match self.entries() {
            Some(entries) => visitor.visit_enum(MapAccessDeserializer::new(entries)),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CellFault> {
        if let Some(text) = self.node.text(self.row) {
            return self.json(text, |json| wire::strict(json).deserialize_struct(name, fields, visitor));
        }
        match &self.resolved().node.kind {
            Kind::List(..) if !self.is_null() => {
                Err(CellFault::Shape("expected an object, found a list".to_owned()))
            }
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CellFault> {
        if let Some(text) = self.node.text(self.row) {
            return self.json(text, |json| wire::strict(json).deserialize_map(visitor));
        }
        match self.entries() {
            Some(entries) => visitor.visit_map(entries),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CellFault> {
        if let Some(text) = self.node.text(self.row) {
            return self.json(text, |json| wire::strict(json).deserialize_seq(visitor));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CellFault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct tuple tuple_struct identifier
    }
}

impl<'de> IntoDeserializer<'de, CellFault> for Cell<'de> {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}
