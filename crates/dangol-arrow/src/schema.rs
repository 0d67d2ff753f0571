//! The recommended columns of members, and what a table of members must have to hold all of a member.

use std::sync::Arc;

use arrow_schema::{DataType, Field, FieldRef, Fields, Schema, TimeUnit};
use dangol::Program;

/// The most digits that an amount has before its point and after it are 15.
const PRECISION: u8 = 15;

/// The columns of a program's members: what rules look at every night as columns of their own, what is rare as JSON text.
///
/// Money and points have the digits that the program gives them.
#[must_use]
pub fn member_schema(program: &Program) -> Schema {
    let file = program.file();
    let money = amount(file.currency.digits());
    let points = amount(file.wallets.iter().map(|wallet| wallet.digits).max().unwrap_or(0));
    Schema::new(vec![
        Field::new("id", DataType::Utf8, false),
        field("version", DataType::Int64),
        field("at", instant()),
        field("joined_on", DataType::Date32),
        field("birthday", DataType::Utf8),
        field("referred_by", DataType::Utf8),
        field("tiers", map(structure(standing()))),
        field("attributes", DataType::Utf8),
        field("segments", list(DataType::Utf8)),
        field("orders", DataType::Int64),
        field("last_order_on", DataType::Date32),
        field("activity", list(structure(activity(&money, &points)))),
        field("earlier", DataType::Utf8),
        field("waiting_orders", DataType::Utf8),
        field("uses", map(DataType::Int64)),
        field("wallets", map(structure(account(&points)))),
        field("tallies", DataType::Utf8),
        field("coupons", list(structure(coupon()))),
        field("past_coupons", DataType::Utf8),
        field("issued", map(DataType::Int64)),
        field("guest", DataType::Boolean),
        field("operations", list(structure(operation()))),
    ])
}

fn standing() -> Vec<Field> {
    vec![
        field("tier", DataType::Utf8),
        field("since", DataType::Date32),
        field("until", DataType::Date32),
        field("falls_on", DataType::Date32),
        field("floor", DataType::Utf8),
        field("rises", DataType::Utf8),
    ]
}

fn activity(money: &DataType, points: &DataType) -> Vec<Field> {
    vec![
        field("on", DataType::Date32),
        field("spend", money.clone()),
        field("orders", DataType::Int64),
        field("points", map(points.clone())),
        field("events", map(DataType::Int64)),
        field("ladders", DataType::Utf8),
    ]
}

fn account(points: &DataType) -> Vec<Field> {
    let lot = vec![
        field("id", DataType::Utf8),
        field("earned_at", instant()),
        field("expires_on", DataType::Date32),
        field("points", points.clone()),
        field("grace_until", DataType::Date32),
        field("usable_from", DataType::Date32),
        field("awaits", DataType::Utf8),
        field("issuer", DataType::Utf8),
        field("held", points.clone()),
    ];
    let hold = vec![field("id", DataType::Utf8), field("lots", DataType::Utf8), field("until", instant())];
    vec![
        field("lots", list(structure(lot))),
        field("granted", points.clone()),
        field("spent", points.clone()),
        field("expired", points.clone()),
        field("revoked", points.clone()),
        field("sent", points.clone()),
        field("deficit", points.clone()),
        field("holds", list(structure(hold))),
        field("lapsed", DataType::Utf8),
        field("expired_lots", DataType::Utf8),
        field("active_at", instant()),
        field("decayed_on", DataType::Date32),
    ]
}

fn coupon() -> Vec<Field> {
    vec![
        field("id", DataType::Utf8),
        field("offer", DataType::Utf8),
        field("code", DataType::Utf8),
        field("issued_at", instant()),
        field("usable_from", DataType::Date32),
        field("expires_on", DataType::Date32),
        field("hold", DataType::Utf8),
    ]
}

fn operation() -> Vec<Field> {
    vec![
        field("id", DataType::Utf8),
        field("version", DataType::Int64),
        field("steps", DataType::Int64),
        field("content", DataType::Utf8),
    ]
}

pub(crate) fn field(name: &str, kind: DataType) -> Field {
    Field::new(name, kind, true)
}

pub(crate) fn instant() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()))
}

/// Exact numbers with so many digits after the point.
pub(crate) fn amount(digits: u8) -> DataType {
    let scale = i8::try_from(digits).unwrap_or(0);
    DataType::Decimal128(PRECISION.saturating_add(digits), scale)
}

pub(crate) fn structure(fields: Vec<Field>) -> DataType {
    DataType::Struct(fields.into())
}

