//! An account as it is written down.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use super::{Account, Lot};
use crate::value::Points;

/// The lots of one wallet and its totals. What was granted may be left out: it follows from the rest.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "Account")]
pub(super) struct Record {
    /// What is left, lot by lot.
    #[serde(default)]
    lots: Vec<Lot>,
    /// All points that were ever granted; where given, it must equal outstanding + spent + expired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    granted: Option<Points>,
    /// All points that were ever spent.
    #[serde(default)]
    spent: Points,
    /// All points that ever expired.
    #[serde(default)]
    expired: Points,
}

impl TryFrom<Record> for Account {
    type Error = String;
    fn try_from(record: Record) -> Result<Account, String> {
        let account = Account::new(record.lots, record.spent, record.expired)?;
        match record.granted {
            Some(granted) if granted != account.granted() => Err(format!(
                "`granted` is {granted}, but what is left, spent and expired makes {}",
                account.granted()
            )),
            _ => Ok(account),
        }
    }
}

impl From<Account> for Record {
    fn from(account: Account) -> Record {
        let (granted, spent, expired) = (Some(account.granted()), account.spent(), account.expired());
        Record { lots: account.into_lots(), granted, spent, expired }
    }
}

impl JsonSchema for Account {
    fn schema_name() -> Cow<'static, str> {
        "Account".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Record::json_schema(generator)
    }
}
