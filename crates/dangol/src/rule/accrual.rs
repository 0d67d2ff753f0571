//! Rules that grant points.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Award, BonusPoints, Condition, EarningBase, EarningLimit, Expiry, Occasion, Offer, Selector, Vesting,
    Wallet, earning_limit, window,
};
use crate::check::Check;
use crate::error::Code;
use crate::value::{Day, Id, Place, Span, Text};

/// A rule that grants points on an order, or on another occasion: when, on what, and how many.
///
/// What counts is what the customer pays for the lines with money: after discounts, and without the part that points
/// pay; `base` and `tenders` change that. Rules add up unless they share a `group`.
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
    /// What it grants points on; orders where left out.
    #[serde(default, skip_serializing_if = "Occasion::is_order")]
    pub on: Occasion,
    /// How many days before a birthday or anniversary it grants its points, up to 60; on the day where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_before: Option<u8>,
    /// How many points.
    pub award: Award,
    /// When it applies; always where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// The lines that count; all where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Selector>,
    /// What of the order counts; as the wallet says where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<EarningBase>,
    /// Only the share of the base that these tenders pay counts (`tenders` of a basket), so that cash can earn more than
    /// a card; everything where left out. The base of the rule is split over all tenders of the basket by largest remainder, ties to the earlier id, so that
    /// the shares of rules for different tenders sum to the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenders: Option<Vec<Id>>,
    /// The span over which what counts adds up; each order by itself where left out. The award is computed on everything that the member's orders of the span count, rounded once, less what the rule
    /// granted in the span before: remainders are carried on (a stamp for every 30,000 won, however it is spent), and
    /// bands are filled by the month and not by the order. Never less than nothing.
    #[serde(default, skip_serializing_if = "Span::is_order")]
    pub over: Span,
    /// The most that it grants; each limit holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<EarningLimit>,
    /// The budget of the program that its points come out of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Id>,
    /// Of rules with the same group the one that grants the most applies; ties go to the earlier id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Id>,
    /// Its first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Its last day, which still counts to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// When its points can be used for the first time; as the wallet says where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vesting: Option<Vesting>,
    /// How long its points can be used; as the wallet says where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry: Option<Expiry>,
    /// Whose points they are; as the wallet says where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Id>,
    /// Whether it is an offer, of the same id, that grants the points.
    #[serde(skip)]
    pub(crate) of_offer: bool,
}

impl AccrualRule {
    /// The most days before a birthday or anniversary on which points are granted.
    pub const MAX_DAYS_BEFORE: u8 = 60;

    /// What an offer grants where it takes effect.
    pub(crate) fn of_offer(offer: &Offer, points: &BonusPoints) -> AccrualRule {
        AccrualRule {
            id: offer.id.clone(),
            name: offer.name.clone(),
            wallet: points.wallet.clone(),
            on: Occasion::Order,
            days_before: None,
            award: points.award.clone(),
            when: None,
            lines: offer.lines.clone(),
            base: None,
            tenders: None,
            over: Span::Order,
            limits: Vec::new(),
            budget: None,
            group: None,
            from: None,
            until: None,
            vesting: None,
            expiry: None,
            issuer: None,
            of_offer: true,
        }
    }

    /// What of an order counts.
    pub(crate) fn base(&self, wallet: &Wallet) -> EarningBase {
        self.base.or(wallet.base).unwrap_or(EarningBase::USUAL)
    }

    /// When its points can be used for the first time.
    pub(crate) fn vesting<'a>(&'a self, wallet: &'a Wallet) -> Option<&'a Vesting> {
        self.vesting.as_ref().or(wallet.vesting.as_ref())
    }

    /// How long its points can be used.
    pub(crate) fn expiry<'a>(&'a self, wallet: &'a Wallet) -> Option<&'a Expiry> {
        self.expiry.as_ref().or(wallet.expiry.as_ref())
    }

    /// Whether the points of each line are rounded by themselves.
    pub(crate) fn rounds_lines(&self, wallet: &Wallet) -> bool {
        wallet.rounding.at == Place::Line && self.award.goes_by_line() && self.over.is_order()
    }

    /// Whose points they are.
    pub(crate) fn issuer<'a>(&'a self, wallet: &'a Wallet) -> Option<&'a Id> {
        self.issuer.as_ref().or(wallet.issuer.as_ref())
    }

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
        check.at("limits", |check| earning_limit::check(&mut self.limits, digits, false, check));
        if let Some(budget) = &self.budget {
            check.at("budget", |check| check.budget(budget, false));
        }
        if let Some(vesting) = &self.vesting {
            check.at("vesting", |check| vesting.check(check));
        }
        check.at("on", |check| self.on.check(check));
        self.check_occasion(check);
        self.check_base(check);
        window::check(self.from, self.until, check);
        if let Some(expiry) = &self.expiry {
            check.at("expiry", |check| expiry.check(check));
        }
    }

    /// What only orders have, and what only some occasions have.
    fn check_occasion(&self, check: &mut Check) {
        let mut misfit = |field: &str, wrong: bool, message: &str| {
            if wrong {
                check.at(field, |check| check.problem(Code::Contradiction, message));
            }
        };
        let no_basket = "only orders have a basket";
        if !self.on.is_order() {
            misfit("lines", self.lines.is_some(), no_basket);
            misfit("base", self.base.is_some(), no_basket);
            misfit("tenders", self.tenders.is_some(), no_basket);
            let looks = self.when.as_ref().is_some_and(Condition::looks_at_basket);
            misfit("when", looks, "looks at the basket, which only orders have");
        }
        let without = !self.on.has_amount() && self.award.grows();
        misfit("award", without, "only orders and events have amounts and units: grant `fixed` points");
        let yearly = self.on.is_yearly();
        misfit("days_before", !yearly && self.days_before.is_some(), "only for `birthday` and `anniversary`");
        if let Some(days) = self.days_before.filter(|days| *days > AccrualRule::MAX_DAYS_BEFORE) {
            let message = format!("at most {}, found `{days}`", AccrualRule::MAX_DAYS_BEFORE);
            check.at("days_before", |check| check.problem(Code::OutOfRange, message));
        }
    }

    /// What is about money needs an award that is computed from money.
    fn check_base(&self, check: &mut Check) {
        if let (Some(base), Some(_)) = (self.base, &self.lines) {
            check.at("base", |check| base.check_for_lines(check));
        }
        let money = self.award.counts_money();
        if let Some(tenders) = &self.tenders {
            check.at("tenders", |check| {
                check.not_empty(tenders);
                if !money {
                    let message = "the award is not computed from money: use the condition `tender_in`";
                    check.problem(Code::Contradiction, message);
                }
            });
        }
        if !self.over.is_order() && !money {
            check.at("over", |check| {
                check.problem(Code::Contradiction, "the award is not computed from money: nothing adds up");
            });
        }
    }
}
