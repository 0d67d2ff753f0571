//! Reading an object so that no key of it is passed over: what nobody took is a word that is not supported.

use dangol::Amount;
use serde_json::{Map, Value};

use super::Stop;

/// An object whose keys are taken one by one.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    at: String,
    fields: Map<String, Value>,
}

impl Keys {
    pub(super) fn of(at: &str, fields: Map<String, Value>) -> Keys {
        Keys { at: at.to_owned(), fields }
    }

    pub(super) fn read(at: &str, value: Value) -> Result<Keys, Stop> {
        match value {
            Value::Object(fields) => Ok(Keys::of(at, fields)),
            other => Err(Stop::Unsupported(format!("{at}: {other}"))),
        }
    }

    /// The key as it is called in reports.
    pub(super) fn path(&self, key: &str) -> String {
        format!("{}.{key}", self.at)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.fields.get(key).is_some_and(|value| !value.is_null())
    }

    /// The value of a key, which is then no longer there; `null` stands for nothing.
    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        self.fields.remove(key).filter(|value| !value.is_null())
    }

    /// Takes keys that cannot matter to the case; the caller says why.
    pub(super) fn pass_over(&mut self, keys: &[&str]) {
        for key in keys {
            self.fields.remove(*key);
        }
    }

    pub(super) fn text(&mut self, key: &str) -> Result<Option<String>, Stop> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(Stop::Unsupported(format!("{}: {other}", self.path(key)))),
        }
    }

    pub(super) fn flag(&mut self, key: &str) -> Result<Option<bool>, Stop> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(flag)),
            Some(other) => Err(Stop::Unsupported(format!("{}: {other}", self.path(key)))),
        }
    }

    pub(super) fn number(&mut self, key: &str) -> Result<Option<Amount>, Stop> {
        let Some(value) = self.take(key) else { return Ok(None) };
        number(&value).map(Some).ok_or_else(|| Stop::Unsupported(format!("{}: {value}", self.path(key))))
    }

    /// A number without which there is nothing to translate.
    pub(super) fn needed(&mut self, key: &str) -> Result<Amount, Stop> {
        let missing = Stop::Unsupported(format!("{} is not said", self.path(key)));
        self.number(key)?.ok_or(missing)
    }

    pub(super) fn keys(&mut self, key: &str) -> Result<Option<Keys>, Stop> {
        let path = self.path(key);
        self.take(key).map(|value| Keys::read(&path, value)).transpose()
    }

    /// A list; one value alone is a list of one.
    pub(super) fn list(&mut self, key: &str) -> Option<Vec<Value>> {
        match self.take(key)? {
            Value::Array(items) => Some(items),
            one => Some(vec![one]),
        }
    }

    /// A list of names.
    pub(super) fn names(&mut self, key: &str) -> Result<Option<Vec<String>>, Stop> {
        let path = self.path(key);
        let name = |value: Value| match value {
            Value::String(name) => Ok(name),
            other => Err(Stop::Unsupported(format!("{path}: {other}"))),
        };
        self.list(key).map(|items| items.into_iter().map(name).collect()).transpose()
    }

    /// The names of what was not taken.
    pub(super) fn left(&self) -> Vec<String> {
        self.fields.keys().cloned().collect()
    }

    /// Nothing may be left.
    pub(super) fn finish(self) -> Result<(), Stop> {
        match self.fields.keys().next() {
            None => Ok(()),
            Some(key) => Err(Stop::Unsupported(self.path(key))),
        }
    }
}

/// A number as cases write it: a text, or a number of JSON, which is printed in its shortest form.
pub(super) fn number(value: &Value) -> Option<Amount> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.to_string().parse().ok(),
        _ => None,
    }
}

/// A whole number that is not negative.
pub(super) fn whole(amount: Amount) -> Option<u32> {
    u32::try_from(amount.rescaled(0)?.units()).ok()
}
