//! The return: what comes back of an order, what is refunded for it, and what that undoes.
//!
//! Everything is worked out from the order itself, which carries what was decided: a program that changes later changes
//! nothing. What a return gives back is the difference between how the order stands after it and how it stood before
//! (`stand.rs`).

mod again;
mod counted;
mod exchange;
mod forward;
mod goods;
mod kept;
mod offers;
mod parties;
mod reopen;
mod restoring;
mod stand;
mod sums;
mod taking;
mod tallies;

use serde::Serialize;

use crate::error::{Code, InputError};
use crate::model::{BackSums, Member, Order, Reason, Refund, Refusal, Return, Returned};
use crate::program::Program;
use crate::value::{Id, Instant, Overflow};

use super::place::{Author, content};
use goods::Goods;
use parties::Parties;

impl Program {
    /// What comes back of an order, what is refunded for it, and what that undoes: points, coupons, counters, tiers.
    ///
    /// The order is handed in as it was stored, with the returns before this one, and goes on with [`Order::record`]. Any
    /// number of returns, in any order, comes to the same as one. The program may be a later one than that which decided
    /// the order: all terms are the order's own.
    ///
    /// The operation's id makes it happen once: where the order has a return of that name, the answer is that one, says
    /// `repeated`, and there is nothing to store or to pay.
    ///
    /// # Errors
    /// An [`InputError`] with code and path for nonsense: more units than are left, a line that is not in the order, another
    /// member's order, an operation that was done with another content, an instant before the order or before the member's
    /// latest event. That nothing is left to come back, or that the terms do not allow it, is no error:
    /// [`Refund::refused`] says why.
    ///
    /// ```
    /// # let program = dangol::Program::from_json(r#"{ "format": 1, "id": "cafe", "version": "1", "currency": "KRW",
    /// #     "wallets": [{ "id": "points" }], "accruals": [{ "id": "base", "award": { "percent": "5" } }] }"#)?;
    /// use dangol::{Basket, Line, Member, Returned, GoodsBack};
    /// let mut member = Member::new("m1".parse()?);
    /// let two = Line { quantity: "2".parse()?, ..Line::new("latte".parse()?, "4800".parse()?) };
    /// let basket = Basket { lines: vec![two], ..Basket::default() };
    /// let placed = program.quote(&member, &basket, "2026-01-31T09:00:00+09:00".parse()?)?.place("o1".parse()?);
    /// member.apply_all(&placed.events)?;
    ///
    /// let goods = GoodsBack { lines: [("1".parse()?, "1".parse()?)].into(), ..GoodsBack::default() };
    /// let now = "2026-02-01T09:00:00+09:00".parse()?;
    /// let refund = program.refund(&member, &placed.order, &Returned::Goods(goods), now, "return-1".parse()?)?;
    /// assert_eq!(refund.returned.as_ref().map(|returned| returned.money.to_string()), Some("4800".into()));
    /// member.apply_all(&refund.events)?;
    /// let mut order = placed.order;
    /// order.record(&refund)?;
    /// assert_eq!(member.account("points").map(|account| account.outstanding().to_string()), Some("240".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn refund(
        &self,
        member: &Member,
        order: &Order,
        returned: &Returned,
        now: Instant,
        operation: Id,
    ) -> Result<Refund, InputError> {
        self.refund_among(member, &[], order, returned, now, operation)
    }

    /// The same where others take part: the household whose points were used, members whose coupons were used.
    ///
    /// Who held a coupon and is not handed in gets none back; the household must be there.
    ///
    /// # Errors
    /// As [`Program::refund`], and where the order's household is missing.
    pub fn refund_among(
        &self,
        member: &Member,
        others: &[Member],
        order: &Order,
        returned: &Returned,
        now: Instant,
        operation: Id,
    ) -> Result<Refund, InputError> {
        let content = content(&Asked { order: &order.id, returned }).ok_or(Overflow)?;
        self.returned(member, others, order, returned, (now, &operation, &content))
    }

    /// The same, under an operation of that content.
    fn returned(
        &self,
        member: &Member,
        others: &[Member],
        order: &Order,
        returned: &Returned,
        (now, operation, content): (Instant, &Id, &Id),
    ) -> Result<Refund, InputError> {
        if let Some(known) = order.returns.iter().find(|known| known.operation == *operation) {
            if known.content == *content {
                let returned = Some(Box::new(known.clone()));
                let sums = order.back.sums.clone();
                return Ok(Refund { events: Vec::new(), returned, repeated: true, refused: None, sums });
            }
            return Err(InputError::reused("operation", operation));
        }
        fits(self, member, order, now)?;
        let Some(goods) = goods::goods(order, returned)? else {
            return Ok(no(order, Refusal { path: "returned".to_owned(), reason: Reason::NothingLeft }));
        };
        let mut parties = Parties::new(self.compiled(), (order, member, others), now, (operation, content))?;
        let sums = sums::after(order, &goods.touched, &goods.charged)?;
        let after = &sums;
        let ask =
            Ask { program: self, order, asked: returned, goods: &goods, after, operation, content, now };
        let found = match returned {
            Returned::Reopen => reopen::reopen(&ask, &mut parties)?,
            Returned::Goods(_) | Returned::Cancel | Returned::Void => forward::back(&ask, &mut parties)?,
        };
        let found = match found {
            Ok(found) => found,
            Err(refusal) => return Ok(no(order, refusal)),
        };
        let by = Author { program: &self.compiled().reference, operation, content: Some(content.clone()) };
        let events = parties.events(&by)?;
        Ok(Refund { events, returned: Some(Box::new(found)), repeated: false, refused: None, sums })
    }
}

