//! `refund`: goods that come back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Failure, Request};
use crate::error::{Code, Problem};
use crate::model::{Event, Member, Order, Refund, Refusal, Return, Returned};
use crate::program::Program;
use crate::value::{Id, Instant, Lang};

/// `refund`: what comes back of an order, what is refunded for it, and what that undoes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefundRequest {
    /// The member.
    pub member: Member,
    /// The order as it was stored, with the returns before this one.
    pub order: Order,
    /// What comes back.
    pub returned: Returned,
    /// The instant: not before the order, its latest return, or the member's latest event.
    pub now: Instant,
    /// The name that the host gives the return: the same name makes it happen once.
    pub operation: Id,
    /// Others who take part: the household whose points were used, members whose coupons were used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Member>,
    /// The language of the sentences; English where left out.
    #[serde(default)]
    pub lang: Lang,
}

/// What a return did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refunded {
    /// The order with the return noted in it, to be stored in place of the one that was handed in.
    pub order: Order,
    /// The events, to be stored with it and applied, all or none; also of others who take part.
    pub events: Vec<Event>,
    /// What is given back and why. Nothing where it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Box<Return>>,
    /// Whether the very same return was made before: then there is nothing to store or to pay.
    pub repeated: bool,
    /// Why nothing was done, where the rules say no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refusal>,
    /// Where each amount comes from, in sentences.
    pub sentences: Vec<String>,
}

impl Request for RefundRequest {
    type Reply = Refunded;
    fn run(self, program: &Program) -> Result<Refunded, Failure> {
        let RefundRequest { member, mut order, returned, now, operation, others, lang } = self;
        intact(&order)?;
        let refund = program.refund_among(&member, &others, &order, &returned, now, operation)?;
        let sentences = program.describe_refund(&order, &refund, lang);
        record(&mut order, &refund)?;
        let Refund { events, returned, repeated, refused, .. } = refund;
        Ok(Refunded { order, events, returned, repeated, refused, sentences })
    }
}

/// An order must be what was booked.
pub(super) fn intact(order: &Order) -> Result<(), Failure> {
    if order.is_intact() {
        return Ok(());
    }
    let message = "the order is not the one that was booked: its quote has another hash";
    Err(Problem::new(Code::WrongHash, "order.hash", message).into())
}

pub(super) fn record(order: &mut Order, refund: &Refund) -> Result<(), Failure> {
    order
        .record(refund)
        .map_err(|overflow| Problem::new(Code::Overflow, "order.back", overflow.to_string()).into())
}
