//! One request and one reply for each verb.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Failure;
use crate::explain::Explanation;
use crate::model::{Acted, Action, Basket, Event, Member, Placed, Quote};
use crate::program::Program;
use crate::value::{Id, Instant, Lang};

/// A request that can be read from any format and run.
pub trait Request: DeserializeOwned {
    /// What it returns.
    type Reply: Serialize;

    /// Runs it.
    ///
    /// # Errors
    /// A [`Failure`] with code, path and message.
    fn run(self, program: &Program) -> Result<Self::Reply, Failure>;
}

/// `quote`: what a basket costs and earns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteRequest {
    /// The member.
    pub member: Member,
    /// The basket.
    pub basket: Basket,
    /// The instant at which the basket is quoted.
    pub now: Instant,
    /// The household whose points of shared wallets are used, a member of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<Member>,
}

impl Request for QuoteRequest {
    type Reply = Quote;
    fn run(self, program: &Program) -> Result<Quote, Failure> {
        let QuoteRequest { member, basket, now, pool } = &self;
        Ok(match pool {
            None => program.quote(member, basket, *now)?,
            Some(pool) => program.quote_in_pool(member, pool, basket, *now)?,
        })
    }
}

/// `place`: books a quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceRequest {
    /// The quote.
    pub quote: Quote,
    /// The order's id.
    pub order: Id,
}

impl Request for PlaceRequest {
    type Reply = Placed;
    fn run(self, _: &Program) -> Result<Placed, Failure> {
        Ok(self.quote.place(self.order))
    }
}

/// `apply`: folds events into a member, all or none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplyRequest {
    /// The member.
    pub member: Member,
    /// The events, in their order.
    pub events: Vec<Event>,
}

impl Request for ApplyRequest {
    type Reply = Member;
    fn run(mut self, _: &Program) -> Result<Member, Failure> {
        self.member.apply_all(&self.events)?;
        Ok(self.member)
    }
}

/// `act`: something done with points outside of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActRequest {
    /// The member.
    pub member: Member,
    /// What is done.
    pub action: Action,
    /// The instant at which it is done: not before the member's latest event.
    pub now: Instant,
    /// The name that the host gives it: the same name makes it happen once.
    pub operation: Id,
}

impl Request for ActRequest {
    type Reply = Acted;
    fn run(self, program: &Program) -> Result<Acted, Failure> {
        Ok(program.act(&self.member, &self.action, self.now, self.operation)?)
    }
}

/// `advance`: what the passing of time changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvanceRequest {
    /// The member.
    pub member: Member,
    /// The instant until which time passes.
    pub until: Instant,
}

/// The events of a verb.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// The events, to be stored and applied, all or none.
    pub events: Vec<Event>,
}

impl Request for AdvanceRequest {
    type Reply = Events;
    fn run(self, program: &Program) -> Result<Events, Failure> {
        Ok(Events { events: program.advance(&self.member, self.until)? })
    }
}

/// `explain`: a quote in sentences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainRequest {
    /// The quote.
    pub quote: Quote,
    /// The language; English where left out.
    #[serde(default)]
    pub lang: Lang,
}

impl Request for ExplainRequest {
    type Reply = Explanation;
    fn run(self, program: &Program) -> Result<Explanation, Failure> {
        Ok(program.explain(&self.quote, self.lang))
    }
}
