//! What an order keeps so that a return can come back to the state before it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Basket, Member};
use crate::ledger::{Lot, LotDays};
use crate::value::{Day, Id, Instant, Money};

/// What a return needs in order to come back to the state before an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Before {
    /// The day of the member's latest order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_order_on: Option<Day>,
    /// The lots that points are taken from, by wallet, with what is taken of each and the dates that they have.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lots: BTreeMap<Id, Vec<Lot>>,
    /// What one point pays, by wallet, where points that were used already are taken off refunds.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub worth: BTreeMap<Id, Money>,
    /// How wallets were kept up, of those that activity keeps up.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub kept_up: BTreeMap<Id, KeptUp>,
}

/// What activity decides about a wallet: how long its points last, and from when on they decay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeptUp {
    /// When points were last earned or spent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_at: Option<Instant>,
    /// The last days of the lots that it lengthens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<LotDays>,
}

impl Before {
    pub(crate) fn is_nothing(&self) -> bool {
        *self == Before::default()
    }
}

/// What an order was quoted with, so that the goods that are kept can be quoted once more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedRules {
    /// The program file, as JSON: its hash must be the one that the quote names.
    pub program: String,
    /// The member before the order, with the accounts of the household where there is one.
    pub member: Member,
    /// The basket.
    pub basket: Basket,
}
