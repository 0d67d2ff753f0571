//! What of an order counts for a rule.

use crate::model::{Charge, CountedPart, Reason};
use crate::rule::{
    AccrualRule, Counting, DiscountsCount, EarningBase, LineFacts, PointsCount, TierLadder, Wallet,
};
use crate::value::{Amount, Money, Overflow};

use super::Till;

/// What a rule counts of one line, or of delivery and fees.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// The number of the line; nothing for what belongs to none.
    pub(super) line: Option<usize>,
    /// What is charged, where it belongs to no line.
    pub(super) charge: Option<Charge>,
    /// In minor units of the currency.
    pub(super) money: i64,
    /// Whole units that were not free.
    pub(super) units: u64,
    /// The stretch of an order that earns at several rates.
    pub(super) stretch: usize,
}

/// What a rule counts in all.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    /// In minor units of the currency.
    pub(super) money: i64,
    /// Whole units that were not free.
    pub(super) units: u64,
}

impl Sum {
    /// The sum of parts.
    pub(super) fn of(parts: &[Part]) -> Result<Sum, Overflow> {
        let mut sum = Sum::default();
        parts.iter().try_for_each(|part| sum.add(part))?;
        Ok(sum)
    }

    fn add(&mut self, part: &Part) -> Result<(), Overflow> {
        self.money = self.money.checked_add(part.money).ok_or(Overflow)?;
        self.units = self.units.saturating_add(part.units);
        Ok(())
    }
}

/// What the lines of an order count, worked out once for all rules that count alike.
#[derive(Debug, Default)]
pub(super) struct Bases(Vec<Worked>);

/// What one base makes of an order.
#[derive(Debug)]
struct Worked {
    base: EarningBase,
    /// Why the order as a whole counts nothing.
    refusal: Option<Reason>,
    lines: Vec<Counts>,
    /// What they count together.
    all: Together,
}

/// What some lines count together.
#[derive(Clone, Copy, Debug, Default)]
struct Together {
    sum: Sum,
    /// Whether any of them counts.
    any: bool,
    /// Whether any would count if nothing had been taken off it.
    discounted: bool,
}

impl Together {
    fn add(&mut self, counts: &Counts) -> Result<(), Overflow> {
        match counts {
            Counts::Nothing => {}
            Counts::Discounted => self.discounted = true,
            Counts::Part(part) => {
                self.any = true;
                self.sum.add(part)?;
            }
        }
        Ok(())
    }
}

/// What one line counts.
#[derive(Clone, Copy, Debug)]
enum Counts {
    /// It earns nothing, whatever the base.
    Nothing,
    /// It would count if nothing had been taken off it.
    Discounted,
    Part(Part),
}

impl Bases {
    fn of(&mut self, till: &Till<'_>, base: EarningBase) -> Result<Option<&Worked>, Overflow> {
        let known = self.0.iter().position(|worked| worked.base == base);
        if known.is_none() {
            self.0.push(worked(till, base)?);
        }
        Ok(match known {
            Some(number) => self.0.get(number),
            None => self.0.last(),
        })
    }
}

/// What the rule counts, or why that is nothing; `parts` is filled where it must be known of each line.
pub(super) fn counted(
    till: &Till<'_>,
    rule: &AccrualRule,
    wallet: &Wallet,
    bases: &mut Bases,
    mut parts: Option<&mut Vec<Part>>,
) -> Result<Result<Sum, Reason>, Overflow> {
    let base = rule.base(wallet);
    let Some(worked) = bases.of(till, base)? else { return Ok(Err(Reason::NoEffect)) };
    if let Some(reason) = &worked.refusal {
        return Ok(Err(reason.clone()));
    }
    let matching = || till.facts.matching(rule.lines.as_ref()).filter_map(|line| worked.lines.get(line));
    let tally = if rule.lines.is_none() {
        worked.all
    } else {
        let mut tally = Together::default();
        matching().try_for_each(|counts| tally.add(counts))?;
        tally
    };
    let Together { mut sum, any, discounted } = tally;
    if !any {
        return Ok(Err(if discounted { Reason::DiscountedOrder } else { Reason::NoMatchingLine }));
    }
    if let Some(parts) = &mut parts {
        let part = |counts: &Counts| if let Counts::Part(part) = counts { Some(*part) } else { None };
        parts.extend(matching().filter_map(part));
    }
    if rule.lines.is_none() {
        for (charge, money) in charges(till, base) {
            let part = Part { line: None, charge: Some(charge), money, units: 0, stretch: 0 };
            sum.add(&part)?;
            if let Some(parts) = &mut parts {
                parts.push(part);
            }
        }
    }
    Ok(Ok(sum))
}

