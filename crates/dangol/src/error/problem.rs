//! Problems with their codes, and the errors that carry them.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Id, Overflow};

/// What kind of mistake it is; stable across releases and languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Code {
    /// The text is not JSON or TOML.
    Syntax,
    /// The bytes of a file are not UTF-8 text.
    NotUtf8,
    /// The text is larger than the limit.
    TooLarge,
    /// The nesting is deeper than the limit.
    TooDeep,
    /// There are more entries than the limit.
    TooMany,
    /// A floating-point number where exact numbers are required.
    FloatingPoint,
    /// A field that does not exist.
    UnknownField,
    /// A required field is missing.
    MissingField,
    /// The same field twice.
    DuplicateField,
    /// A word that is none of the vocabulary.
    UnknownWord,
    /// A value of another type than expected.
    WrongType,
    /// A value of the right type that means nothing here.
    InvalidValue,
    /// A format number that this release does not read.
    UnsupportedFormat,
    /// The same id twice.
    DuplicateId,
    /// A name that the program does not declare.
    UnknownName,
    /// A number outside its range.
    OutOfRange,
    /// More digits after the point than the currency or wallet has.
    TooManyDigits,
    /// Entries that must ascend do not.
    OutOfOrder,
    /// Something that must hold entries is empty.
    Empty,
    /// Two statements that cannot both be true.
    Contradiction,
    /// A sum beyond 15 digits.
    Overflow,
    /// The wire has no verb of that name.
    UnknownVerb,
    /// Events between the member's version and this one are missing.
    EventGap,
    /// Another event made this version of the member: two bookings were made from the same version.
    EventConflict,
    /// The operation was done before, with other events.
    OperationReused,
    /// The event belongs to another member.
    WrongMember,
    /// The event names a lot that the member does not have, or has already.
    WrongLot,
    /// The event takes more from a lot than is left in it.
    LotTooSmall,
    /// The hold does not exist, or exists already.
    WrongHold,
    /// The member has no such coupon, or has it already.
    WrongCoupon,
    /// More is said to make up for a deficit than is missing.
    DeficitTooSmall,
    /// More points are said to be there again than had gone.
    NothingToRestore,
    /// The order is not the one that was booked: its hash says so.
    WrongHash,
    /// The instant lies before the member's latest event.
    TimeRunsBackwards,
}

impl Code {
    /// The code as it stands on the wire: `too_many_digits`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Code::Syntax => "syntax",
            Code::NotUtf8 => "not_utf8",
            Code::TooLarge => "too_large",
            Code::TooDeep => "too_deep",
            Code::TooMany => "too_many",
            Code::FloatingPoint => "floating_point",
            Code::UnknownField => "unknown_field",
            Code::MissingField => "missing_field",
            Code::DuplicateField => "duplicate_field",
            Code::UnknownWord => "unknown_word",
            Code::WrongType => "wrong_type",
            Code::InvalidValue => "invalid_value",
            Code::UnsupportedFormat => "unsupported_format",
            Code::DuplicateId => "duplicate_id",
            Code::UnknownName => "unknown_name",
            Code::OutOfRange => "out_of_range",
            Code::TooManyDigits => "too_many_digits",
            Code::OutOfOrder => "out_of_order",
            Code::Empty => "empty",
            Code::Contradiction => "contradiction",
            Code::Overflow => "overflow",
            Code::UnknownVerb => "unknown_verb",
            Code::EventGap => "event_gap",
            Code::EventConflict => "event_conflict",
            Code::OperationReused => "operation_reused",
            Code::WrongMember => "wrong_member",
            Code::WrongLot => "wrong_lot",
            Code::LotTooSmall => "lot_too_small",
            Code::WrongHold => "wrong_hold",
            Code::WrongCoupon => "wrong_coupon",
            Code::DeficitTooSmall => "deficit_too_small",
            Code::NothingToRestore => "nothing_to_restore",
            Code::WrongHash => "wrong_hash",
            Code::TimeRunsBackwards => "time_runs_backwards",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One mistake: its code, where it stands (`accruals[2].when.all[0].tier_at_least`), and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// What kind of mistake it is.
    pub code: Code,
    /// Where it stands; empty for the whole text.
    pub path: String,
    /// One line for people, in English.
    pub message: String,
}

impl Problem {
    pub(crate) fn new(code: Code, path: impl Into<String>, message: impl Into<String>) -> Problem {
        Problem { code, path: printable(path.into()), message: printable(message.into()) }
    }
}

/// What callers sent is repeated in messages: control characters in it must not reach a terminal or a log.
fn printable(text: String) -> String {
    if !text.contains(char::is_control) {
        return text;
    }
    let visible =
        |char: char| if char.is_control() { char.escape_default().to_string() } else { char.to_string() };
    text.chars().map(visible).collect()
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            return f.write_str(&self.message);
        }
        write!(f, "{}: {}", self.path, self.message)
    }
}

/// The program cannot be used: every problem that was found, each with its path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ProgramError {
    // INVARIANT: not empty.
    problems: Vec<Problem>,
}

impl ProgramError {
    /// Errors only where there are problems.
    pub(crate) fn unless_empty(problems: Vec<Problem>) -> Result<(), ProgramError> {
        if problems.is_empty() { Ok(()) } else { Err(ProgramError { problems }) }
    }

    /// All problems, in the order of the document.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl From<Problem> for ProgramError {
    fn from(problem: Problem) -> ProgramError {
        ProgramError { problems: vec![problem] }
    }
}

impl fmt::Display for ProgramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            fmt::Display::fmt(problem, f)?;
        }
        Ok(())
    }
}

/// The caller's data is wrong: a member, basket, order or instant that means nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InputError(pub Problem);

impl InputError {
    /// An operation of that name that was done before asked for something else.
    pub(crate) fn reused(path: &str, operation: &Id) -> InputError {
        let message = format!("operation `{operation}` was done before, with another content");
        InputError::new(Code::OperationReused, path, message)
    }

    pub(crate) fn new(code: Code, path: impl Into<String>, message: impl Into<String>) -> InputError {
        InputError(Problem::new(code, path, message))
    }
}

impl From<Overflow> for InputError {
    fn from(overflow: Overflow) -> InputError {
        InputError::new(Code::Overflow, "", overflow.to_string())
    }
}
