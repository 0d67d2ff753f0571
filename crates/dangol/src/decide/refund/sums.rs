//! The sums of an order over what has come back: a return changes them by the lines that it touches, however many others
//! there are.

use crate::error::InputError;
use crate::model::{
    Accrual, BackAccrual, BackCounted, BackSums, BackTaxed, Charge, CountedPart, Order, QuotedLine, portion,
    share,
};
use crate::rule::{Award, Base};
use crate::value::{Amount, Fraction, Money, Overflow, Percent, Place, Points, Quantity};

use super::kept::rounding;

/// A line of which more, or less, is back than before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Touched<'a> {
    pub(super) line: &'a QuotedLine,
    pub(super) before: Quantity,
    pub(super) after: Quantity,
}

impl Touched<'_> {
    /// So much more of an amount of the line as falls to what comes back of it.
    pub(super) fn more(&self, amount: Money) -> Result<Money, Overflow> {
        let of = self.line.quantity;
        share(amount, self.after, of)?.minus(share(amount, self.before, of)?)
    }
}

/// What else changes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Charged {
    pub(super) charge: Charge,
    /// Whether it is refunded from now on; otherwise it was, and no longer is.
    pub(super) back: bool,
}

/// The sums of an order after these changes.
pub(super) fn after(
    order: &Order,
    touched: &[Touched<'_>],
    charged: &[Charged],
) -> Result<BackSums, InputError> {
    let mut sums = start(order)?;
    for touched in touched {
        of_line(order, touched, &mut sums)?;
    }
    for charged in charged {
        of_charge(order, *charged, &mut sums)?;
    }
    Ok(sums)
}

/// The sums so far, with those of an order of which nothing is back where none were made yet.
pub(super) fn start(order: &Order) -> Result<BackSums, Overflow> {
    let quote = &order.quote;
    if !order.returns.is_empty() {
        return Ok(order.back.sums.clone());
    }
    let goods = quote.lines.iter().filter(|line| line.gift.is_none());
    Ok(BackSums {
        lines_left: goods.map(|_| 1).sum(),
        accruals: quote.accruals.iter().map(|it| whole(order, it)).collect::<Result<_, _>>()?,
        ladders: vec![Money::ZERO; quote.tiers.len()],
        carried: vec![Money::ZERO; quote.carried.len()],
        ..BackSums::default()
    })
}

/// What a rule counted of the whole order.
pub(super) fn whole(order: &Order, accrual: &Accrual) -> Result<BackAccrual, Overflow> {
    let mut all = BackAccrual::default();
    match &accrual.counted {
        None => {
            let money = order.quote.net.minus(order.quote.paid_with_points)?;
            all.kept.push(BackCounted { factor: None, money, units: 0 });
        }
        Some(parts) => {
            for part in parts {
                all.add(part.factor, part.money, signed(part.units)?)?;
            }
        }
    }
    Ok(all)
}

fn of_line<'a>(order: &'a Order, touched: &Touched<'_>, sums: &mut BackSums) -> Result<(), Overflow> {
    let Touched { line, before, after } = *touched;
    let of = line.quantity;
    let (net, paid) = line.worth();
    sums.money = sums.money.plus(touched.more(net.minus(paid)?)?)?;
    sums.points = sums.points.plus(touched.more(paid)?)?;
    for rate in &line.taxes {
        taxed(&mut sums.taxed, *rate, touched.more(line.net)?)?;
    }
    if line.gift.is_none() {
        let left = |back: Quantity| u64::from(back != of);
        sums.lines_left = sums.lines_left.saturating_add(left(after)).saturating_sub(left(before));
    }
    let usual = line.net.minus(line.paid_with_points)?;
    let usual = CountedPart { line: None, charge: None, money: usual, units: 0, factor: None };
    let usual = std::slice::from_ref(&usual);
    let parts = |counted: Option<&'a [CountedPart]>| counted.map_or(usual, |all| of_this(all, line));
    for (accrual, back) in order.quote.accruals.iter().zip(&mut sums.accruals) {
        for part in parts(accrual.counted.as_deref()) {
            let units = |back: Quantity| portion_of(part.units, back, of);
            let less = signed(units(after)?)?.saturating_sub(signed(units(before)?)?);
            back.add(part.factor, Money::ZERO.minus(touched.more(part.money)?)?, less.saturating_neg())?;
            if accrual.rounding.at == Place::Line {
                let kept = |back: Quantity| {
                    let money = part.money.minus(share(part.money, back, of)?)?;
                    let units = part.units.saturating_sub(portion_of(part.units, back, of)?);
                    rounded(accrual, &BackCounted { factor: part.factor, money, units })
                };
                back.lost = back.lost.plus(kept(before)?)?.minus(kept(after)?)?;
            }
        }
    }
    for (carried, back) in order.quote.carried.iter().zip(&mut sums.carried) {
        for part in parts(carried.counted.as_deref()) {
            *back = back.plus(touched.more(part.money)?)?;
        }
    }
    for (tier, back) in order.quote.tiers.iter().zip(&mut sums.ladders) {
        for part in tier.counted.iter().flat_map(|parts| of_this(parts, line)) {
            *back = back.plus(touched.more(part.money)?)?;
        }
    }
    Ok(())
}

