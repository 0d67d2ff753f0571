//! Articles that offers add to an order.

use crate::error::{Code, InputError, suggestion};
use crate::model::{Basket, LineDiscount, QuotedLine};
use crate::program::Compiled;
use crate::rule::{Benefit, Beside, Desk, Facts};
use crate::value::{Amount, Id, Money, Overflow, Quantity};

/// An article that an offer adds.
#[derive(Clone, Debug)]
pub(super) struct Present {
    offer: Id,
    sku: Id,
    units: i64,
    value: Money,
}

impl Present {
    /// What an offer adds that the desk has.
    pub(super) fn of(offer: &Id, desk: &Desk, digits: u8) -> Result<Option<Present>, Overflow> {
        let Some(Beside::Gift { sku, units, value }) = &desk.beside else { return Ok(None) };
        let units = i64::try_from(*units).map_err(|_| Overflow)?;
        let value = Money::of_units(*value, digits)?;
        Ok(Some(Present { offer: offer.clone(), sku: sku.clone(), units, value }))
    }

    /// What it would cost.
    pub(super) fn value(&self) -> Money {
        self.value
    }

    pub(super) fn units(&self) -> u64 {
        self.units.unsigned_abs()
    }
}

/// What the gifts would cost together.
pub(super) fn value(gifts: &[Present]) -> Result<Money, Overflow> {
    Money::sum(gifts.iter().map(|gift| gift.value))
}

/// What a basket says about gifts must be about gifts of the program.
pub(super) fn check(program: &Compiled, basket: &Basket) -> Result<(), InputError> {
    let count = basket.out_of_stock.len();
    if count > Basket::MAX_OUT_OF_STOCK {
        let message = format!("at most {} articles, found {count}", Basket::MAX_OUT_OF_STOCK);
        return Err(InputError::new(Code::TooMany, "basket.out_of_stock", message));
    }
    for (id, sku) in &basket.gifts {
        let error = |code, message| Err(InputError::new(code, format!("basket.gifts.{id}"), message));
        let gifts = program.file.offers.iter().filter_map(|offer| match &offer.benefit {
            Benefit::Gift(gift) => Some((&offer.id, gift)),
            _ => None,
        });
        let Some((_, gift)) = gifts.clone().find(|(offer, _)| *offer == id) else {
            let near = suggestion(id.as_str(), gifts.map(|(offer, _)| offer.as_str()));
            return error(Code::UnknownName, format!("no offer gives gifts under this name: `{id}`{near}"));
        };
        if !gift.skus.contains(sku) {
            let near = suggestion(sku.as_str(), gift.skus.iter().map(Id::as_str));
            return error(Code::UnknownName, format!("not one of the offer's gifts: `{sku}`{near}"));
        }
    }
    Ok(())
}

/// The lines of the gifts, named after offer and article.
pub(super) fn lines(
    gifts: Vec<Present>,
    facts: &Facts<'_>,
    digits: u8,
) -> Result<Vec<QuotedLine>, InputError> {
    let mut lines = Vec::with_capacity(gifts.len());
    for Present { offer, sku, units, value } in gifts {
        let id = offer.part(&sku);
        if let Some(line) = facts.lines.iter().find(|line| line.id == id) {
            let path = format!("basket.lines[{}].id", line.position);
            let message = format!("`{id}` is the name of a gift's line: name this line otherwise");
            return Err(InputError::new(Code::DuplicateId, path, message));
        }
        let nothing = Money::of_units(0, digits)?;
        let discount = LineDiscount { offer: offer.clone(), amount: value };
        lines.push(QuotedLine {
            id,
            sku,
            quantity: Quantity(Amount::new(units, 0).map_err(|_| Overflow)?),
            gross: value,
            discounts: if value.is_zero() { Vec::new() } else { vec![discount] },
            net: nothing,
            paid_with_points: nothing,
            gift: Some(offer),
            taxes: Vec::new(),
            worth: None,
        });
    }
    Ok(lines)
}
