//! Days of the year that come back: on the day itself, in its month, or some days around it.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Serialize, Serializer};

use crate::check::Check;
use crate::value::{Amount, Day, LeapDay};

/// When a day that comes back every year counts: `"day"`, `"month"`, or `{"before": 14, "after": 14}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearlyDay {
    /// On the day itself.
    Day,
    /// In its month.
    Month,
    /// From some days before it to some days after it.
    Around(DaysAround),
}

/// So many days before a day to so many days after it, the day itself included; over the turn of the year too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DaysAround {
    /// How many days before it, from 0 to 183.
    #[serde(default)]
    pub before: u32,
    /// How many days after it, from 0 to 183.
    #[serde(default)]
    pub after: u32,
}

impl DaysAround {
    /// The most days before or after a day that comes back.
    pub const MAX_DAYS: u32 = 183;
}

impl YearlyDay {
    const WORDS: [&str; 2] = ["day", "month"];

    pub(super) fn check(self, check: &mut Check) {
        let YearlyDay::Around(around) = self else { return };
        for (field, days) in [("before", around.before), ("after", around.after)] {
            let amount = i32::try_from(days).map_or(Amount::from(i32::MAX), Amount::from);
            let words = format!("at most {}", DaysAround::MAX_DAYS);
            check.at(field, |check| check.range(amount, |_| days <= DaysAround::MAX_DAYS, &words));
        }
    }

    /// Whether it counts today that a month and day comes back, first in that year.
    pub(super) fn holds(self, of: (u32, u32), first_year: i32, today: Day, leap_day: LeapDay) -> bool {
        let (month, day) = of;
        let this_year = today.year();
        let around = match self {
            YearlyDay::Month => return today.month() == month && first_year <= this_year,
            YearlyDay::Day => DaysAround { before: 0, after: 0 },
            YearlyDay::Around(around) => around,
        };
        let near = 0_i64.saturating_sub(around.before.into())..=around.after.into();
        let years = [this_year.checked_sub(1), Some(this_year), this_year.checked_add(1)];
        let years = years.into_iter().flatten().filter(|year| first_year <= *year);
        let mut kept = years.filter_map(|year| Day::kept(year, month, day, leap_day));
        kept.any(|kept| near.contains(&today.days_since(kept)))
    }
}

impl Serialize for YearlyDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            YearlyDay::Day => serializer.serialize_str("day"),
            YearlyDay::Month => serializer.serialize_str("month"),
            YearlyDay::Around(around) => around.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for YearlyDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<YearlyDay, D::Error> {
        deserializer.deserialize_any(YearlyDayVisitor)
    }
}

struct YearlyDayVisitor;

impl<'de> Visitor<'de> for YearlyDayVisitor {
    type Value = YearlyDay;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"day\", \"month\", or days around it such as {\"before\": 14, \"after\": 14}")
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<YearlyDay, E> {
        match text {
            "day" => Ok(YearlyDay::Day),
            "month" => Ok(YearlyDay::Month),
            _ => Err(E::unknown_variant(text, &YearlyDay::WORDS)),
        }
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<YearlyDay, A::Error> {
        DaysAround::deserialize(MapAccessDeserializer::new(map)).map(YearlyDay::Around)
    }
}

impl JsonSchema for YearlyDay {
    fn schema_name() -> Cow<'static, str> {
        "YearlyDay".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "When a day that comes back every year counts: \"day\" on the day itself, \"month\" in its month, or {\"before\": 14, \"after\": 14} from so many days before it to so many after it.",
            "anyOf": [{ "type": "string", "enum": YearlyDay::WORDS }, generator.subschema_for::<DaysAround>()]
        })
    }
}
