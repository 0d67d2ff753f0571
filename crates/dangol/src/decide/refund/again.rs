//! What is kept of an order, quoted once more with the order's own program, member, codes and instant.

use std::borrow::Cow;

use crate::error::{Code, InputError};
use crate::model::{AskedRules, Basket, LostGifts, Order, Quote, QuotedLine, share};
use crate::program::{Program, digest};
use crate::value::{Id, Money, Overflow, Quantity};

/// The rules of an order, to be asked again.
pub(super) struct Rules<'a> {
    program: Cow<'a, Program>,
    order: &'a Order,
    asked: &'a AskedRules,
}

impl<'a> Rules<'a> {
    /// Those of that order; nothing where its returns ask none.
    pub(super) fn of(program: &'a Program, order: &'a Order) -> Result<Option<Rules<'a>>, InputError> {
        let Some(asked) = &order.quote.rules else { return Ok(None) };
        Ok(Some(Rules { program: deciding(program, order, asked)?, order, asked }))
    }

    /// The quote of what is kept; nothing where nothing is.
    pub(super) fn quote(&self, returned: &dyn Fn(&Id) -> Quantity) -> Result<Option<Quote>, InputError> {
        let basket = kept(&self.program, self.order, &self.asked.basket, returned)?;
        if basket.lines.is_empty() {
            return Ok(None);
        }
        self.program.quote(&self.asked.member, &basket, self.order.quote.at).map(Some)
    }
}

/// The program that decided the order: the one at hand, or the one that the order carries.
fn deciding<'a>(
    program: &'a Program,
    order: &Order,
    asked: &AskedRules,
) -> Result<Cow<'a, Program>, InputError> {
    let path = "order.quote.rules.program";
    let wanted = &order.quote.program.hash;
    if program.hash() == wanted {
        return Ok(Cow::Borrowed(program));
    }
    // The text is proved, and not what a later release would write for it.
    let hash = digest(&asked.program, 16);
    if *wanted != hash.as_str() {
        let message = format!("has the hash `{hash}`, but the order was decided by `{wanted}`");
        return Err(InputError::new(Code::WrongHash, path, message));
    }
    let carried = Program::from_json(&asked.program);
    carried.map(Cow::Owned).map_err(|error| InputError::new(Code::InvalidValue, path, error.to_string()))
}

/// The basket without what is back, and without points: these paid for the order as it was. What is kept of a line costs its
/// part of the line, so that no rounding of prices is taken for a discount that is lost.
fn kept(
    program: &Program,
    order: &Order,
    basket: &Basket,
    returned: &dyn Fn(&Id) -> Quantity,
) -> Result<Basket, Overflow> {
    let (file, digits) = (program.file(), program.compiled().currency().digits());
    let mut kept = basket.clone();
    kept.points.clear();
    let mut lines = Vec::with_capacity(kept.lines.len());
    for (mut line, quoted) in kept.lines.into_iter().zip(&order.quote.lines) {
        let back = returned(&quoted.id);
        let left = quoted.quantity.minus(back)?;
        if left.is_zero() {
            continue;
        }
        let of = quoted.quantity;
        let rest = |amount: Money| amount.minus(share(amount, back, of)?);
        line.id = Some(quoted.id.clone());
        line.quantity = left;
        if let (None, Some(price)) = (line.gross, line.price) {
            line.gross = Some(price.gross(of, file.line_rounding, digits)?);
        }
        line.gross = line.gross.map(rest).transpose()?;
        line.tax = line.tax.map(rest).transpose()?;
        lines.push(line);
    }
    kept.lines = lines;
    Ok(kept)
}

/// A gift that is kept though its offer would not apply.
#[derive(Clone, Debug)]
pub(super) struct LostGift<'a> {
    pub(super) line: &'a QuotedLine,
    pub(super) quantity: Quantity,
    pub(super) value: Money,
}

/// The gifts that the quote of what is kept would not give, and that are not back, where the program minds.
pub(super) fn lost_gifts<'a>(
    order: &'a Order,
    requoted: Option<&Quote>,
    returned: &dyn Fn(&Id) -> Quantity,
) -> Result<Vec<LostGift<'a>>, Overflow> {
    let mut lost = Vec::new();
    if order.quote.returns.gifts == LostGifts::Keep {
        return Ok(lost);
    }
    for line in order.quote.lines.iter().filter(|line| line.gift.is_some()) {
        let given = requoted.and_then(|kept| kept.lines.iter().find(|known| known.id == line.id));
        let given = given.map_or(Quantity::ZERO, |given| given.quantity);
        let quantity = line.quantity.minus(returned(&line.id))?.minus(given)?;
        if quantity > Quantity::ZERO {
            lost.push(LostGift { line, quantity, value: share(line.gross, quantity, line.quantity)? });
        }
    }
    Ok(lost)
}
