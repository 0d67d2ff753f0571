//! `code_shown`: a code that is no coupon of its own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::Reason;
use crate::rule::{Facts, Offer};

/// `{"code_shown": "PROMO10"}` holds where the customer showed that code; upper and lower case, full-width letters,
/// blanks and hyphens do not matter.
///
/// The code need not belong to an offer. No answer repeats it: a basket should not recite the shop's secret codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct CodeShown(pub String);

impl CodeShown {
    pub(super) fn check(&self, check: &mut Check) {
        Offer::check_code(&self.0, check);
        check.codes.insert(Offer::normal_code(&self.0));
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let shown = || facts.codes.contains(&Offer::normal_code(&self.0));
        let holds = !facts.codes.is_empty() && shown();
        (!holds).then_some(Reason::CodeNotShown)
    }
}
