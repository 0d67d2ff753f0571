//! What three independent answers have in common, so that they can be compared.

use std::collections::{BTreeMap, BTreeSet};

use dangol::{Amount, Money, Quote, Reason, Subject};

use crate::Outcome;
use crate::convert::{COUPONS, DISCOUNTS, WALLET};
use crate::fixture::{Expected, Program};

/// A quote as numbers, in cents and points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The sum of the lines before anything.
    pub gross: i64,
    /// What the rules take off.
    pub discount: i64,
    /// What the coupons take off.
    pub coupon_discount: i64,
    /// What is left.
    pub net: i64,
    /// All points.
    pub points: i64,
    /// How many points may pay.
    pub redeemable: i64,
    /// The coupons, in the order in which they apply.
    pub coupons: Vec<String>,
    /// The points of each rule that grants some.
    pub granted: BTreeMap<String, i64>,
    /// The rules that would grant points if another one of their group did not grant more.
    pub outdone: BTreeSet<String>,
    /// Each line.
    pub lines: Vec<AnswerLine>,
}

/// One line of an [`Answer`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnswerLine {
    /// Before anything.
    pub gross: i64,
    /// What the rules take off.
    pub discount: i64,
    /// What the coupons take off.
    pub coupon: i64,
    /// What is left.
    pub net: i64,
}

impl Answer {
    /// The answer of the Decimal reference.
    pub fn of_reference(expected: &Expected, program: &Program) -> Outcome<Answer> {
        let mut lines = Vec::new();
        for line in &expected.lines {
            let (gross, discount) = (cents(line.gross)?, cents(line.discount)?);
            lines.push(AnswerLine { gross, discount, coupon: cents(line.coupon)?, net: cents(line.net)? });
        }
        let (granted, outdone) = grouped(&expected.per_rule, program);
        Ok(Answer {
            gross: cents(expected.gross)?,
            discount: cents(expected.rule_discount)?,
            coupon_discount: cents(expected.coupon_discount)?,
            net: cents(expected.net)?,
            points: expected.points,
            redeemable: expected.redeemable,
            coupons: expected.coupons.clone(),
            granted,
            outdone,
            lines,
        })
    }

    /// The answer of the engine.
    pub fn of_engine(quote: &Quote) -> Outcome<Answer> {
        if !quote.optimal {
            return Err("the best combination of coupons is not proved".into());
        }
        let in_lane = |lane: &'static str| quote.applied.iter().filter(move |applied| applied.lane == *lane);
        let taken = |lane| {
            in_lane(lane)
                .try_fold(0_i64, |sum, applied| Outcome::Ok(sum.saturating_add(cents(applied.discount)?)))
        };
        let mut lines = Vec::new();
        for line in &quote.lines {
            let mut answer =
                AnswerLine { gross: cents(line.gross)?, net: cents(line.net)?, ..AnswerLine::default() };
            for part in &line.discounts {
                let by_rule = in_lane(DISCOUNTS).any(|applied| applied.offer == part.offer);
                let sum = if by_rule { &mut answer.discount } else { &mut answer.coupon };
                *sum = sum.saturating_add(cents(part.amount)?);
            }
            lines.push(answer);
        }
        let outdone = quote.refused.iter().filter(|refused| {
            refused.what == Subject::Accrual && matches!(refused.reason, Reason::BetterChoice { .. })
        });
        let granted = quote.accruals.iter();
        Ok(Answer {
            gross: cents(quote.gross)?,
            discount: taken(DISCOUNTS)?,
            coupon_discount: taken(COUPONS)?,
            net: cents(quote.net)?,
            points: quote.earned.get(&WALLET.parse()?).map_or(0, |points| points.units()),
            redeemable: quote.tenders.first().map_or(0, |tender| tender.redeemable.units()),
            coupons: in_lane(COUPONS).map(|applied| applied.offer.to_string()).collect(),
            granted: granted.map(|accrual| (accrual.rule.to_string(), accrual.points.units())).collect(),
            outdone: outdone.map(|refused| refused.id.to_string()).collect(),
            lines,
        })
    }
}

/// Of each group the rule that grants the most, ties to the earlier id; and the others.
pub(crate) fn grouped(
    per_rule: &BTreeMap<String, i64>,
    program: &Program,
) -> (BTreeMap<String, i64>, BTreeSet<String>) {
    let mut best: BTreeMap<&str, (&str, i64)> = BTreeMap::new();
    for rule in &program.rules {
        let Some(points) = per_rule.get(&rule.id).copied().filter(|points| *points > 0) else { continue };
        let group = best.entry(rule.group.as_deref().unwrap_or(&rule.id)).or_insert((&rule.id, points));
        if points > group.1 {
            *group = (&rule.id, points);
        }
    }
    let granted: BTreeMap<String, i64> =
        best.values().map(|(id, points)| ((*id).to_owned(), *points)).collect();
    let positive = per_rule.iter().filter(|(_, points)| **points > 0).map(|(id, _)| id);
    let outdone = positive.filter(|id| !granted.contains_key(*id)).cloned().collect();
    (granted, outdone)
}

/// Money in cents.
pub(crate) fn cents(money: Money) -> Outcome<i64> {
    let exact = money.0.rescaled(2).map(Amount::units);
    exact.ok_or_else(|| format!("{money} is not a whole number of cents").into())
}