/// The parts that belong to a line, in the order of whose names they stand.
fn of_this<'a>(parts: &'a [CountedPart], line: &QuotedLine) -> &'a [CountedPart] {
    // What belongs to no line stands behind all that do.
    let id =
        |part: &CountedPart| part.line.as_ref().map_or(std::cmp::Ordering::Greater, |id| id.cmp(&line.id));
    let first = parts.partition_point(|part| id(part).is_lt());
    let rest = parts.split_at(first).1;
    rest.split_at(rest.partition_point(|part| id(part).is_eq())).0
}

fn of_charge<'a>(order: &'a Order, charged: Charged, sums: &mut BackSums) -> Result<(), Overflow> {
    let Charged { charge, back } = charged;
    let signed = |money: Money| if back { Ok(money) } else { Money::ZERO.minus(money) };
    let of_it = |counted: &'a Option<Vec<CountedPart>>| {
        counted.iter().flatten().filter(move |part| part.charge == Some(charge))
    };
    for (accrual, known) in order.quote.accruals.iter().zip(&mut sums.accruals) {
        for part in of_it(&accrual.counted) {
            known.add(part.factor, Money::ZERO.minus(signed(part.money)?)?, 0)?;
        }
    }
    let carried = order.quote.carried.iter().map(|carried| &carried.counted).zip(&mut sums.carried);
    let ladders = order.quote.tiers.iter().map(|tier| &tier.counted).zip(&mut sums.ladders);
    for (counted, known) in carried.chain(ladders) {
        for part in of_it(counted) {
            *known = known.plus(signed(part.money)?)?;
        }
    }
    if charge == Charge::Shipping {
        for delivery in &order.quote.deliveries {
            for rate in &delivery.taxes {
                taxed(&mut sums.taxed, *rate, signed(delivery.net)?)?;
            }
        }
    }
    Ok(())
}

fn taxed(rows: &mut Vec<BackTaxed>, rate: Percent, more: Money) -> Result<(), Overflow> {
    let place = rows.partition_point(|row| row.rate < rate);
    match rows.get_mut(place).filter(|row| row.rate == rate) {
        Some(row) => {
            row.amount = row.amount.plus(more)?;
            if row.amount.is_zero() {
                rows.remove(place);
            }
        }
        None if more.is_zero() => {}
        None => rows.insert(place, BackTaxed { rate, amount: more }),
    }
    Ok(())
}

/// So many units as fall to what is back of a line.
fn portion_of(units: u64, back: Quantity, of: Quantity) -> Result<u64, Overflow> {
    let digits = back.0.digits().max(of.0.digits());
    let scaled =
        |quantity: Quantity| quantity.0.rescaled(digits).map(|amount| amount.units()).ok_or(Overflow);
    let units = i64::try_from(units).map_err(|_| Overflow)?;
    Ok(portion(units, scaled(back)?, scaled(of)?)?.unsigned_abs())
}

fn signed(units: u64) -> Result<i64, Overflow> {
    i64::try_from(units).map_err(|_| Overflow)
}

/// The points of one line that is rounded by itself; nothing of awards that do not grow with it.
fn rounded(accrual: &Accrual, counted: &BackCounted) -> Result<Points, Overflow> {
    let digits = accrual.points.0.digits();
    let Some(award) = Award::of(&accrual.how).filter(Award::goes_by_line) else { return Ok(Points::ZERO) };
    let BackCounted { factor, money, units } = *counted;
    let base = Base { money, units, balance: Points::ZERO };
    let exact = award.exact(&base, digits)?.times(factor.map_or(Ok(Fraction::ONE), Fraction::of)?)?;
    Points::of_units(rounding(accrual, &award).ratio(exact.numerator(), exact.denominator(), digits)?, digits)
}

impl BackAccrual {
    /// So much more, or less, of what was counted with a factor.
    fn add(&mut self, factor: Option<Amount>, money: Money, units: i64) -> Result<(), Overflow> {
        match self.kept.iter_mut().find(|kept| kept.factor == factor) {
            Some(kept) => {
                kept.money = kept.money.plus(money)?;
                kept.units = kept.units.saturating_add_signed(units);
            }
            None => self.kept.push(BackCounted { factor, money, units: units.max(0).unsigned_abs() }),
        }
        Ok(())
    }
}
