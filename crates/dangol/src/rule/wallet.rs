//! Wallets: kinds of points, how they are earned, round, expire and pay.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Combine, EarningBase, EarningLimit, Expiry, ExpiryFrom, Vesting, earning_limit};
use crate::check::Check;
use crate::error::Code;
use crate::ledger::BurnOrder;
use crate::value::{
    Amount, Id, Mode, Money, Overflow, Percent, Place, Points, Rounding, Text, product, ten_to,
};

/// A kind of points: points, stamps, miles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wallet {
    /// Its name in the program.
    pub id: Id,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// How many digits its points have after the point, up to 4.
    #[serde(default)]
    pub digits: u8,
    /// How points that are computed from money are rounded; points per unit and fixed ones are as they are.
    #[serde(default)]
    pub rounding: PointsRounding,
    /// What of an order earns points; what is paid for goods with money where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<EarningBase>,
    /// What several multipliers of one line make together; the highest counts where left out.
    #[serde(default, skip_serializing_if = "Combine::is_default")]
    pub multipliers: Combine,
    /// The most points that all rules together grant; each limit holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<EarningLimit>,
    /// When points can be used for the first time; at once where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vesting: Option<Vesting>,
    /// How long points can be used; for ever where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry: Option<Expiry>,
    /// From which day their time runs; from the day of earning where left out.
    #[serde(default, skip_serializing_if = "ExpiryFrom::is_default")]
    pub expiry_from: ExpiryFrom,
    /// Whose points they are; nobody's in particular where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Id>,
    /// In which order lots are used up.
    #[serde(default)]
    pub burn_order: BurnOrder,
    /// How points pay for an order; they do not where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tender: Option<TenderRule>,
}

/// How points that are computed from money are rounded: which way, to a multiple of what, and where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointsRounding {
    /// Which neighbour is taken; down where left out.
    #[serde(default)]
    pub mode: Mode,
    /// The result is a multiple of this (절사 단위); the wallet's smallest unit where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Points>,
    /// Each line by itself, or each rule once.
    #[serde(default)]
    pub at: Place,
}

/// How points pay: what one is worth, and how many may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TenderRule {
    /// What one point is worth.
    pub value: Money,
    /// The balance from which points can be used at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_balance: Option<Points>,
    /// The fewest points that may be used at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Points>,
    /// Points are used in multiples of this; of the wallet's smallest unit where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Points>,
    /// The share of the order's net amount that points may pay; all of it where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_percent: Option<Percent>,
}

impl PointsRounding {
    pub(crate) fn rounding(self) -> Rounding {
        Rounding { mode: self.mode, unit: self.unit.map_or(Amount::ZERO, |unit| unit.0) }
    }

    pub(super) fn check(&mut self, check: &mut Check, digits: u8) {
        if let Some(unit) = &mut self.unit {
            check.at("unit", |check| check.positive_points(unit, digits));
        }
    }
}

impl Wallet {
    /// The most digits of points that may stand after the point.
    pub const MAX_DIGITS: u8 = 4;

    pub(crate) fn check(&mut self, check: &mut Check) {
        let digits = self.digits;
        if digits > Wallet::MAX_DIGITS {
            let message = format!("must be at most {}, found `{digits}`", Wallet::MAX_DIGITS);
            check.at("digits", |check| check.problem(Code::OutOfRange, message));
            return;
        }
        check.at("rounding", |check| self.rounding.check(check, digits));
        check.at("limits", |check| earning_limit::check(&mut self.limits, digits, true, check));
        if let Some(vesting) = &self.vesting {
            check.at("vesting", |check| vesting.check(check));
        }
        if let Some(tender) = &mut self.tender {
            check.at("tender", |check| tender.check(check, digits));
        }
    }
}

impl TenderRule {
    /// The points of one step: multiples of it are worth a whole number of minor units.
    pub(crate) fn step(self, digits: u8) -> Result<Points, Overflow> {
        self.step.map_or_else(|| Points::of_units(1, digits), Ok)
    }

    /// What so many points are worth in minor units, rounded down.
    pub(crate) fn worth(self, points: Points, digits: u8) -> Result<i64, Overflow> {
        let (numerator, denominator) = self.fraction(points.units(), points.0.digits(), digits)?;
        Rounding::to_unit(Mode::Down).ratio(numerator, denominator, digits)
    }

    /// How many steps are worth at most so many minor units.
    pub(crate) fn steps_within(self, minor: i64, step: Points, digits: u8) -> Result<i64, Overflow> {
        let (numerator, denominator) = self.fraction(step.units(), step.0.digits(), digits)?;
        let wide = i128::from(minor).checked_mul(denominator).ok_or(Overflow)?;
        i64::try_from(wide.checked_div(numerator).ok_or(Overflow)?).map_err(|_| Overflow)
    }

    /// The worth of points in minor units, as a fraction.
    fn fraction(self, units: i64, point_digits: u8, digits: u8) -> Result<(i128, i128), Overflow> {
        let numerator = product(units, self.value.units()).checked_mul(ten_to(digits)?).ok_or(Overflow)?;
        let denominator =
            ten_to(point_digits)?.checked_mul(ten_to(self.value.0.digits())?).ok_or(Overflow)?;
        Ok((numerator, denominator))
    }

    fn check(&mut self, check: &mut Check, digits: u8) {
        check.at("value", |check| {
            check.range(self.value.0, |value| value > Amount::ZERO, "more than nothing");
            check.rate_digits(self.value.0, 6);
        });
        let amounts = [
            ("minimum_balance", &mut self.minimum_balance),
            ("minimum", &mut self.minimum),
            ("step", &mut self.step),
        ];
        for (field, points) in amounts {
            if let Some(points) = points {
                check.at(field, |check| check.positive_points(points, digits));
            }
        }
        if let Some(share) = self.max_percent {
            check.at("max_percent", |check| check.percent(share, 100));
        }
        let money = check.currency.digits();
        let whole = self.step(digits).and_then(|step| self.fraction(step.units(), step.0.digits(), money));
        if whole.is_ok_and(|(numerator, denominator)| numerator.checked_rem(denominator) != Some(0)) {
            let step = self.step(digits).unwrap_or(Points::ZERO);
            let message = format!(
                "a step of {step} points is not worth a whole number of the smallest units of {}: raise `step`",
                check.currency
            );
            check.problem(Code::Contradiction, message);
        }
    }
}
