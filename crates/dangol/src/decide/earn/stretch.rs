//! Orders that earn at several rates: what of each line falls into which stretch.

use crate::program::Compiled;
use crate::value::{Mode, Money, Overflow, Rounding, product};

use super::base::{Part, Sum};
use crate::decide::tier::Crossed;

/// Divides what a rule counts over the stretches of the order, in the proportion in which the ladder's spend falls into
/// them: each stretch in turn, spread over the lines as the program spreads amounts. Whole units stay in the first one.
pub(super) fn divide(program: &Compiled, crossed: &Crossed, parts: &mut Vec<Part>) -> Result<(), Overflow> {
    let digits = program.currency().digits();
    let units = |money: Money| money.0.rescaled(digits).map(|it| it.units()).ok_or(Overflow);
    let spend = units(crossed.total)?;
    let all = Sum::of(parts)?.money;
    if spend <= 0 {
        return Ok(());
    }
    let mut left = parts.clone();
    let (mut divided, mut begun) = (Vec::with_capacity(parts.len().saturating_mul(2)), 0_i64);
    for (stretch, end) in crossed.ends.iter().enumerate() {
        let end = Rounding::to_unit(Mode::HalfUp).ratio(product(all, units(*end)?), i128::from(spend), 0)?;
        let here = end.min(all).saturating_sub(begun).max(0);
        begun = begun.saturating_add(here);
        let room: Vec<i64> = left.iter().map(|part| part.money).collect();
        let mut shares = Vec::with_capacity(room.len());
        program.file.discounts.split.parts(here, &room, &room, &mut shares);
        for (part, share) in left.iter_mut().zip(shares) {
            divided.push(Part { money: share, stretch, ..*part });
            (part.money, part.units) = (part.money.saturating_sub(share), 0);
        }
    }
    let stretch = crossed.ends.len();
    divided.extend(left.into_iter().map(|part| Part { stretch, ..part }));
    divided.retain(|part| part.money != 0 || part.units != 0);
    *parts = divided;
    Ok(())
}
