//! `fixed_price`: what each unit, or all of it together, costs instead.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Desk, Given, Portion};
use crate::check::Check;
use crate::model::Arithmetic;
use crate::value::{Amount, Money, Overflow};

/// `{"fixed_price": {"price": "3000"}}` makes each unit of the matching lines cost 3,000 where it costs more; with
/// `"per": "order"` all of them together, and for delivery what it costs.
///
/// It never makes anything dearer. Weighed goods have no units and are left alone, unless the price is for all together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FixedPrice {
    /// The price; nothing makes it free.
    pub price: Money,
    /// For each unit where left out.
    #[serde(default)]
    pub per: PricePer,
}

/// What a price is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PricePer {
    /// One unit; for delivery each way of it.
    #[default]
    Unit,
    /// Everything that matches together.
    Order,
}

impl FixedPrice {
    pub(super) fn check(&mut self, check: &mut Check) {
        check.at("price", |check| check.money(&mut self.price));
    }

    /// How many prices a portion costs; nothing where it has none.
    fn times(given: &Given<'_>, portion: &Portion) -> Option<i64> {
        let delivery = portion.line >= given.facts.lines.len();
        portion.units.or(delivery.then_some(1))
    }

    pub(super) fn take(self, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
        let price = self.price.0.rescaled(given.terms.digits).map(Amount::units).ok_or(Overflow)?;
        if self.per == PricePer::Order {
            let discount = given.total(desk)?.saturating_sub(price).max(0);
            return Ok(given.spread(discount, desk));
        }
        let Desk { portions, parts, .. } = desk;
        let mut sum = 0_i64;
        for portion in portions {
            let Some(times) = FixedPrice::times(given, portion) else { continue };
            let wanted = given.worth(portion).saturating_sub(price.saturating_mul(times));
            sum = sum.checked_add(given.put(portion, wanted, parts)).ok_or(Overflow)?;
        }
        Ok(sum)
    }

    pub(super) fn arithmetic(self, given: &Given<'_>, desk: &Desk) -> Result<Arithmetic, Overflow> {
        let price = self.price;
        if self.per == PricePer::Order {
            return Ok(Arithmetic::FixedPrice { price, times: 1, of: given.money(given.total(desk)?)? });
        }
        let (mut all, mut of) = (0_i64, 0_i64);
        for portion in &desk.portions {
            all = all.saturating_add(FixedPrice::times(given, portion).unwrap_or(0));
            of = of.checked_add(given.worth(portion)).ok_or(Overflow)?;
        }
        let (times, of) = (all.unsigned_abs(), given.money(of)?);
        Ok(Arithmetic::FixedPrice { price, times, of })
    }
}
