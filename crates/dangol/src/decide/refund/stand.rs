//! How an order stands once so much of it is back: what of it is refunded in all, and what the customer keeps by right.
//!
//! A return gives back the difference between two such stands. So any number of returns, in any order, comes to the same
//! as one.

use crate::error::InputError;
use crate::model::{
    BackSums, Order, Quote, RefundOrder, ReturnedCoupons, ReturnedDiscounts, ReturnedPoints, TaxSum, portion,
};
use crate::value::{Money, Overflow, Points};

use super::kept::{Left, kept};

/// What is back of an order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gone<'a> {
    pub(super) sums: &'a BackSums,
    pub(super) shipping: bool,
    pub(super) fees: bool,
    pub(super) void: bool,
    /// Whether anything is.
    pub(super) any: bool,
    /// What is kept, quoted with the rules of the order, where a return asks them and something is kept.
    pub(super) requoted: Option<&'a Quote>,
    /// The whole order quoted in the same way, without the points that paid: what is kept is held against it.
    pub(super) all: &'a Quote,
    /// What is back of its lines, where it is not the order itself.
    pub(super) of_all: Option<Money>,
    /// What gifts cost that are kept without their offer, where they are charged.
    pub(super) gifts: Money,
}

/// How the order stands then. All amounts are sums over all returns so far.
#[derive(Clone, Debug)]
pub(super) struct Stand {
    /// Whether nothing of its goods is left with the customer.
    pub(super) whole: bool,
    /// What the goods are worth that are back.
    pub(super) value: Money,
    /// The part of it that points had paid.
    pub(super) paid_with_points: Money,
    /// What points had paid, and for which points come back.
    pub(super) points: Money,
    /// What lost discounts cost.
    pub(super) lost_discounts: Money,
    pub(super) shipping: Money,
    pub(super) fees: Money,
    pub(super) tax_added: Money,
    pub(super) taxes: Vec<TaxSum>,
    pub(super) rounding: Money,
    /// What gifts cost that are kept without their offer.
    pub(super) gifts: Money,
    /// What is refunded in money, before points are charged.
    pub(super) money: Money,
    /// The points that are kept of each accrual.
    pub(super) kept: Vec<Points>,
    /// Whether offers no longer count as used.
    pub(super) released: bool,
    /// What counts as spend no more.
    pub(super) spend: Money,
}

impl Stand {
    pub(super) fn of(order: &Order, gone: Gone<'_>) -> Result<Stand, InputError> {
        let quote = &order.quote;
        let policy = quote.returns;
        let Gone { sums, void, requoted, .. } = gone;
        let whole = sums.is_whole();
        let complete =
            whole && (gone.shipping || quote.shipping.is_zero()) && (gone.fees || quote.fees.is_zero());
        let by_lines = sums.money.plus(sums.points)?;
        let again = requoted.filter(|_| !whole && policy.discounts == ReturnedDiscounts::Requote);
        let lost_discounts = match again {
            // Points that paid are in neither of the two, so that nothing but what is kept makes the difference.
            Some(kept) => {
                let less = gone.all.net.minus(kept.net)?;
                gone.of_all.unwrap_or(by_lines).minus(less)?.min(off_goods(quote)?)
            }
            None => Money::ZERO,
        };
        let value = by_lines.minus(lost_discounts)?;
        let paid_with_points = paid_with_points(order, sums, value, again.is_some())?;
        let points = match policy.spent {
            _ if void || (whole && policy.spent == ReturnedPoints::WholeOrder) => quote.paid_with_points,
            ReturnedPoints::WithGoods => paid_with_points,
            ReturnedPoints::WholeOrder | ReturnedPoints::Never => Money::ZERO,
        };
        let mut shipping = if gone.shipping { quote.shipping } else { Money::ZERO };
        if let Some(kept) = again.filter(|_| !gone.shipping) {
            // What is kept may no longer travel for free.
            let least = Money::ZERO.minus(quote.shipping_discount)?;
            shipping = gone.all.shipping.minus(kept.shipping)?.min(Money::ZERO).max(least);
        }
        let fees = if gone.fees { quote.fees } else { Money::ZERO };
        let taxes = taxes(quote, sums, again.map(|kept| (gone.all, kept)), complete)?;
        let tax_added =
            if complete { quote.tax_added } else { Money::sum(taxes.iter().map(|row| row.added))? };
        let rounding = if complete { quote.rounding } else { Money::ZERO };
        let parts = [value.minus(paid_with_points)?, shipping, fees, tax_added, rounding];
        // What is refunded is never more than what was paid, whatever rounding took off.
        let money = Money::sum(parts)?.min(quote.due);
        let left = Left { order, whole, void, requoted: requoted.map(|kept| (gone.all, kept)) };
        let accruals = quote.accruals.iter().zip(&sums.accruals);
        let kept = accruals.map(|(accrual, back)| kept(left, accrual, back)).collect::<Result<_, _>>()?;
        let released = void
            || match policy.coupons {
                ReturnedCoupons::WholeOrder => whole,
                ReturnedCoupons::Always => gone.any,
                ReturnedCoupons::Never => false,
            };
        Ok(Stand {
            whole,
            value,
            paid_with_points,
            points,
            lost_discounts,
            shipping,
            fees,
            tax_added,
            taxes,
            rounding,
            gifts: gone.gifts,
            money,
            kept,
            released,
            spend: sums.money,
        })
    }
}

