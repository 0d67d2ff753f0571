//! What a benefit of several parts takes off each unit: a share, an amount, or what is above a price.

use super::{AmountOffEach, Desk, Each, FixedPrice, Given, PercentOff, PricePer};
use crate::check::Check;
use crate::error::Code;
use crate::model::Reduction;
use crate::value::{Money, Overflow, Percent};

/// The one of three words that is given.
pub(super) fn said(
    percent_off: Option<Percent>,
    amount_off: Option<Money>,
    price: Option<Money>,
) -> Option<Reduction> {
    let amount = amount_off.map(Reduction::AmountOff).or(price.map(Reduction::Price));
    percent_off.map(Reduction::PercentOff).or(amount)
}

/// Exactly one of the three words is given, and it makes sense.
pub(super) fn check(
    percent_off: Option<Percent>,
    amount_off: &mut Option<Money>,
    price: &mut Option<Money>,
    check: &mut Check,
) {
    let given = [percent_off.is_some(), amount_off.is_some(), price.is_some()];
    match given.into_iter().filter(|given| *given).count() {
        1 => {}
        0 => {
            check.problem(Code::MissingField, "say what it takes off: `percent_off`, `amount_off` or `price`")
        }
        _ => check.problem(Code::Contradiction, "keep one of `percent_off`, `amount_off` and `price`"),
    }
    if let Some(percent) = percent_off {
        check.at("percent_off", |check| check.percent(percent, 100));
    }
    if let Some(amount) = amount_off {
        check.at("amount_off", |check| check.positive_money(amount));
    }
    if let Some(price) = price {
        check.at("price", |check| check.money(price));
    }
}

/// Takes it off each unit of the portions.
pub(super) fn take(reduction: Reduction, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
    // Only a plain percentage is added to others.
    let given = &Given { adds: false, ..*given };
    match reduction {
        Reduction::PercentOff(percent) => PercentOff(percent).take(given, desk),
        Reduction::AmountOff(amount) => AmountOffEach { amount, per: Each::Unit }.take(given, desk),
        Reduction::Price(price) => FixedPrice { price, per: PricePer::Unit }.take(given, desk),
    }
}
