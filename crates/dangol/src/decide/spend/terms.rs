//! How many points of one wallet may be used at once, with a basket or without one.

use crate::model::{Offered, Reason, TenderCap};
use crate::rule::{Excess, TenderRule, Wallet};
use crate::value::{Amount, Mode, Money, Overflow, Points, Rounding};

use crate::decide::discount::total;

/// What a member has of one wallet.
#[derive(Clone, Copy, Debug)]
pub(in crate::decide) struct Funds {
    /// What can be used.
    pub(in crate::decide) usable: Points,
    /// What was ever granted.
    pub(in crate::decide) granted: Points,
}

/// The money that points of one wallet may replace.
#[derive(Debug)]
pub(in crate::decide) struct Room {
    /// What is still to pay of the lines that points may pay, in minor units.
    due: i64,
    /// The most that points may pay of it, in minor units.
    share: i64,
    /// What the whole basket is worth.
    basket: Money,
    /// Whether points may pay any of the lines.
    any_line: bool,
    digits: u8,
}

impl Room {
    /// The room on these lines, or on all, which cost `net` and of which other points have `paid`.
    pub(super) fn new(
        rule: &TenderRule,
        net: &[i64],
        paid: &[i64],
        lines: Option<&[usize]>,
        digits: u8,
    ) -> Result<Room, Overflow> {
        let basket = total(net, digits)?;
        let sum = |of: &[i64]| match lines {
            None => total(of, digits),
            Some(lines) => {
                let own: Vec<i64> = lines.iter().filter_map(|line| of.get(*line).copied()).collect();
                total(&own, digits)
            }
        };
        let payable = if lines.is_some() { sum(net)? } else { basket };
        let share = match rule.max_percent {
            Some(percent) => payable.percent(percent, Rounding::to_unit(Mode::Down))?,
            None => payable,
        };
        let any_line = lines.is_none_or(|lines| !lines.is_empty());
        Ok(Room { due: payable.minus(sum(paid)?)?.units(), share: share.units(), basket, any_line, digits })
    }

    /// How many steps the money allows, and what it is that allows no more.
    fn steps(&self, rule: &TenderRule, step: Points) -> Result<(i64, TenderCap), Overflow> {
        let cap = if self.share < self.due { TenderCap::MaxPercent } else { TenderCap::Due };
        Ok((rule.steps_within(self.due.min(self.share), step, self.digits)?, cap))
    }

    /// Why no points may be used on this basket.
    fn refusal(&self, rule: &TenderRule) -> Option<Reason> {
        let (required, actual) = (rule.minimum_basket.unwrap_or(Money::ZERO), self.basket);
        if actual < required {
            return Some(Reason::SpendTooLow { required, actual });
        }
        (!self.any_line).then_some(Reason::NoMatchingLine)
    }
}

/// So many points, and what kept it from being more.
#[derive(Debug)]
pub(in crate::decide) struct Use {
    pub(in crate::decide) points: Points,
    pub(in crate::decide) limited_by: Option<TenderCap>,
}

/// What the tender rule of a wallet lets a member use at once.
#[derive(Debug)]
pub(in crate::decide) struct Terms<'a> {
    rule: &'a TenderRule,
    step: Points,
    usable: Points,
    /// The most that may be used, or why nothing may.
    pub(in crate::decide) redeemable: Result<Points, Reason>,
    cap: TenderCap,
}