fn worked(till: &Till<'_>, base: EarningBase) -> Result<Worked, Overflow> {
    let refusal = refusal(till, base);
    let mut lines = Vec::with_capacity(till.facts.lines.len());
    for (number, line) in till.facts.lines.iter().enumerate() {
        let left = at(&till.discounts.left, number);
        lines.push(if !line.earns || refusal.is_some() {
            Counts::Nothing
        } else if is_too_cheap(base, line, left) {
            Counts::Discounted
        } else {
            let money = of_line(till, base, line, (left, at(till.paid, number)))?;
            let units = units(till, line, number, left);
            Counts::Part(Part { line: Some(number), charge: None, money, units, stretch: 0 })
        });
    }
    let mut all = Together::default();
    lines.iter().try_for_each(|counts| all.add(counts))?;
    Ok(Worked { base, refusal, lines, all })
}

/// What an order counts as spend on a ladder that counts in its own way, in minor units.
pub(in crate::decide) fn on_ladder(till: &Till<'_>, ladder: &TierLadder) -> Result<i64, Overflow> {
    each_on_ladder(till, ladder, |_| {})
}

/// The same, part by part.
fn each_on_ladder(
    till: &Till<'_>,
    ladder: &TierLadder,
    mut each: impl FnMut(&Part),
) -> Result<i64, Overflow> {
    let base = ladder.base.unwrap_or(EarningBase::USUAL);
    if refusal(till, base).is_some() {
        return Ok(0);
    }
    let mut sum = 0_i64;
    let mut add = |line: Option<usize>, charge: Option<Charge>, money: i64| {
        each(&Part { line, charge, money, units: 0, stretch: 0 });
        sum.checked_add(money).map(|more| sum = more).ok_or(Overflow)
    };
    for number in till.facts.matching(ladder.lines.as_ref()) {
        let Some(line) = till.facts.lines.get(number) else { continue };
        let left = at(&till.discounts.left, number);
        if !is_too_cheap(base, line, left) {
            add(Some(number), None, of_line(till, base, line, (left, at(till.paid, number)))?)?;
        }
    }
    if ladder.lines.is_none() {
        charges(till, base).try_for_each(|(charge, money)| add(None, Some(charge), money))?;
    }
    Ok(sum)
}

/// What each line counts as spend on a ladder that counts in its own way.
pub(in crate::decide) fn parts_on_ladder(
    till: &Till<'_>,
    ladder: &TierLadder,
) -> Result<Vec<CountedPart>, Overflow> {
    let mut parts = Vec::new();
    each_on_ladder(till, ladder, |part| parts.push(*part))?;
    kept(till, &parts, |_| None)
}

/// Parts as an order keeps them, by the names of their lines.
pub(super) fn kept(
    till: &Till<'_>,
    parts: &[Part],
    factor: impl Fn(usize) -> Option<Amount>,
) -> Result<Vec<CountedPart>, Overflow> {
    let mut kept: Vec<CountedPart> = Vec::with_capacity(parts.len());
    for (number, part) in parts.iter().enumerate() {
        kept.push(part.counted(till, factor(number))?);
    }
    // Stretches of an order stand one after the other.
    if !kept.is_sorted_by(|a, b| a.place() <= b.place()) {
        kept.sort_by(|a, b| a.place().cmp(&b.place()));
    }
    Ok(kept)
}

impl Part {
    /// The part as an order keeps it, with what multipliers made of it.
    pub(super) fn counted(&self, till: &Till<'_>, factor: Option<Amount>) -> Result<CountedPart, Overflow> {
        let line = self.line.and_then(|number| till.facts.lines.get(number));
        let (line, money) = (
            line.map(|line| line.id.clone()),
            Money::of_units(self.money, till.program.currency().digits())?,
        );
        Ok(CountedPart { line, charge: self.charge, money, units: self.units, factor })
    }
}

/// What belongs to no line and counts.
fn charges(till: &Till<'_>, base: EarningBase) -> impl Iterator<Item = (Charge, i64)> {
    let charges = [
        (base.shipping, Charge::Shipping, till.charges.shipping),
        (base.fees, Charge::Fees, till.charges.fees),
    ];
    let included = charges.into_iter().filter(|(counting, ..)| *counting == Counting::Included);
    included.map(|(_, charge, money)| (charge, money))
}

/// Whether something was taken off a line of which only the full price counts.
fn is_too_cheap(base: EarningBase, line: &LineFacts, left: i64) -> bool {
    base.discounts == DiscountsCount::UndiscountedLines && left != line.gross
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
fn of_line(
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
