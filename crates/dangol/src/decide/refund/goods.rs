//! Which goods come back: what was asked, held against what the order has left.

use std::collections::BTreeMap;

use crate::error::{Code, InputError, suggestion};
use crate::model::{Charge, GoodsBack, Order, QuotedLine, Returned};
use crate::value::{Id, Overflow, Quantity};

use super::sums::{Charged, Touched};

/// What a return changes about an order.
#[derive(Debug)]
pub(super) struct Goods<'a> {
    pub(super) touched: Vec<Touched<'a>>,
    pub(super) charged: Vec<Charged>,
}

/// What comes back by that; nothing where nothing is left to come back.
pub(super) fn goods<'a>(order: &'a Order, asked: &Returned) -> Result<Option<Goods<'a>>, InputError> {
    match asked {
        Returned::Goods(goods) => some(order, goods).map(Some),
        Returned::Cancel | Returned::Void => all(order),
        Returned::Reopen => reopened(order),
    }
}

fn some<'a>(order: &'a Order, asked: &GoodsBack) -> Result<Goods<'a>, InputError> {
    if asked.lines.is_empty() && !asked.shipping && !asked.fees {
        let message = "expected `lines`, `shipping` or `fees`";
        return Err(InputError::new(Code::Empty, "returned.goods", message));
    }
    let lines = &order.quote.lines;
    // A few lines are found faster without a map.
    let map: BTreeMap<&Id, &QuotedLine> = if asked.lines.len() > 8 {
        lines.iter().map(|line| (&line.id, line)).collect()
    } else {
        BTreeMap::new()
    };
    // A line has its number for a name where the basket gave it none.
    let numbered =
        |id: &Id| id.as_str().parse::<usize>().ok().and_then(|number| lines.get(number.checked_sub(1)?));
    let find = |id: &Id| {
        let known = map.get(id).copied().or_else(|| numbered(id).filter(|line| line.id == *id));
        known.or_else(|| lines.iter().find(|line| line.id == *id))
    };
    let mut touched = Vec::with_capacity(asked.lines.len());
    for (id, quantity) in &asked.lines {
        let path = || format!("returned.goods.lines.{id}");
        let Some(line) = find(id) else {
            let near = suggestion(id.as_str(), lines.iter().map(|line| line.id.as_str()));
            return Err(InputError::new(
                Code::UnknownName,
                path(),
                format!("no such line in the order: `{id}`{near}"),
            ));
        };
        touched.push(
            more(order, line, *quantity).map_err(|(code, message)| InputError::new(code, path(), message))?,
        );
    }
    let mut charged = Vec::new();
    for charge in Charge::ALL.into_iter().filter(|charge| asked.has(*charge)) {
        let path = format!("returned.goods.{}", charge.name());
        let error = |message: &str| InputError::new(Code::OutOfRange, path.as_str(), message);
        if order.back.has(charge) {
            return Err(error("was refunded before"));
        }
        if order.quote.charge(charge).is_zero() {
            return Err(error("the order was charged nothing for it"));
        }
        charged.push(Charged { charge, back: true });
    }
    Ok(Goods { touched, charged })
}

/// So much more of a line.
fn more<'a>(order: &Order, line: &'a QuotedLine, quantity: Quantity) -> Result<Touched<'a>, (Code, String)> {
    let overflow = |Overflow: Overflow| (Code::Overflow, Overflow.to_string());
    if quantity <= Quantity::ZERO {
        return Err((Code::OutOfRange, format!("must be more than nothing, found `{quantity}`")));
    }
    let before = order.back.of(&line.id);
    let left = line.quantity.minus(before).map_err(overflow)?;
    if quantity > left {
        let message = format!("{left} of {} is left to come back, found `{quantity}`", line.quantity);
        return Err((Code::OutOfRange, message));
    }
    let is_whole = |quantity: Quantity| quantity.0.rescaled(0).is_some();
    if is_whole(line.quantity) && !is_whole(quantity) {
        let message = format!("{} was sold in whole units, found `{quantity}`", line.sku);
        return Err((Code::OutOfRange, message));
    }
    if quantity.0.digits() > 3 && quantity.0.rescaled(3).is_none() {
        return Err((Code::TooManyDigits, format!("at most 3 digits after the point, found `{quantity}`")));
    }
    // As the order writes it once it is whole.
    let after = before.plus(quantity).map_err(overflow)?;
    Ok(Touched { line, before, after: if after == line.quantity { line.quantity } else { after } })
}

fn all(order: &Order) -> Result<Option<Goods<'_>>, InputError> {
    let mut touched = Vec::new();
    for line in &order.quote.lines {
        let before = order.back.of(&line.id);
        if before != line.quantity {
            touched.push(Touched { line, before, after: line.quantity });
        }
    }
    let left = |charge: &Charge| !order.back.has(*charge) && !order.quote.charge(*charge).is_zero();
    let charged: Vec<_> = charges(left, true);
    let nothing = touched.is_empty() && charged.is_empty();
    Ok((!nothing).then_some(Goods { touched, charged }))
}

/// What the latest return gave back goes to the customer again.
fn reopened(order: &Order) -> Result<Option<Goods<'_>>, InputError> {
    let Some(latest) = order.latest_return() else { return Ok(None) };
    let mut touched = Vec::with_capacity(latest.lines.len());
    for gone in &latest.lines {
        let Some(line) = order.quote.lines.iter().find(|line| line.id == gone.id) else { continue };
        let before = gone.returned.minus(gone.quantity)?;
        touched.push(Touched { line, before: gone.returned, after: before });
    }
    let others = |charge: Charge| {
        let standing = order.returns.iter().filter(|known| known.stands());
        standing.filter(|known| known.operation != latest.operation).any(|known| known.gives(charge))
    };
    let gone =
        |charge: &Charge| latest.gives(*charge) && !order.quote.charge(*charge).is_zero() && !others(*charge);
    Ok(Some(Goods { touched, charged: charges(gone, false) }))
}

/// The charges that are refunded from now on, or no longer.
fn charges(which: impl Fn(&Charge) -> bool, back: bool) -> Vec<Charged> {
    Charge::ALL.into_iter().filter(which).map(|charge| Charged { charge, back }).collect()
}
