//! What rounding takes from a share.

use super::{Benefit, Desk, Given, PercentOff, Portion};
use crate::model::{Arithmetic, Reduction};
use crate::value::{Amount, Money, Percent, product};

/// A percentage in ten thousandths of a percent is so much of the whole.
const WHOLE: i64 = 1_000_000;

impl Benefit {
    /// What rounding took from what the last `take` would be exactly, where its arithmetic is about shares and nothing else
    /// took of it; less than nothing where rounding gave more.
    pub(crate) fn lost_to_rounding(&self, how: &Arithmetic, given: &Given<'_>, desk: &Desk) -> Option<Money> {
        let exact = exact(how, given)?;
        if !desk.portions.iter().all(|portion| self.has_room(portion, given, desk)) {
            return None;
        }
        let taken = if desk.uncut > 0 { desk.uncut } else { desk.taken() };
        let mut lost = i64::try_from(exact.checked_sub(product(taken, WHOLE))?).ok()?;
        if lost == 0 {
            return None;
        }
        // A percentage has four digits of its own, and two more as hundredths; those that say nothing are left out.
        let mut digits = given.terms.digits.checked_add(6)?;
        while digits > given.terms.digits && lost.checked_rem(10) == Some(0) {
            (lost, digits) = (lost.checked_div(10)?, digits.checked_sub(1)?);
        }
        Amount::new(lost, digits).ok().map(Money)
    }

    /// Whether nothing but rounding kept the share of this portion from being what it is.
    fn has_room(&self, portion: &Portion, given: &Given<'_>, desk: &Desk) -> bool {
        let part = || desk.parts.iter().find(|part| part.line == portion.line);
        let fits = || desk.uncut == 0 && part().is_none_or(|part| part.amount < portion.room);
        let within = match self {
            Benefit::PercentOff(own) if given.adds => {
                let sum = given.added(portion.line).checked_add(own.ten_thousandths());
                sum.is_some_and(|sum| sum <= WHOLE)
            }
            _ => true,
        };
        within && (portion.room == portion.basis || fits())
    }
}

/// The shares, not rounded, in millionths of the smallest unit.
fn exact(how: &Arithmetic, given: &Given<'_>) -> Option<i128> {
    let share = |percent: Percent, of: Money| {
        let of = of.0.rescaled(given.terms.digits)?.units();
        Some(product(of, PercentOff(percent).ten_thousandths()))
    };
    match how {
        Arithmetic::Percent { percent, of } => share(*percent, *of),
        Arithmetic::BuyGet { each: Reduction::PercentOff(percent), of, .. } => share(*percent, *of),
        Arithmetic::Bands { parts, .. } => parts.iter().try_fold(0_i128, |sum, part| {
            let share = share(part.percent, part.of)?;
            sum.checked_add(share)
        }),
        _ => None,
    }
}
