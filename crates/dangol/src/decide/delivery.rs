//! What is charged for delivery, as lines that offers can touch.

use crate::error::{Code, InputError};
use crate::model::{Basket, LineDiscount, QuotedDelivery};
use crate::program::Compiled;
use crate::rule::{Facts, LineFacts, TaxSet};
use crate::value::{Amount, Id, Money, Overflow, Quantity};

use super::extras::minor;
use super::resolve::not_negative;
use super::tax::{self, Entered, Priced};

/// The name of what a basket charges as `shipping`.
const PLAIN: &str = "shipping";

/// What the basket charges for delivery; nothing where it charges nothing.
pub(super) fn deliveries(
    program: &Compiled,
    basket: &Basket,
    taxes: &mut Vec<TaxSet>,
) -> Result<Vec<LineFacts>, InputError> {
    if !basket.deliveries.is_empty() {
        return several(program, basket, taxes);
    }
    if basket.shipping == Money::ZERO {
        return Ok(Vec::new());
    }
    let currency = program.currency();
    let error = |(code, message)| InputError::new(code, "basket.shipping", message);
    let gross = not_negative(basket.shipping.0, currency.digits(), currency.code()).map_err(error)?;
    let id: Id = PLAIN.parse().map_err(|_| Overflow)?;
    Ok(vec![delivery(id, 0, Entered { gross: Amount::units(gross), tax: 0, set: None })])
}

fn delivery(id: Id, position: usize, entered: Entered) -> LineFacts {
    let Entered { gross, tax, set: tax_set } = entered;
    let (quantity, units, floor) = (Quantity::one(), None, 0);
    LineFacts { id, position, quantity, units, gross, tax, floor, tax_set, earns: false, discountable: true }
}

/// The deliveries that a basket is split into, by id.
fn several(
    program: &Compiled,
    basket: &Basket,
    taxes: &mut Vec<TaxSet>,
) -> Result<Vec<LineFacts>, InputError> {
    let path = "basket.deliveries";
    if !basket.shipping.is_zero() {
        let message = "give what delivery costs in `shipping` or in `deliveries`, not in both";
        return Err(InputError::new(Code::Contradiction, path, message));
    }
    let count = basket.deliveries.len();
    if count > Basket::MAX_DELIVERIES {
        let message = format!("at most {} deliveries, found {count}", Basket::MAX_DELIVERIES);
        return Err(InputError::new(Code::TooMany, path, message));
    }
    let mut found = Vec::with_capacity(count);
    for (position, known) in basket.deliveries.iter().enumerate() {
        let at = |field: &str| format!("{path}[{position}].{field}");
        let price = minor(program, known.price, || at("price"))?;
        let tax = known.tax.map(|tax| minor(program, tax, || at("tax"))).transpose()?;
        if tax.is_some_and(|tax| tax > price) {
            let message = format!("a delivery of {} cannot contain more tax than that", known.price);
            return Err(InputError::new(Code::OutOfRange, at("tax"), message));
        }
        let id = known.id.clone().unwrap_or_else(|| Id::number(position.saturating_add(1)));
        let priced = Priced { gross: price, tax, taxes: &known.taxes };
        found.push(delivery(id, position, tax::entered(program, priced, at, taxes)?));
    }
    found.sort_by(|a, b| a.id.cmp(&b.id).then(a.position.cmp(&b.position)));
    if let Some([_, twice]) = found.array_windows().find(|[a, b]| a.id == b.id) {
        let message = format!("delivery `{}` is there twice", twice.id);
        return Err(InputError::new(Code::DuplicateId, format!("{path}[{}].id", twice.position), message));
    }
    Ok(found)
}

/// The deliveries of a quote, from what is left of each and what was taken off it.
pub(super) fn quoted(
    facts: &Facts<'_>,
    left: &[i64],
    discounts: Vec<Vec<LineDiscount>>,
    digits: u8,
) -> Result<Vec<QuotedDelivery>, Overflow> {
    let mut quoted = Vec::with_capacity(facts.deliveries.len());
    for ((delivery, left), discounts) in facts.deliveries.iter().zip(left).zip(discounts) {
        quoted.push(QuotedDelivery {
            id: delivery.id.clone(),
            gross: Money::of_units(delivery.gross, digits)?,
            discounts,
            net: Money::of_units(*left, digits)?,
            taxes: facts.tax_rates(delivery),
        });
    }
    Ok(quoted)
}