impl<'a> Terms<'a> {
    /// The terms for a basket with so much room. Without one, as where points are spent by hand, nothing is said about
    /// money and lines: balance, lifetime, minimum, maximum, step and excess decide.
    pub(in crate::decide) fn new(
        wallet: &Wallet,
        rule: &'a TenderRule,
        funds: Funds,
        room: Option<&Room>,
    ) -> Result<Terms<'a>, Overflow> {
        let digits = wallet.digits;
        let step = Points(rule.step(digits)?.0.rescaled(digits).ok_or(Overflow)?);
        let steps = |points: Points| {
            let units = points.0.rescaled(digits).map(Amount::units).ok_or(Overflow)?;
            units.checked_div(step.units()).ok_or(Overflow)
        };
        let (mut most, mut cap) = (steps(funds.usable)?, TenderCap::Balance);
        let maximum = rule.maximum.map(|maximum| Ok((steps(maximum)?, TenderCap::Maximum)));
        let money = room.map(|room| room.steps(rule, step));
        // What comes first is named where two allow the same.
        for limit in [maximum, money].into_iter().flatten() {
            let (allowed, by) = limit?;
            if allowed < most {
                (most, cap) = (allowed, by);
            }
        }
        let most = Points::of_units(most.checked_mul(step.units()).ok_or(Overflow)?, digits)?;
        let redeemable = match refusal(rule, funds, room, most) {
            Some(reason) => Err(reason),
            None => Ok(most),
        };
        Ok(Terms { rule, step, usable: funds.usable, redeemable, cap })
    }

    /// No points, written with the digits of the wallet.
    pub(in crate::decide) fn nothing(&self) -> Result<Points, Overflow> {
        Points::of_units(0, self.step.0.digits())
    }

    /// How many of the offered points are used, or why none are.
    pub(in crate::decide) fn used(&self, offered: Offered) -> Result<Result<Use, Reason>, Overflow> {
        let asked = match offered {
            Offered::Max => {
                let most = self.redeemable.clone();
                return Ok(most.map(|points| Use { points, limited_by: Some(self.cap) }));
            }
            Offered::Points(points) if !points.is_zero() => points,
            Offered::None | Offered::Points(_) => {
                return Ok(Ok(Use { points: self.nothing()?, limited_by: None }));
            }
        };
        let stepped = self.stepped(asked)?;
        if let Some(reason) = self.excess(asked, stepped) {
            return Ok(Err(reason));
        }
        Ok(self.redeemable.clone().map(|most| {
            if asked > most {
                Use { points: most, limited_by: Some(self.cap) }
            } else {
                Use { points: stepped, limited_by: (stepped < asked).then_some(TenderCap::Step) }
            }
        }))
    }

    /// As many as may be used of so many usable points, or why none are.
    pub(super) fn used_of(&self, some: Points) -> Result<Result<Use, Reason>, Overflow> {
        let most = match &self.redeemable {
            Ok(most) => *most,
            Err(reason) => return Ok(Err(reason.clone())),
        };
        let stepped = self.stepped(some)?;
        if most <= stepped {
            return Ok(Ok(Use { points: most, limited_by: Some(self.cap) }));
        }
        Ok(match self.too_few(stepped, Some(self.usable)) {
            Some(reason) => Err(reason),
            None if stepped.is_zero() => Err(Reason::NoEffect),
            None => Ok(Use { points: stepped, limited_by: Some(TenderCap::Expiring) }),
        })
    }

    /// What is wrong with an offer of so many points, of which whole steps make `stepped`.
    fn excess(&self, asked: Points, stepped: Points) -> Option<Reason> {
        let refuses = self.rule.excess == Excess::Refuse;
        if refuses && asked > self.usable {
            return Some(Reason::BalanceTooLow { required: asked, actual: self.usable });
        }
        if let Some(reason) = self.too_few(asked, None) {
            return Some(reason);
        }
        if let Some(maximum) = self.rule.maximum.filter(|maximum| refuses && asked > *maximum) {
            return Some(Reason::AboveMaximum { maximum, actual: asked });
        }
        if stepped.is_zero() || (refuses && stepped < asked) {
            return Some(Reason::OffStep { step: self.step, actual: asked });
        }
        // Whole steps of an offer can be fewer than the minimum, where that is none of them.
        self.too_few(stepped, None)
    }

    /// Why so many points are too few, which somebody offered, or which are left of what the member can use.
    fn too_few(&self, points: Points, usable: Option<Points>) -> Option<Reason> {
        let required = self.rule.minimum.filter(|minimum| points < *minimum)?;
        Some(Reason::BelowMinimum { required, actual: points, usable })
    }

    /// The whole steps of so many points.
    fn stepped(&self, points: Points) -> Result<Points, Overflow> {
        let digits = self.step.0.digits();
        let units = points.0.rescaled(digits).map(Amount::units).ok_or(Overflow)?;
        let over = units.checked_rem(self.step.units()).ok_or(Overflow)?;
        Points::of_units(units.checked_sub(over).ok_or(Overflow)?, digits)
    }
}

