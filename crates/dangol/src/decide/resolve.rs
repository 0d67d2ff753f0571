//! From a basket as it comes to facts that rules can look at; nonsense is refused here.

use std::cell::Cell;

use crate::check::{exact, positive};
use crate::error::{Code, InputError, suggestion};
use crate::model::{Basket, Line, Member, Offered};
use crate::program::Compiled;
use crate::rule::{Facts, LineFacts, Matches, Offer, TaxSet};
use crate::value::{Amount, Clock, Day, Id, Instant, Money, Overflow};

use super::tax::{self, Priced};
use super::{delivery, details, extras, tier};

/// What stands for the basket where there is none.
pub(super) static NO_BASKET: Basket = Basket::nothing();

/// The facts of a basket, with its lines by id.
pub(super) fn facts<'a>(
    program: &'a Compiled,
    member: &'a Member,
    basket: &'a Basket,
    now: Instant,
) -> Result<Facts<'a>, InputError> {
    details::basket(basket)?;
    let mut taxes = Vec::new();
    let lines = resolved(program, basket, &mut taxes)?;
    offered(program, basket)?;
    tenders(program, basket)?;
    let mut facts = moment(program, member, basket, now)?;
    let digits = program.currency().digits();
    let spend =
        lines.iter().try_fold(Money::ZERO, |sum, line| sum.plus(Money::of_units(line.gross, digits)?))?;
    let deliveries = delivery::deliveries(program, basket, &mut taxes)?;
    let mut matches = Matches::new(program.index.selectors, lines.len().saturating_add(deliveries.len()));
    let (mut row, mut scratch) = (Vec::new(), Vec::new());
    for (number, line) in lines.iter().enumerate() {
        if let Some(line) = basket.lines.get(line.position) {
            program.index.row(line, &mut row, &mut scratch);
            matches.note(number, &row);
        }
    }
    for (number, delivery) in (lines.len()..).zip(&deliveries) {
        let method = basket.deliveries.get(delivery.position).and_then(|known| known.method.as_ref());
        program.index.delivery(&delivery.id, method, &mut row, &mut scratch);
        matches.note(number, &row);
    }
    facts.keeps_prices = lines.iter().any(|line| !line.discountable);
    facts.floors = lines.iter().any(|line| line.floor > 0);
    (facts.spend, facts.lines, facts.deliveries) = (spend, lines, deliveries);
    (facts.matches, facts.taxes) = (matches, taxes);
    Ok(facts)
}

/// What there is before the lines of the basket: the member and the time of the shop.
pub(super) fn moment<'a>(
    program: &'a Compiled,
    member: &'a Member,
    basket: &'a Basket,
    now: Instant,
) -> Result<Facts<'a>, InputError> {
    lots(program, member)?;
    extras::tallies(program, member)?;
    details::member(member)?;
    let civil = program.zone().civil(now);
    let today = Day(civil.date());
    Ok(Facts {
        member,
        basket,
        today,
        weekday: today.weekday(),
        clock: Clock::of(civil.time()),
        leap_day: program.file.leap_day,
        wallets: &program.file.wallets,
        codes: shown(program, basket),
        tiers: &program.tiers,
        ranks: vec![tier::ranks(program, member, today)?],
        stretch: Cell::new(0),
        spend: Money::ZERO,
        rest: Vec::new(),
        sees_rest: false,
        lines: Vec::new(),
        floors: false,
        keeps_prices: false,
        deliveries: Vec::new(),
        taxes: Vec::new(),
        matches: Matches::default(),
    })
}

/// The codes as they are compared, where a condition looks at them.
fn shown(program: &Compiled, basket: &Basket) -> Vec<String> {
    if program.mentioned.is_empty() {
        return Vec::new();
    }
    basket.codes.iter().map(|code| Offer::normal_code(code)).collect()
}

/// The facts of a member at an instant without a basket.
pub(super) fn alone<'a>(
    program: &'a Compiled,
    member: &'a Member,
    now: Instant,
) -> Result<Facts<'a>, InputError> {
    moment(program, member, &NO_BASKET, now)
}

fn resolved(
    program: &Compiled,
    basket: &Basket,
    taxes: &mut Vec<TaxSet>,
) -> Result<Vec<LineFacts>, InputError> {
    let error =
        |code, field: &str, message: String| Err(InputError::new(code, format!("basket.{field}"), message));
    if basket.lines.is_empty() {
        return error(Code::Empty, "lines", "a basket has at least one line".into());
    }
    if basket.lines.len() > Basket::MAX_LINES {
        let message =
            format!("a basket has at most {} lines, found {}", Basket::MAX_LINES, basket.lines.len());
        return error(Code::TooMany, "lines", message);
    }
    if basket.codes.len() > Basket::MAX_CODES {
        let message =
            format!("at most {} codes are shown at once, found {}", Basket::MAX_CODES, basket.codes.len());
        return error(Code::TooMany, "codes", message);
    }
    let mut lines = Vec::with_capacity(basket.lines.len());
    for (position, line) in basket.lines.iter().enumerate() {
        lines.push(resolved_line(program, line, position, taxes)?);
    }
    let ordered = |a: &LineFacts, b: &LineFacts| a.id < b.id;
    if !lines.is_sorted_by(ordered) {
        lines.sort_by(|a, b| a.id.cmp(&b.id).then(a.position.cmp(&b.position)));
    }
    if let Some([_, twice]) = lines.array_windows().find(|[a, b]| a.id == b.id) {
        let path = format!("lines[{}].id", twice.position);
        return error(Code::DuplicateId, &path, format!("line `{}` is there twice", twice.id));
    }
    Ok(lines)
}

