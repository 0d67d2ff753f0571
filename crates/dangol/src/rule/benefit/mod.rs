//! Benefits: what an offer takes off.

mod amount_off;
mod amount_off_each;
mod beside;
mod bonus_points;
mod bundle_price;
mod bundles;
mod buy_get;
mod desk;
mod fitting;
mod fixed_price;
mod floor;
mod gift;
mod given;
mod graduated;
mod loss;
mod percent_off;
mod prices;
mod reduction;
mod rest;
mod sides;
mod slack;
mod tiered;

pub use amount_off::AmountOff;
pub use amount_off_each::{AmountOffEach, Each};
pub use bonus_points::{BonusPoints, MultiplyPoints};
pub use bundle_price::{BundlePart, BundlePrice};
pub use buy_get::{Bought, BuyGet, Got};
pub use fixed_price::{FixedPrice, PricePer};
pub use gift::{ForEvery, FreeGift};
pub use percent_off::PercentOff;
pub use tiered::{Tiered, TieredBy, TieredStep};

pub(crate) use beside::Beside;
pub(crate) use desk::{Desk, Kept};
pub(crate) use fitting::misfits;
pub(crate) use given::Given;
pub(crate) use prices::Prices;
pub(crate) use rest::Rest;

use given::Portion;
use rest::Part;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CountPer, Selector, Terms, UnitChoice};
use crate::check::Check;
use crate::model::{Arithmetic, Reason};
use crate::value::{DiscountPlace, Id, Overflow, SplitWeights};

/// What an offer takes off: one word and what it needs, as in `{"percent_off": "10"}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is documented at its own type")]
pub enum Benefit {
    PercentOff(PercentOff),
    AmountOff(AmountOff),
    AmountOffEach(AmountOffEach),
    FixedPrice(FixedPrice),
    BuyGet(Box<BuyGet>),
    BundlePrice(BundlePrice),
    Tiered(Tiered),
    Gift(FreeGift),
    BonusPoints(BonusPoints),
    MultiplyPoints(MultiplyPoints),
}

impl Benefit {
    pub(crate) fn check(&mut self, check: &mut Check) {
        match self {
            Benefit::PercentOff(kind) => check.at("percent_off", |check| kind.check(check)),
            Benefit::AmountOff(kind) => check.at("amount_off", |check| kind.check(check)),
            Benefit::AmountOffEach(kind) => check.at("amount_off_each", |check| kind.check(check)),
            Benefit::FixedPrice(kind) => check.at("fixed_price", |check| kind.check(check)),
            Benefit::BuyGet(kind) => check.at("buy_get", |check| kind.check(check)),
            Benefit::BundlePrice(kind) => check.at("bundle_price", |check| kind.check(check)),
            Benefit::Tiered(kind) => check.at("tiered", |check| kind.check(check)),
            Benefit::Gift(kind) => check.at("gift", |check| kind.check(check)),
            Benefit::BonusPoints(kind) => check.at("bonus_points", |check| kind.check(check)),
            Benefit::MultiplyPoints(kind) => check.at("multiply_points", |check| kind.check(check)),
        }
    }

    /// The selectors of the lines that it looks at within the offer's, where it has several sides.
    pub(crate) fn sides(&self) -> Option<Vec<Option<&Selector>>> {
        match self {
            Benefit::BuyGet(kind) => Some(kind.selectors().into()),
            Benefit::BundlePrice(kind) => Some(kind.of.iter().map(|part| part.lines.as_ref()).collect()),
            _ => None,
        }
    }

    /// Notes whose benefit it is.
    pub(crate) fn belongs_to(&mut self, offer: &Id) {
        if let Benefit::Gift(kind) = self {
            kind.belongs_to(offer);
        }
    }

