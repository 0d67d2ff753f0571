//! What of an order counts for a rule.

use crate::model::Reason;
use crate::rule::{AccrualRule, Counting, DiscountsCount, EarningBase, LineFacts, PointsCount, Wallet};
use crate::value::Overflow;

use super::Till;

/// What a rule counts of one line, or of delivery and fees.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// The number of the line; nothing for what belongs to none.
    pub(super) line: Option<usize>,
    /// In minor units of the currency.
    pub(super) money: i64,
    /// Whole units that were not free.
    pub(super) units: u64,
}

/// Fills in what the rule counts, or tells why it counts nothing.
pub(super) fn parts(
    till: &Till<'_>,
    rule: &AccrualRule,
    wallet: &Wallet,
    parts: &mut Vec<Part>,
) -> Result<Option<Reason>, Overflow> {
    parts.clear();
    let base = rule.base(wallet);
    if let Some(reason) = refusal(till, base) {
        return Ok(Some(reason));
    }
    let mut lines = 0_usize;
    for number in till.facts.matching(rule.lines.as_ref()) {
        let Some(line) = till.facts.lines.get(number).filter(|line| line.earns) else { continue };
        lines = lines.saturating_add(1);
        let left = at(&till.discounts.left, number);
        if base.discounts == DiscountsCount::UndiscountedLines && left != line.gross {
            continue;
        }
        let money = counted(till, base, line, (left, at(till.paid, number)))?;
        parts.push(Part { line: Some(number), money, units: units(till, line, number, left) });
    }
    if lines == 0 {
        return Ok(Some(Reason::NoMatchingLine));
    }
    if parts.is_empty() {
        return Ok(Some(Reason::DiscountedOrder));
    }
    if rule.lines.is_none() {
        let charges = [(base.shipping, till.charges.shipping), (base.fees, till.charges.fees)];
        let charges = charges.into_iter().filter(|(counting, _)| *counting == Counting::Included);
        parts.extend(charges.map(|(_, money)| Part { line: None, money, units: 0 }));
    }
    Ok(None)
}

/// Why the order as a whole counts nothing.
fn refusal(till: &Till<'_>, base: EarningBase) -> Option<Reason> {
    if base.discounts == DiscountsCount::UndiscountedOrders {
        let lines = till.facts.lines.iter().zip(&till.discounts.left);
        if lines.into_iter().any(|(line, left)| line.gross != *left) {
            return Some(Reason::DiscountedOrder);
        }
    }
    let used = base.points_paid == PointsCount::NoAccrual && till.paid.iter().any(|paid| *paid != 0);
    used.then_some(Reason::PointsUsed)
}

/// What counts of a line of which so much is left after offers, and points pay so much.
fn counted(
    till: &Till<'_>,
    base: EarningBase,
    line: &LineFacts,
    (left, paid): (i64, i64),
) -> Result<i64, Overflow> {
    let before = if base.discounts == DiscountsCount::Before { line.gross } else { left };
    let paid = if base.points_paid == PointsCount::Included { 0 } else { paid };
    let money = before.checked_sub(paid).ok_or(Overflow)?;
    if base.tax == Counting::Included {
        return Ok(money);
    }
    money.checked_sub(till.facts.tax_in(line, money)?).ok_or(Overflow)
}

/// The whole units of a line that were not free.
fn units(till: &Till<'_>, line: &LineFacts, number: usize, left: i64) -> u64 {
    if left <= 0 {
        return 0;
    }
    let free = till.discounts.free.get(number).copied().unwrap_or(0);
    line.units.map_or(0, i64::unsigned_abs).saturating_sub(free)
}

fn at(list: &[i64], number: usize) -> i64 {
    list.get(number).copied().unwrap_or(0)
}
