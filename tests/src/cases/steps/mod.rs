//! Doing the steps of a case one after the other, and noting what came of each.

mod log;

use std::collections::BTreeMap;

use dangol::Instant;
use serde_json::{Value, json};

pub(super) use log::{Log, total};

use super::asked::{Act, Booked, Plan, Role, Step, Uses};
use super::engine::{Engine, list, text};
use super::translate::{GIFT_CARD, POINTS};
use super::{Stop, dates};

/// A case under way.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) engine: Engine,
    pub(super) log: Log,
    clock: Option<Instant>,
    /// The order that was quoted last, where it was not placed.
    quoted: Option<(Value, bool)>,
    /// What a host counts: how often offers were used that all members together may use so often.
    uses: BTreeMap<String, Uses>,
    /// The offers that the last order used of these.
    last: Vec<String>,
    /// The latest order as it was sold.
    sold: Option<Value>,
    /// The programs that are still to come.
    later: std::vec::IntoIter<Value>,
}

impl Run {
    pub(super) fn start(plan: &Plan) -> Result<Run, Stop> {
        let engine = Engine::new(&plan.program, plan.member.clone(), plan.start)?;
        let mut log = Log::default();
        log.opening(&engine.lots(POINTS));
        let (clock, uses) = (plan.clock, plan.uses.clone());
        let later = plan.later.clone().into_iter();
        Ok(Run { engine, log, clock, quoted: None, uses, last: Vec::new(), sold: None, later })
    }

    pub(super) fn step(&mut self, step: &Step) -> Result<(), Stop> {
        let clock = self.clock.filter(|_| !step.before);
        let now = step.at.or(clock.filter(|clock| *clock > self.engine.now));
        self.engine.now = now.unwrap_or(self.engine.now);
        match &step.act {
            Act::Action { action, role } => self.action(action, *role, &step.operation),
            Act::Order { basket, guest, booked } => self.order(basket, *guest, *booked, &step.operation),
            Act::Confirm => {
                let (quote, guest) =
                    self.quoted.take().ok_or_else(|| Stop::unsupported("nothing to confirm"))?;
                self.place(&quote, guest, &step.operation)
            }
            Act::Cancel => {
                for offer in std::mem::take(&mut self.last) {
                    if let Some(uses) = self.uses.get_mut(&offer).filter(|uses| uses.restored) {
                        uses.used = uses.used.saturating_sub(1);
                    }
                }
                Ok(())
            }
            Act::Back { returned, order } => self.back(returned, order.as_deref(), &step.operation),
            Act::Change => {
                let later = self.later.next().ok_or_else(|| Stop::unsupported("nothing is changed"))?;
                self.engine.edit(&later)
            }
            Act::Pass => self.pass(),
            Act::Decay { days } => {
                let later = dates::later(dates::day(self.engine.now)?, *days).and_then(dates::start);
                self.engine.now = later.ok_or_else(|| Stop::unsupported("decay"))?;
                self.pass()
            }
            Act::Balance { wallet } => {
                let balance = self.engine.balance(wallet)?;
                self.log.balances.push(balance);
                self.log.since_expiry = Some(balance);
                Ok(())
            }
            Act::Lots => {
                let lots = self.log.lots(&self.engine);
                self.log.lots_asked.push(lots);
                Ok(())
            }
            Act::Expire { lot } => {
                let lots = [self.log.lot(*lot)?];
                let action = json!({ "expire": { "wallet": POINTS, "lots": lots } });
                self.action(&action, Role::Other, &step.operation)
            }
            Act::Expiring { until } => {
                let events = self.engine.due(*until)?;
                self.log.expiring = Some(log::sum(&events, "points_expired", POINTS)?);
                Ok(())
            }
        }
    }

    /// The latest order as it was sold.
    pub(super) fn sold(&self) -> Option<Value> {
        self.sold.clone()
    }

    fn back(&mut self, returned: &Value, order: Option<&str>, operation: &str) -> Result<(), Stop> {
        let reply = self.engine.back(order, returned, operation)?;
        self.log
            .refusals
            .extend(reply.pointer("/refused/reason/code").and_then(Value::as_str).map(str::to_owned));
        self.log.returned.extend(reply.get("returned").cloned());
        self.card()?;
        self.log.events(&list(&reply, "events"))
    }

    /// What is on the gift card now, where there is one.
    fn card(&mut self) -> Result<(), Stop> {
        if let Ok(left) = self.engine.usable(GIFT_CARD) {
            self.log.cards.push(left);
        }
        Ok(())
    }

    fn action(&mut self, action: &Value, role: Role, operation: &str) -> Result<(), Stop> {
        let done = self.engine.act(action, operation)?;
        if role == Role::Earns {
            self.log.earned.push(log::sum(&done.events, "points_earned", POINTS)?);
        }
        self.log.accepted.push(done.refused.is_none());
        self.log.refusals.extend(done.refused);
        self.log.events(&done.events)
    }

    fn order(&mut self, basket: &Value, guest: bool, booked: Booked, operation: &str) -> Result<(), Stop> {
        let mut basket = basket.clone();
        if let Value::Object(fields) = &mut basket
            && !self.uses.is_empty()
        {
            let uses: BTreeMap<&String, u32> =
                self.uses.iter().map(|(offer, uses)| (offer, uses.used)).collect();
            fields.insert("uses".into(), json!(uses));
        }
        let quote = self.engine.quote(&basket, guest)?;
        self.log.quote(&quote)?;
        if booked == Booked::Yes {
            self.place(&quote, guest, operation)?;
            self.quoted = None;
        } else {
            self.quoted = Some((quote.clone(), guest));
        }
        self.log.placed = booked == Booked::Yes;
        self.log.quotes.push(quote.clone());
        self.log.quoted = Some(quote);
        Ok(())
    }

    fn place(&mut self, quote: &Value, guest: bool, order: &str) -> Result<(), Stop> {
        let events = self.engine.place(quote, order, guest)?;
        self.log.placed = true;
        self.sold = self.engine.latest().cloned();
        self.card()?;
        let applied = list(quote, "applied");
        let used = applied.iter().map(|one| text(one, "offer").to_owned());
        self.last = used.filter(|offer| self.uses.contains_key(offer)).collect();
        for offer in &self.last {
            if let Some(uses) = self.uses.get_mut(offer) {
                uses.used = uses.used.saturating_add(1);
            }
        }
        if guest { Ok(()) } else { self.log.events(&events) }
    }

    fn pass(&mut self) -> Result<(), Stop> {
        let events = self.engine.advance()?;
        self.log.since_expiry = None;
        self.log.events(&events)
    }
}