    /// What is missing for the benefit to have an effect at all.
    pub(crate) fn refusal(
        &self,
        given: &Given<'_>,
        units: Option<UnitChoice>,
        desk: &mut Desk,
    ) -> Option<Reason> {
        if let Some(reason) = units.and_then(|choice| too_few(choice, given, desk)) {
            return Some(reason);
        }
        match self {
            Benefit::BuyGet(kind) => kind.refusal(given, desk),
            Benefit::BundlePrice(kind) => kind.refusal(given, desk),
            Benefit::Tiered(kind) => {
                given.portions(units, desk);
                kind.refusal(given, desk)
            }
            Benefit::Gift(kind) => {
                given.portions(None, desk);
                kind.refusal(given, desk)
            }
            _ => None,
        }
    }

    /// What is taken off each line, never more than there is room for, and the sum, which is returned.
    ///
    /// `most` is the most that the offer takes in all.
    pub(crate) fn take(
        &self,
        given: &Given<'_>,
        units: Option<UnitChoice>,
        most: Option<i64>,
        desk: &mut Desk,
    ) -> Result<i64, Overflow> {
        desk.parts.clear();
        desk.beside = None;
        if units.is_none() && self.takes_wholes(given.terms) {
            given.wholes(desk);
        } else {
            given.portions(units, desk);
        }
        let sum = match self {
            Benefit::PercentOff(kind) => kind.take(given, desk)?,
            Benefit::AmountOff(kind) => kind.take(given, desk)?,
            Benefit::AmountOffEach(kind) => kind.take(given, desk)?,
            Benefit::FixedPrice(kind) => kind.take(given, desk)?,
            Benefit::BuyGet(kind) => kind.take(given, desk)?,
            Benefit::BundlePrice(kind) => kind.take(given, desk)?,
            Benefit::Tiered(kind) => kind.take(given, desk)?,
            Benefit::Gift(kind) => kind.take(given, desk)?,
            Benefit::BonusPoints(_) | Benefit::MultiplyPoints(_) => {
                desk.beside = Some(Beside::Points);
                0
            }
        };
        debug_assert!(self.worth(given, units, None).is_none_or(|worth| worth == sum));
        let most = most.filter(|most| *most < sum);
        desk.uncut = if most.is_some() { sum } else { 0 };
        Ok(most.map_or(sum, |most| given.cut(most, desk)))
    }

    /// The sum that `take` would return, where that is known without the parts.
    pub(crate) fn worth(
        &self,
        given: &Given<'_>,
        units: Option<UnitChoice>,
        most: Option<i64>,
    ) -> Option<i64> {
        if units.is_some() || !self.takes_wholes(given.terms) {
            return None;
        }
        let sum = match self {
            Benefit::PercentOff(kind) => kind.worth(given)?,
            Benefit::AmountOff(kind) => kind.worth(given)?,
            _ => return None,
        };
        Some(most.map_or(sum, |most| sum.min(most)))
    }

    /// The arithmetic behind the last `take`.
    pub(crate) fn arithmetic(&self, given: &Given<'_>, desk: &Desk) -> Result<Arithmetic, Overflow> {
        match self {
            Benefit::PercentOff(kind) => kind.arithmetic(given, desk),
            Benefit::AmountOff(kind) => kind.arithmetic(given, desk),
            Benefit::AmountOffEach(kind) => kind.arithmetic(given, desk),
            Benefit::FixedPrice(kind) => kind.arithmetic(given, desk),
            Benefit::BuyGet(kind) => kind.arithmetic(given, desk),
            Benefit::BundlePrice(kind) => kind.arithmetic(given, desk),
            Benefit::Tiered(kind) => kind.arithmetic(given, desk),
            Benefit::Gift(_) => FreeGift::arithmetic(desk),
            Benefit::BonusPoints(_) => Ok(Arithmetic::Points),
            Benefit::MultiplyPoints(kind) => Ok(Arithmetic::Factor { factor: kind.factor }),
        }
    }

