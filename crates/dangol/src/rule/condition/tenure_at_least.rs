//! `tenure_at_least`: the member joined long enough ago.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Reason;
use crate::rule::Facts;
use crate::value::Period;

/// `{"tenure_at_least": "1 year"}` holds where the member joined that long ago or longer.
///
/// Joined on 31 January, a month is over on 28 or 29 February.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct TenureAtLeast(pub Period);

impl TenureAtLeast {
    pub(super) fn refusal(self, facts: &Facts<'_>) -> Option<Reason> {
        let Some(joined_on) = facts.member.joined_on else { return Some(Reason::UnknownJoining) };
        let enough = self.0.after(joined_on).is_some_and(|day| day <= facts.today);
        (!enough).then_some(Reason::TenureTooShort { required: self.0, joined_on })
    }
}
