//! `spend`: what the basket, or some of its lines, is worth.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::Reason;
use crate::rule::{Counting, Facts, LineFacts, OfferScope, Selector, bounds};
use crate::value::{Money, Overflow};

/// `{"spend": {"at_least": "30000"}}` holds where the basket is worth that much or more, and with `at_most` no more than
/// that.
///
/// The basket's worth is the sum of its lines before any offer; for offers of a lane with `conditions_see: left` it is what
/// earlier lanes left of that. With `lines` only those lines count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpendCondition {
    /// The least that it must be worth, more than nothing; one of the two bounds must be given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Money>,
    /// The most that it may be worth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Money>,
    /// Which lines count; all where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Selector>,
    /// Whether the tax that is contained in lines counts; it does where left out. Of a line of which a part is left, that
    /// part of its tax is left: by its rates, or of a tax without a rate rounded to the nearest smallest unit, a half up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<Counting>,
    /// Whether delivery counts; it does not where left out. With `lines`, those deliveries that it selects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping: Option<Counting>,
    /// Whether lines count before discounts or after those of earlier lanes; as the lane's `conditions_see` says where left
    /// out, and before them for rules that grant points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discounts: Option<SpendDiscounts>,
}

/// When lines are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpendDiscounts {
    /// Before any discount, and before points that pay first.
    Before,
    /// After the discounts of earlier lanes, and after points that pay first; for rules that grant points, after all
    /// discounts.
    After,
}

impl SpendCondition {
    pub(super) fn check(&mut self, check: &mut Check) {
        bounds::money(&mut self.at_least, &mut self.at_most, check);
        if let Some(lines) = &mut self.lines {
            check.at("lines", |check| lines.check(check));
        }
        check.sees_rest |= !self.is_plain();
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        // What could not be added up was refused with the basket; with delivery the goods alone are enough then.
        let actual = if self.is_plain() { facts.spend } else { self.worth(facts).unwrap_or(facts.spend) };
        if let Some(required) = self.at_least.filter(|required| actual < *required) {
            return Some(Reason::SpendTooLow { required, actual });
        }
        let most = self.at_most.filter(|most| actual > *most);
        most.map(|at_most| Reason::SpendTooHigh { at_most, actual })
    }

    /// Whether it looks at what offers left, whatever its lane sees.
    pub(super) fn looks_at_rest(&self) -> bool {
        self.discounts == Some(SpendDiscounts::After)
    }

    /// Whether it looks at the sum of the goods as the lane sees it.
    fn is_plain(&self) -> bool {
        self.lines.is_none()
            && self.tax != Some(Counting::Excluded)
            && self.shipping != Some(Counting::Included)
            && self.discounts.is_none()
    }

    fn worth(&self, facts: &Facts<'_>) -> Result<Money, Overflow> {
        let after = self.discounts.map_or(facts.sees_rest, |discounts| discounts == SpendDiscounts::After);
        let scope = match self.shipping {
            Some(Counting::Included) => OfferScope::Everything,
            _ => OfferScope::Goods,
        };
        let mut sum = 0_i64;
        for number in facts.matching_in(scope, self.lines.as_ref()) {
            let Some(line) = facts.line(number) else { continue };
            let left = facts.rest.get(number).copied().filter(|_| after);
            sum = sum.checked_add(self.counted(facts, line, left.unwrap_or(line.gross))?).ok_or(Overflow)?;
        }
        Money::of_units(sum, facts.spend.0.digits())
    }

    /// What counts of a line of which so much is left.
    fn counted(&self, facts: &Facts<'_>, line: &LineFacts, money: i64) -> Result<i64, Overflow> {
        if self.tax != Some(Counting::Excluded) {
            return Ok(money);
        }
        money.checked_sub(facts.tax_in(line, money)?).ok_or(Overflow)
    }
}
