//! `dormant`: the member has not ordered for a long time.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Reason;
use crate::rule::Facts;
use crate::value::Period;

/// `{"dormant": {"for": "90 days"}}` holds where the member's latest order lies that long ago or longer; the order at hand
/// does not count.
///
/// It does not hold for a member who never ordered: that is `{"order_number": {"from": 1, "until": 1}}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dormant {
    /// How long the member must have been away; ordered on 31 January, a month is over on 28 or 29 February.
    #[serde(rename = "for")]
    pub period: Period,
}

impl Dormant {
    pub(super) fn refusal(self, facts: &Facts<'_>) -> Option<Reason> {
        let member = facts.member;
        let Some(last_order_on) = member.latest_order_on() else {
            return Some(if member.orders == 0 { Reason::NeverOrdered } else { Reason::UnknownLastOrder });
        };
        let over = self.period.after(last_order_on).is_some_and(|day| day <= facts.today);
        (!over).then_some(Reason::NotDormant { required: self.period, last_order_on })
    }
}
