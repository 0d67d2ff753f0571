//! Points as tender: what they are worth, and how many may pay for what.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Selector;
use crate::check::Check;
use crate::error::Code;
use crate::value::{Amount, Mode, Money, Overflow, Percent, Period, Points, Rounding, product, ten_to};

/// How points pay: what one is worth, how many may be used at once, and on which goods.
///
/// What is due and the balance always cap what is used: points never burn more than the money that they replace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TenderRule {
    /// What one point is worth: more than nothing, with up to 6 digits after the point.
    pub value: Money,
    /// The balance from which points can be used at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_balance: Option<Points>,
    /// The points that must ever have been granted before any can be used, however many are left of them.
    ///
    /// Capillary calls it the lifetime minimum. Points of the order itself do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_lifetime: Option<Points>,
    /// What the whole basket must be worth, after offers, for points to be used: mseshop asks for 30,000 won.
    ///
    /// Where `before_offers` holds, before offers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_basket: Option<Money>,
    /// The fewest points that may be used at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Points>,
    /// The most points that may be used at once: the 최대사용 of NICE, error 819 of Capillary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Points>,
    /// Points are used in multiples of this, as error 807 of Capillary says; of the wallet's smallest unit where left
    /// out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Points>,
    /// The share of the net amount that points may pay, rounded down; all of it where left out. 4xr has 7 %.
    ///
    /// The net amount is that of the `lines` that points may pay. Where `before_offers` holds, it is what they cost
    /// before offers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_percent: Option<Percent>,
    /// The lines that points may pay; all of them where left out. Toss Place keeps such a list beside the one of what
    /// earns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Selector>,
    /// Whether points pay before offers are computed: at most what the lines cost then, and offers see what is left.
    ///
    /// Conditions on spend see the original amounts unless the lane says otherwise. After offers where left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub before_offers: bool,
    /// Which points are used where the basket says nothing about the wallet.
    #[serde(default, skip_serializing_if = "Automatic::is_off")]
    pub automatic: Automatic,
    /// What happens where more points are offered than may be used.
    #[serde(default, skip_serializing_if = "Excess::is_refuse")]
    pub excess: Excess,
}

/// Which points are used where the basket says nothing about the wallet; `"none"` in the basket uses none.
///
/// What keeps the points from being used is refused with its reason, as if the customer had offered them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Automatic {
    /// None.
    #[default]
    Off,
    /// As many as the rule allows.
    All,
    /// As many as the rule allows of those whose last day is at most this period away; taken from these lots, soonest
    /// first.
    ExpiringWithin(Period),
}

/// What happens where more points are offered than the balance or `maximum` allows, or points between two steps.
///
/// What is due always reduces what was offered. Fewer than `minimum` are refused in either case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Excess {
    /// None are used, with the reason.
    #[default]
    Refuse,
    /// As many are used as may be: the balance, `maximum` and `step` reduce what was offered.
    Reduce,
}

impl Automatic {
    fn is_off(&self) -> bool {
        *self == Automatic::Off
    }
}

impl Excess {
    fn is_refuse(&self) -> bool {
        *self == Excess::Refuse
    }
}

impl TenderRule {
    /// The points of one step: multiples of it are worth a whole number of minor units.
    pub(crate) fn step(&self, digits: u8) -> Result<Points, Overflow> {
        self.step.map_or_else(|| Points::of_units(1, digits), Ok)
    }

    /// What so many points are worth in minor units, rounded down.
    pub(crate) fn worth(&self, points: Points, digits: u8) -> Result<i64, Overflow> {
        let (numerator, denominator) = self.fraction(points.units(), points.0.digits(), digits)?;
        Rounding::to_unit(Mode::Down).ratio(numerator, denominator, digits)
    }

