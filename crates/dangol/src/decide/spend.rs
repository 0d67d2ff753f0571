//! Points as tender: how many may pay, how many do, and what they pay on each line.

use crate::error::InputError;
use crate::model::{Offered, Reason, Refused, Subject, Tender, TenderCap};
use crate::program::Compiled;
use crate::rule::{Facts, TenderRule, Wallet};
use crate::value::{Mode, Money, Overflow, Points, Rounding};

use super::discount::total;
use super::overdue::misfit;
use super::purse::Purse;

/// What points pay.
#[derive(Debug)]
pub(super) struct Payment {
    pub(super) tenders: Vec<Tender>,
    pub(super) refused: Vec<Refused>,
    /// What points pay on each line, in minor units.
    pub(super) paid: Vec<i64>,
}

/// Lets every wallet that pays do so, by id.
pub(super) fn pay(
    program: &Compiled,
    facts: &Facts<'_>,
    purse: &mut Purse<'_>,
    left: &[i64],
) -> Result<Payment, InputError> {
    let mut payment = Payment { tenders: Vec::new(), refused: Vec::new(), paid: vec![0; left.len()] };
    let mut wallets: Vec<&Wallet> = program.file.wallets.iter().collect();
    wallets.sort_by_key(|wallet| &wallet.id);
    let digits = program.currency().digits();
    let net = total(left, digits)?.units();
    let mut due = net;
    for wallet in wallets {
        let offered = facts.basket.points.get(&wallet.id).copied().unwrap_or_default();
        let Some(rule) = wallet.tender else {
            if offered != Offered::None {
                payment.refuse(wallet, Reason::NotRedeemable);
            }
            continue;
        };
        let terms = Terms::new(program, wallet, rule, purse.usable(&wallet.id), net, due)?;
        let (points, limited_by) = match terms.used(offered)? {
            Ok(used) => used,
            Err(reason) => {
                payment.refuse(wallet, reason);
                (terms.nothing()?, None)
            }
        };
        let worth = rule.worth(points, digits)?;
        let lots = if points.is_zero() {
            Vec::new()
        } else {
            purse.draw(&wallet.id, points, wallet.burn_order).map_err(misfit)?
        };
        payment.spread(program, worth, left);
        due = due.checked_sub(worth).ok_or(Overflow)?;
        payment.tenders.push(Tender {
            wallet: wallet.id.clone(),
            redeemable: terms.redeemable.clone().or_else(|_| terms.nothing())?,
            points,
            value: Money::of_units(worth, digits)?,
            lots,
            limited_by,
        });
    }
    Ok(payment)
}

impl Payment {
    fn refuse(&mut self, wallet: &Wallet, reason: Reason) {
        self.refused.push(Refused { what: Subject::Wallet, id: wallet.id.to_string(), reason });
    }

    /// Spreads what was paid over the lines by what is left of them.
    fn spread(&mut self, program: &Compiled, worth: i64, left: &[i64]) {
        let rest = left.iter().zip(&self.paid).map(|(left, paid)| left.saturating_sub(*paid));
        let mut parts = Vec::with_capacity(left.len());
        program.file.discounts.split.parts(worth, &rest.collect::<Vec<_>>(), &mut parts);
        for (paid, part) in self.paid.iter_mut().zip(parts) {
            *paid = paid.saturating_add(part);
        }
    }
}

/// What may be paid with the points of one wallet.
struct Terms {
    rule: TenderRule,
    step: Points,
    usable: Points,
    /// The most that may be used, or why nothing may.
    redeemable: Result<Points, Reason>,
    cap: TenderCap,
}

impl Terms {
    fn new(
        program: &Compiled,
        wallet: &Wallet,
        rule: TenderRule,
        usable: Points,
        net: i64,
        due: i64,
    ) -> Result<Terms, Overflow> {
        let digits = program.currency().digits();
        let step = Points(rule.step(wallet.digits)?.0.rescaled(wallet.digits).ok_or(Overflow)?);
        let share = match rule.max_percent {
            Some(percent) => {
                Money::of_units(net, digits)?.percent(percent, Rounding::to_unit(Mode::Down))?.units()
            }
            None => net,
        };
        let by_money = rule.steps_within(due.min(share), step, digits)?;
        let in_units = usable.0.rescaled(wallet.digits).ok_or(Overflow)?.units();
        let by_balance = in_units.checked_div(step.units()).ok_or(Overflow)?;
        let units = by_money.min(by_balance).checked_mul(step.units()).ok_or(Overflow)?;
        let most = Points::of_units(units, wallet.digits)?;
        let cap = if by_balance <= by_money {
            TenderCap::Balance
        } else if share < due {
            TenderCap::MaxPercent
        } else {
            TenderCap::Due
        };
        let redeemable = match (rule.minimum_balance, rule.minimum) {
            (Some(required), _) if usable < required => {
                Err(Reason::BalanceTooLow { required, actual: usable })
            }
            (_, Some(required)) if most < required => Err(Reason::BelowMinimum { required, actual: most }),
            _ if most.is_zero() => Err(Reason::NoEffect),
            _ => Ok(most),
        };
        Ok(Terms { rule, step, usable, redeemable, cap })
    }

    /// No points, written with the digits of the wallet.
    fn nothing(&self) -> Result<Points, Overflow> {
        Points::of_units(0, self.step.0.digits())
    }

    /// How many of the offered points are used and what kept it from being more, or why none are.
    fn used(&self, offered: Offered) -> Result<Result<(Points, Option<TenderCap>), Reason>, Overflow> {
        let asked = match offered {
            Offered::None => return Ok(Ok((self.nothing()?, None))),
            Offered::Points(points) if points.is_zero() => return Ok(Ok((self.nothing()?, None))),
            Offered::Max => return Ok(self.redeemable.clone().map(|most| (most, Some(self.cap)))),
            Offered::Points(points) => points,
        };
        if asked > self.usable {
            let reason = Reason::BalanceTooLow { required: asked, actual: self.usable };
            return Ok(Err(reason));
        }
        if let Some(required) = self.rule.minimum.filter(|minimum| asked < *minimum) {
            return Ok(Err(Reason::BelowMinimum { required, actual: asked }));
        }
        let exact = asked.0.rescaled(self.step.0.digits()).ok_or(Overflow)?;
        if exact.units().checked_rem(self.step.units()) != Some(0) {
            return Ok(Err(Reason::OffStep { step: self.step, actual: asked }));
        }
        Ok(self
            .redeemable
            .clone()
            .map(|most| if asked > most { (most, Some(self.cap)) } else { (Points(exact), None) }))
    }
}
