//! What a basket and a member say for conditions: attributes, segments, the place. Nonsense is refused here.

use std::collections::BTreeMap;

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
