//! What is charged for delivery, as lines that offers can touch.

use crate::error::InputError;
use crate::model::{Basket, LineDiscount, QuotedDelivery};
use crate::program::Compiled;
use crate::rule::LineFacts;
use crate::value::{Amount, Id, Money, Overflow, Quantity};

/// The name of what a basket charges as `shipping`.
const PLAIN: &str = "shipping";

/// What the basket charges for delivery, and the method of each; nothing where it charges nothing.
///
/// `extras::charges` has refused what makes no sense.
pub(super) fn deliveries(
    program: &Compiled,
    basket: &Basket,
) -> Result<(Vec<LineFacts>, Vec<Id>), InputError> {
    let (mut deliveries, mut methods) = (Vec::new(), Vec::new());
    if !basket.shipping.is_zero() {
        let id: Id = PLAIN.parse().map_err(|_| Overflow)?;
        deliveries.push(delivery(program, id.clone(), 0, basket.shipping, Money::ZERO)?);
        methods.push(id);
    }
    for (position, known) in basket.deliveries.iter().enumerate() {
        let id = known.id.clone().map_or_else(|| number(position), Ok)?;
        let tax = known.tax.unwrap_or(Money::ZERO);
        methods.push(known.method.clone().unwrap_or_else(|| id.clone()));
        deliveries.push(delivery(program, id, position, known.price, tax)?);
    }
    Ok((deliveries, methods))
}

/// The id of a delivery that has none: its number.
fn number(position: usize) -> Result<Id, Overflow> {
    position.saturating_add(1).to_string().parse().map_err(|_| Overflow)
}

fn delivery(
    program: &Compiled,
    id: Id,
    position: usize,
    price: Money,
    tax: Money,
) -> Result<LineFacts, Overflow> {
    let minor =
        |money: Money| money.0.rescaled(program.currency().digits()).map(Amount::units).ok_or(Overflow);
    Ok(LineFacts {
        id,
        position,
        quantity: Quantity::one(),
        units: None,
        gross: minor(price)?,
        tax: minor(tax)?,
        floor: 0,
        tax_set: None,
        earns: false,
        discountable: true,
    })
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
