//! What a failed call says, in every language.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{ApplyError, Code, InputError, Problem, ProgramError};

/// A failed call: the code, path and message of its first problem, and all problems where a program has several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[error("{}", if path.is_empty() { message.clone() } else { format!("{path}: {message}") })]
pub struct Failure {
    /// What kind of mistake it is; stable.
    pub code: Code,
    /// Where it stands; empty for the whole text.
    pub path: String,
    /// One line for people, in English.
    pub message: String,
    /// Every problem, the first included.
    pub problems: Vec<Problem>,
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Failure {
        let Problem { code, path, message } = problem.clone();
        Failure { code, path, message, problems: vec![problem] }
    }
}

impl From<InputError> for Failure {
    fn from(error: InputError) -> Failure {
        error.0.into()
    }
}

impl From<ApplyError> for Failure {
    fn from(error: ApplyError) -> Failure {
        Problem::new(error.code(), "events", error.to_string()).into()
    }
}

impl From<ProgramError> for Failure {
    fn from(error: ProgramError) -> Failure {
        let problems = error.problems().to_vec();
        let first = problems.first().cloned();
        let first =
            first.unwrap_or_else(|| Problem::new(Code::InvalidValue, "", "the program cannot be read"));
        Failure { problems, ..first.into() }
    }
}
