//! `channel_in`: where the sale takes place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::model::Reason;
use crate::rule::Facts;
use crate::value::Id;

/// `{"channel_in": ["app", "web"]}` holds where the basket names one of these channels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct ChannelIn(pub Vec<Id>);

impl ChannelIn {
    pub(super) fn check(&self, check: &mut Check) {
        check.not_empty(&self.0);
    }

    pub(super) fn refusal(&self, facts: &Facts<'_>) -> Option<Reason> {
        let channel = facts.basket.channel.as_ref();
        let holds = channel.is_some_and(|channel| self.0.contains(channel));
        (!holds).then(|| Reason::WrongChannel { required: self.0.clone(), actual: channel.cloned() })
    }
}
