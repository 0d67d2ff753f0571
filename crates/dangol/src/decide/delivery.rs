//! What is charged for delivery, as lines that offers can touch.

use crate::error::InputError;
use crate::model::{Basket, LineDiscount, QuotedDelivery};
use crate::program::Compiled;
use crate::rule::LineFacts;
use crate::value::{Amount, Id, Money, Overflow, Quantity};

use super::resolve::not_negative;

/// The name of what a basket charges as `shipping`.
const PLAIN: &str = "shipping";

/// What the basket charges for delivery; nothing where it charges nothing.
pub(super) fn deliveries(program: &Compiled, basket: &Basket) -> Result<Vec<LineFacts>, InputError> {
    if basket.shipping == Money::ZERO {
        return Ok(Vec::new());
    }
    let currency = program.currency();
    let error = |(code, message)| InputError::new(code, "basket.shipping", message);
    let gross = not_negative(basket.shipping.0, currency.digits(), currency.code()).map_err(error)?;
    let id: Id = PLAIN.parse().map_err(|_| Overflow)?;
    Ok(vec![LineFacts {
        id,
        position: 0,
        quantity: Quantity::one(),
        units: None,
        gross: Amount::units(gross),
        tax: 0,
        floor: 0,
        tax_set: None,
        earns: false,
        discountable: true,
    }])
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