    /// The most that it can take off once other offers have taken theirs, when it takes off so much alone.
    ///
    /// A share of less is less, and an amount is capped by less. Where units are chosen it may be the turn of dearer ones,
    /// or of others that have more room; of several steps it may be the turn of a better one.
    pub(crate) fn bound(
        &self,
        given: &Given<'_>,
        units: Option<UnitChoice>,
        alone: i64,
        desk: &mut Desk,
    ) -> Result<i64, Overflow> {
        let chooses = units.is_some() || self.picks_units() || matches!(self, Benefit::Tiered(_));
        if chooses && let Some(room) = given.scarce_room(desk) {
            return Ok(room);
        }
        let dearest = units.map(|choice| choice.dearest(given.unit_count(desk)));
        let sum = match self {
            Benefit::BuyGet(kind) => kind.bound(given, desk)?,
            Benefit::BundlePrice(kind) => {
                desk.parts.clear();
                kind.bound(given, desk)?
            }
            Benefit::Tiered(kind) => {
                given.portions(dearest, desk);
                kind.bound(given, desk)?
            }
            Benefit::PercentOff(_) if units.is_none() && given.rounds_apart() => alone,
            _ if units.is_none() => return Ok(alone),
            _ => self.take(given, dearest, None, desk)?,
        };
        Ok(sum.max(alone).saturating_add(given.slack(desk)))
    }

    /// Whether what `refusal` says to be missing is all that is missing.
    pub(crate) fn lacks_one_thing(&self, given: &Given<'_>) -> bool {
        match self {
            Benefit::BuyGet(kind) => kind.get.lines.is_none() && kind.buy.amount.is_none(),
            Benefit::BundlePrice(kind) => kind.of.len() == 1,
            Benefit::Gift(kind) => kind.chosen(given.facts.basket).is_some(),
            _ => true,
        }
    }

    /// Whether it takes lines as wholes, however many units they have.
    fn takes_wholes(&self, terms: Terms) -> bool {
        match self {
            Benefit::PercentOff(_) => {
                terms.place != DiscountPlace::Unit && terms.split.weights == SplitWeights::Left
            }
            Benefit::AmountOff(_) => terms.split.weights == SplitWeights::Left,
            _ => false,
        }
    }

    /// Whether it takes money off what is bought.
    pub(crate) fn takes_money(&self) -> bool {
        !matches!(self, Benefit::Gift(_) | Benefit::BonusPoints(_) | Benefit::MultiplyPoints(_))
    }

    /// Whether it makes points.
    pub(crate) fn grants_points(&self) -> bool {
        matches!(self, Benefit::BonusPoints(_) | Benefit::MultiplyPoints(_))
    }

    /// Whether it chooses units itself.
    pub(crate) fn picks_units(&self) -> bool {
        matches!(self, Benefit::BuyGet(_) | Benefit::BundlePrice(_))
    }

    /// Whether it is for all that matches together.
    pub(crate) fn is_for_order(&self) -> bool {
        match self {
            Benefit::AmountOff(_) | Benefit::BuyGet(_) | Benefit::BundlePrice(_) | Benefit::Tiered(_) => true,
            Benefit::FixedPrice(kind) => kind.per == PricePer::Order,
            _ => false,
        }
    }

    /// Whether it works on each unit by itself.
    pub(crate) fn is_per_unit(&self) -> bool {
        match self {
            Benefit::AmountOffEach(kind) => kind.per == Each::Unit,
            Benefit::FixedPrice(kind) => kind.per == PricePer::Unit,
            _ => self.picks_units(),
        }
    }
}

/// Why a choice of units finds none to touch.
fn too_few(choice: UnitChoice, given: &Given<'_>, desk: &mut Desk) -> Option<Reason> {
    given.stock(given.lines, desk);
    let count = |units: i64| units.unsigned_abs();
    let actual = match choice.per {
        CountPer::Order => desk.stock.iter().fold(0_u64, |sum, stock| sum.saturating_add(count(stock.units))),
        CountPer::Line => desk.stock.iter().map(|stock| count(stock.units)).max().unwrap_or(0),
    };
    let required = choice.least();
    (choice.touched(actual) == 0).then_some(Reason::TooFewUnits { required, actual })
}
