//! The same condition, once as it is and once inside a `not`.

use super::truth::{Truth, World, possible};
use crate::rule::Condition;
use crate::rule::condition::Not;

/// Whether that very condition holds.
struct Told<'a> {
    condition: &'a Condition,
    holds: Truth,
}

impl World for Told<'_> {
    fn says(&self, condition: &Condition) -> Option<Truth> {
        (condition == self.condition).then_some(self.holds)
    }
}

/// Whether the conditions leave no world, since one of them must hold and must not.
pub(super) fn forbid(together: &[&Condition], all: &[&Condition]) -> bool {
    let denied = all.iter().filter_map(|condition| match condition {
        Condition::Not(Not(inner)) => Some(inner.as_ref()),
        _ => None,
    });
    let worlds = |condition| [Truth::No, Truth::Yes].map(|holds| Told { condition, holds });
    denied.map(worlds).any(|worlds| !worlds.iter().any(|world| possible(together, world)))
}
