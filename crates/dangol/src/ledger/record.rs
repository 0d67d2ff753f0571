//! An account as it is written down.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use super::account::Totals;
use super::{Account, Draw, Hold, Lapsed, Lot};
use crate::value::{Day, Instant, Points};

/// The lots of one wallet and its totals. What was granted may be left out: it follows from the rest.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename = "Account")]
pub(super) struct Record {
    /// What is left, lot by lot.
    #[serde(default)]
    lots: Vec<Lot>,
    /// All points that were ever granted; where given, it must be what the other numbers make of it:
    /// granted + deficit = outstanding + spent + expired + revoked + sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    granted: Option<Points>,
    /// All points that were ever spent.
    #[serde(default)]
    spent: Points,
    /// All points that ever expired, without those that were brought back.
    #[serde(default)]
    expired: Points,
    /// All points that were ever taken back.
    #[serde(default, skip_serializing_if = "Points::is_nothing")]
    revoked: Points,
    /// All points that were ever given to other members.
    #[serde(default, skip_serializing_if = "Points::is_nothing")]
    sent: Points,
    /// What was taken without being there; later points make up for it first.
    #[serde(default, skip_serializing_if = "Points::is_nothing")]
    deficit: Points,
    /// The points that were set aside for payments under way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    holds: Vec<Hold>,
    /// What expired and can still be brought back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lapsed: Vec<Lapsed>,
    /// What expired of the latest lots that did, or went with a tier that was not reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    expired_lots: Vec<Draw>,
    /// When points were last earned or spent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    active_at: Option<Instant>,
    /// The latest day on which points decayed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    decayed_on: Option<Day>,
}

impl TryFrom<Record> for Account {
    type Error = String;
    fn try_from(record: Record) -> Result<Account, String> {
        let Record { lots, granted, spent, expired, revoked, sent, deficit, holds, lapsed, .. } = record;
        let totals = Totals { granted: Points::ZERO, spent, expired, revoked, sent, deficit };
        let account = Account::of(lots, totals, holds)?;
        if let Some(fault) = lapsed.iter().find_map(|lapsed| lapsed.lot.fault()) {
            return Err(fault);
        }
        let sum = Points::sum(lapsed.iter().map(|lapsed| lapsed.lot.points));
        let sum = sum.map_err(|overflow| overflow.to_string())?;
        if sum > expired {
            return Err(format!("`lapsed` has {sum} points, but only {expired} ever expired"));
        }
        match granted {
            Some(granted) if granted != account.granted() => Err(format!(
                "`granted` is {granted}, but what is left and what is gone makes {}",
                account.granted()
            )),
            // As it was written, with its digits.
            granted => {
                let totals = Totals { granted: granted.unwrap_or(account.totals.granted), ..account.totals };
                let (active_at, decayed_on) = (record.active_at, record.decayed_on);
                let expired_lots = record.expired_lots;
                Ok(Account { totals, lapsed, expired_lots, active_at, decayed_on, ..account })
            }
        }
    }
}

impl From<Account> for Record {
    fn from(account: Account) -> Record {
        let Account { lots, totals, holds, lapsed, expired_lots, active_at, decayed_on, .. } = account;
        let Totals { granted, spent, expired, revoked, sent, deficit } = totals;
        let (granted, lots) = (Some(granted), lots.into_vec());
        Record {
            lots,
            granted,
            spent,
            expired,
            revoked,
            sent,
            deficit,
            holds,
            lapsed,
            expired_lots,
            active_at,
            decayed_on,
        }
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
