//! Worked cases of other systems, run through the wire: what their tests and published examples say must come out.
//!
//! A case says what a shop's rules are in its own words ([`file`]). [`translate`] writes them as a program, a member and
//! a row of acts; [`steps`] has the engine do these, and [`compare`] holds what came out against what is expected. No
//! number is computed here that a case expects: the engine does it. What is read of a case is its setup, its steps and
//! what it expects; its name, where it comes from, and what people wrote about it are for the report alone.

pub mod file;
pub mod report;

mod asked;
mod compare;
mod dates;
mod engine;
mod keys;
mod steps;
mod translate;

use std::fmt;
use std::path::Path;

use anyhow::Result;

use file::{Case, Given};

/// Why a case cannot be run to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A word that cannot be translated, or that the program format does not have.
    Unsupported(String),
    /// The engine refused a program or a request that it should have taken.
    Failed(String),
}

impl Stop {
    /// A word that cannot be translated.
    fn unsupported(word: impl fmt::Display) -> Stop {
        Stop::Unsupported(word.to_string())
    }
}

/// What came of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything is as expected; the list names terms that the case leaves to its prose (`translate/unstated.rs`).
    Passed(Vec<&'static str>),
    /// What is not as expected.
    Failed(Vec<String>),
    /// The word that is missing.
    Unsupported(String),
    /// The case itself says that nobody should do it this way.
    Idiosyncratic,
}

/// A case and what came of it.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The file's name for where its cases come from.
    pub source: String,
    /// The case's name.
    pub id: String,
    /// The area that it is about.
    pub area: String,
    /// What came of it.
    pub verdict: Verdict,
}

/// Runs the cases of all files of a folder, or of some areas only.
///
/// # Errors
/// Names the file that cannot be read.
pub fn check(folder: &Path, areas: &[String]) -> Result<Vec<Checked>> {
    let mut checked = Vec::new();
    for (source, cases) in file::read(folder)? {
        let wanted = cases.into_iter().filter(|case| areas.is_empty() || areas.contains(&case.area));
        checked.extend(wanted.map(|case| judged(&source, case)));
    }
    Ok(checked)
}

fn judged(source: &str, case: Case) -> Checked {
    let Case { id, area, idiosyncratic, given } = case;
    let verdict = if idiosyncratic {
        Verdict::Idiosyncratic
    } else {
        match given.and_then(|given| run(&given)) {
            Ok(verdict) => verdict,
            Err(Stop::Unsupported(word)) => Verdict::Unsupported(word),
            Err(Stop::Failed(message)) => Verdict::Failed(vec![message]),
        }
    };
    Checked { source: source.to_owned(), id, area, verdict }
}

fn run(given: &Given) -> Result<Verdict, Stop> {
    let plan = translate::plan(given)?;
    if let Some(wrong) = compare::mistaken(given, &plan) {
        return Ok(if wrong.is_empty() { Verdict::Passed(plan.unstated) } else { Verdict::Failed(wrong) });
    }
    let mut run = steps::Run::start(&plan)?;
    for step in &plan.steps {
        run.step(step)?;
    }
    let wrong = compare::compare(given, &plan, &run)?;
    Ok(if wrong.is_empty() { Verdict::Passed(plan.unstated) } else { Verdict::Failed(wrong) })
}
