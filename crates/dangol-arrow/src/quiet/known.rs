//! Whether every field of a table's columns is one that members have, of a type whose every value can be read.

use arrow_schema::DataType;

use crate::node::{Kind, Node};

/// Where a name is strange, or a day is text, the row is read, so that the core refuses what is wrong whether or not something
/// is due.
pub(super) fn all_known(node: &Node, known: &DataType) -> bool {
    match (&node.kind, known) {
        (Kind::Coded(_, values), _) => all_known(values, known),
        (Kind::Fields(fields), DataType::Struct(known)) => fields.iter().all(|(name, node)| {
            let same = known.iter().find(|field| field.name() == name);
            same.is_some_and(|field| all_known(node, field.data_type()))
        }),
        (Kind::Fields(fields), DataType::Map(..)) => {
            value(known).is_some_and(|known| fields.iter().all(|(_, node)| all_known(node, known)))
        }
        (Kind::Map(_, _, values), DataType::Map(..)) => {
            value(known).is_some_and(|known| all_known(values, known))
        }
        (Kind::List(_, items), DataType::Map(..)) => match (items.pair(), value(known)) {
            (Some((_, values)), Some(known)) => all_known(values, known),
            _ => false,
        },
        (Kind::List(_, items), DataType::List(known)) => all_known(items, known.data_type()),
        // What is rare and not JSON text is for the core to read.
        (Kind::Nothing, _)
        | (Kind::Text(_), DataType::Utf8)
        | (Kind::Truth(_), DataType::Boolean)
        | (Kind::Whole(_), DataType::Int64 | DataType::Decimal128(..))
        | (Kind::Decimal(_), DataType::Decimal128(..))
        | (Kind::Day(_) | Kind::DayMillis(_), DataType::Date32)
        | (Kind::Instant(..), DataType::Timestamp(..)) => true,
        _ => false,
    }
}

/// The type of a map's values.
fn value(map: &DataType) -> Option<&DataType> {
    let DataType::Map(entries, _) = map else { return None };
    let DataType::Struct(both) = entries.data_type() else { return None };
    both.get(1).map(|value| value.data_type())
}