/// What offers had taken off what the customer bought.
fn off_goods(quote: &Quote) -> Result<Money, Overflow> {
    let mut off = Money::ZERO;
    for line in quote.lines.iter().filter(|line| line.gift.is_none()) {
        off = off.plus(line.gross.minus(line.net)?)?;
    }
    Ok(off)
}

/// The part of what goods are worth that points had paid, in the order in which the program gives back.
fn paid_with_points(order: &Order, sums: &BackSums, value: Money, again: bool) -> Result<Money, Overflow> {
    let quote = &order.quote;
    let (all, value) = (quote.paid_with_points, value.max(Money::ZERO));
    match quote.returns.refund {
        RefundOrder::PointsFirst if quote.returns.spent == ReturnedPoints::WithGoods => Ok(all.min(value)),
        RefundOrder::MoneyFirst if quote.returns.spent == ReturnedPoints::WithGoods => {
            Ok(value.minus(quote.net.minus(all)?)?.max(Money::ZERO))
        }
        _ if again => share_of(all, value, quote.net),
        _ => Ok(sums.points),
    }
}

/// So much of an amount as one is of another.
fn share_of(amount: Money, back: Money, of: Money) -> Result<Money, Overflow> {
    Money::of_units(portion(amount.units(), back.units(), of.units())?, amount.0.digits())
}

/// The taxes in what is back: by the amounts that carry each rate, or those that what is kept no longer carries.
fn taxes(
    quote: &Quote,
    sums: &BackSums,
    again: Option<(&Quote, &Quote)>,
    complete: bool,
) -> Result<Vec<TaxSum>, Overflow> {
    let back = |row: &TaxSum| {
        if complete {
            return Ok(*row);
        }
        if let Some((all, kept)) = again {
            let find = |quote: &Quote| quote.taxes.iter().find(|same| same.rate == row.rate).copied();
            let row = find(all).unwrap_or(*row);
            let Some(same) = find(kept) else { return Ok(row) };
            return row.minus(&same);
        }
        let amount = sums.taxed.iter().find(|known| known.rate == row.rate).map(|known| known.amount);
        let part = |all: Money| share_of(all, amount.unwrap_or(Money::ZERO), row.of);
        let (tax, added, of) = (part(row.tax)?, part(row.added)?, amount.unwrap_or(Money::ZERO));
        // Where amounts carry no other rate, they are what is taxed and the tax in it; so is each part of them.
        let alone = row.base.plus(row.tax.minus(row.added)?)? == row.of;
        let base = if alone { of.minus(tax.minus(added)?)? } else { part(row.base)? };
        Ok(TaxSum { rate: row.rate, base, tax, added, of })
    };
    quote.taxes.iter().map(back).collect()
}
