//! `buy_get`: who buys so much gets other units for less.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::sides::{Sides, minor};
use super::{Desk, Given, reduction};
use crate::check::Check;
use crate::error::Code;
use crate::model::{Arithmetic, Reason, Reduction};
use crate::rule::{Choice, Selector};
use crate::value::{Money, Overflow, Percent};

/// `{"buy_get": {"buy": {"units": 2}, "get": {"units": 1}, "percent_off": "100"}}` is 2+1: of every three matching units
/// the cheapest is free.
///
/// What is bought and what is got can be different lines, and what is bought can be an amount:
/// `{"buy": {"amount": "30000"}, "get": {"lines": {"skus": ["mug"]}, "units": 1}, "price": "1000"}`. A unit may be the one or
/// the other, never both; which it is does not depend on the order of the basket. Units are got in the order of `choose`,
/// as long as enough others are left to buy, and of several ways to repeat the offer the one counts that takes the most
/// off. Only lines of the offer count, weighed goods only with their amount, and units that are free already not at all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BuyGet {
    /// What must be bought.
    pub buy: Bought,
    /// What is got for less.
    pub get: Got,
    /// The share that is taken off each unit that is got; `"100"` makes it free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent_off: Option<Percent>,
    /// The amount that is taken off each unit that is got, at most what it costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_off: Option<Money>,
    /// What each unit that is got costs, where it costs more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// How often it is repeated at most in one order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most_times: Option<u32>,
    /// The most units that are got in one order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most_units: Option<u32>,
    /// Whether fewer units than `get` names are got where there are no more: 14 of 3+2 give 5, and 4 of 1+5 give 3. Where
    /// left out only full groups count: 5 of 2+1 give 1, and 3 of 2+2 nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
}

/// What must be bought: so many units, or units for so much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bought {
    /// Which lines of the offer count; all where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Selector>,
    /// How many units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<u32>,
    /// What they cost together, as the lane sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

/// What is got for less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Got {
    /// Which lines of the offer; those that can be bought where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Selector>,
    /// How many units each time.
    pub units: u32,
    /// Which units come first; the cheapest where left out.
    #[serde(default)]
    pub choose: Choice,
}

/// How many ways to repeat an offer are compared where more often is not always better.
const MAX_TRIES: i64 = 100;

impl BuyGet {
    pub(super) fn check(&mut self, check: &mut Check) {
        check.at("buy", |check| self.buy.check(check));
        check.at("get", |check| {
            if let Some(lines) = &mut self.get.lines {
                check.at("lines", |check| lines.check(check));
            }
            check.at("units", |check| check.count(Some(self.get.units)));
        });
        reduction::check(self.percent_off, &mut self.amount_off, &mut self.price, check);
        check.at("at_most_times", |check| check.count(self.at_most_times));
        check.at("at_most_units", |check| {
            check.count(self.at_most_units);
            if self.at_most_units.is_some_and(|most| 0 < most && most < self.get.units) && !self.partial {
                let message = "is less than `get.units`, so it never applies: let `partial` groups count";
                check.problem(Code::Contradiction, message);
            }
        });
    }

    /// Which lines are bought, and which are got.
    pub(super) fn selectors(&self) -> [Option<&Selector>; 2] {
        [self.buy.lines.as_ref(), self.get.lines.as_ref().or(self.buy.lines.as_ref())]
    }

    fn reduction(&self) -> Option<Reduction> {
        reduction::said(self.percent_off, self.amount_off, self.price)
    }

    /// What must be bought each time: units, or minor units of money.
    fn need(&self, given: &Given<'_>) -> i64 {
        let amount = self.buy.amount.map(|amount| minor(amount, given));
        amount.unwrap_or_else(|| self.buy.units.map_or(i64::MAX, i64::from)).max(1)
    }

    /// How many units are got at most when it is repeated so often.
    fn units(&self, times: i64) -> i64 {
        let units = i64::from(self.get.units).saturating_mul(times);
        self.at_most_units.map_or(units, |most| units.min(most.into()))
    }

    /// How many units make it apply at all.
    fn least(&self) -> i64 {
        if self.partial { 1 } else { self.get.units.into() }
    }

    /// How often full groups can be had at most.
    fn most_times(&self, sides: &Sides, given: &Given<'_>) -> i64 {
        let each = i64::from(self.get.units).max(1);
        let times = sides.most_times(self.need(given), each);
        let times = self
            .at_most_units
            .map_or(times, |most| times.min(i64::from(most).checked_div(each).unwrap_or(0)));
        self.at_most_times.map_or(times, |most| times.min(most.into()))
    }

