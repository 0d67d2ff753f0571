//! `gift`: something that is added to the order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::sides::{minor, use_up};
use super::{Beside, Desk, Given};
use crate::check::Check;
use crate::error::Code;
use crate::model::{Arithmetic, Basket, Reason};
use crate::value::{Id, Money, Overflow};

/// `{"gift": {"skus": ["mug"]}}` adds a free mug to the order: a line of its own in the quote, which names the offer.
///
/// Of several articles the one is given that the basket names for the offer (`gifts`), else the first that is not
/// `out_of_stock`. It takes nothing off what is bought, so it stands in lanes that choose `all` or `first` only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FreeGift {
    /// The articles of which one is given: 1 to 100.
    pub skus: Vec<Id>,
    /// How many units of it; 1 where left out.
    #[serde(default = "FreeGift::one")]
    pub units: u32,
    /// For every so much of the offer's lines; once in an order where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_every: Option<ForEvery>,
    /// What a unit would cost: the line is worth that and discounted to nothing. Where left out it is worth nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// The offer, by which a basket names the article.
    #[serde(skip)]
    offer: Option<Id>,
}

/// So many units, or units for so much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForEvery {
    /// How many units of the offer's lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<u32>,
    /// What the offer's lines cost together, as the lane sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

impl FreeGift {
    /// The most articles that a gift may name.
    pub const MAX_SKUS: usize = 100;

    fn one() -> u32 {
        1
    }

    pub(super) fn check(&mut self, check: &mut Check) {
        check.at("skus", |check| {
            check.not_empty(&self.skus);
            if self.skus.len() > FreeGift::MAX_SKUS {
                let message = format!("at most {} articles, found {}", FreeGift::MAX_SKUS, self.skus.len());
                check.problem(Code::TooMany, message);
            }
        });
        check.at("units", |check| check.count(Some(self.units)));
        if let Some(every) = &mut self.for_every {
            check.at("for_every", |check| every.check(check));
        }
        if let Some(price) = &mut self.price {
            check.at("price", |check| check.positive_money(price));
        }
    }

    /// Notes whose gift it is.
    pub(super) fn belongs_to(&mut self, offer: &Id) {
        self.offer = Some(offer.clone());
    }

    /// The article that is given, where one is in stock.
    pub(super) fn chosen(&self, basket: &Basket) -> Option<&Id> {
        let in_stock = |sku: &&Id| !basket.out_of_stock.contains(sku);
        let named = self.offer.as_ref().and_then(|offer| basket.gifts.get(offer));
        let named = named.and_then(|named| self.skus.iter().find(|sku| *sku == named));
        named.filter(in_stock).or_else(|| self.skus.iter().find(in_stock))
    }

    /// How often it is given, and what that is counted by; `desk` has the offer's lines.
    fn times(&self, given: &Given<'_>, desk: &Desk) -> Result<i64, Overflow> {
        let Some(every) = self.for_every else { return Ok(1) };
        Ok(every.actual(given, desk)?.checked_div(every.need(given)).unwrap_or(0))
    }

    pub(super) fn take(&self, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
        let times = self.times(given, desk)?;
        let units = times.checked_mul(self.units.into()).ok_or(Overflow)?;
        let Some(sku) = self.chosen(given.facts.basket).filter(|_| units > 0) else { return Ok(0) };
        let price = self.price.map_or(0, |price| minor(price, given));
        let value = price.checked_mul(units).ok_or(Overflow)?;
        desk.beside = Some(Beside::Gift { sku: sku.clone(), units: units.unsigned_abs(), value });
        if let Some(every) = self.for_every.filter(|_| given.consumes) {
            given.stock(given.lines, desk);
            let need = times.saturating_mul(every.need(given));
            use_up(&desk.stock, need, every.amount.is_some(), &mut desk.parts);
        }
        Ok(0)
    }

    /// What is missing for one gift.
    pub(super) fn refusal(&self, given: &Given<'_>, desk: &Desk) -> Option<Reason> {
        if self.chosen(given.facts.basket).is_none() {
            return Some(Reason::OutOfStock { skus: self.skus.clone() });
        }
        let every = self.for_every?;
        let (required, actual) = (every.need(given), every.actual(given, desk).ok()?);
        if required <= actual {
            return None;
        }
        Some(match every.amount {
            Some(required) => Reason::SpendTooLow { required, actual: given.money(actual).ok()? },
            None => Reason::TooFewUnits { required: required.unsigned_abs(), actual: actual.unsigned_abs() },
        })
    }

    pub(super) fn arithmetic(desk: &Desk) -> Result<Arithmetic, Overflow> {
        match &desk.beside {
            Some(Beside::Gift { sku, units, .. }) => Ok(Arithmetic::Gift { sku: sku.clone(), units: *units }),
            _ => Err(Overflow),
        }
    }
}

impl ForEvery {
    fn check(&mut self, check: &mut Check) {
        check.at("units", |check| check.count(self.units));
        if let Some(amount) = &mut self.amount {
            check.at("amount", |check| check.positive_money(amount));
        }
        match (self.units, self.amount) {
            (None, None) => check.problem(Code::MissingField, "say for how much: `units` or `amount`"),
            (Some(_), Some(_)) => check.problem(Code::Contradiction, "keep one of `units` and `amount`"),
            _ => {}
        }
    }

    /// What each time takes: units, or minor units of money.
    fn need(self, given: &Given<'_>) -> i64 {
        let amount = self.amount.map(|amount| minor(amount, given));
        amount.unwrap_or_else(|| self.units.map_or(i64::MAX, i64::from)).max(1)
    }

    /// How much of that there is.
    fn actual(self, given: &Given<'_>, desk: &Desk) -> Result<i64, Overflow> {
        if self.amount.is_some() {
            return given.total(desk);
        }
        let units = desk.portions.iter().filter_map(|portion| portion.units);
        Ok(units.fold(0_i64, i64::saturating_add))
    }
}
