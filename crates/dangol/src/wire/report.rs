//! Requests that change nothing: balances, statements, notices, liability.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Failure, Request};
use crate::error::{Code, Problem};
use crate::model::{
    Balance, Change, CouponBalance, Event, Liability, Member, Notice, Reason, Statement, TierStanding,
};
use crate::program::Program;
use crate::value::{Day, Instant, Lang, Percent};

/// `balance`: the points of every wallet and the coupons as of an instant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BalanceRequest {
    /// The member.
    pub member: Member,
    /// The instant: not before the member's latest event.
    pub at: Instant,
    /// The language of names; English where left out.
    #[serde(default)]
    pub lang: Lang,
}

/// The points of every wallet, and the coupons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Balances {
    /// One for each wallet of the program, in its order.
    pub balances: Vec<Balance>,
    /// The coupons that the member holds, those that end first in front.
    pub coupons: Vec<CouponBalance>,
}

impl Request for BalanceRequest {
    type Reply = Balances;
    fn run(self, program: &Program) -> Result<Balances, Failure> {
        let balances = program.balance(&self.member, self.at)?;
        Ok(Balances { balances, coupons: program.coupons(&self.member, self.at, self.lang)? })
    }
}

/// `statement`: what events moved, wallet by wallet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementRequest {
    /// The member before the events.
    pub member: Member,
    /// The events, in their order.
    pub events: Vec<Event>,
    /// What time does until then is in it too, where it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

/// What moved in every wallet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statements {
    /// One for each wallet that has points or movements, by id.
    pub statements: Vec<Statement>,
}

impl Request for StatementRequest {
    type Reply = Statements;
    fn run(mut self, program: &Program) -> Result<Statements, Failure> {
        if let Some(until) = self.until {
            let mut member = self.member.clone();
            member.apply_all(&self.events)?;
            self.events.extend(program.advance(&member, until)?);
        }
        Ok(Statements { statements: self.member.statement(&self.events)? })
    }
}

/// `notices`: which members are to be told in these days that points end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticesRequest {
    /// The member.
    pub member: Member,
    /// The first day on which a notice may be due.
    pub from: Day,
    /// The last day on which a notice may be due.
    pub until: Day,
}

/// What a member is to be told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Notices {
    /// The notices, by the day on which they are due.
    pub notices: Vec<Notice>,
}

impl Request for NoticesRequest {
    type Reply = Notices;
    fn run(self, program: &Program) -> Result<Notices, Failure> {
        Ok(Notices { notices: program.notices(&self.member, self.from, self.until)? })
    }
}

/// `tiers`: where a member stands on each ladder, and what is missing to rise and to stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TiersRequest {
    /// The member.
    pub member: Member,
    /// The instant: not before the member's latest event.
    pub at: Instant,
    /// The language of the sentences; English where left out.
    #[serde(default)]
    pub lang: Lang,
}

/// Where a member stands, ladder by ladder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierStandings {
    /// One for each ladder of the program, in its order.
    pub tiers: Vec<TierStanding>,
    /// The same in sentences.
    pub sentences: Vec<String>,
}

impl Request for TiersRequest {
    type Reply = TierStandings;
    fn run(self, program: &Program) -> Result<TierStandings, Failure> {
        let tiers = program.tiers(&self.member, self.at)?;
        let sentences = tiers.iter().map(|tier| program.describe_tier(tier, self.lang)).collect();
        Ok(TierStandings { tiers, sentences })
    }
}

/// `describe`: in sentences what happened, and why something was refused; at least one of the three lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DescribeRequest {
    /// The events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<Event>>,
    /// What changed, without the event around it: the `change` of a statement's movement, or of a quote's `overdue`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<Vec<Change>>,
    /// Why something was refused: the `reason` of a refusal, or what a coupon's `refused` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Vec<Reason>>,
    /// The language; English where left out.
    #[serde(default)]
    pub lang: Lang,
}

/// A sentence for each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Described {
    /// The sentences: those of the events, then of the changes, then of the reasons, each in their order.
    pub sentences: Vec<String>,
}

impl Request for DescribeRequest {
    type Reply = Described;
    fn run(self, program: &Program) -> Result<Described, Failure> {
        let DescribeRequest { events, changes, reasons, lang } = self;
        if events.is_none() && changes.is_none() && reasons.is_none() {
            let message = "nothing to tell: give `events`, `changes` or `reasons`";
            return Err(Problem::new(Code::MissingField, "events", message).into());
        }
        let happened = events.into_iter().flatten().map(|event| event.change);
        let happened = happened.chain(changes.into_iter().flatten());
        let mut sentences: Vec<String> = happened.map(|change| program.describe(&change, lang)).collect();
        sentences.extend(reasons.iter().flatten().map(|reason| program.why_not(reason, lang)));
        Ok(Described { sentences })
    }
}

/// `liability`: what the shop owes its members in points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LiabilityRequest {
    /// The members.
    pub members: Vec<Member>,
    /// The instant: not before the latest event of any of them.
    pub at: Instant,
    /// The share of the points that is expected to be used, in percent; 100 where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Percent>,
}

impl Request for LiabilityRequest {
    type Reply = Liability;
    fn run(self, program: &Program) -> Result<Liability, Failure> {
        if self.members.is_empty() {
            return Err(Problem::new(Code::Empty, "members", "expected at least one member").into());
        }
        Ok(program.liability(&self.members, self.at, self.rate)?)
    }
}
