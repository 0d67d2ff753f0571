//! Rules that grant points.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Award, Condition, Expiry, Selector, window};
use crate::check::Check;
use crate::error::Code;
use crate::value::{Day, Id, Text};

/// A rule that grants points on an order: when, on which lines, and how many.
///
/// What counts is what the customer pays for the lines with money: after discounts, and without the part that points
/// pay. Rules add up unless they share a `group`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccrualRule {
    /// Its name in the program, unique among accruals, without `/`.
    pub id: Id,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// The wallet; the program's first where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet: Option<Id>,
    /// How many points.
    pub award: Award,
    /// When it applies; always where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// The lines that count; all where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Selector>,
    /// Of rules with the same group the one that grants the most applies; ties go to the earlier id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Id>,
    /// Its first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Its last day, which still counts to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// How long its points can be used; as the wallet says where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry: Option<Expiry>,
}

impl AccrualRule {
    pub(crate) fn check(&mut self, check: &mut Check) {
        let digits = check.wallet(self.wallet.as_ref());
        if self.id.as_str().contains('/') {
            check.at("id", |check| {
                check.problem(Code::InvalidValue, "must not contain `/`: lots are named `order/rule`")
            });
        }
        check.at("award", |check| self.award.check(check, digits));
        if let Some(when) = &mut self.when {
            check.at("when", |check| when.check(check));
        }
        if let Some(lines) = &mut self.lines {
            check.at("lines", |check| lines.check(check));
        }
        window::check(self.from, self.until, check);
        if let Some(expiry) = &self.expiry {
            check.at("expiry", |check| expiry.check(check));
        }
    }
}
