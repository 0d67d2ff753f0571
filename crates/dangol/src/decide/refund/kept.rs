//! How many of the points that an order earned the customer keeps by right: a function of what is kept, so that several
//! returns take as many as one does, in whatever order they come.

use crate::model::{Accrual, BackAccrual, BackCounted, CountedPart, Order, Quote, TakenPoints, portion};
use crate::rule::{Award, Base};
use crate::value::{Fraction, Mode, Money, Overflow, Place, Points, Rounding};

use super::sums::whole;

/// What is left of the order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Left<'a> {
    pub(super) order: &'a Order,
    /// Whether nothing of its goods is left with the customer.
    pub(super) whole: bool,
    pub(super) void: bool,
    /// The whole order and what is kept, quoted with the rules of the order without the points that paid.
    pub(super) requoted: Option<(&'a Quote, &'a Quote)>,
}

/// The points of a rule that are kept.
pub(super) fn kept(left: Left<'_>, accrual: &Accrual, back: &BackAccrual) -> Result<Points, Overflow> {
    let granted = accrual.points;
    let nothing = Points::of_units(0, granted.0.digits())?;
    match left.order.quote.returns.earned {
        _ if left.void => Ok(nothing),
        TakenPoints::None => Ok(granted),
        _ if left.whole => Ok(nothing),
        TakenPoints::Requote => {
            let Some((all, kept)) = left.requoted else { return Ok(granted) };
            let points = |quote: &Quote| {
                let same = quote.accruals.iter().find(|known| known.rule == accrual.rule);
                same.map_or(nothing, |same| same.points)
            };
            let (all, kept) = (points(all), points(kept));
            // Where points paid, what was earned is divided as it would have been without them.
            let (part, of) = if all.is_zero() { (kept.min(granted), granted) } else { (kept.min(all), all) };
            Points::of_units(portion(granted.units(), part.units(), of.units())?, granted.0.digits())
        }
        TakenPoints::BeyondKept => {
            let gone = back.kept.iter().all(|kept| kept.money.is_zero() && kept.units == 0);
            if gone && has_parts(accrual) {
                return Ok(nothing);
            }
            Ok(earned(accrual, back, true)?.map_or(granted, |points| points.min(granted)))
        }
        TakenPoints::OfGoods => {
            let mut returned = whole(left.order, accrual)?;
            for all in &mut returned.kept {
                let kept = back.kept.iter().find(|kept| kept.factor == all.factor);
                let (money, units) = kept.map_or((Money::ZERO, 0), |kept| (kept.money, kept.units));
                (all.money, all.units) = (all.money.minus(money)?, all.units.saturating_sub(units));
            }
            // The lines lost just what is taken of them.
            let by_line = accrual.rounding.at == Place::Line && accrual.accumulated.is_none();
            let taken = if by_line { Some(back.lost) } else { earned(accrual, &returned, false)? };
            granted.minus(taken.unwrap_or(nothing).min(granted))
        }
    }
}

/// How its points were rounded: points for each unit are not, unless something multiplied them.
pub(super) fn rounding(accrual: &Accrual, award: &Award) -> Rounding {
    match award {
        Award::PerUnit(_) if accrual.multipliers.is_empty() => Rounding::to_unit(Mode::Down),
        _ => accrual.rounding.rounding(),
    }
}

/// Whether anything counted for it of certain lines or charges, and it was not granted for the order as such.
fn has_parts(accrual: &Accrual) -> bool {
    let counts = |part: &CountedPart| !part.money.is_zero() || part.units > 0;
    accrual.counted.as_ref().is_some_and(|parts| parts.iter().any(counts))
}

/// The points that so much earns at the rates of the order; nothing where they do not grow with it. What was counted and
/// granted earlier in the rule's span comes first where all that is kept counts together.
fn earned(accrual: &Accrual, counted: &BackAccrual, together: bool) -> Result<Option<Points>, Overflow> {
    let Some(award) = Award::of(&accrual.how) else { return Ok(None) };
    let (digits, rounding) = (accrual.points.0.digits(), rounding(accrual, &award));
    if accrual.rounding.at == Place::Line && award.goes_by_line() && accrual.accumulated.is_none() {
        return lines(accrual, counted).map(Some);
    }
    let before = accrual.accumulated.filter(|_| together);
    let first = before.map_or(Money::ZERO, |before| before.before);
    let mut all = (first, 0_u64);
    for part in &counted.kept {
        all = (all.0.plus(part.money)?, all.1.saturating_add(part.units));
    }
    let exact = |money, units| award.exact(&Base { money, units, balance: Points::ZERO }, digits);
    let mut points = exact(all.0, all.1)?;
    for BackCounted { factor, money, units } in &counted.kept {
        let Some(factor) = factor else { continue };
        points = points.plus(exact(*money, *units)?.times(Fraction::of(*factor)?.minus(Fraction::ONE)?)?)?;
    }
    if points.is_negative() {
        return Points::of_units(0, digits).map(Some);
    }
    let points = Points::of_units(rounding.ratio(points.numerator(), points.denominator(), digits)?, digits)?;
    let granted = before.map_or(Points::ZERO, |before| before.granted);
    Ok(Some(points.minus(granted)?.max(Points::ZERO)))
}

/// The points of lines that are rounded by themselves: all that they earned before any limit, less what they lost.
fn lines(accrual: &Accrual, counted: &BackAccrual) -> Result<Points, Overflow> {
    accrual.limited_by.map_or(accrual.points, |cap| cap.points).minus(counted.lost)
}
