//! What can be wrong: a definition, the caller's data, or events that do not fit a member.
//!
//! The fourth kind of "no", a rule that does not apply, is an answer and not an error: `model::Reason`.

mod misfit;
mod nearest;
mod problem;
mod shape;

pub use misfit::ApplyError;
pub use problem::{Code, InputError, Problem, ProgramError};

pub(crate) use nearest::suggestion;
pub(crate) use shape::{ShapeError, join};
