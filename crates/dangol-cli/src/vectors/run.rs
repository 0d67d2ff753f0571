//! Running a case: each step is a call of the wire, and its events are folded into the member.

use std::collections::BTreeMap;

use dangol::Program;
use dangol::wire::{self, Failure};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::Failed;
use super::compare::{Difference, compare, short};
use super::file::{Case, Step, When};
use super::origin::{self, Folders, NoProgram};

/// A member of whom nothing is said.
const MEMBER: &str = r#"{ "id": "m1" }"#;

/// Everything in a case that is not as written; after the first step that is not, the rest is left out.
pub(super) fn case(case: &Case, index: usize, program: Option<&RawValue>, folders: &Folders) -> Vec<Failed> {
    let base = format!("cases[{index}]");
    let found = match (case.program.as_deref().or(program), &case.steps, &case.then) {
        (None, ..) => vec![(base, "no `program`, neither here nor for the whole file".into())],
        (Some(raw), None, Some(then)) => loading(raw, then, &base, folders),
        (Some(raw), Some(steps), None) if !steps.is_empty() => running(raw, case, steps, &base, folders),
        _ => vec![(base, "a case has `steps`, or `then` about loading its program".into())],
    };
    let failed = |(path, message)| Failed { case: case.name.clone(), path, message };
    found.into_iter().map(failed).collect()
}

/// A case about loading: the program must be refused as written, or accepted.
fn loading(raw: &RawValue, then: &Value, base: &str, folders: &Folders) -> Vec<Difference> {
    let path = format!("{base}.then");
    let outcome = match origin::program(raw, folders) {
        Ok(_) => Ok(json!({ "loads": true })),
        Err(NoProgram::Refused(failure)) => Err(failure),
        Err(NoProgram::Unreadable(message)) => return vec![(base.to_owned(), message)],
    };
    judge(then, outcome, &path, base)
}

