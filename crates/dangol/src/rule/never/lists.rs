//! One of a list: `channel_in`, `store_in`, `tender_in`, `delivery_in`, `segment_in`, and an `attribute` that is said.

use super::truth::{Truth, World, possible};
use crate::model::{Attribute, AttributeOf};
use crate::rule::Condition;
use crate::value::Id;

/// What conditions with lists look at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked<'a> {
    Channel,
    Store,
    Tenders,
    Deliveries,
    Segments,
    Attribute(AttributeOf, &'a Id),
}

/// A value that a condition names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Value<'a> {
    Name(&'a Id),
    Said(&'a Attribute),
}

/// What there is of it: one of the values that conditions name, or none of them.
struct There<'a> {
    asked: Asked<'a>,
    value: Option<Value<'a>>,
}

/// What a condition asks for, and the values that it names.
fn asked(condition: &Condition) -> Option<(Asked<'_>, Vec<Value<'_>>)> {
    let (asked, ids) = match condition {
        Condition::ChannelIn(kind) => (Asked::Channel, &kind.0),
        Condition::StoreIn(kind) => (Asked::Store, &kind.0),
        Condition::TenderIn(kind) => (Asked::Tenders, &kind.0),
        Condition::DeliveryIn(kind) => (Asked::Deliveries, &kind.0),
        Condition::SegmentIn(kind) => (Asked::Segments, &kind.0),
        // Of lines any one may have it.
        Condition::Attribute(kind) if kind.of != AttributeOf::Line => {
            let values = kind.is.iter().chain(kind.one_of.iter().flatten()).map(Value::Said).collect();
            return Some((Asked::Attribute(kind.of, &kind.name), values));
        }
        _ => return None,
    };
    Some((asked, ids.iter().map(Value::Name).collect()))
}

impl World for There<'_> {
    fn says(&self, condition: &Condition) -> Option<Truth> {
        let (asked, values) = asked(condition).filter(|(asked, _)| *asked == self.asked)?;
        if let Condition::Attribute(kind) = condition
            && values.is_empty()
        {
            // A number between bounds may be none of the values that are named.
            return Some(match self.value {
                Some(Value::Said(value)) => kind.allows(value).into(),
                _ => Truth::Open,
            });
        }
        let Some(value) = &self.value else { return Some(Truth::No) };
        let named = values.contains(value);
        Some(match asked {
            // All of several must be in the list: where one is not, it does not hold.
            Asked::Tenders | Asked::Deliveries => {
                if named {
                    Truth::Open
                } else {
                    Truth::No
                }
            }
            // One of several is enough.
            Asked::Segments => {
                if named {
                    Truth::Yes
                } else {
                    Truth::Open
                }
            }
            Asked::Channel | Asked::Store | Asked::Attribute(..) => named.into(),
        })
    }
}

/// Whether the conditions leave nothing that could be there.
pub(super) fn forbid(together: &[&Condition], all: &[&Condition]) -> bool {
    let lists: Vec<_> = all.iter().filter_map(|condition| asked(condition)).collect();
    let impossible = |asked: Asked<'_>| {
        let named = lists.iter().filter(|(other, _)| *other == asked).flat_map(|(_, values)| values);
        let mut worlds = named.copied().map(Some).chain([None]).map(|value| There { asked, value });
        !worlds.any(|world| possible(together, &world))
    };
    lists.len() > 1 && lists.iter().any(|(asked, _)| impossible(*asked))
}
