//! Steps about orders that were booked: goods that come back, exchanges, and what tills did on their own.

use dangol::wire::Failure;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::file::{ExchangeOf, MergeOf, RefundOf, When};
use super::origin;
use super::run::{Run, object, text};

/// The answer of a call, or why there is none to make.
type Answer = Result<Result<Value, Failure>, &'static str>;

impl Run<'_> {
    /// Goods of an order come back that an earlier step has booked, or that is written out.
    pub(super) fn refund(&mut self, refund: &RefundOf, now: Option<&str>, operation: Option<&str>) -> Answer {
        let order = self.order(&refund.order)?;
        let request = object(&[
            ("member", Some(&self.member)),
            ("order", Some(&order)),
            ("returned", text(refund.returned.as_deref())),
            ("now", now),
            ("operation", operation),
            ("lang", text(refund.lang.as_deref())),
        ]);
        let answer = match &refund.program {
            None => self.change("refund", &request),
            Some(later) => {
                let later = origin::program(later, self.folders).map_err(|_| "the later program is wrong")?;
                let earlier = std::mem::replace(&mut self.program, later);
                let answer = self.change("refund", &request);
                self.program = earlier;
                answer
            }
        };
        if let Ok(answer) = &answer {
            self.remember(answer.get("order"));
        }
        Ok(answer)
    }

    /// Goods of an order come back, and others are bought under the name of the operation.
    pub(super) fn exchange(&mut self, asked: &ExchangeOf, now: Option<&str>, name: Option<&str>) -> Answer {
        let order = self.order(&asked.order)?;
        let request = object(&[
            ("member", Some(&self.member)),
            ("order", Some(&order)),
            ("returned", text(asked.returned.as_deref())),
            ("basket", text(asked.basket.as_deref())),
            ("now", now),
            ("exchange", name),
            ("lang", text(asked.lang.as_deref())),
        ]);
        let answer = self.change("exchange", &request);
        if let Ok(answer) = &answer {
            self.remember(answer.get("order"));
            self.remember(answer.get("exchanged"));
        }
        Ok(answer)
    }

    /// What tills did is put together, on the member as he was given.
    pub(super) fn merge(&mut self, asked: &MergeOf) -> Answer {
        let mut done = Vec::new();
        for till in &asked.tills {
            let (_, known) = self.tills.get(till).ok_or("no step was done at this till")?;
            done.extend(known.iter().cloned());
        }
        let done = Value::from(done).to_string();
        let request = object(&[("member", Some(&self.member)), ("done", Some(&done))]);
        Ok(self.change("merge", &request))
    }

    /// A step that a till does without knowing of others; what it did is kept.
    pub(super) fn at_till(&mut self, till: &str, when: &When) -> Answer {
        let before = self.orders.clone();
        let (member, _) = self.tills.entry(till.to_owned()).or_insert((self.opening.clone(), Vec::new()));
        std::mem::swap(&mut self.member, member);
        let alone = When { till: None, ..when.clone() };
        let answer = self.step(&alone);
        let done = answer.as_ref().ok().and_then(|answer| answer.as_ref().ok()).and_then(|answer| {
            let value =
                |raw: &Option<Box<RawValue>>| serde_json::from_str::<Value>(text(raw.as_deref())?).ok();
            let (now, operation) = (value(&when.now), value(&when.operation));
            if let Some(action) = &when.act {
                let action: Value = serde_json::from_str(action.get()).ok()?;
                return Some(json!({ "action": { "action": action, "now": now, "operation": operation } }));
            }
            if let Some(refund) = &when.refund {
                let name: String = serde_json::from_str(refund.order.get()).ok()?;
                let order: Value = serde_json::from_str(before.get(&name)?).ok()?;
                let returned = value(&refund.returned);
                let asked =
                    json!({ "order": order, "returned": returned, "now": now, "operation": operation });
                return Some(json!({ "refund": asked }));
            }
            Some(json!({ "order": answer.get("order")? }))
        });
        if let Some((member, all)) = self.tills.get_mut(till) {
            std::mem::swap(&mut self.member, member);
            all.extend(done);
        }
        answer
    }

    /// Keeps an order that was booked, or that goods came back of.
    pub(super) fn remember(&mut self, order: Option<&Value>) {
        if let Some(order) = order.filter(|order| order.is_object())
            && let Some(id) = order.get("id").and_then(Value::as_str)
        {
            self.orders.insert(id.to_owned(), order.to_string());
        }
    }

    /// The order of that name, or the one that is written out.
    fn order(&self, written: &RawValue) -> Result<String, &'static str> {
        match serde_json::from_str::<String>(written.get()) {
            Ok(name) => self.orders.get(&name).cloned().ok_or("no earlier step has booked this order"),
            Err(_) => Ok(written.get().to_owned()),
        }
    }
}