/// What is asked of an order.
#[derive(Clone, Copy)]
struct Ask<'a> {
    program: &'a Program,
    order: &'a Order,
    asked: &'a Returned,
    goods: &'a Goods<'a>,
    /// The sums of the order after it.
    after: &'a BackSums,
    operation: &'a Id,
    content: &'a Id,
    now: Instant,
}

/// What a return finds, or why there is none.
type Found = Result<Result<Return, Refusal>, InputError>;

/// What is asked, as an operation is known again by it.
#[derive(Serialize)]
struct Asked<'a> {
    order: &'a Id,
    returned: &'a Returned,
}

fn no(order: &Order, refusal: Refusal) -> Refund {
    let (events, sums) = (Vec::new(), order.back.sums.clone());
    Refund { events, returned: None, repeated: false, refused: Some(refusal), sums }
}

/// The order must be the member's; a guest's is everybody's.
pub(super) fn of_member(order: &Order, member: &Member) -> Result<(), InputError> {
    let quote = &order.quote;
    if quote.guest || quote.member == member.id {
        return Ok(());
    }
    let message = format!("the order is of member `{}`, not of `{}`", quote.member, member.id);
    Err(InputError::new(Code::WrongMember, "order.quote.member", message))
}

/// The order must be the member's, of this program, and not lie ahead.
fn fits(program: &Program, member: &Member, order: &Order, now: Instant) -> Result<(), InputError> {
    let quote = &order.quote;
    if quote.program.id != *program.id() {
        let message = format!("the order is of program `{}`, not of `{}`", quote.program.id, program.id());
        return Err(InputError::new(Code::Contradiction, "order.quote.program.id", message));
    }
    of_member(order, member)?;
    if now < quote.at {
        let message = format!("lies before the order, {}", quote.at);
        return Err(InputError::new(Code::TimeRunsBackwards, "now", message));
    }
    if let Some(latest) = order.returns.last().filter(|latest| now < latest.at) {
        let message = format!("lies before the order's latest return, {}", latest.at);
        return Err(InputError::new(Code::TimeRunsBackwards, "now", message));
    }
    Ok(())
}
