//! The quote: facts, offers, points as tender, accrual, tier, in this order.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::error::InputError;
use crate::model::{Accrual, Basket, LineDiscount, Member, Quote, QuotedLine, Tender};
use crate::program::{Compiled, Program};
use crate::rule::Facts;
use crate::value::{Id, Instant, Money, Overflow, Points};

use super::discount::{Discounts, discounts, misfit, total};
use super::purse::Purse;
use super::spend::Payment;
use super::{advance, earn, resolve, spend, standing};

impl Program {
    /// What a basket of a member costs and earns at that instant, with every reason.
    ///
    /// Pure: the same arguments give the same quote on every machine, and the order of lines, rules and codes changes
    /// no amount. Lots that have ended do not count, whether or not [`Program::advance`] has written it.
    ///
    /// # Errors
    /// An [`InputError`] with code and path for nonsense: no lines, a duplicate line id, a negative quantity, more
    /// digits than the currency has, points of a wallet that does not exist. That a rule does not apply is no error.
    ///
    /// ```
    /// # let program = dangol::Program::from_json(r#"{ "format": 1, "id": "cafe", "version": "1", "currency": "KRW",
    /// #     "wallets": [{ "id": "points" }], "accruals": [{ "id": "base", "award": { "percent": "5" } }] }"#)?;
    /// use dangol::{Basket, Line, Member};
    /// let member = Member::new("m1".parse()?);
    /// let basket = Basket { lines: vec![Line::new("latte".parse()?, "4800".parse()?)], ..Basket::default() };
    /// let quote = program.quote(&member, &basket, "2026-01-31T09:00:00+09:00".parse()?)?;
    /// assert_eq!(quote.due.to_string(), "4800");
    /// assert_eq!(quote.accruals[0].points.to_string(), "240");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn quote(&self, member: &Member, basket: &Basket, now: Instant) -> Result<Quote, InputError> {
        let program = self.compiled();
        let overdue = advance::overdue(program, member, now)?;
        let mut current = Cow::Borrowed(member);
        for due in &overdue {
            current.to_mut().change(&due.change, due.at).map_err(misfit)?;
        }
        let mut facts = resolve::facts(program, &current, basket, now)?;
        let mut purse = Purse::new(&current, facts.today);
        let discounts = discounts(program, &mut facts, &mut purse)?;
        let payment = spend::pay(program, &facts, &mut purse, &discounts.rest.money)?;
        let (accruals, not_earned) = earn::accruals(program, &facts, &discounts, &payment.paid)?;
        let mut parts = Parts { program, facts: &facts, discounts, payment };
        let sums = parts.sums()?;
        let mut refused = std::mem::take(&mut parts.discounts.refused);
        refused.append(&mut parts.payment.refused);
        refused.extend(not_earned);
        let earned = earned(&accruals)?;
        Ok(Quote {
            program: program.reference.clone(),
            member: member.id.clone(),
            member_version: member.version,
            at: now,
            on: facts.today,
            currency: program.currency(),
            lines: parts.lines()?,
            gross: sums.gross,
            discount: sums.gross.minus(sums.net)?,
            net: sums.net,
            paid_with_points: sums.paid,
            due: sums.net.minus(sums.paid)?,
            balances: balances(program, &purse, &earned)?,
            tier: standing::preview(program, &current, facts.rank, facts.today, sums.net.minus(sums.paid)?)?,
            tenders: parts.tenders(),
            applied: parts.discounts.applied,
            accruals,
            earned,
            refused,
            optimal: parts.discounts.optimal,
            forget_before: standing::forget_before(program, facts.today),
            overdue,
        })
    }
}

struct Parts<'a> {
    program: &'a Compiled,
    facts: &'a Facts<'a>,
    discounts: Discounts,
    payment: Payment,
}

struct Sums {
    gross: Money,
    net: Money,
    paid: Money,
}

impl Parts<'_> {
    fn sums(&self) -> Result<Sums, Overflow> {
        let digits = self.program.currency().digits();
        let (net, paid) = (total(&self.discounts.rest.money, digits)?, total(&self.payment.paid, digits)?);
        Ok(Sums { gross: self.facts.spend, net, paid })
    }

    /// The lines in the order of the basket.
    fn lines(&mut self) -> Result<Vec<QuotedLine>, Overflow> {
        let digits = self.program.currency().digits();
        let mut order: Vec<usize> = (0..self.facts.lines.len()).collect();
        order.sort_by_key(|number| self.facts.lines.get(*number).map(|line| line.position));
        let mut lines = Vec::with_capacity(order.len());
        for number in order {
            let Some(line) = self.facts.lines.get(number) else { continue };
            let Some(source) = self.facts.basket.lines.get(line.position) else { continue };
            let at = |list: &[i64]| Money::of_units(list.get(number).copied().unwrap_or(0), digits);
            let discounts: Vec<LineDiscount> =
                self.discounts.lines.get_mut(number).map(std::mem::take).unwrap_or_default();
            lines.push(QuotedLine {
                id: line.id.clone(),
                sku: source.sku.clone(),
                quantity: line.quantity,
                gross: Money::of_units(line.gross, digits)?,
                discounts,
                net: at(&self.discounts.rest.money)?,
                paid_with_points: at(&self.payment.paid)?,
            });
        }
        Ok(lines)
    }

    fn tenders(&mut self) -> Vec<Tender> {
        std::mem::take(&mut self.payment.tenders)
    }
}

fn earned(accruals: &[Accrual]) -> Result<BTreeMap<Id, Points>, Overflow> {
    let mut earned: BTreeMap<Id, Points> = BTreeMap::new();
    for accrual in accruals {
        let sum = earned.entry(accrual.wallet.clone()).or_default();
        *sum = sum.plus(accrual.points)?;
    }
    Ok(earned)
}

/// What can be used of each wallet of the program after the order.
fn balances(
    program: &Compiled,
    purse: &Purse<'_>,
    earned: &BTreeMap<Id, Points>,
) -> Result<BTreeMap<Id, Points>, Overflow> {
    let mut balances = BTreeMap::new();
    for wallet in &program.file.wallets {
        let granted = earned.get(&wallet.id).copied().unwrap_or(Points::ZERO);
        let sum = purse.usable(&wallet.id).plus(granted)?;
        // Nothing has no digits of its own: every balance is written with those of its wallet.
        balances.insert(wallet.id.clone(), sum.plus(Points::of_units(0, wallet.digits)?)?);
    }
    Ok(balances)
}
