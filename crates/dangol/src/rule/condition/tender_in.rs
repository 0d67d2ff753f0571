//! `tender_in`: how money pays.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::Reason;
use crate::rule::Facts;
use crate::value::Id;

/// `{"tender_in": ["cash", "transfer"]}` holds where the basket says how money pays, and all of it is paid by these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct TenderIn(pub Vec<Id>);

impl TenderIn {
    pub(super) fn check(&self, check: &mut Check) {
        check.not_empty(&self.0);
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let tenders = &facts.basket.tenders;
        let holds = !tenders.is_empty() && tenders.keys().all(|tender| self.0.contains(tender));
        let actual = || tenders.keys().cloned().collect();
        (!holds).then(|| Reason::WrongTender { required: self.0.clone(), actual: actual() })
    }
}