fn resolved_line(
    program: &Compiled,
    line: &Line,
    position: usize,
    taxes: &mut Vec<TaxSet>,
) -> Result<LineFacts, InputError> {
    let error = |code, field: &str, message: String| {
        Err(InputError::new(code, format!("basket.lines[{position}].{field}"), message))
    };
    let currency = program.currency();
    let digits = currency.digits();
    if line.gross.is_none() && line.price.is_none() {
        return error(Code::MissingField, "price", "give `price`, or `gross` as the till has it".into());
    }
    let own = (digits, currency.code());
    let price = program.file.price_digits.map_or(own, |digits| (digits, "the price of a unit"));
    for (field, money, (digits, whose)) in [("gross", line.gross, own), ("price", line.price, price)] {
        if let Some(Err((code, message))) = money.map(|it| not_negative(it.0, digits, whose)) {
            return error(code, field, message);
        }
    }
    if line.quantity.0 <= Amount::ZERO {
        return error(
            Code::OutOfRange,
            "quantity",
            format!("must be more than nothing, found `{}`", line.quantity),
        );
    }
    if line.quantity.0.rescaled(3).is_none() {
        let message = format!("at most 3 digits after the point, found `{}`", line.quantity);
        return error(Code::TooManyDigits, "quantity", message);
    }
    let gross = match line.gross {
        Some(gross) => Money(gross.0.rescaled(digits).ok_or(Overflow)?),
        None => line.price.unwrap_or_default().gross(line.quantity, program.file.line_rounding, digits)?,
    };
    details::line(line, position)?;
    let tax = line.tax.map(|_| extras::tax(program, line, gross, position)).transpose()?;
    let priced = Priced { gross: gross.units(), tax, taxes: &line.taxes };
    let at = |field: &str| format!("basket.lines[{position}].{field}");
    let entered = tax::entered(program, priced, at, taxes)?;
    let id = match &line.id {
        Some(id) => id.clone(),
        // A line that has none has its number in the basket.
        None => Id::number(position.saturating_add(1)),
    };
    Ok(LineFacts {
        id,
        position,
        quantity: line.quantity,
        units: line.quantity.whole_units(),
        gross: entered.gross,
        tax: entered.tax,
        floor: tax::alike(details::floor(program, line, gross, position)?, entered, taxes)?,
        tax_set: entered.set,
        earns: line.earns,
        discountable: line.discountable,
    })
}

/// Lots may have no more digits than their wallet.
fn lots(program: &Compiled, member: &Member) -> Result<(), InputError> {
    for (id, account) in &member.wallets {
        let allowed = program.wallet(Some(id)).map(|wallet| wallet.digits);
        if let Some(digits) = allowed.filter(|digits| account.digits() > *digits) {
            let message =
                format!("the wallet has {digits} digits after the point, a lot has {}", account.digits());
            return Err(InputError::new(Code::TooManyDigits, format!("member.wallets.{id}.lots"), message));
        }
    }
    Ok(())
}

/// Points may be offered of wallets that exist, in amounts that they can have.
fn offered(program: &Compiled, basket: &Basket) -> Result<(), InputError> {
    for (id, offered) in &basket.points {
        let path = format!("basket.points.{id}");
        let Some(wallet) = program.wallet(Some(id)) else {
            let near = suggestion(id.as_str(), program.file.wallets.iter().map(|wallet| wallet.id.as_str()));
            return Err(InputError::new(Code::UnknownName, path, format!("no such wallet: `{id}`{near}")));
        };
        let Offered::Points(points) = offered else { continue };
        not_negative(points.0, wallet.digits, "the wallet")
            .map_err(|(code, message)| InputError::new(code, path, message))?;
    }
    Ok(())
}

/// What each tender pays must be money, and more than nothing.
fn tenders(program: &Compiled, basket: &Basket) -> Result<(), InputError> {
    let (count, currency) = (basket.tenders.len(), program.currency());
    if count > Basket::MAX_TENDERS {
        let message = format!("at most {} tenders pay, found {count}", Basket::MAX_TENDERS);
        return Err(InputError::new(Code::TooMany, "basket.tenders", message));
    }
    for (id, money) in &basket.tenders {
        let error = |(code, message)| InputError::new(code, format!("basket.tenders.{id}"), message);
        positive(money.0, currency.digits(), currency.code()).map_err(error)?;
    }
    Ok(())
}

/// The amount with exactly so many digits after the point, or why not: it is negative, or has no such form.
pub(super) fn not_negative(amount: Amount, digits: u8, whose: &str) -> Result<Amount, (Code, String)> {
    if amount.is_negative() {
        return Err((Code::OutOfRange, format!("must not be negative, found `{amount}`")));
    }
    exact(amount, digits, whose)
}
