//! `delivery_in`: how the goods are delivered.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::Reason;
use crate::rule::Facts;
use crate::value::Id;

/// `{"delivery_in": ["ground", "pickup"]}` holds where the basket has `deliveries`, and all of them are by one of these
/// methods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct DeliveryIn(pub Vec<Id>);

impl DeliveryIn {
    pub(super) fn check(&self, check: &mut Check) {
        check.not_empty(&self.0);
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let deliveries = &facts.basket.deliveries;
        let allowed = |method: &Option<Id>| method.as_ref().is_some_and(|method| self.0.contains(method));
        let holds = !deliveries.is_empty() && deliveries.iter().all(|delivery| allowed(&delivery.method));
        let actual = || deliveries.iter().filter_map(|delivery| delivery.method.clone()).collect();
        (!holds).then(|| Reason::WrongDelivery { required: self.0.clone(), actual: actual() })
    }
}
