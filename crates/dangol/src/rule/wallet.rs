//! Wallets: kinds of points, how they are earned, round, expire and pay.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::keeping::check_notices;
use super::{
    Combine, Decay, EarningBase, EarningLimit, Expiry, ExpiryFrom, Extension, Reinstatement, TenderRule,
    TransferRule, Vesting, earning_limit,
};
use crate::check::Check;
use crate::error::Code;
use crate::ledger::BurnOrder;
use crate::value::{Id, Period, PointsRounding, Text};

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
    /// How long after their last day points can still be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace: Option<Period>,
    /// How activity gives points a new last day; it does not where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// How points of an inactive member wear away; they do not where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decay: Option<Decay>,
    /// How expired points can be brought back; they cannot where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reinstatement: Option<Reinstatement>,
    /// How long before their last day members are told; 60, 30 and 3 days where left out (as Korea's fair trade
    /// commission agreed with 50 programs in 2024, KFTC 2024-12-23).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notices: Option<Vec<Period>>,
    /// Whether a household's pool holds these points, where a quote names one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shared: bool,
    /// Whether members may give points to others; they may not where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<TransferRule>,
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

impl PointsRounding {
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
        if let Some(extension) = &mut self.extension {
            check.at("extension", |check| extension.check(check));
        }
        if let Some(decay) = &mut self.decay {
            check.at("decay", |check| decay.check(check, digits));
        }
        if let Some(leads) = &self.notices {
            check.at("notices", |check| check_notices(leads, check));
        }
        if let Some(transfer) = &mut self.transfer {
            check.at("transfer", |check| transfer.check(check, digits));
        }
        if let Some(expiry) = &self.expiry {
            check.at("expiry", |check| expiry.check(check));
        }
        check.at("limits", |check| earning_limit::check(&mut self.limits, digits, true, check));
        if let Some(vesting) = &self.vesting {
            check.at("vesting", |check| vesting.check(check));
        }
        if let Some(tender) = &mut self.tender {
            check.at("tender", |check| tender.check(check, digits));
        }
    }
}