fn running(raw: &RawValue, case: &Case, steps: &[Step], base: &str, folders: &Folders) -> Vec<Difference> {
    let program = match origin::program(raw, folders) {
        Ok(program) => program,
        Err(NoProgram::Refused(failure)) => {
            return vec![(base.to_owned(), format!("the program: {failure}"))];
        }
        Err(NoProgram::Unreadable(message)) => return vec![(base.to_owned(), message)],
    };
    let member = case.given.member.as_deref().map_or(MEMBER, RawValue::get).to_owned();
    let mut run = Run {
        program,
        folders,
        opening: member.clone(),
        member,
        events: Vec::new(),
        orders: BTreeMap::new(),
        tills: BTreeMap::new(),
    };
    for (number, step) in steps.iter().enumerate() {
        let at = format!("{base}.steps[{number}]");
        let found = match run.step(&step.when) {
            Ok(outcome) => judge(&step.then, outcome, &format!("{at}.then"), &format!("{at}.when")),
            Err(message) => vec![(format!("{at}.when"), message.to_owned())],
        };
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Compares an outcome with what is written; an unexpected failure is told where the call is written.
fn judge(then: &Value, outcome: Result<Value, Failure>, path: &str, call: &str) -> Vec<Difference> {
    let mut found = Vec::new();
    match outcome {
        _ if !then.is_object() => found.push((path.to_owned(), "`then` is an object".to_owned())),
        Err(failure) if then.get("error").is_none() => {
            found.push((call.to_owned(), format!("{failure} [{}]", failure.code)));
        }
        Err(failure) => compare(then, &json!({ "error": failure }), path, &mut found),
        Ok(actual) if then.get("error").is_some() => {
            found.push((path.to_owned(), format!("expected a failure, found {}", short(&actual))));
        }
        Ok(actual) => compare(then, &actual, path, &mut found),
    }
    found
}

/// A program, the member as the steps have left it, and the events that did, in JSON.
pub(super) struct Run<'a> {
    pub(super) program: Program,
    pub(super) folders: &'a Folders,
    pub(super) opening: String,
    pub(super) member: String,
    events: Vec<Value>,
    /// The orders that were booked, as they stand.
    pub(super) orders: BTreeMap<String, String>,
    /// What each till knows of the member, and what it did.
    pub(super) tills: BTreeMap<String, (String, Vec<Value>)>,
}

impl Run<'_> {
    /// The result of a step, or why it was refused; an error where the step says no single thing to do.
    pub(super) fn step(&mut self, when: &When) -> Result<Result<Value, Failure>, &'static str> {
        if let Some(till) = when.till.as_deref() {
            return self.at_till(till, when);
        }
        let When { quote, act, refund, exchange, merge, advance, balance, tiers, .. } = when;
        let When { notices, statement, segments, cutoff, raw, .. } = when;
        let calls = [quote.is_some(), act.is_some(), refund.is_some(), exchange.is_some(), merge.is_some()];
        let more = [advance.is_some(), balance.is_some(), tiers.is_some(), notices.is_some()];
        let rest = [statement.is_some(), segments.is_some(), cutoff.is_some(), raw.is_some()];
        if calls.into_iter().chain(more).chain(rest).filter(|there| *there).count() != 1 {
            return Err(
                "a step does one thing: `quote`, `act`, `refund`, `exchange`, `merge`, `advance`, `balance`, `tiers`, \
                 `notices`, `statement`, `segments`, `cutoff` or `raw`",
            );
        }
        if when.place.is_some() && quote.is_none() {
            return Err("only a quote can be placed");
        }
        if when.operation.is_some() && act.is_none() && refund.is_none() && exchange.is_none() {
            return Err("only an action, a return or an exchange has an operation");
        }
        let now = text(when.now.as_deref());
        if let Some(quote) = quote {
            return Ok(self.quote(quote.basket.as_deref(), now, when.place.as_deref()));
        }
        if let Some(raw) = raw {
            return Ok(self.call(&raw.verb, &raw.text.joined()));
        }
        if let Some(refund) = refund {
            return self.refund(refund, now, text(when.operation.as_deref()));
        }
        if let Some(exchange) = exchange {
            return self.exchange(exchange, now, text(when.operation.as_deref()));
        }
        if let Some(merge) = merge {
            return self.merge(merge);
        }
        let events = Value::from(self.events.clone()).to_string();
        let member = ("member", Some(self.member.as_str()));
        let (verb, request) = if let Some(action) = act {
            let operation = ("operation", text(when.operation.as_deref()));
            ("act", object(&[member, ("action", Some(action.get())), ("now", now), operation]))
        } else if advance.is_some() {
            ("advance", object(&[member, ("until", now)]))
        } else if let Some(asked) = tiers {
            ("tiers", object(&[member, ("at", now), ("lang", text(asked.lang.as_deref()))]))
        } else if let Some(days) = notices {
            let (from, until) = (text(days.from.as_deref()), text(days.until.as_deref()));
            ("notices", object(&[member, ("from", from), ("until", until)]))
        } else if statement.is_some() {
            let opening = ("member", Some(self.opening.as_str()));
            ("statement", object(&[opening, ("events", Some(&events)), ("until", now)]))
        } else if let Some(bands) = segments {
            ("segments", object(&[member, ("at", now), ("bands", Some(bands.get()))]))
        } else if let Some(request) = cutoff {
            ("cutoff", request.get().to_owned())
        } else {
            ("balance", object(&[member, ("at", now)]))
        };
        Ok(self.change(verb, &request))
    }

    /// Runs a verb and applies its events, where it has some.
    pub(super) fn change(&mut self, verb: &str, request: &str) -> Result<Value, Failure> {
        let mut result = self.call(verb, request)?;
        self.fold(&mut result)?;
        Ok(result)
    }

    fn quote(
        &mut self,
        basket: Option<&RawValue>,
        now: Option<&str>,
        place: Option<&RawValue>,
    ) -> Result<Value, Failure> {
        let request = object(&[("member", Some(&self.member)), ("basket", text(basket)), ("now", now)]);
        let mut result = self.call("quote", &request)?;
        if let Some(order) = place {
            let request = object(&[("quote", Some(&result.to_string())), ("order", Some(order.get()))]);
            let placed = self.call("place", &request)?;
            for name in ["order", "events"] {
                set(&mut result, name, placed.get(name).cloned().unwrap_or_default());
            }
            self.remember(result.get("order"));
        }
        self.fold(&mut result)?;
        Ok(result)
    }

    /// Applies the member's own events of a result, where it has some, and shows the member in it.
    pub(super) fn fold(&mut self, result: &mut Value) -> Result<(), Failure> {
        let id = serde_json::from_str::<Value>(&self.member).unwrap_or_default().get("id").cloned();
        let events = result.get("events").and_then(Value::as_array).cloned().unwrap_or_default();
        let own: Vec<Value> = events.into_iter().filter(|event| event.get("member") == id.as_ref()).collect();
        let events = Value::from(own.clone()).to_string();
        let request = object(&[("member", Some(&self.member)), ("events", Some(&events))]);
        let member = self.call("apply", &request)?;
        self.events.extend(own);
        self.member = member.to_string();
        set(result, "member", member);
        Ok(())
    }

    pub(super) fn call(&self, verb: &str, request: &str) -> Result<Value, Failure> {
        let reply = wire::call(&self.program, verb, request)?;
        Ok(serde_json::from_str(&reply).unwrap_or(Value::String(reply)))
    }
}

pub(super) fn text(raw: Option<&RawValue>) -> Option<&str> {
    raw.map(RawValue::get)
}

fn set(result: &mut Value, name: &str, value: Value) {
    if let Value::Object(fields) = result {
        fields.insert(name.to_owned(), value);
    }
}

/// An object of the fields that are there, each already in JSON.
pub(super) fn object(fields: &[(&str, Option<&str>)]) -> String {
    let present = fields.iter().filter_map(|(name, text)| Some(format!("\"{name}\":{}", (*text)?)));
    format!("{{{}}}", present.collect::<Vec<_>>().join(","))
}
