//! What a member brings along about earlier days must be money and points of the program; nonsense is refused here.

use crate::error::{Code, InputError};
use crate::model::{LadderActivity, Member};
use crate::program::Compiled;
use crate::value::{Amount, Id, Money, Points};

use super::resolve::not_negative;

/// What was done day by day, what was done before, and what waits for a signal.
pub(super) fn check(program: &Compiled, member: &Member) -> Result<(), InputError> {
    let money = |money: Money, path: &dyn Fn() -> String| {
        let currency = program.currency();
        let exact = not_negative(money.0, currency.digits(), currency.code());
        exact.map_err(|(code, message)| InputError::new(code, path(), message))
    };
    for (index, day) in member.activity.iter().enumerate() {
        money(day.spend, &|| format!("member.activity[{index}].spend"))?;
        for (ladder, LadderActivity { spend, .. }) in &day.ladders {
            money(*spend, &|| format!("member.activity[{index}].ladders.{ladder}.spend"))?;
        }
        points(program, day.points.iter(), || format!("member.activity[{index}].points"))?;
    }
    let earlier = &member.earlier;
    money(earlier.spend, &|| "member.earlier.spend".to_owned())?;
    for (ladder, counts) in &earlier.ladders {
        money(counts.spend, &|| format!("member.earlier.ladders.{ladder}.spend"))?;
    }
    points(program, earlier.points.iter(), || "member.earlier.points".to_owned())?;
    let (count, most) = (member.waiting_orders.len(), Member::MAX_WAITING_ORDERS);
    if count > most {
        let message = format!("at most {most} orders wait for a signal, found {count}");
        return Err(InputError::new(Code::TooMany, "member.waiting_orders", message));
    }
    for (index, order) in member.waiting_orders.iter().enumerate() {
        money(order.spend, &|| format!("member.waiting_orders[{index}].spend"))?;
    }
    Ok(())
}

/// Points may have no more digits than their wallet, where the program has it, and are not negative.
fn points<'a>(
    program: &Compiled,
    all: impl Iterator<Item = (&'a Id, &'a Points)>,
    path: impl Fn() -> String,
) -> Result<(), InputError> {
    for (wallet, points) in all {
        let digits = program.wallet(Some(wallet)).map_or(Amount::MAX_DIGITS, |wallet| wallet.digits);
        not_negative(points.0, digits, "the wallet")
            .map_err(|(code, message)| InputError::new(code, format!("{}.{wallet}", path()), message))?;
    }
    Ok(())
}