    /// How often full groups can be had.
    fn full_times(&self, sides: &mut Sides, given: &Given<'_>) -> i64 {
        let (need, each) = (self.need(given), i64::from(self.get.units));
        let fits = |sides: &mut Sides, times: i64| {
            let units = each.saturating_mul(times);
            sides.pick(units, need.saturating_mul(times)) == units
        };
        let (mut low, mut high) = (0, self.most_times(sides, given));
        // Where units are bought, as often as can be is always possible.
        if fits(sides, high) {
            return high;
        }
        while low < high.saturating_sub(1) {
            let middle = i64::midpoint(low, high);
            if fits(sides, middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }

    /// One time more, where the last group need not be full.
    fn last_times(&self, full: i64, sides: &Sides, given: &Given<'_>) -> i64 {
        let more = full.saturating_add(1);
        let bought = self.need(given).saturating_mul(more) <= sides.total;
        let allowed = self.at_most_times.is_none_or(|most| more <= most.into());
        if self.partial && bought && allowed { more } else { full }
    }

    pub(super) fn take(&self, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
        let mut sides = Sides::new(self, self.get.choose, given, desk);
        let full = self.full_times(&mut sides, given);
        let last = self.last_times(full, &sides, given);
        let first = if sides.alike() { full } else { last.saturating_sub(MAX_TRIES) };
        let (mut best, mut chosen) = (0_i64, 0_i64);
        for times in first.max(1)..=last {
            let sum = self.reduce(times, &mut sides, given, desk)?;
            if sum > best {
                (best, chosen) = (sum, times);
            }
        }
        desk.portions.clear();
        desk.parts.clear();
        if chosen > 0 {
            self.reduce(chosen, &mut sides, given, desk)?;
            if given.consumes {
                sides.use_up(self.need(given).saturating_mul(chosen), &mut desk.parts);
            }
        }
        Ok(best)
    }

    /// What it takes off when it is repeated so often.
    fn reduce(
        &self,
        times: i64,
        sides: &mut Sides,
        given: &Given<'_>,
        desk: &mut Desk,
    ) -> Result<i64, Overflow> {
        let units = self.units(times);
        let got = sides.pick(units, self.need(given).saturating_mul(times));
        if got < units && !self.partial {
            return Ok(0);
        }
        self.reduce_picked(sides, given, desk)
    }

    fn reduce_picked(&self, sides: &Sides, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
        desk.parts.clear();
        desk.portions.clear();
        desk.portions.extend(sides.lines.iter().filter_map(|side| given.some(side.stock, side.got)));
        desk.portions.sort_unstable_by_key(|portion| portion.line);
        self.reduction().map_or(Ok(0), |reduction| reduction::take(reduction, given, desk))
    }

    /// The most that it can take: off the dearest units, as if none of them had to be bought.
    pub(super) fn bound(&self, given: &Given<'_>, desk: &mut Desk) -> Result<i64, Overflow> {
        let mut sides = Sides::new(self, Choice::Dearest, given, desk);
        let times = self.most_times(&sides, given).saturating_add(i64::from(self.partial));
        sides.pick(self.units(times), 0);
        self.reduce_picked(&sides, given, desk)
    }

    /// What is missing for it to apply once.
    pub(super) fn refusal(&self, given: &Given<'_>, desk: &mut Desk) -> Option<Reason> {
        let mut sides = Sides::new(self, Choice::Cheapest, given, desk);
        let (need, least) = (self.need(given), self.least());
        let count = i64::unsigned_abs;
        let bought = |more: i64, actual: i64| {
            let units =
                || Reason::TooFewUnits { required: count(need.saturating_add(more)), actual: count(actual) };
            let amount = |required| Some(Reason::SpendTooLow { required, actual: given.money(actual).ok()? });
            self.buy.amount.map_or_else(|| Some(units()), amount)
        };
        // Where the same units are bought and got, both are counted at once.
        let both = if self.get.lines.is_none() && self.buy.amount.is_none() { least } else { 0 };
        if sides.total < need.saturating_add(both) {
            return bought(both, sides.total);
        }
        let gettable = sides.gettable();
        if gettable < least {
            return Some(Reason::TooFewUnits { required: count(least), actual: count(gettable) });
        }
        if sides.pick(least, need) == least {
            return None;
        }
        sides.pick(least, 0);
        if self.buy.amount.is_some() { bought(0, sides.beside()) } else { bought(least, sides.units()) }
    }

    pub(super) fn arithmetic(&self, given: &Given<'_>, desk: &Desk) -> Result<Arithmetic, Overflow> {
        let units = desk.portions.iter().filter_map(|portion| portion.units);
        let units = units.fold(0_i64, i64::saturating_add).unsigned_abs();
        let of = given.money(given.total(desk)?)?;
        let each = self.reduction().ok_or(Overflow)?;
        let times = units.div_ceil(u64::from(self.get.units).max(1));
        Ok(Arithmetic::BuyGet { each, times, units, of })
    }
}

impl Bought {
    fn check(&mut self, check: &mut Check) {
        if let Some(lines) = &mut self.lines {
            check.at("lines", |check| lines.check(check));
        }
        check.at("units", |check| check.count(self.units));
        if let Some(amount) = &mut self.amount {
            check.at("amount", |check| check.positive_money(amount));
        }
        match (self.units, self.amount) {
            (None, None) => {
                check.problem(Code::MissingField, "say how much must be bought: `units` or `amount`")
            }
            (Some(_), Some(_)) => check.problem(Code::Contradiction, "keep one of `units` and `amount`"),
            _ => {}
        }
    }
}