/// Why no points may be used at all, where `most` is what balance, maximum and money allow.
fn refusal(rule: &TenderRule, funds: Funds, room: Option<&Room>, most: Points) -> Option<Reason> {
    let Funds { usable, granted } = funds;
    if let Some(required) = rule.minimum_balance.filter(|minimum| usable < *minimum) {
        return Some(Reason::BalanceTooLow { required, actual: usable });
    }
    if let Some(required) = rule.minimum_lifetime.filter(|minimum| granted < *minimum) {
        return Some(Reason::LifetimeTooLow { required, actual: granted });
    }
    if let Some(reason) = room.and_then(|room| room.refusal(rule)) {
        return Some(reason);
    }
    if let Some(required) = rule.minimum.filter(|minimum| most < *minimum) {
        return Some(Reason::BelowMinimum { required, actual: most, usable: Some(usable) });
    }
    most.is_zero().then_some(Reason::NoEffect)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is used without a basket, of a wallet with that rule in JSON: points and cap, or the reason in JSON.
    fn used(rule: &str, usable: &str, granted: &str, offered: Offered) -> Result<(String, String), String> {
        let wallet = format!(r#"{{ "id": "points", "tender": {{ "value": "1", {rule} }} }}"#);
        let wallet: Wallet = serde_json::from_str(&wallet).unwrap();
        let funds = Funds { usable: usable.parse().unwrap(), granted: granted.parse().unwrap() };
        let terms = Terms::new(&wallet, wallet.tender.as_ref().unwrap(), funds, None).unwrap();
        let cap = |cap: Option<TenderCap>| cap.map_or_else(String::new, |cap| format!("{cap:?}"));
        match terms.used(offered).unwrap() {
            Ok(used) => Ok((used.points.to_string(), cap(used.limited_by))),
            Err(reason) => Err(serde_json::to_string(&reason).unwrap()),
        }
    }

    fn some(points: &str) -> Offered {
        Offered::Points(points.parse().unwrap())
    }

    #[test]
    fn without_a_basket_money_and_lines_say_nothing() {
        let rule = r#""max_percent": "1", "minimum_basket": "99999", "lines": { "skus": ["cake"] }"#;
        assert_eq!(used(rule, "5000", "5000", Offered::Max), Ok(("5000".into(), "Balance".into())));
        assert_eq!(used(rule, "5000", "5000", some("1")), Ok(("1".into(), String::new())));
        assert_eq!(used(rule, "5000", "5000", Offered::None), Ok(("0".into(), String::new())));
    }

    #[test]
    fn without_a_basket_the_other_words_hold() {
        let maximum = r#""maximum": "300", "step": "100""#;
        assert_eq!(used(maximum, "5000", "5000", Offered::Max), Ok(("300".into(), "Maximum".into())));
        let above = r#"{"code":"above_maximum","maximum":"300","actual":"400"}"#;
        assert_eq!(used(maximum, "5000", "5000", some("400")), Err(above.into()));
        let off = r#"{"code":"off_step","step":"100","actual":"150"}"#;
        assert_eq!(used(maximum, "5000", "5000", some("150")), Err(off.into()));
        let lifetime = r#"{"code":"lifetime_too_low","required":"1000","actual":"999"}"#;
        assert_eq!(used(r#""minimum_lifetime": "1000""#, "10", "999", some("5")), Err(lifetime.into()));
        let balance = r#"{"code":"balance_too_low","required":"1000","actual":"999"}"#;
        assert_eq!(used(r#""minimum_balance": "1000""#, "999", "999", some("5")), Err(balance.into()));
        let few = r#"{"code":"below_minimum","required":"10","actual":"5"}"#;
        assert_eq!(used(r#""minimum": "10""#, "999", "999", some("5")), Err(few.into()));
    }

    #[test]
    fn without_a_basket_excess_is_reduced_where_the_rule_says_so() {
        let rule = r#""excess": "reduce", "maximum": "300", "step": "100""#;
        assert_eq!(used(rule, "250", "250", some("9000")), Ok(("200".into(), "Balance".into())));
        assert_eq!(used(rule, "5000", "5000", some("9000")), Ok(("300".into(), "Maximum".into())));
        assert_eq!(used(rule, "5000", "5000", some("250")), Ok(("200".into(), "Step".into())));
    }
}
