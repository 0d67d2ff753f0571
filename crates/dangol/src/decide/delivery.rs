//! What is charged for delivery, as lines that offers can touch.

use crate::error::InputError;
use crate::model::{Basket, LineDiscount, QuotedDelivery};
use crate::program::Compiled;
use crate::rule::{LineFacts, TaxSet};
use crate::value::{Amount, Id, Money, Overflow, Quantity};

use super::tax::{self, Entered, Priced};

/// The name of what a basket charges as `shipping`.
const PLAIN: &str = "shipping";

/// What the basket charges for delivery, and the method of each; nothing where it charges nothing.
///
/// `extras::charges` has refused what makes no sense.
pub(super) fn deliveries(
    program: &Compiled,
    basket: &Basket,
    taxes: &mut Vec<TaxSet>,
) -> Result<(Vec<LineFacts>, Vec<Id>), InputError> {
    let (mut deliveries, mut methods) = (Vec::new(), Vec::new());
    if !basket.shipping.is_zero() {
        let id: Id = PLAIN.parse().map_err(|_| Overflow)?;
        let gross = minor(program, basket.shipping)?;
        deliveries.push(delivery(id.clone(), 0, Entered { gross, tax: 0, set: None }));
        methods.push(id);
    }
    for (position, known) in basket.deliveries.iter().enumerate() {
        let id = known.id.clone().map_or_else(|| number(position), Ok)?;
        let tax = known.tax.map(|tax| minor(program, tax)).transpose()?;
        let priced = Priced { gross: minor(program, known.price)?, tax, taxes: &known.taxes };
        let at = |field: &str| format!("basket.deliveries[{position}].{field}");
        methods.push(known.method.clone().unwrap_or_else(|| id.clone()));
        deliveries.push(delivery(id, position, tax::entered(program, priced, at, taxes)?));
    }
    Ok((deliveries, methods))
}

/// The id of a delivery that has none: its number.
fn number(position: usize) -> Result<Id, Overflow> {
    position.saturating_add(1).to_string().parse().map_err(|_| Overflow)
}

fn minor(program: &Compiled, money: Money) -> Result<i64, Overflow> {
    money.0.rescaled(program.currency().digits()).map(Amount::units).ok_or(Overflow)
}

fn delivery(id: Id, position: usize, entered: Entered) -> LineFacts {
    LineFacts {
        id,
        position,
        quantity: Quantity::one(),
        units: None,
        gross: entered.gross,
        tax: entered.tax,
        floor: 0,
        tax_set: entered.set,
        earns: false,
        discountable: true,
    }
}

/// What all deliveries cost before anything.
pub(super) fn total(deliveries: &[LineFacts], digits: u8) -> Result<Money, Overflow> {
    let sum = deliveries.iter().try_fold(0_i64, |sum, delivery| sum.checked_add(delivery.gross));
    Money::of_units(sum.ok_or(Overflow)?, digits)
}

/// The deliveries of a quote, from what is left of each and what was taken off it.
pub(super) fn quoted(
    deliveries: &[LineFacts],
    left: &[i64],
    discounts: Vec<Vec<LineDiscount>>,
    digits: u8,
) -> Result<Vec<QuotedDelivery>, Overflow> {
    let mut quoted = Vec::with_capacity(deliveries.len());
    for ((delivery, left), discounts) in deliveries.iter().zip(left).zip(discounts) {
        quoted.push(QuotedDelivery {
            id: delivery.id.clone(),
            gross: Money::of_units(delivery.gross, digits)?,
            discounts,
            net: Money::of_units(*left, digits)?,
        });
    }
    Ok(quoted)
}
