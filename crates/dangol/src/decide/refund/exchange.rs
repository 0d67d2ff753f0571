//! The exchange: goods come back and others are bought, as one operation with one sum to pay or to give back.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::decide::overdue::misfit;
use crate::decide::place::content;
use crate::error::{Code, InputError};
use crate::model::{Basket, Event, Exchange, Member, Order, Returned};
use crate::program::Program;
use crate::value::{Id, Instant, Overflow};

/// What is asked, as an exchange is known again by it.
#[derive(Serialize)]
struct Asked<'a> {
    order: &'a Id,
    returned: &'a Returned,
    basket: &'a Basket,
}

impl Program {
    /// Takes goods of an order back and sells others, as one operation that is named as the new order.
    ///
    /// The basket is quoted for the member as the return leaves him: points that came back can pay, coupons that came back
    /// apply. The events of both follow one another under one name, to be stored and applied all or none.
    ///
    /// `others` are the household whose points were used and members whose coupons were used, as with
    /// [`Program::refund_among`].
    ///
    /// # Errors
    /// As [`Program::refund`] and [`Program::quote`]; and where what comes back is `reopen`, or the new order has the name of
    /// the old one.
    pub fn exchange(
        &self,
        member: &Member,
        others: &[Member],
        (order, returned): (&Order, &Returned),
        basket: &Basket,
        now: Instant,
        exchange: Id,
    ) -> Result<Exchange, InputError> {
        if *returned == Returned::Reopen {
            let message = "a return that is taken back is exchanged for nothing";
            return Err(InputError::new(Code::Contradiction, "returned", message));
        }
        if exchange == order.id {
            let message = format!("`{exchange}` is the old order: name the new one otherwise");
            return Err(InputError::new(Code::OperationReused, "exchange", message));
        }
        let asked = content(&Asked { order: &order.id, returned, basket }).ok_or(Overflow)?;
        let refund = self.returned(member, others, order, returned, (now, &exchange, &asked))?;
        if refund.repeated || refund.refused.is_some() {
            return Ok(Exchange { refund, placed: None, due: None });
        }
        let mut after = member.clone();
        let pool = order.quote.pool.as_ref().map(|pool| &pool.member);
        let mut common = others.iter().find(|other| Some(&other.id) == pool).cloned();
        let mut steps: BTreeMap<Id, u32> = BTreeMap::new();
        for event in &refund.events {
            let steps = steps.entry(event.member.clone()).or_default();
            *steps = event.step;
            for party in [Some(&mut after), common.as_mut()].into_iter().flatten() {
                if party.id == event.member {
                    party.apply(event).map_err(misfit)?;
                }
            }
        }
        let quote = match &common {
            Some(pool) => self.quote_in_pool(&after, pool, basket, now)?,
            None => self.quote(&after, basket, now)?,
        };
        let mut placed = quote.place(exchange);
        // The second half of one operation goes on counting where the first one ended.
        placed.events = placed.events.into_iter().map(|event| goes_on(event, &steps, &asked)).collect();
        let money =
            refund.returned.as_ref().map_or(Ok(quote.due), |returned| quote.due.minus(returned.money))?;
        let events = refund.events.iter().cloned().chain(std::mem::take(&mut placed.events)).collect();
        placed.events = events;
        Ok(Exchange { refund, placed: Some(Box::new(placed)), due: Some(money) })
    }
}

fn goes_on(event: Event, steps: &BTreeMap<Id, u32>, asked: &Id) -> Event {
    let before = steps.get(&event.member).copied().unwrap_or(0);
    Event { step: event.step.saturating_add(before), content: Some(asked.clone()), ..event }
}
