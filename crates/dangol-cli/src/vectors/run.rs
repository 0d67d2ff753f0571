//! Running a case: each step is a call of the wire, and its events are folded into the member.

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
    let mut run = Run { program, member };
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

/// A program and the member as the steps have left it, in JSON.
struct Run {
    program: Program,
    member: String,
}

impl Run {
    /// The result of a step, or why it was refused; an error where the step says no single thing to do.
    fn step(&mut self, when: &When) -> Result<Result<Value, Failure>, &'static str> {
        match (&when.quote, &when.advance, &when.raw, &when.place) {
            (Some(quote), None, None, place) => {
                let place = place.as_deref();
                Ok(self.quote(quote.basket.as_deref(), when.now.as_deref(), place))
            }
            (None, Some(_), None, None) => Ok(self.advance(when.now.as_deref())),
            (None, None, Some(raw), None) => Ok(self.call(&raw.verb, &raw.text.joined())),
            (_, _, _, Some(_)) => Err("only a quote can be placed"),
            _ => Err("a step does one thing: `quote`, `advance` or `raw`"),
        }
    }

    fn quote(
        &mut self,
        basket: Option<&RawValue>,
        now: Option<&RawValue>,
        place: Option<&RawValue>,
    ) -> Result<Value, Failure> {
        let request = object(&[("member", Some(&self.member)), ("basket", text(basket)), ("now", text(now))]);
        let mut result = self.call("quote", &request)?;
        if let Some(order) = place {
            let request = object(&[("quote", Some(&result.to_string())), ("order", Some(order.get()))]);
            let placed = self.call("place", &request)?;
            for name in ["order", "events"] {
                set(&mut result, name, placed.get(name).cloned().unwrap_or_default());
            }
        }
        self.fold(&mut result)?;
        Ok(result)
    }

    fn advance(&mut self, now: Option<&RawValue>) -> Result<Value, Failure> {
        let request = object(&[("member", Some(&self.member)), ("until", text(now))]);
        let mut result = self.call("advance", &request)?;
        self.fold(&mut result)?;
        Ok(result)
    }

    /// Applies the events of a result, where it has some, and shows the member in it.
    fn fold(&mut self, result: &mut Value) -> Result<(), Failure> {
        let events = result.get("events").map_or_else(|| "[]".to_owned(), Value::to_string);
        let request = object(&[("member", Some(&self.member)), ("events", Some(&events))]);
        let member = self.call("apply", &request)?;
        self.member = member.to_string();
        set(result, "member", member);
        Ok(())
    }

    fn call(&self, verb: &str, request: &str) -> Result<Value, Failure> {
        let reply = wire::call(&self.program, verb, request)?;
        Ok(serde_json::from_str(&reply).unwrap_or(Value::String(reply)))
    }
}

fn text(raw: Option<&RawValue>) -> Option<&str> {
    raw.map(RawValue::get)
}

fn set(result: &mut Value, name: &str, value: Value) {
    if let Value::Object(fields) = result {
        fields.insert(name.to_owned(), value);
    }
}

/// An object of the fields that are there, each already in JSON.
fn object(fields: &[(&str, Option<&str>)]) -> String {
    let present = fields.iter().filter_map(|(name, text)| Some(format!("\"{name}\":{}", (*text)?)));
    format!("{{{}}}", present.collect::<Vec<_>>().join(","))
}
