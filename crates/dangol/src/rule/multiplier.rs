//! Multipliers: double points and the like.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AccrualRule, Condition, MultiplyPoints, Offer, Selector, window};
use crate::check::Check;
use crate::value::{Amount, Day, Id, Text};

/// Multiplies what rules grant on orders: `{"id": "double", "factor": "2", "when": {"weekdays": ["tue"]}}`.
///
/// What rules grant is multiplied before it is rounded, once. A multiplier with `lines` adds, for these lines, the
/// award on them times the factor less one: 4 points a unit and a factor of 3 on 12 of 152 units make 608 + 96. Where
/// several apply to a line, the wallet says how they combine (`multipliers` of a wallet).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Multiplier {
    /// Its name in the program, unique among multipliers.
    pub id: Id,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// The wallet; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<Id>,
    /// The factor, from 0 to 100, with up to 3 digits after the point.
    pub factor: Amount,
    /// The rules that it multiplies. Where left out, all rules of the wallet on orders, but those with a `fixed` or
    /// `round_up` award, which nothing multiplies, and those that add up over a span (`over`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accruals: Option<Vec<Id>>,
    /// When it applies; always where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// The lines that it multiplies; the whole order where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Selector>,
    /// Its first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Its last day, which still counts to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Whether it is an offer, of the same id, that multiplies.
    #[serde(skip)]
    pub(crate) of_offer: bool,
}

/// What several multipliers of one line make together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    /// The highest factor counts, ties by id: 2 and 3 make 3.
    #[default]
    Highest,
    /// What each adds is added up, never below nothing: 2 and 3 make 1 + 1 + 2 = 4.
    Sum,
    /// The factors are multiplied: 2 and 3 make 6.
    Product,
}

impl Combine {
    pub(super) fn is_default(&self) -> bool {
        *self == Combine::default()
    }
}

impl Multiplier {
    /// How many digits a factor may have after the point.
    pub(super) const FACTOR_DIGITS: u8 = 3;

    /// What an offer multiplies where it takes effect.
    pub(crate) fn of_offer(offer: &Offer, points: &MultiplyPoints) -> Multiplier {
        Multiplier {
            id: offer.id.clone(),
            name: offer.name.clone(),
            wallet: points.wallet.clone(),
            factor: points.factor,
            accruals: None,
            when: None,
            lines: offer.lines.clone(),
            from: None,
            until: None,
            of_offer: true,
        }
    }

    pub(crate) fn check(&mut self, check: &mut Check) {
        check.wallet(self.wallet.as_ref());
        check.at("factor", |check| {
            let in_range = |factor| factor >= Amount::ZERO && factor <= Amount::from(100);
            check.range(self.factor, in_range, "from 0 to 100");
            check.rate_digits(self.factor, Multiplier::FACTOR_DIGITS);
        });
        if let Some(accruals) = &self.accruals {
            check.at("accruals", |check| check.not_empty(accruals));
        }
        if let Some(when) = &mut self.when {
            check.at("when", |check| when.check(check));
        }
        if let Some(lines) = &mut self.lines {
            check.at("lines", |check| lines.check(check));
        }
        window::check(self.from, self.until, check);
    }

    /// Why nothing can multiply that rule; nothing where something can.
    pub(crate) fn misfit(rule: &AccrualRule) -> Option<&'static str> {
        if !rule.on.is_order() {
            return Some("it is not granted on orders");
        }
        if !rule.award.grows() {
            return Some("its points are not computed from goods");
        }
        (!rule.over.is_order()).then_some("it adds up over a span")
    }

    /// Whether it multiplies that rule, which is of the multiplier's wallet.
    pub(crate) fn multiplies(&self, rule: &AccrualRule) -> bool {
        let named = self.accruals.as_ref().is_none_or(|accruals| accruals.contains(&rule.id));
        named && Multiplier::misfit(rule).is_none()
    }
}
