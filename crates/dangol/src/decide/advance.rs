//! What the passing of time changes.

use crate::error::InputError;
use crate::model::{Event, Member};
use crate::program::Program;
use crate::value::{Id, Instant, Overflow};

use super::overdue::current;
use super::place;

impl Program {
    /// What the passing of time changes for a member until that instant, as events to store and apply.
    ///
    /// Nothing depends on how often it runs: advancing to one instant and then to a later one is the same as advancing
    /// to the later one at once, and a quote counts what is due whether or not it was written.
    ///
    /// # Errors
    /// An [`InputError`] where the instant lies before the member's latest event, or a total of the member goes beyond
    /// 15 digits.
    pub fn advance(&self, member: &Member, until: Instant) -> Result<Vec<Event>, InputError> {
        let due = current(self.compiled(), member, until, "until")?.due;
        let operation: Id = format!("advance {until}").parse().map_err(|_| Overflow)?;
        let by = place::Author { program: &self.compiled().reference, operation: &operation, content: None };
        Ok(by.events(&member.id, member.version, due.into_iter().map(|due| (due.at, due.change))))
    }
}