    /// What so many points are worth in minor units at a rate in percent, a half rounded up.
    pub(crate) fn worth_at(&self, points: Points, rate: Percent, digits: u8) -> Result<i64, Overflow> {
        let (numerator, denominator) = self.fraction(points.units(), points.0.digits(), digits)?;
        let numerator = numerator.checked_mul(i128::from(rate.units())).ok_or(Overflow)?;
        let denominator = denominator.checked_mul(rate.scale()?).ok_or(Overflow)?;
        Rounding::to_unit(Mode::HalfUp).ratio(numerator, denominator, digits)
    }

    /// How many steps are worth at most so many minor units.
    pub(crate) fn steps_within(&self, minor: i64, step: Points, digits: u8) -> Result<i64, Overflow> {
        let (numerator, denominator) = self.fraction(step.units(), step.0.digits(), digits)?;
        let wide = i128::from(minor).checked_mul(denominator).ok_or(Overflow)?;
        i64::try_from(wide.checked_div(numerator).ok_or(Overflow)?).map_err(|_| Overflow)
    }

    /// The worth of points in minor units, as a fraction.
    fn fraction(&self, units: i64, point_digits: u8, digits: u8) -> Result<(i128, i128), Overflow> {
        let numerator = product(units, self.value.units()).checked_mul(ten_to(digits)?).ok_or(Overflow)?;
        let denominator =
            ten_to(point_digits)?.checked_mul(ten_to(self.value.0.digits())?).ok_or(Overflow)?;
        Ok((numerator, denominator))
    }

    pub(super) fn check(&mut self, check: &mut Check, digits: u8) {
        check.at("value", |check| {
            check.range(self.value.0, |value| value > Amount::ZERO, "more than nothing");
            check.rate_digits(self.value.0, 6);
        });
        let amounts = [
            ("minimum_balance", &mut self.minimum_balance),
            ("minimum_lifetime", &mut self.minimum_lifetime),
            ("minimum", &mut self.minimum),
            ("maximum", &mut self.maximum),
            ("step", &mut self.step),
        ];
        for (field, points) in amounts {
            if let Some(points) = points {
                check.at(field, |check| check.positive_points(points, digits));
            }
        }
        if let Some(basket) = &mut self.minimum_basket {
            check.at("minimum_basket", |check| check.positive_money(basket));
        }
        if let Some(share) = self.max_percent {
            check.at("max_percent", |check| check.percent(share, 100));
        }
        if let Some(lines) = &mut self.lines {
            check.at("lines", |check| lines.check(check));
        }
        self.whole_steps(check, digits);
        self.within_maximum(check, digits);
    }

    /// A step must be worth a whole number of minor units.
    fn whole_steps(&self, check: &mut Check, digits: u8) {
        let money = check.currency.digits();
        let whole = self.step(digits).and_then(|step| self.fraction(step.units(), step.0.digits(), money));
        if whole.is_ok_and(|(numerator, denominator)| numerator.checked_rem(denominator) != Some(0)) {
            let step = self.step(digits).unwrap_or(Points::ZERO);
            let message = format!(
                "a step of {step} points is not worth a whole number of the smallest units of {}: raise `step`",
                check.currency.code()
            );
            check.problem(Code::Contradiction, message);
        }
    }

    /// Some number of steps must be at least the minimum and at most the maximum.
    fn within_maximum(&self, check: &mut Check, digits: u8) {
        let Some(maximum) = self.maximum.filter(|maximum| *maximum > Points::ZERO) else { return };
        let Ok(step) = self.step(digits) else { return };
        let units = |points: Points| points.0.rescaled(digits).map(Amount::units);
        let (Some(most), Some(step_units)) = (units(maximum), units(step)) else { return };
        let Some(over) = most.checked_rem(step_units) else { return };
        let reached = most.saturating_sub(over);
        let least = self.minimum.map_or(step, |minimum| minimum.max(step));
        if units(least).is_some_and(|least| reached < least) {
            let message = format!(
                "no multiple of the step {step} is at least {least} and at most `{maximum}`: raise it, or lower \
                 `minimum` or `step`"
            );
            check.at("maximum", |check| check.problem(Code::Contradiction, message));
        }
    }
}