pub(crate) fn list(items: DataType) -> DataType {
    DataType::List(Arc::new(field("item", items)))
}

pub(crate) fn map(values: DataType) -> DataType {
    map_of(Field::new("key", DataType::Utf8, false), field("value", values))
}

fn map_of(key: Field, value: Field) -> DataType {
    DataType::Map(Arc::new(Field::new("entries", structure(vec![key, value]), false)), false)
}

/// The columns of members as they are written after a change: those that were given, and after them those that are missing,
/// so that nothing of a member is lost.
pub(crate) fn complete(given: &Schema, program: &Program) -> Schema {
    if given.field_with_name("member").is_ok() {
        return Schema::new(vec![field("member", DataType::Utf8)]);
    }
    let known = member_schema(program);
    Schema::new(completed(given.fields(), known.fields())).with_metadata(given.metadata().clone())
}

fn completed(given: &Fields, known: &Fields) -> Vec<FieldRef> {
    let same = |fields: &Fields, name: &str| fields.iter().find(|field| field.name() == name).cloned();
    let mut fields: Vec<FieldRef> = Vec::new();
    for one in given {
        let kind = match same(known, one.name()) {
            Some(known) => widened(one.data_type(), known.data_type()),
            None => plain(one.data_type()),
        };
        fields.push(Arc::new(field(one.name(), kind).with_nullable(one.is_nullable())));
    }
    fields.extend(known.iter().filter(|known| same(given, known.name()).is_none()).cloned());
    fields
}

/// A type that was given, with room for what is known.
fn widened(given: &DataType, known: &DataType) -> DataType {
    match (given, known) {
        (DataType::Struct(given), DataType::Struct(known)) => {
            DataType::Struct(completed(given, known).into())
        }
        // Keys as fields have no room for another key.
        (DataType::Struct(_), DataType::Map(..)) => known.clone(),
        (DataType::Map(entries, sorted), DataType::Map(known, _)) => {
            let (DataType::Struct(given), DataType::Struct(known)) = (entries.data_type(), known.data_type())
            else {
                return plain(given);
            };
            match (given.iter().as_slice(), known.iter().as_slice()) {
                ([key, value], [_, known]) => {
                    let value = room(value, known.data_type());
                    let key = Field::new(key.name(), DataType::Utf8, false);
                    let both = entries.as_ref().clone().with_data_type(structure(vec![key, value]));
                    DataType::Map(Arc::new(both), *sorted)
                }
                _ => known_map(known),
            }
        }
        (DataType::List(item) | DataType::FixedSizeList(item, _), known) => {
            DataType::List(Arc::new(listed(item, known)))
        }
        (DataType::LargeList(item), known) => DataType::LargeList(Arc::new(listed(item, known))),
        (DataType::Dictionary(_, values), known) => widened(values, known),
        (DataType::Null, known) => known.clone(),
        (given, _) => plain(given),
    }
}

fn known_map(entries: &Fields) -> DataType {
    DataType::Map(Arc::new(Field::new("entries", DataType::Struct(entries.clone()), false)), false)
}

/// The items of a list, which may be the pairs of a map.
fn listed(item: &Field, known: &DataType) -> Field {
    match known {
        DataType::List(known) => room(item, known.data_type()),
        DataType::Map(known, _) => match (item.data_type(), known.data_type()) {
            (DataType::Struct(given), DataType::Struct(known)) if given.len() == 2 => {
                let both = given.iter().zip(known).map(|(given, known)| room(given, known.data_type()));
                item.clone().with_data_type(structure(both.collect()))
            }
            _ => item.clone().with_data_type(plain(item.data_type())),
        },
        _ => item.clone().with_data_type(plain(item.data_type())),
    }
}

fn room(given: &Field, known: &DataType) -> Field {
    given.clone().with_data_type(widened(given.data_type(), known))
}

/// The type that is written for one that was given: values stand in their rows.
fn plain(given: &DataType) -> DataType {
    let inner = |field: &FieldRef| Arc::new(field.as_ref().clone().with_data_type(plain(field.data_type())));
    match given {
        DataType::Dictionary(_, values) => plain(values),
        DataType::Null => DataType::Utf8,
        DataType::Struct(fields) => DataType::Struct(fields.iter().map(inner).collect()),
        DataType::List(item) | DataType::FixedSizeList(item, _) => DataType::List(inner(item)),
        DataType::LargeList(item) => DataType::LargeList(inner(item)),
        DataType::Map(entries, sorted) => DataType::Map(inner(entries), *sorted),
        other => other.clone(),
    }
}
