//! What a basket says beside its lines: charges, tenders and budgets; and what a member's tallies say.

use std::collections::BTreeMap;

use crate::error::{Code, InputError, suggestion};
use crate::model::{Basket, Line, Member, Tally, TallyKind};
use crate::program::Compiled;
use crate::value::{Amount, Id, Money, Overflow};

use super::resolve::not_negative;
use super::{gifts, limit};

/// What is charged beside the lines, in minor units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Charges {
    pub(super) shipping: i64,
    pub(super) fees: i64,
}

/// The charges of a basket; nonsense in what it says beside its lines is refused.
pub(super) fn charges(program: &Compiled, basket: &Basket) -> Result<Charges, InputError> {
    budgets(program, &basket.budgets, "basket.budgets")?;
    limit::uses(program, basket)?;
    gifts::check(program, basket)?;
    let shipping = minor(program, basket.shipping, || "basket.shipping".into())?;
    Ok(Charges { shipping, fees: minor(program, basket.fees, || "basket.fees".into())? })
}

/// What a host counts must be of budgets that exist, and not negative.
pub(super) fn budgets(
    program: &Compiled,
    budgets: &BTreeMap<Id, Amount>,
    path: &str,
) -> Result<(), InputError> {
    for (id, used) in budgets {
        let path = || format!("{path}.{id}");
        let Some(budget) = program.budget(id) else {
            let near = suggestion(id.as_str(), program.file.budgets.iter().map(|budget| budget.id.as_str()));
            return Err(InputError::new(Code::UnknownName, path(), format!("no such budget: `{id}`{near}")));
        };
        if budget.amount.is_some() {
            minor(program, Money(*used), path)?;
        } else if used.is_negative() {
            let message = format!("must not be negative, found `{used}`");
            return Err(InputError::new(Code::OutOfRange, path(), message));
        }
    }
    Ok(())
}

/// The tax that a line contains, in minor units: at most the line's amount.
pub(super) fn tax(program: &Compiled, line: &Line, gross: Money, position: usize) -> Result<i64, InputError> {
    let Some(tax) = line.tax else { return Ok(0) };
    let path = || format!("basket.lines[{position}].tax");
    let minor = minor(program, tax, path)?;
    if minor > gross.units() {
        let message = format!("a line of {gross} cannot contain more tax than that, found `{tax}`");
        return Err(InputError::new(Code::OutOfRange, path(), message));
    }
    Ok(minor)
}

/// Tallies hold money of the program's currency, points of their wallets, and no orders.
pub(super) fn tallies(program: &Compiled, member: &Member) -> Result<(), InputError> {
    for (index, tally) in member.tallies.iter().enumerate() {
        let path = |field: &str| format!("member.tallies[{index}].{field}");
        minor(program, tally.amount, || path("amount"))?;
        if tally.per.is_order() {
            return Err(InputError::new(Code::InvalidValue, path("per"), "an order has no tally"));
        }
        let Some(digits) = digits(program, tally) else { continue };
        not_negative(tally.points.0, digits, "the wallet")
            .map_err(|(code, message)| InputError::new(code, path("points"), message))?;
    }
    Ok(())
}

/// The digits of the points of a tally; nothing where the program no longer knows what it is about.
fn digits(program: &Compiled, tally: &Tally) -> Option<u8> {
    let wallet = match tally.kind {
        TallyKind::Wallet => program.wallet(Some(&tally.of)),
        TallyKind::Accrual => {
            let rule = program.accruals().find(|rule| rule.id == tally.of)?;
            program.wallet(rule.wallet.as_ref())
        }
        TallyKind::Offer => None,
    };
    wallet.map(|wallet| wallet.digits)
}

/// Money that is not negative, in minor units.
pub(super) fn minor(program: &Compiled, money: Money, path: impl Fn() -> String) -> Result<i64, InputError> {
    let currency = program.currency();
    not_negative(money.0, currency.digits(), currency.code())
        .map(Amount::units)
        .map_err(|(code, message)| InputError::new(code, path(), message))
}

/// What is due with charges and added tax, in minor units, and what rounding it added: what is left to pay of the goods,
/// delivery, fees and tax.
pub(super) fn due(
    program: &Compiled,
    goods: Money,
    charges: Charges,
    tax: i64,
) -> Result<(Money, Money), Overflow> {
    let (currency, digits) = (program.currency(), program.currency().digits());
    let charges = charges.shipping.checked_add(charges.fees).ok_or(Overflow)?;
    let exact = goods.plus(Money::of_units(charges.checked_add(tax).ok_or(Overflow)?, digits)?)?;
    let Some(mut rounding) = program.file.due_rounding else { return Ok((exact, Money::ZERO)) };
    if rounding.unit.is_zero() {
        rounding.unit = currency.least();
    }
    let due = Money(rounding.round(exact.0, digits)?);
    Ok((due, due.minus(exact)?))
}
