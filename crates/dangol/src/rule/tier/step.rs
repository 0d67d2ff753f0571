//! One tier of a ladder.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Threshold, TierWindow};
use crate::check::Check;
use crate::error::Code;
use crate::value::{Id, Period, Text};

/// One tier of a ladder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Its name in the program, unique among the tiers of all ladders.
    pub id: Id,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// What lifts a member to it. The lowest tier can do without: then it is everybody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enter: Option<Threshold>,
    /// What keeps a member in it, no harder than `enter`; the same as `enter` where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep: Option<Threshold>,
    /// A way to it by trial, which the host starts by `try_tier`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trial: Option<Trial>,
    /// What the host lets its members do, and those of higher tiers: `["event_invitation", "limited_goods"]`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub perks: Vec<Id>,
    /// The wallets whose points are lost when a member falls from it: stars on the way to a drink (Starbucks Korea).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forfeits: Vec<Id>,
}

/// A tier on trial: the member has it at once, and keeps it where enough is reached until the end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trial {
    /// How long the trial goes on, counted from the day on which it begins, which is not counted.
    pub lasts: Period,
    /// What must be reached between its first and its last day, both counted.
    pub reach: Threshold,
}

impl Tier {
    /// What keeps a member in it; nothing where everybody stays.
    pub(crate) fn keeps(&self) -> Option<&Threshold> {
        self.keep.as_ref().or(self.enter.as_ref())
    }

    pub(super) fn check(&mut self, lowest: bool, window: TierWindow, check: &mut Check) {
        match &mut self.enter {
            Some(enter) => check.at("enter", |check| enter.check(window, check)),
            None if lowest => {}
            None => check.problem(Code::MissingField, "every tier but the lowest needs `enter`"),
        }
        if let Some(keep) = &mut self.keep {
            check.at("keep", |check| {
                keep.check(window, check);
                match &self.enter {
                    None => {
                        check.problem(Code::Contradiction, "this tier is everybody's: nobody can fall from it");
                    }
                    Some(enter)
                        if keep.implies(window, enter, window) && !enter.implies(window, keep, window) =>
                    {
                        let message = "is harder than `enter`: whoever is lifted would fall at the next review; lower it";
                        check.problem(Code::OutOfOrder, message);
                    }
                    Some(_) => {}
                }
            });
        }
        if let Some(trial) = &mut self.trial {
            check.at("trial", |check| {
                let window = TierWindow::Rolling(trial.lasts);
                check.at("reach", |check| trial.reach.check(window, check));
            });
        }
        check.at("forfeits", |check| {
            for (index, wallet) in self.forfeits.iter().enumerate() {
                check.entry(index, |check| check.known_wallet(wallet));
            }
        });
    }
}
