//! What a basket and a member say for conditions: attributes, segments, the place, deliveries. Nonsense is refused here.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Code, InputError};
use crate::model::{Attribute, Basket, Line, Member};
use crate::program::Compiled;
use crate::value::{Id, Mode, Money, Rounding};

use super::extras::minor;

/// What a member says about itself.
pub(super) fn member(member: &Member) -> Result<(), InputError> {
    attributes(&member.attributes, || "member.attributes".into())?;
    if member.segments.len() > Member::MAX_SEGMENTS {
        let message = format!("at most {} segments, found {}", Member::MAX_SEGMENTS, member.segments.len());
        return Err(InputError::new(Code::TooMany, "member.segments", message));
    }
    Ok(())
}

/// What a basket says beside its lines.
pub(super) fn basket(basket: &Basket) -> Result<(), InputError> {
    attributes(&basket.attributes, || "basket.attributes".into())?;
    let Some(location) = basket.location else { return Ok(()) };
    let Some((field, most, degrees)) = location.wrong().next() else { return Ok(()) };
    let message = format!("must be from -{most} to {most}, found `{degrees}`");
    Err(InputError::new(Code::OutOfRange, format!("basket.location.{field}"), message))
}

/// What a line says for conditions and selectors.
pub(super) fn line(line: &Line, position: usize) -> Result<(), InputError> {
    attributes(&line.attributes, || format!("basket.lines[{position}].attributes"))
}

/// The least that offers may leave of a line, in minor units: its floor for each unit, rounded up, but no more than its
/// amount.
pub(super) fn floor(
    program: &Compiled,
    line: &Line,
    gross: Money,
    position: usize,
) -> Result<i64, InputError> {
    let Some(floor) = line.floor else { return Ok(0) };
    let units = minor(program, floor, || format!("basket.lines[{position}].floor"))?;
    let exact = Money::of_units(units, program.currency().digits())?;
    let floor = exact.times(line.quantity, Rounding::to_unit(Mode::Up))?;
    Ok(floor.units().min(gross.units()))
}

/// What all deliveries cost, in minor units, where the basket has any.
pub(super) fn deliveries(program: &Compiled, basket: &Basket) -> Result<Option<i64>, InputError> {
    let deliveries = &basket.deliveries;
    if deliveries.is_empty() {
        return Ok(None);
    }
    let path = "basket.deliveries";
    if !basket.shipping.is_zero() {
        let message = "give what delivery costs in `shipping` or in `deliveries`, not in both";
        return Err(InputError::new(Code::Contradiction, path, message));
    }
    if deliveries.len() > Basket::MAX_DELIVERIES {
        let message = format!("at most {} deliveries, found {}", Basket::MAX_DELIVERIES, deliveries.len());
        return Err(InputError::new(Code::TooMany, path, message));
    }
    let mut total = 0_i64;
    let mut ids = BTreeSet::new();
    for (position, delivery) in deliveries.iter().enumerate() {
        let at = |field: &str| format!("{path}[{position}].{field}");
        let price = minor(program, delivery.price, || at("price"))?;
        let tax = delivery.tax.map_or(Ok(0), |tax| minor(program, tax, || at("tax")))?;
        if tax > price {
            let message = format!("a delivery of {} cannot contain more tax than that", delivery.price);
            return Err(InputError::new(Code::OutOfRange, at("tax"), message));
        }
        let id = delivery.id.as_ref().map_or_else(|| position.saturating_add(1).to_string(), Id::to_string);
        if ids.contains(&id) {
            let message = format!("delivery `{id}` is there twice");
            return Err(InputError::new(Code::DuplicateId, at("id"), message));
        }
        ids.insert(id);
        total = total.checked_add(price).ok_or(crate::value::Overflow)?;
    }
    Ok(Some(total))
}

/// So many attributes, with texts of such a length.
fn attributes(attributes: &BTreeMap<Id, Attribute>, path: impl Fn() -> String) -> Result<(), InputError> {
    if attributes.is_empty() {
        return Ok(());
    }
    if attributes.len() > Attribute::MAX_COUNT {
        let message = format!("at most {} attributes, found {}", Attribute::MAX_COUNT, attributes.len());
        return Err(InputError::new(Code::TooMany, path(), message));
    }
    let Some((name, _)) = attributes.iter().find(|(_, value)| value.is_too_long()) else { return Ok(()) };
    let message = format!("at most {} characters", Attribute::MAX_CHARACTERS);
    Err(InputError::new(Code::InvalidValue, format!("{}.{name}", path()), message))
}
