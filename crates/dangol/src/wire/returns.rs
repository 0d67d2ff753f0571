//! Goods that come back, and what tills did on their own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Failure, Request};
use crate::error::{Code, Problem};
use crate::model::{Basket, Done, Event, Exchange, Member, Merged, Order, Refund, Refusal, Return, Returned};
use crate::program::Program;
use crate::value::{Id, Instant, Lang, Money};

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
        order.intact()?;
        let refund = program.refund_among(&member, &others, &order, &returned, now, operation)?;
        let sentences = program.describe_refund(&order, &refund, lang);
        record(&mut order, &refund)?;
        let Refund { events, returned, repeated, refused, .. } = refund;
        Ok(Refunded { order, events, returned, repeated, refused, sentences })
    }
}

/// `exchange`: goods come back, and others are bought.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExchangeRequest {
    /// The member.
    pub member: Member,
    /// The order as it was stored, with the returns before this one.
    pub order: Order,
    /// What comes back of it: anything but `reopen`.
    pub returned: Returned,
    /// What is bought.
    pub basket: Basket,
    /// The instant: not before the order, its latest return, or the member's latest event.
    pub now: Instant,
    /// The id of the new order, which is the name of the whole operation.
    pub exchange: Id,
    /// Others who take part: the household whose points were used, members whose coupons were used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Member>,
    /// The language of the sentences; English where left out.
    #[serde(default)]
    pub lang: Lang,
}

/// What an exchange did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exchanged {
    /// The old order with the return noted in it, to be stored in place of the one that was handed in.
    pub order: Order,
    /// The new order, to be stored. Nothing where the exchange was refused or made before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchanged: Option<Box<Order>>,
    /// The events of both halves, to be stored with the orders and applied, all or none.
    pub events: Vec<Event>,
    /// What the customer pays; with a minus what is given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Money>,
    /// What is given back for the old goods, and why. Nothing where it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Box<Return>>,
    /// Whether the very same exchange was made before: then there is nothing to store or to pay.
    pub repeated: bool,
    /// Why nothing was done, where the rules say no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refusal>,
    /// Where each amount of the return comes from, in sentences.
    pub sentences: Vec<String>,
}

impl Request for ExchangeRequest {
    type Reply = Exchanged;
    fn run(self, program: &Program) -> Result<Exchanged, Failure> {
        let ExchangeRequest { member, mut order, returned, basket, now, exchange, others, lang } = self;
        order.intact()?;
        let done = program.exchange(&member, &others, (&order, &returned), &basket, now, exchange)?;
        let Exchange { refund, placed, due } = done;
        let sentences = program.describe_refund(&order, &refund, lang);
        record(&mut order, &refund)?;
        let (exchanged, events) = placed.map(|placed| (Box::new(placed.order), placed.events)).unzip();
        let (events, Refund { returned, repeated, refused, .. }) = (events.unwrap_or_default(), refund);
        Ok(Exchanged { order, exchanged, events, due, returned, repeated, refused, sentences })
    }
}

/// `merge`: what tills did without knowing of each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeRequest {
    /// The member as all tills knew him, or as he was when they were last put together.
    pub member: Member,
    /// Everything that they did since, in any order.
    pub done: Vec<Done>,
}

impl Request for MergeRequest {
    type Reply = Merged;
    fn run(self, program: &Program) -> Result<Merged, Failure> {
        Ok(program.merge(&self.member, &self.done)?)
    }
}

fn record(order: &mut Order, refund: &Refund) -> Result<(), Failure> {
    order
        .record(refund)
        .map_err(|overflow| Problem::new(Code::Overflow, "order.back", overflow.to_string()).into())
}
