//! The engine, reached through `wire::call` alone: a program, a member, and the time.

use dangol::wire::{self, Failure};
use dangol::{Amount, Code, Instant, Program};
use serde_json::{Value, json};

use super::Stop;
use super::keys::number;

/// A program with a member.
#[derive(Debug)]
pub(super) struct Engine {
    program: Program,
    pub(super) member: Value,
    pub(super) now: Instant,
    /// The orders that were placed, as they stand, the latest one last.
    orders: Vec<Value>,
}

/// What an action did.
#[derive(Clone, Debug, Default)]
pub(super) struct Done {
    pub(super) events: Vec<Value>,
    /// Why it was refused.
    pub(super) refused: Option<String>,
}

impl Engine {
    pub(super) fn new(program: &Value, member: Value, now: Instant) -> Result<Engine, Stop> {
        Ok(Engine { program: read(program)?, member, now, orders: Vec::new() })
    }

    /// What is wrong with a program: the code and the path of each problem.
    pub(super) fn problems(program: &Value) -> Vec<(Code, String)> {
        let failure = Program::from_json(&program.to_string()).err().map(Failure::from);
        let problems = failure.into_iter().flat_map(|failure| failure.problems);
        problems.map(|problem| (problem.code, problem.path)).collect()
    }

    /// Goes on with a later program.
    pub(super) fn edit(&mut self, program: &Value) -> Result<(), Stop> {
        self.program = read(program)?;
        Ok(())
    }

    fn call(&self, verb: &str, request: &Value) -> Result<Value, Stop> {
        let reply = wire::call(&self.program, verb, &request.to_string())
            .map_err(|failure| Stop::Failed(format!("{verb}: {failure} [{}]", failure.code)))?;
        serde_json::from_str(&reply).map_err(|error| Stop::Failed(format!("{verb}: {error}")))
    }

    /// What a basket costs and earns; a guest is a member of whom nothing else is known.
    pub(super) fn quote(&self, basket: &Value, guest: bool) -> Result<Value, Stop> {
        let member = if guest { json!({ "id": "guest", "guest": true }) } else { self.member.clone() };
        self.call("quote", &json!({ "member": member, "basket": basket, "now": self.now }))
    }

    /// Places a quote. A guest's order changes no member.
    pub(super) fn place(&mut self, quote: &Value, order: &str, guest: bool) -> Result<Vec<Value>, Stop> {
        let placed = self.call("place", &json!({ "quote": quote, "order": order }))?;
        let events = list(&placed, "events");
        self.orders.push(placed.get("order").cloned().unwrap_or_default());
        if !guest {
            self.fold(&events)?;
        }
        Ok(events)
    }

    /// Something of an order comes back: of the latest one, or of the one of that name.
    pub(super) fn back(
        &mut self,
        of: Option<&str>,
        returned: &Value,
        operation: &str,
    ) -> Result<Value, Stop> {
        let named = |order: &Value| of.is_none_or(|name| text(order, "id") == name);
        let place =
            self.orders.iter().rposition(named).ok_or_else(|| Stop::unsupported("nothing was sold"))?;
        let order = self.orders.get(place).cloned().unwrap_or_default();
        let reply = self.asked_back(&order, returned, operation)?;
        self.fold(&list(&reply, "events"))?;
        if let (Some(known), Some(order)) = (self.orders.get_mut(place), reply.get("order")) {
            *known = order.clone();
        }
        Ok(reply)
    }

    /// What would come back of an order; nothing is done.
    pub(super) fn asked_back(&self, order: &Value, returned: &Value, operation: &str) -> Result<Value, Stop> {
        let request = json!({
            "member": self.member, "order": order, "returned": returned, "now": self.now, "operation": operation
        });
        self.call("refund", &request)
    }

    /// The latest order.
    pub(super) fn latest(&self) -> Option<&Value> {
        self.orders.last()
    }

