//! Whether a condition holds, as far as one thing about the world is known.

use crate::rule::Condition;
use crate::rule::condition::{All, Any, Not};

/// Whether a condition holds, as far as one thing about the world is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Truth {
    No,
    Open,
    Yes,
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Truth {
        if holds { Truth::Yes } else { Truth::No }
    }
}

/// One thing that is known about the world: what time it is, how much was bought, where.
pub(super) trait World {
    /// Whether the condition holds there; nothing where it is about something else.
    fn says(&self, condition: &Condition) -> Option<Truth>;
}

/// Whether a condition holds in that world.
pub(super) fn truth(condition: &Condition, world: &impl World) -> Truth {
    if let Some(known) = world.says(condition) {
        return known;
    }
    match condition {
        Condition::All(All(inner)) => {
            inner.iter().map(|inner| truth(inner, world)).min().unwrap_or(Truth::Yes)
        }
        Condition::Any(Any(inner)) => {
            inner.iter().map(|inner| truth(inner, world)).max().unwrap_or(Truth::No)
        }
        Condition::Not(Not(inner)) => match truth(inner, world) {
            Truth::No => Truth::Yes,
            Truth::Open => Truth::Open,
            Truth::Yes => Truth::No,
        },
        _ => Truth::Open,
    }
}

/// Whether conditions that must hold together can, in that world.
pub(super) fn possible(together: &[&Condition], world: &impl World) -> bool {
    together.iter().all(|condition| truth(condition, world) != Truth::No)
}
