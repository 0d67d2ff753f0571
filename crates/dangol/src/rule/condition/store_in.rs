//! `store_in`: the shop in which the sale takes place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::Reason;
use crate::rule::Facts;
use crate::value::Id;

/// `{"store_in": ["gangnam", "hongdae"]}` holds where `basket.store` is one of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct StoreIn(pub Vec<Id>);

impl StoreIn {
    pub(super) fn check(&self, check: &mut Check) {
        check.not_empty(&self.0);
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let store = facts.basket.store.as_ref();
        let holds = store.is_some_and(|store| self.0.contains(store));
        (!holds).then(|| Reason::WrongStore { required: self.0.clone(), actual: store.cloned() })
    }
}