    /// Does an action.
    pub(super) fn act(&mut self, action: &Value, operation: &str) -> Result<Done, Stop> {
        let request =
            json!({ "member": self.member, "now": self.now, "operation": operation, "action": action });
        let acted = self.call("act", &request)?;
        let events = list(&acted, "events");
        self.fold(&events)?;
        let refused = acted.pointer("/refused/reason/code").and_then(Value::as_str).map(str::to_owned);
        Ok(Done { events, refused })
    }

    /// What the passing of time changes until now.
    pub(super) fn advance(&mut self) -> Result<Vec<Value>, Stop> {
        let events = self.due(self.now)?;
        self.fold(&events)?;
        Ok(events)
    }

    /// What the passing of time will have changed at an instant.
    pub(super) fn due(&self, until: Instant) -> Result<Vec<Value>, Stop> {
        Ok(list(&self.call("advance", &json!({ "member": self.member, "until": until }))?, "events"))
    }

    /// Where the member stands on each ladder now.
    pub(super) fn tiers(&self) -> Result<Vec<Value>, Stop> {
        Ok(list(&self.call("tiers", &json!({ "member": self.member, "at": self.now }))?, "tiers"))
    }

    fn fold(&mut self, events: &[Value]) -> Result<(), Stop> {
        self.member = self.call("apply", &json!({ "member": self.member, "events": events }))?;
        Ok(())
    }

    /// What can be used of a wallet now, less what is owed.
    pub(super) fn balance(&self, wallet: &str) -> Result<Amount, Stop> {
        let balance = self.usable(wallet)?;
        let owed = self.deficit(wallet)?;
        balance.minus(owed).map_err(|overflow| Stop::Failed(overflow.to_string()))
    }

    /// What can be used of a wallet now.
    pub(super) fn usable(&self, wallet: &str) -> Result<Amount, Stop> {
        self.of_balance(wallet, "usable")
    }

    /// What was taken of a wallet without being there.
    pub(super) fn deficit(&self, wallet: &str) -> Result<Amount, Stop> {
        self.of_balance(wallet, "deficit")
    }

    fn of_balance(&self, wallet: &str, field: &str) -> Result<Amount, Stop> {
        let balance = self.wallet(wallet)?;
        let amount = balance.get(field).and_then(number);
        amount.ok_or_else(|| Stop::Failed(format!("no `{field}` of `{wallet}`")))
    }

    /// The balance of a wallet now.
    pub(super) fn wallet(&self, wallet: &str) -> Result<Value, Stop> {
        let balances = self.call("balance", &json!({ "member": self.member, "at": self.now }))?;
        let found = list(&balances, "balances").into_iter().find(|one| text(one, "wallet") == wallet);
        found.ok_or_else(|| Stop::Failed(format!("no balance of `{wallet}`")))
    }

    /// What is left of a lot: nothing where it is used up.
    pub(super) fn lot(&self, wallet: &str, lot: &str) -> Amount {
        self.lots(wallet)
            .iter()
            .find(|one| text(one, "id") == lot)
            .and_then(|one| number(one.get("points")?))
            .unwrap_or(Amount::ZERO)
    }

    /// The lots of a wallet in which something is left.
    pub(super) fn lots(&self, wallet: &str) -> Vec<Value> {
        self.member
            .pointer(&format!("/wallets/{wallet}"))
            .map(|wallet| list(wallet, "lots"))
            .unwrap_or_default()
    }
}

fn read(program: &Value) -> Result<Program, Stop> {
    Program::from_json(&program.to_string())
        .map_err(|error| Stop::Failed(format!("the program: {}", Failure::from(error))))
}

/// A list of an object; empty where it has none.
pub(super) fn list(value: &Value, field: &str) -> Vec<Value> {
    value.get(field).and_then(Value::as_array).cloned().unwrap_or_default()
}

/// A text of an object; empty where it has none.
pub(super) fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}
